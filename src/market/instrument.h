/*
 * instrument: what this room's files ask of the table of instruments.
 * Inner header of market/.
 */
#ifndef BURSAR_MARKET_INSTRUMENT_H
#define BURSAR_MARKET_INSTRUMENT_H

#include "market/market.h"

/* What a symbol may look like here; others are nobody's. */
bool	symbol_ok(str symbol);
/* A new instrument, or what its profile says by now. E_CONFLICT: it is of
 * the other market, simulated or real. */
enum err instrument_put(struct flow *f, str symbol, const struct profile *p,
	    bool simulated, struct instrument *out) MUSTCHECK;
/* This process shall read them anew. */
void	instruments_forget(void);

#endif
