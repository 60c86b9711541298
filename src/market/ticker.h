/*
 * ticker: what one process of all does for the market: refresh quotes, take
 * in new bars. Inner header of market/.
 */
#ifndef BURSAR_MARKET_TICKER_H
#define BURSAR_MARKET_TICKER_H

#include "market/market.h"

void	ticker_start(void);
/* Tell all processes of quotes, struct quote. */
void	quotes_publish(struct flow *f, const struct list *quotes);
/* Current quotes of the simulated market, kept; list of struct quote. */
enum err simulated_quotes(struct flow *f, struct list *out) MUSTCHECK;
/* Bars of sessions that a provider without history told quotes of. */
enum err session_bars(struct flow *f, int64_t *bars) MUSTCHECK;
/* Which sessions are of today, for those who ask the database. */
enum err exchange_days_keep(struct flow *f) MUSTCHECK;
/* market_on_bars's function, if there is one. */
enum err bars_told(struct flow *f) MUSTCHECK;

#endif
