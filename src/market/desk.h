/*
 * desk: what the command line may be told after a word of this room. Inner
 * header of market/.
 */
#ifndef BURSAR_MARKET_DESK_H
#define BURSAR_MARKET_DESK_H

#include "market/market.h"

/* `bursar prices export …`, without those two words; the exit code. */
int	prices_export(struct flow *f, int argc, char **argv);
/* `bursar prices backfill …`, likewise. */
int	prices_backfill(struct flow *f, int argc, char **argv);

#endif
