/*
 * Alpha Vantage: the key stands in the address. The free plan gives 25 calls
 * a day and the last hundred bars. It is asked for a few rates of exchange
 * only where no central bank answers.
 */
#include "base/settings.h"
#include "feed/gather.h"
#include "feed/provider.h"
#include "feed/readers.h"

#define HOUR_MS	     (3600 * INT64_C(1000))
#define COMPACT_DAYS 140 /* a hundred sessions, and some */
#define RATE_WAIT_MS 1100 /* a call a second */

/* ---- calls --------------------------------------------------------------- */

static enum feed_answer
ask(struct asking *a, str what, struct outbound_reply *r)
{
	static const char *const headers[] = { "Accept: application/json",
		NULL };

	return (ask_get(a,
	    arena_printf(&a->f->arena, "%s/query?%.*s&apikey=%.*s",
		settings.alphavantage_url, STR_ARG(what),
		STR_ARG(outbound_escape(&a->f->arena, a->key)))
		.p,
	    headers, r));
}

/* A day's quota does not come back in seconds. */
static enum feed_answer
noted(struct asking *a, enum feed_answer answer)
{
	if (answer == FEED_RATE_LIMITED && a->called)
		a->pause_ms = HOUR_MS;
	return (answer);
}

static enum feed_answer
ask_symbol(
    struct asking *a, const char *what, str symbol, struct outbound_reply *r)
{
	return (ask(a,
	    arena_printf(&a->f->arena, "function=%s%.*s", what,
		STR_ARG(outbound_escape(&a->f->arena, symbol))),
	    r));
}

/* A call whose failure is the answer. */
#define FETCH(a, r, what, about)                                       \
	do {                                                           \
		enum feed_answer e_ = ask_symbol((a), (what), (about), (r)); \
		if (e_ != FEED_OK)                                     \
			return (e_);                                   \
	} while (0)

static enum feed_answer
alphavantage_quote(struct asking *a, str symbol, struct quote *out)
{
	struct outbound_reply r;

	FETCH(a, &r, "GLOBAL_QUOTE&symbol=", symbol);
	return (noted(
	    a, alphavantage_read_quote(&a->f->arena, &r, symbol, out)));
}

static enum feed_answer
alphavantage_profile(struct asking *a, str symbol, struct profile *out)
{
	struct outbound_reply r;

	FETCH(a, &r, "OVERVIEW&symbol=", symbol);
	return (noted(
	    a, alphavantage_read_profile(&a->f->arena, &r, symbol, out)));
}

static enum feed_answer
alphavantage_metrics(struct asking *a, str symbol, struct list *out)
{
	struct outbound_reply r;

	FETCH(a, &r, "OVERVIEW&symbol=", symbol);
	return (noted(a, alphavantage_read_metrics(&a->f->arena, &r, out)));
}

static enum feed_answer
alphavantage_search(struct asking *a, str text, struct list *out)
{
	struct outbound_reply r;

	FETCH(a, &r, "SYMBOL_SEARCH&keywords=", text);
	return (noted(a, alphavantage_read_search(&a->f->arena, &r, out)));
}

/* All there is costs a paid plan, so it is wanted only where it is needed. */
static enum feed_answer
alphavantage_bars(
    struct asking *a, str symbol, day from, day to, struct list *out)
{
	struct outbound_reply r;
	bool all = day_between(from, day_today()) > COMPACT_DAYS &&
	    a->guard->limits.day != a->p->limits.day;

	(void)to;
	FETCH(a, &r,
	    all ? "TIME_SERIES_DAILY&outputsize=full&symbol="
		: "TIME_SERIES_DAILY&outputsize=compact&symbol=",
	    symbol);
	return (noted(a, alphavantage_read_bars(&a->f->arena, &r, out)));
}

static enum feed_answer
alphavantage_intraday(struct asking *a, str symbol, int minutes, instant from,
    instant to, struct list *out)
{
	struct outbound_reply r;

	(void)from;
	(void)to;
	FETCH(a, &r,
	    arena_printf(&a->f->arena,
		"TIME_SERIES_INTRADAY&interval=%dmin&outputsize=full&symbol=",
		minutes)
		.p,
	    symbol);
	return (noted(a, alphavantage_read_intraday(&a->f->arena, &r, out)));
}

static enum feed_answer
alphavantage_events(
    struct asking *a, str symbol, struct list *dividends, struct list *splits)
{
	struct outbound_reply r;

	FETCH(a, &r, "TIME_SERIES_DAILY_ADJUSTED&outputsize=full&symbol=",
	    symbol);
	return (noted(a,
	    alphavantage_read_events(&a->f->arena, &r, dividends, splits)));
}

static enum feed_answer
alphavantage_dividends(
    struct asking *a, str symbol, day from, day to, struct list *out)
{
	struct list splits;

	(void)from;
	(void)to;
	return (alphavantage_events(a, symbol, out, &splits));
}

static enum feed_answer
alphavantage_splits(
    struct asking *a, str symbol, day from, day to, struct list *out)
{
	struct list dividends;

	(void)from;
	(void)to;
	return (alphavantage_events(a, symbol, &dividends, out));
}

/* What came before a call failed is told. */
static enum feed_answer
alphavantage_fx(struct asking *a, day from, day to, struct list *out)
{
	static const char *const quotes[] = { "USD", "GBP", "CHF", "JPY" };
	struct gather g = GATHER(&a->f->arena, struct fx_rate);
	enum feed_answer e = FEED_OK;
	struct outbound_reply r;
	struct fx_rate rate;

	(void)from;
	(void)to;
	for (size_t i = 0; i < sizeof(quotes) / sizeof(quotes[0]); i++) {
		if (i > 0 && flow_sleep(a->f, RATE_WAIT_MS) != OK)
			return (FEED_LEFT);
		e = ask_symbol(a,
		    "CURRENCY_EXCHANGE_RATE&from_currency=EUR&to_currency=",
		    str_of(quotes[i]), &r);
		if (e == FEED_OK)
			e = alphavantage_read_rate(
			    &a->f->arena, &r, quotes[i], &rate);
		if (e != FEED_OK)
			break;
		gather_add(&g, &rate);
	}
	*out = g.list;
	return (g.list.n > 0 ? FEED_OK : noted(a, e));
}

const struct provider provider_alphavantage = {
	.name = "alphavantage",
	.doc = "Alpha Vantage: quotes, profiles, figures, searches, daily and "
	       "intraday bars, dividends, splits and a few rates",
	.key = KEY_MUST,
	.raw_bars = true,
	.raw_dividends = true,
	.unshared = true,
	.key_setting = &settings.alphavantage_key,
	.key_name = "BURSAR_ALPHAVANTAGE_KEY",
	.address = &settings.alphavantage_url,
	.address_name = "BURSAR_ALPHAVANTAGE_URL",
	.limits = { .second = 1, .day = 25 },
	.body_max = 12 << 20,
	.quote = alphavantage_quote,
	.profile = alphavantage_profile,
	.metrics = alphavantage_metrics,
	.fx = alphavantage_fx,
	.search = alphavantage_search,
	.bars = alphavantage_bars,
	.intraday = alphavantage_intraday,
	.dividends = alphavantage_dividends,
	.splits = alphavantage_splits,
};
