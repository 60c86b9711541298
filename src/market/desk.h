/*
 * desk: what the command line may be told after a word of this room. Inner
 * header of market/.
 */
#ifndef BURSAR_MARKET_DESK_H
#define BURSAR_MARKET_DESK_H

#include "market/market.h"

/* All that any of these may be told. */
struct told {
	str	symbol, q, kind, currency, need, from, to, interval, limit;
	bool	adjusted, json, tracked, wait;
	char	**rest;
	int	rest_n;
};

/* False: a word that is none, or one without its value. */
bool	desk_words(struct told *t, int argc, char **argv);
/* --help comes last; the help is what was asked for, so it is the output. */
bool	desk_help(const char *usage, int argc, char **argv);
/* A day that was told, or `fallback`; false: it is none. */
bool	desk_day(str text, day fallback, day *out);
/* The usage where faults are told; the exit code. */
int	desk_refuse(const char *usage);
/* Why it was not done; the exit code. */
int	desk_fail(const struct flow *f, enum err e);

/* `bursar prices export …`, without those two words; the exit code. */
int	prices_export(struct flow *f, int argc, char **argv);
/* `bursar prices backfill …`, likewise. */
int	prices_backfill(struct flow *f, int argc, char **argv);

#endif
