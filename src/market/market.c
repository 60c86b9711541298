/*
 * The market's work in a serving process: every one has its streams, the
 * first one keeps the market up to date for all.
 */
#include "market/live.h"
#include "market/tape.h"
#include "market/ticker.h"

void
market_start(void)
{
	live_start();
	tape_start();
	if (http_worker() == 1)
		ticker_start();
}
