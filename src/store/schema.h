/*
 * Inner header of store/: what migrate.c, check.c and password.c share. All
 * of it blocks, so none of it may be called while the loop runs.
 */
#ifndef BURSAR_STORE_SCHEMA_H
#define BURSAR_STORE_SCHEMA_H

#include <libpq-fe.h>

#include "store/store.h"

#define CHECKSUM_BYTES	65	/* SHA-256 in hex, and NUL */

/* A connection, good or bad; never NULL. */
PGconn	*schema_connect(const char *url);
/* Run statements that answer nothing of interest; false when one failed. */
bool	 schema_say(PGconn *pg, const char *text);
/*
 * Hold what was applied against what this program knows. MIGRATE_OK,
 * _BEHIND, _NEWER, _CHANGED, or _FAILED when it cannot be read; `why` gets a
 * sentence unless it is MIGRATE_OK.
 */
enum migrate_answer schema_compare(PGconn *pg, char *why, size_t why_size);

#endif
