/*
 * zone: what a clock on the wall shows in a place, by the system's time zone
 * database (/usr/share/zoneinfo). libc reads it too, but for one zone a
 * process. Seconds here are those since 1970-01-01, UTC, or the same count
 * of a wall clock ("local").
 */
#ifndef BURSAR_JOBS_ZONE_H
#define BURSAR_JOBS_ZONE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"

#define ZONE_FOREVER	INT64_MAX

struct zone;

/* Kept for the life of the process; NULL: there is no such zone. */
const struct zone *zone_find(str name);
/* What to add to UTC at that moment, and when that ends (it begins to be
 * otherwise then); ZONE_FOREVER when it does not. */
int64_t	zone_offset(const struct zone *z, int64_t at, int64_t *until);
/*
 * When a wall clock shows `local` for the first time. If it never does, the
 * moment at which it jumps over it.
 */
int64_t	zone_moment(const struct zone *z, int64_t local);

#endif
