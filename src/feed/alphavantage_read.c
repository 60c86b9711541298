/*
 * Alpha Vantage's answers: everything is a string, names carry ordinals that
 * differ, and every failure is a 200 with one sentence in it, which may hold
 * the key and is never passed on.
 */
#include <string.h>

#include "feed/readers.h"

#define NEW_YORK_S (5 * 3600) /* without summer time: see time_of */
#define SEARCH_MAX 20

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

/* The rows of a series, by time. */
static enum feed_answer
rows_of(const struct outbound_reply *r, str *rows)
{
	enum feed_answer answer;
	str json;

	if ((answer = body_of(r, &json)) != FEED_OK)
		return (answer);
	*rows = series_in(json);
	return (view_object(*rows) ? FEED_OK : FEED_NONSENSE);
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
	str rows, name, row;
	struct daily_bar b;

	if ((answer = rows_of(r, &rows)) != FEED_OK)
		return (answer);
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
	str rows, name, row;
	struct daily_bar b;
	instant at;

	if ((answer = rows_of(r, &rows)) != FEED_OK)
		return (answer);
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
	str rows, name, row;
	dec amount, factor;
	struct split s;
	day d;

	if ((answer = rows_of(r, &rows)) != FEED_OK)
		return (answer);
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

/* ---- a company, a rate --------------------------------------------------- */

/* "None" and "-" are nothing. */
static str
told(struct arena *a, str object, const char *name)
{
	str v = read_name(a, view_member(object, name));

	return (str_eqz(v, "None") || str_eqz(v, "-") || v.n == 0 ? STR_NONE
								  : v);
}

static dec
number(str object, const char *name)
{
	dec d;

	return (view_dec(view_member(object, name), &d) && dec_sign(d) > 0
		? d
		: DEC_NONE);
}

static str
address(struct arena *a, str object, const char *name)
{
	str v = told(a, object, name);

	return (str_starts(v, S("https://")) || str_starts(v, S("http://"))
		? v
		: STR_NONE);
}

static enum feed_answer
company_of(const struct outbound_reply *r, str *json)
{
	enum feed_answer answer = body_of(r, json);
	str rest = *json, name, value;

	if (answer == FEED_OK && !view_pair(&rest, &name, &value))
		return (FEED_UNKNOWN_SYMBOL);
	return (answer);
}

enum feed_answer
alphavantage_read_profile(struct arena *a, const struct outbound_reply *r,
    str symbol, struct profile *out)
{
	enum feed_answer answer;
	str json, kind;

	if ((answer = company_of(r, &json)) != FEED_OK)
		return (answer);
	kind = told(a, json, "AssetType");
	*out = (struct profile){ .symbol = arena_str(a, symbol),
		.name = told(a, json, "Name"),
		.kind = str_eqz(kind, "ETF") ? S("etf") : S("stock"),
		.country = told(a, json, "Country"),
		.currency = told(a, json, "Currency"),
		.exchange = told(a, json, "Exchange"),
		.ipo = DAY_NONE,
		.market_cap = number(json, "MarketCapitalization"),
		.shares = number(json, "SharesOutstanding"),
		.industry = told(a, json, "Industry"),
		.sector = told(a, json, "Sector"),
		.website = address(a, json, "OfficialSite"),
		.source = S("alphavantage") };
	return (out->name.p != NULL ? FEED_OK : FEED_NONSENSE);
}

/* All that is a number. */
enum feed_answer
alphavantage_read_metrics(
    struct arena *a, const struct outbound_reply *r, struct list *out)
{
	struct gather g = GATHER(a, struct metric);
	enum feed_answer answer;
	str json, name, value;
	struct metric m;

	if ((answer = company_of(r, &json)) != FEED_OK)
		return (answer);
	while (view_pair(&json, &name, &value)) {
		if (str_eqz(name, "CIK") || !view_dec(value, &m.value))
			continue;
		m.name = arena_str(a, name);
		gather_add(&g, &m);
	}
	*out = g.list;
	return (g.list.n > 0 ? FEED_OK : FEED_NONSENSE);
}

/* Of the day, in its zone, on which it was refreshed last. */
enum feed_answer
alphavantage_read_rate(struct arena *a, const struct outbound_reply *r,
    const char *quote, struct fx_rate *out)
{
	enum feed_answer answer;
	str json, row, at;

	if ((answer = body_of(r, &json)) != FEED_OK)
		return (answer);
	row = view_member(json, "Realtime Currency Exchange Rate");
	at = view_str(a, member_like(row, "Last Refreshed"), 40);
	*out = (struct fx_rate){ .base = S("EUR"), .quote = str_of(quote) };
	if (at.n < 10 || !day_parse((str){ at.p, 10 }, &out->day) ||
	    !str_eqz(view_str(a, member_like(row, "From_Currency Code"), 8),
		"EUR") ||
	    !str_eqz(view_str(a, member_like(row, "To_Currency Code"), 8),
		quote) ||
	    !price(row, "Exchange Rate", &out->rate))
		return (FEED_NONSENSE);
	return (FEED_OK);
}
