/*
 * tape: a provider's trades as they happen, heard by one process for all.
 * Inner header of market/.
 */
#ifndef BURSAR_MARKET_TAPE_H
#define BURSAR_MARKET_TAPE_H

#include "flow/flow.h"

/* Of each worker. */
void	tape_start(void);
/* Whether its symbol comes by the tape, so that it need not be asked for. */
bool	tape_has(str symbol);

#endif
