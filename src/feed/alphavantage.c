/*
 * Alpha Vantage: everything is a string, every failure is a 200 with one
 * sentence in it, and the key stands in the address, so the sentence may hold
 * it and is never passed on. The free plan gives 25 calls a day and the last
 * hundred bars.
 */
#include <string.h>

#include "base/settings.h"
#include "feed/provider.h"
#include "feed/readers.h"

#define HOUR_MS      (3600 * INT64_C(1000))
#define NEW_YORK_S   (5 * 3600) /* without summer time: see time_of */
#define SEARCH_MAX   20
#define COMPACT_DAYS 140 /* a hundred sessions, and some */

/* ---- answers ------------------------------------------------------------- */

static bool
holds(str text, const char *word)
{
	return (text.p != NULL && text.n > 0 &&
	    memmem(text.p, text.n, word, strlen(word)) != NULL);
}

/* The one sentence an answer may be. */
static enum feed_answer
sentence(str json)
{
	str text = view_member(json, "Error Message");

	if (text.p != NULL)
		return (holds(text, "apikey") ? FEED_KEY : FEED_UNKNOWN_SYMBOL);
	if (view_member(json, "Note").p != NULL)
		return (FEED_RATE_LIMITED);
	text = view_member(json, "Information");
	if (text.p == NULL)
		return (FEED_OK);
	if (holds(text, "demo"))
		return (FEED_KEY);
	if (holds(text, "rate limit") || holds(text, "requests per") ||
	    holds(text, "per second"))
		return (FEED_RATE_LIMITED);
	return (FEED_NOT_ENTITLED);
}

static enum feed_answer
body_of(const struct outbound_reply *r, str *json)
{
	enum feed_answer a = reply_json(r, json);

	if (a == FEED_OK && !view_object(*json))
		a = FEED_NONSENSE;
	return (a == FEED_OK ? sentence(*json) : a);
}

/* The member whose name ends so: ordinals before it differ. */
static str
member_like(str object, const char *end)
{
	size_t n = strlen(end);
	str name, value;

	if (!view_object(object))
		return (STR_NONE);
	while (view_pair(&object, &name, &value))
		if (name.n >= n && memcmp(name.p + name.n - n, end, n) == 0)
			return (value);
	return (STR_NONE);
}

/* The first object whose name begins so: "Time Series (Daily)". */
static str
series_in(str json)
{
	str name, value;

	while (view_pair(&json, &name, &value))
		if (view_object(value) &&
		    (str_starts(name, S("Time Series")) ||
			holds(name, "Time Series")))
			return (value);
	return (STR_NONE);
}

static bool
price(str object, const char *end, dec *out)
{
	return (view_dec(member_like(object, end), out));
}

enum feed_answer
alphavantage_read_quote(struct arena *a, const struct outbound_reply *r,
    str symbol, struct quote *out)
{
	enum feed_answer answer;
	str json, row;
	day d;

	if ((answer = body_of(r, &json)) != FEED_OK)
		return (answer);
	row = view_member(json, "Global Quote");
	if (!view_object(row))
		return (FEED_NONSENSE);
	*out = (struct quote){ .symbol = arena_str(a, symbol),
		.source = S("alphavantage") };
	if (view_member(row, "05. price").p == NULL)
		return (FEED_UNKNOWN_SYMBOL);
	if (!price(row, "05. price", &out->price) ||
	    dec_sign(out->price) <= 0 ||
	    !view_day(member_like(row, "latest trading day"), &d) ||
	    day_cmp(d, day_add(day_today(), 1)) > 0)
		return (FEED_NONSENSE);
	if (!price(row, "previous close", &out->previous_close) ||
	    dec_sign(out->previous_close) <= 0)
		out->previous_close = DEC_NONE;
	if (!price(row, "02. open", &out->open) ||
	    !price(row, "03. high", &out->high) ||
	    !price(row, "04. low", &out->low) || dec_sign(out->low) <= 0)
		out->open = out->high = out->low = DEC_NONE;
	out->change = dec_sub(out->price, out->previous_close);
	out->percent_change =
	    dec_double(dec_div(out->change, out->previous_close));
	/* Of the session's end, as late as it may be. */
	out->as_of =
	    (instant){ instant_of_day(d).us + INT64_C(21) * 3600 * 1000000 };
	if (out->as_of.us > instant_now().us)
		out->as_of = instant_now();
	return (FEED_OK);
}

enum feed_answer
alphavantage_read_search(
    struct arena *a, const struct outbound_reply *r, struct list *out)
{
	struct gather g = GATHER(a, struct match);
	enum feed_answer answer;
	str json, rows, row, kind;
	struct match m;

	if ((answer = body_of(r, &json)) != FEED_OK)
		return (answer);
	rows = view_member(json, "bestMatches");
	if (!view_array(rows))
		return (FEED_NONSENSE);
	while (view_item(&rows, &row) && g.list.n < SEARCH_MAX) {
		kind = view_str(a, member_like(row, " type"), 20);
		m.symbol = view_str(a, member_like(row, " symbol"), 40);
		m.name = read_name(a, member_like(row, " name"));
		m.kind = str_eqz(kind, "Equity") ? S("stock")
		    : str_eqz(kind, "ETF")       ? S("etf")
						 : S("other");
		if (m.symbol.p != NULL && m.symbol.n <= LIMIT_SYMBOL_BYTES)
			gather_add(&g, &m);
	}
	*out = g.list;
	return (FEED_OK);
}

static bool
row_prices(str row, struct daily_bar *b)
{
	if (!price(row, "volume", &b->volume))
		b->volume = DEC_ZERO;
	return (price(row, "1. open", &b->open) &&
	    price(row, "2. high", &b->high) && price(row, "3. low", &b->low) &&
	    price(row, "4. close", &b->close));
}

enum feed_answer
alphavantage_read_bars(
    struct arena *a, const struct outbound_reply *r, struct list *out)
{
	struct gather g = GATHER(a, struct daily_bar);
	enum feed_answer answer;
	str json, rows, name, row;
	struct daily_bar b;

	if ((answer = body_of(r, &json)) != FEED_OK)
		return (answer);
	rows = series_in(json);
	if (!view_object(rows))
		return (FEED_NONSENSE);
	while (view_pair(&rows, &name, &row)) {
		if (!day_parse(name, &b.day) || !row_prices(row, &b))
			return (FEED_NONSENSE);
		gather_add(&g, &b);
	}
	*out = g.list;
	return (FEED_OK);
}

/* "2017-12-18 14:56:00" in New York: summer time from March's second Sunday
 * to November's first. */
static bool
time_of(str s, instant *out)
{
	int year, month, dom, first;
	bool summer;
	day d;

	if (s.n != 19 || !day_parse((str){ s.p, 10 }, &d))
		return (false);
	day_civil(d, &year, &month, &dom);
	first = (6 - day_weekday(day_of(year, month, 1)) + 7) % 7 + 1;
	summer = (month > 3 && month < 11) ||
	    (month == 3 && dom >= first + 7) || (month == 11 && dom < first);
	for (size_t i = 11; i < 19; i++)
		if (i != 13 && i != 16 && (s.p[i] < '0' || s.p[i] > '9'))
			return (false);
	out->us = instant_of_day(d).us +
	    INT64_C(1000000) *
		(((s.p[11] - '0') * 10 + s.p[12] - '0') * 3600 +
		    ((s.p[14] - '0') * 10 + s.p[15] - '0') * 60 +
		    (s.p[17] - '0') * 10 + s.p[18] - '0' + NEW_YORK_S -
		    (summer ? 3600 : 0));
	return (true);
}

enum feed_answer
alphavantage_read_intraday(
    struct arena *a, const struct outbound_reply *r, struct list *out)
{
	struct gather g = GATHER(a, struct intraday_bar);
	enum feed_answer answer;
	str json, rows, name, row;
	struct daily_bar b;
	instant at;

	if ((answer = body_of(r, &json)) != FEED_OK)
		return (answer);
	rows = series_in(json);
	if (!view_object(rows))
		return (FEED_NONSENSE);
	while (view_pair(&rows, &name, &row)) {
		if (!time_of(name, &at) || !row_prices(row, &b))
			return (FEED_NONSENSE);
		gather_add(&g,
		    &(struct intraday_bar){
			at, b.open, b.high, b.low, b.close, b.volume });
	}
	*out = g.list;
	return (FEED_OK);
}

/* Days of the adjusted series on which something was paid or split. */
enum feed_answer
alphavantage_read_events(struct arena *a, const struct outbound_reply *r,
    struct list *dividends, struct list *splits)
{
	struct gather paid = GATHER(a, struct dividend),
		      cut = GATHER(a, struct split);
	enum feed_answer answer;
	str json, rows, name, row;
	dec amount, factor;
	struct split s;
	day d;

	if ((answer = body_of(r, &json)) != FEED_OK)
		return (answer);
	rows = series_in(json);
	if (!view_object(rows))
		return (FEED_NONSENSE);
	while (view_pair(&rows, &name, &row)) {
		if (!day_parse(name, &d) ||
		    !price(row, "dividend amount", &amount) ||
		    !price(row, "split coefficient", &factor) ||
		    dec_sign(amount) < 0 || dec_sign(factor) <= 0)
			return (FEED_NONSENSE);
		if (dec_sign(amount) > 0)
			gather_add(&paid, &(struct dividend){ d, amount });
		if (dec_eq(factor, dec_of(1)))
			continue;
		s = (struct split){ d,
			(int64_t)dec_double(dec_mul(factor, dec_of(10000))),
			10000 };
		split_reduce(&s);
		gather_add(&cut, &s);
	}
	*dividends = paid.list;
	*splits = cut.list;
	return (FEED_OK);
}

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

static enum feed_answer
alphavantage_quote(struct asking *a, str symbol, struct quote *out)
{
	struct outbound_reply r;
	enum feed_answer e = ask_symbol(a, "GLOBAL_QUOTE&symbol=", symbol, &r);

	return (e != FEED_OK
		? e
		: noted(a,
		      alphavantage_read_quote(&a->f->arena, &r, symbol, out)));
}

static enum feed_answer
alphavantage_search(struct asking *a, str text, struct list *out)
{
	struct outbound_reply r;
	enum feed_answer e = ask_symbol(a, "SYMBOL_SEARCH&keywords=", text, &r);

	return (e != FEED_OK
		? e
		: noted(a, alphavantage_read_search(&a->f->arena, &r, out)));
}

/* All there is costs a paid plan, so it is wanted only where it is needed. */
static enum feed_answer
alphavantage_bars(
    struct asking *a, str symbol, day from, day to, struct list *out)
{
	struct outbound_reply r;
	bool all = day_between(from, day_today()) > COMPACT_DAYS &&
	    a->guard->limits.day != a->p->limits.day;
	enum feed_answer e = ask_symbol(a,
	    all ? "TIME_SERIES_DAILY&outputsize=full&symbol="
		: "TIME_SERIES_DAILY&outputsize=compact&symbol=",
	    symbol, &r);

	(void)to;
	return (e != FEED_OK
		? e
		: noted(a, alphavantage_read_bars(&a->f->arena, &r, out)));
}

static enum feed_answer
alphavantage_intraday(struct asking *a, str symbol, int minutes, instant from,
    instant to, struct list *out)
{
	struct outbound_reply r;
	enum feed_answer e = ask(a,
	    arena_printf(&a->f->arena,
		"function=TIME_SERIES_INTRADAY&interval=%dmin"
		"&outputsize=full&symbol=%.*s",
		minutes, STR_ARG(outbound_escape(&a->f->arena, symbol))),
	    &r);

	(void)from;
	(void)to;
	return (e != FEED_OK
		? e
		: noted(a, alphavantage_read_intraday(&a->f->arena, &r, out)));
}

static enum feed_answer
alphavantage_events(
    struct asking *a, str symbol, struct list *dividends, struct list *splits)
{
	struct outbound_reply r;
	enum feed_answer e = ask_symbol(a,
	    "TIME_SERIES_DAILY_ADJUSTED&outputsize=full&symbol=", symbol, &r);

	return (e != FEED_OK ? e
			     : noted(a,
				   alphavantage_read_events(
				       &a->f->arena, &r, dividends, splits)));
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

const struct provider provider_alphavantage = {
	.name = "alphavantage",
	.doc = "Alpha Vantage: quotes, searches, daily and intraday bars, "
	       "dividends and splits",
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
	.search = alphavantage_search,
	.bars = alphavantage_bars,
	.intraday = alphavantage_intraday,
	.dividends = alphavantage_dividends,
	.splits = alphavantage_splits,
};
