/*
 * settings: everything that can be set, from the environment or from a file
 * named by BURSAR_SETTINGS (KEY=value lines; the environment wins). One row
 * of settings.def each; `bursar settings` prints them, secrets masked.
 */
#ifndef BURSAR_BASE_SETTINGS_H
#define BURSAR_BASE_SETTINGS_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "base/err.h"

struct settings {
#define TEXT(member, env, fallback, secret, doc)	const char *member;
#define WHOLE(member, env, fallback, lo, hi, doc)	int64_t member;
#define TRUTH(member, env, fallback, doc)		bool member;
#include "base/settings.def"
#undef TEXT
#undef WHOLE
#undef TRUTH
};

/* What the program runs by; filled once by settings_load, then read-only. */
extern struct settings settings;

/* On E_INVALID `why` has one sentence that names the setting. */
enum err settings_load(char *why, size_t why_size) MUSTCHECK;
/* As a table for people, or as a settings.env.example. */
void	settings_print(FILE *out, bool as_env);

#endif
