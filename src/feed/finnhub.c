/*
 * Finnhub, on a free or paid key. What a plan does not allow (candles, splits
 * and dividends on the free one) is refused with 403 and then left alone for
 * ten minutes, and everything after a 429 for a few seconds: asking again
 * would only make it worse.
 */
#include <string.h>

#include "base/settings.h"
#include "feed/finnhub.h"
#include "feed/readers.h"

#define STREAM_SYMBOLS 50 /* of a free key */

static int64_t
unix_of(day d)
{
	return (instant_of_day(d).us / 1000000);
}

/* On FEED_OK there is an HTTP answer. */
static enum feed_answer
ask(struct asking *a, str path, struct outbound_reply *r)
{
	str url = arena_printf(
	    &a->f->arena, "%s%.*s", settings.finnhub_url, STR_ARG(path));
	str token = arena_printf(
	    &a->f->arena, "X-Finnhub-Token: %.*s", STR_ARG(a->key));
	const char *headers[] = { token.p, "Accept: application/json", NULL };

	return (ask_get(a, url.p, headers, r));
}

static enum feed_answer
ask_about(
    struct asking *a, const char *path, str about, struct outbound_reply *r)
{
	return (ask(a,
	    arena_printf(&a->f->arena, "%s%.*s", path,
		STR_ARG(outbound_escape(&a->f->arena, about))),
	    r));
}

static enum feed_answer
finnhub_quote(struct asking *a, str symbol, struct quote *out)
{
	struct outbound_reply r;
	enum feed_answer e = ask_about(a, "/quote?symbol=", symbol, &r);

	return (e != FEED_OK ? e
			     : finnhub_read_quote(&a->f->arena, &r, symbol,
				   instant_now(), out));
}

static enum feed_answer
finnhub_profile(struct asking *a, str symbol, struct profile *out)
{
	struct outbound_reply r;
	enum feed_answer e =
	    ask_about(a, "/stock/profile2?symbol=", symbol, &r);

	return (e != FEED_OK
		? e
		: finnhub_read_profile(&a->f->arena, &r, symbol, out));
}

static enum feed_answer
finnhub_search(struct asking *a, str text, struct list *out)
{
	struct outbound_reply r;
	enum feed_answer e = ask_about(a, "/search?q=", text, &r);

	return (e != FEED_OK ? e : finnhub_read_search(&a->f->arena, &r, out));
}

static enum feed_answer
finnhub_symbols(struct asking *a, str exchange, struct list *out)
{
	struct outbound_reply r;
	enum feed_answer e =
	    ask_about(a, "/stock/symbol?exchange=", exchange, &r);

	return (e != FEED_OK ? e : finnhub_read_symbols(&a->f->arena, &r, out));
}

static enum feed_answer
finnhub_metrics(struct asking *a, str symbol, struct list *out)
{
	struct outbound_reply r;
	enum feed_answer e =
	    ask_about(a, "/stock/metric?metric=all&symbol=", symbol, &r);

	return (e != FEED_OK ? e : finnhub_read_metrics(&a->f->arena, &r, out));
}

static enum feed_answer
candles(struct asking *a, str symbol, const char *resolution, int64_t from_s,
    int64_t to_s, struct outbound_reply *r)
{
	return (ask(a,
	    arena_printf(&a->f->arena,
		"/stock/candle?symbol=%.*s&resolution=%s&from=%lld&to=%lld",
		STR_ARG(outbound_escape(&a->f->arena, symbol)), resolution,
		(long long)from_s, (long long)to_s),
	    r));
}

static enum feed_answer
finnhub_bars(struct asking *a, str symbol, day from, day to, struct list *out)
{
	struct outbound_reply r;
	enum feed_answer e =
	    candles(a, symbol, "D", unix_of(from), unix_of(day_add(to, 1)), &r);

	return (e != FEED_OK ? e : finnhub_read_candles(&a->f->arena, &r, out));
}

static enum feed_answer
finnhub_intraday(struct asking *a, str symbol, int minutes, instant from,
    instant to, struct list *out)
{
	struct outbound_reply r;
	enum feed_answer e =
	    candles(a, symbol, arena_printf(&a->f->arena, "%d", minutes).p,
		from.us / 1000000, to.us / 1000000, &r);

	return (
	    e != FEED_OK ? e : finnhub_read_intraday(&a->f->arena, &r, out));
}

static enum feed_answer
events(struct asking *a, const char *what, str symbol, day from, day to,
    struct outbound_reply *r)
{
	char begin[DAY_TEXT_MAX], end[DAY_TEXT_MAX];

	day_print(from, begin);
	day_print(to, end);
	return (ask(a,
	    arena_printf(&a->f->arena, "/stock/%s?symbol=%.*s&from=%s&to=%s",
		what, STR_ARG(outbound_escape(&a->f->arena, symbol)), begin,
		end),
	    r));
}

static enum feed_answer
finnhub_dividends(
    struct asking *a, str symbol, day from, day to, struct list *out)
{
	struct outbound_reply r;
	enum feed_answer e = events(a, "dividend", symbol, from, to, &r);

	return (
	    e != FEED_OK ? e : finnhub_read_dividends(&a->f->arena, &r, out));
}

static enum feed_answer
finnhub_splits(struct asking *a, str symbol, day from, day to, struct list *out)
{
	struct outbound_reply r;
	enum feed_answer e = events(a, "split", symbol, from, to, &r);

	return (e != FEED_OK ? e : finnhub_read_splits(&a->f->arena, &r, out));
}

/* The lock is named by a hash: the key itself stays out of Redis. */
enum feed_answer
feed_stream(struct flow *f, struct feed_stream *out)
{
	str key = provider_key(&provider_finnhub);
	uint64_t h = UINT64_C(14695981039346656037);

	if (!provider_enabled(&provider_finnhub) || key.n == 0 ||
	    settings.finnhub_stream_url == NULL ||
	    settings.finnhub_stream_url[0] == '\0')
		return (FEED_NOBODY);
	for (size_t i = 0; i < key.n; i++)
		h = (h ^ (uint8_t)key.p[i]) * UINT64_C(1099511628211);
	*out = (struct feed_stream){ .provider = provider_finnhub.name,
		.url = arena_printf(&f->arena, "%s?token=%.*s",
		    settings.finnhub_stream_url,
		    STR_ARG(outbound_escape(&f->arena, key))),
		.lock = arena_printf(&f->arena, "feed:finnhub:stream:%04x",
		    (unsigned)(h & 0xffff)),
		.symbols_max = STREAM_SYMBOLS };
	return (FEED_OK);
}

const struct provider provider_finnhub = {
	.name = "finnhub",
	.doc = "Finnhub: US quotes, profiles, symbols and figures; history "
	       "where the plan has it",
	.key = KEY_MUST,
	.raw_dividends = true,
	.unshared = true,
	.key_setting = &settings.finnhub_key,
	.key_name = "BURSAR_FINNHUB_KEY",
	.address = &settings.finnhub_url,
	.address_name = "BURSAR_FINNHUB_URL",
	/* The free plan's; 30 a second hold for every plan. */
	.limits = { .second = 30, .minute = 60 },
	.body_max = 12 << 20,
	.quote = finnhub_quote,
	.profile = finnhub_profile,
	.search = finnhub_search,
	.symbols = finnhub_symbols,
	.bars = finnhub_bars,
	.intraday = finnhub_intraday,
	.dividends = finnhub_dividends,
	.splits = finnhub_splits,
	.metrics = finnhub_metrics,
};
