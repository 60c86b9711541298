/*
 * readers: what providers' answers mean. Pure functions, so that tests can
 * hand them anything; strings of the results are the arena's or the answer's,
 * which is the flow's. What they give
 * is not yet in order, nor judged. Inner header of feed/.
 */
#ifndef BURSAR_FEED_READERS_H
#define BURSAR_FEED_READERS_H

#include "feed/gather.h"
#include "feed/view.h"

#define READ(provider, what) \
	enum feed_answer provider##_read_##what(struct arena *a, \
	    const struct outbound_reply *r

/* Finnhub. Its candles are days or moments; dividends in their currency. */
READ(finnhub, candles), struct list *bars);
READ(finnhub, intraday), struct list *bars);
READ(finnhub, dividends), struct list *out);
READ(finnhub, splits), struct list *out);
READ(finnhub, symbols), struct list *out);
READ(finnhub, metrics), struct list *out);

/* Alpha Vantage. Both kinds of series have an object by time. */
READ(alphavantage, quote), str symbol, struct quote *out);
READ(alphavantage, search), struct list *out);
READ(alphavantage, bars), struct list *out);
READ(alphavantage, intraday), struct list *out);
READ(alphavantage, profile), str symbol, struct profile *out);
READ(alphavantage, metrics), struct list *out);
/* Of one currency for a euro. */
READ(alphavantage, rate), const char *quote, struct fx_rate *out);
READ(alphavantage, events), struct list *dividends, struct list *splits);

/* Yahoo's chart: everything is in one answer. */
struct chart {
	struct quote quote;
	struct profile profile;
	struct list bars; /* struct daily_bar; none of a day under way */
	struct list intraday; /* struct intraday_bar of the same rows */
	struct list dividends, splits;
};
READ(yahoo, chart), str symbol, instant now, struct chart *out);
READ(yahoo, search), struct list *out);

READ(frankfurter, rates), struct list *out);
/* The ECB's XML files, of a day or of many. */
READ(ecb, rates), struct list *out);

READ(sec, symbols), struct list *out);
READ(sec, facts), struct list *out);
READ(sec, filings), struct company *who, struct list *out);

/* `first` is the index of the first of `n` asks. */
READ(openfigi, mapping), size_t first, size_t n, struct gather *out);
READ(fred, series), struct list *out);

/* A file of daily bars: a header names the columns. */
enum feed_answer csv_read_bars(struct arena *a, str text, struct list *out);

#undef READ

/* A name as anybody's answer has it: cut at 200 letters. */
str read_name(struct arena *a, str v);

#endif
