/*
 * Yahoo's chart, which is nobody's promise: asked only where the operator
 * says so. One answer holds meta data, bars, dividends and splits; arrays
 * have holes, pence are called GBp, and the last bar may be under way.
 */
#include <string.h>

#include "base/settings.h"
#include "feed/provider.h"
#include "feed/readers.h"

#define SECOND_US   INT64_C(1000000)
#define MARGIN_S    7200 /* of an offset that may be the other season's */
#define SEARCH_MAX  20
#define AHEAD_S     86400
#define YEAR_2000_S 946684800

/* ---- the answer ---------------------------------------------------------- */

struct meta {
	str json;
	str currency;
	dec factor;
	int64_t offset_s, session_s, session_end_s;
};

static dec
scaled(const struct meta *m, dec d)
{
	return (dec_ok(m->factor) ? dec_mul(d, m->factor) : d);
}

static void
meta_read(struct arena *a, str json, struct meta *m)
{
	str regular = view_path(json, "currentTradingPeriod", "regular", NULL),
	    major;

	*m = (struct meta){ .json = json,
		.currency = view_str(a, view_member(json, "currency"), 8),
		.factor = DEC_NONE };
	if (m->currency.p != NULL &&
	    currency_minor(m->currency, &major, &m->factor))
		m->currency = major;
	if (!view_long(view_member(json, "gmtoffset"), &m->offset_s))
		m->offset_s = 0;
	if (!view_long(view_member(regular, "start"), &m->session_s) ||
	    !view_long(view_member(regular, "end"), &m->session_end_s))
		m->session_s = m->session_end_s = 0;
}

static day
day_at(const struct meta *m, int64_t t)
{
	return (day_of_instant(instant_of_unix(t + m->offset_s + MARGIN_S)));
}

static bool
meta_price(const struct meta *m, const char *name, dec *out)
{
	if (!view_dec(view_member(m->json, name), out) || dec_sign(*out) <= 0) {
		*out = DEC_NONE;
		return (false);
	}
	*out = scaled(m, *out);
	return (true);
}

static enum feed_answer
quote_read(struct arena *a, const struct meta *m, str symbol, instant now,
    struct quote *q)
{
	int64_t t;

	*q = (struct quote){ .symbol = arena_str(a, symbol),
		.currency = m->currency,
		.source = S("yahoo") };
	if (!meta_price(m, "regularMarketPrice", &q->price) ||
	    !view_long(view_member(m->json, "regularMarketTime"), &t) ||
	    t < YEAR_2000_S || t > now.us / SECOND_US + AHEAD_S)
		return (FEED_NONSENSE);
	if (!meta_price(m, "previousClose", &q->previous_close))
		(void)meta_price(m, "chartPreviousClose", &q->previous_close);
	(void)meta_price(m, "regularMarketDayHigh", &q->high);
	(void)meta_price(m, "regularMarketDayLow", &q->low);
	q->open = DEC_NONE;
	q->change = dec_sub(q->price, q->previous_close);
	q->percent_change = dec_double(dec_div(q->change, q->previous_close));
	q->as_of = instant_of_unix(t);
	return (FEED_OK);
}

static str
kind_of(str type)
{
	static const char *const kinds[][2] = { { "EQUITY", "stock" },
		{ "ETF", "etf" }, { "MUTUALFUND", "fund" },
		{ "INDEX", "index" }, { "CRYPTOCURRENCY", "crypto" },
		{ "CURRENCY", "currency" }, { "FUTURE", "future" } };

	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		if (str_eqz(type, kinds[i][0]))
			return (str_of(kinds[i][1]));
	return (S("other"));
}

static void
profile_read(
    struct arena *a, const struct meta *m, str symbol, struct profile *p)
{
	*p = (struct profile){ .symbol = arena_str(a, symbol),
		.name = read_name(a, view_member(m->json, "longName")),
		.kind = kind_of(
		    view_str(a, view_member(m->json, "instrumentType"), 20)),
		.currency = m->currency,
		.exchange =
		    read_name(a, view_member(m->json, "fullExchangeName")),
		.ipo = DAY_NONE,
		.market_cap = DEC_NONE,
		.shares = DEC_NONE,
		.source = S("yahoo") };
	if (p->name.p == NULL)
		p->name = read_name(a, view_member(m->json, "shortName"));
	if (p->name.p == NULL)
		p->name = p->symbol;
}

/* ---- bars ---------------------------------------------------------------- */

static bool
cell(str *column, const struct meta *m, dec *out)
{
	str v;

	*out = DEC_NONE;
	if (!view_item(column, &v))
		return (false);
	if (view_null(v))
		return (true);
	if (!view_dec(v, out))
		return (false);
	if (m != NULL)
		*out = scaled(m, *out);
	return (true);
}

static bool
columns_open(str quote, str columns[5])
{
	static const char *const names[] = { "open", "high", "low", "close",
		"volume" };

	for (size_t i = 0; i < 5; i++) {
		columns[i] = view_member(quote, names[i]);
		if (!view_array(columns[i]))
			return (false);
	}
	return (true);
}

/* The session of that day is not over yet. */
static bool
under_way(const struct meta *m, day d, instant now)
{
	return (m->session_end_s * SECOND_US > now.us &&
	    day_cmp(d, day_at(m, m->session_s)) >= 0);
}

/* A row with holes is no bar. */
static enum feed_answer
bars_read(struct arena *a, const struct meta *m, str times, str quote,
    instant now, struct chart *out)
{
	struct gather daily = GATHER(a, struct daily_bar),
		      within = GATHER(a, struct intraday_bar);
	struct daily_bar b;
	str columns[5], v;
	int64_t t;

	if (!columns_open(quote, columns))
		return (FEED_NONSENSE);
	while (view_item(&times, &v)) {
		if (!view_long(v, &t) || !cell(&columns[0], m, &b.open) ||
		    !cell(&columns[1], m, &b.high) ||
		    !cell(&columns[2], m, &b.low) ||
		    !cell(&columns[3], m, &b.close) ||
		    !cell(&columns[4], NULL, &b.volume))
			return (FEED_NONSENSE);
		if (!dec_ok(b.open) || !dec_ok(b.high) || !dec_ok(b.low) ||
		    !dec_ok(b.close))
			continue;
		b.day = day_at(m, t);
		gather_add(&within,
		    &(struct intraday_bar){ instant_of_unix(t), b.open, b.high,
			b.low, b.close, b.volume });
		if (!under_way(m, b.day, now))
			gather_add(&daily, &b);
	}
	out->bars = daily.list;
	out->intraday = within.list;
	return (FEED_OK);
}

/* ---- events -------------------------------------------------------------- */

static bool
dividends_read(
    struct arena *a, const struct meta *m, str rows, struct list *out)
{
	struct gather g = GATHER(a, struct dividend);
	struct dividend d;
	str name, row;
	int64_t t;

	while (view_pair(&rows, &name, &row)) {
		if (!view_long(view_member(row, "date"), &t) ||
		    !view_dec(view_member(row, "amount"), &d.amount))
			return (false);
		d.ex_day = day_at(m, t);
		d.amount = scaled(m, d.amount);
		gather_add(&g, &d);
	}
	*out = g.list;
	return (true);
}

static bool
splits_read(struct arena *a, const struct meta *m, str rows, struct list *out)
{
	struct gather g = GATHER(a, struct split);
	dec numerator, denominator;
	struct split s;
	str name, row;
	int64_t t;

	while (view_pair(&rows, &name, &row)) {
		if (!view_long(view_member(row, "date"), &t) ||
		    !view_dec(view_member(row, "numerator"), &numerator) ||
		    !view_dec(view_member(row, "denominator"), &denominator))
			return (false);
		s.ex_day = day_at(m, t);
		s.numerator =
		    (int64_t)dec_double(dec_mul(numerator, dec_of(1000)));
		s.denominator =
		    (int64_t)dec_double(dec_mul(denominator, dec_of(1000)));
		split_reduce(&s);
		gather_add(&g, &s);
	}
	*out = g.list;
	return (true);
}

/* ---- all of it ----------------------------------------------------------- */

static enum feed_answer
refusal(const struct outbound_reply *r, str json)
{
	if (r->status == 404 && view_path(json, "chart", "error", NULL).p)
		return (FEED_UNKNOWN_SYMBOL);
	return (r->status == 422 || r->status == 400
		? FEED_NO_DATA
		: status_answer(r->status));
}

static enum feed_answer
result_of(const struct outbound_reply *r, str *result)
{
	str json = str_trim(r->body), rows;
	bool valid = view_valid(json);

	if (r->status != 200)
		return (refusal(r, valid ? json : STR_NONE));
	if (!valid)
		return (FEED_NONSENSE);
	rows = view_path(json, "chart", "result", NULL);
	if (!view_array(rows))
		return (FEED_NONSENSE);
	if (!view_item(&rows, result))
		return (FEED_UNKNOWN_SYMBOL);
	return (view_object(view_member(*result, "meta")) ? FEED_OK
							  : FEED_NONSENSE);
}

enum feed_answer
yahoo_read_chart(struct arena *a, const struct outbound_reply *r, str symbol,
    instant now, struct chart *out)
{
	enum feed_answer answer;
	str result, times, quotes, quote, events;
	struct meta m;

	*out = (struct chart){ .bars = { NULL, 0 } };
	if ((answer = result_of(r, &result)) != FEED_OK)
		return (answer);
	meta_read(a, view_member(result, "meta"), &m);
	profile_read(a, &m, symbol, &out->profile);
	answer = quote_read(a, &m, symbol, now, &out->quote);
	events = view_member(result, "events");
	if (!dividends_read(
		a, &m, view_member(events, "dividends"), &out->dividends) ||
	    !splits_read(a, &m, view_member(events, "splits"), &out->splits))
		return (FEED_NONSENSE);
	times = view_member(result, "timestamp");
	quotes = view_path(result, "indicators", "quote", NULL);
	if (answer != FEED_OK || !view_array(times))
		return (answer);
	return (view_item(&quotes, &quote)
		? bars_read(a, &m, times, quote, now, out)
		: FEED_NONSENSE);
}

enum feed_answer
yahoo_read_search(
    struct arena *a, const struct outbound_reply *r, struct list *out)
{
	struct gather g = GATHER(a, struct match);
	enum feed_answer answer;
	str json, rows, row;
	struct match m;

	if ((answer = reply_json(r, &json)) != FEED_OK)
		return (answer);
	rows = view_member(json, "quotes");
	if (!view_array(rows))
		return (FEED_NONSENSE);
	while (view_item(&rows, &row) && g.list.n < SEARCH_MAX) {
		m.symbol = view_str(a, view_member(row, "symbol"), 40);
		m.name = read_name(a, view_member(row, "longname"));
		if (m.name.p == NULL)
			m.name = read_name(a, view_member(row, "shortname"));
		m.kind =
		    kind_of(view_str(a, view_member(row, "quoteType"), 20));
		if (m.symbol.p != NULL && m.symbol.n <= LIMIT_SYMBOL_BYTES)
			gather_add(&g, &m);
	}
	*out = g.list;
	return (FEED_OK);
}

/* ---- calls --------------------------------------------------------------- */

/* Class shares have a hyphen there: BRK-B. A suffix of an exchange has a
 * dot and more letters. */
static str
their_symbol(struct flow *f, str symbol)
{
	char *p;

	if (symbol.n < 3 || symbol.p[symbol.n - 2] != '.' ||
	    (symbol.p[symbol.n - 1] != 'A' && symbol.p[symbol.n - 1] != 'B'))
		return (symbol);
	p = arena_z(&f->arena, symbol);
	p[symbol.n - 2] = '-';
	return ((str){ p, symbol.n });
}

static enum feed_answer
ask(struct asking *a, str path, struct outbound_reply *r)
{
	static const char *const headers[] = { "Accept: application/json",
		"User-Agent: Mozilla/5.0 (compatible; bursar)", NULL };

	return (ask_get(a,
	    arena_printf(
		&a->f->arena, "%s%.*s", settings.yahoo_url, STR_ARG(path))
		.p,
	    headers, r));
}

static enum feed_answer
chart(struct asking *a, str symbol, const char *interval, int64_t from_s,
    int64_t to_s, struct chart *out)
{
	struct outbound_reply r;
	enum feed_answer e;

	*out = (struct chart){ .bars = { NULL, 0 } };
	e = ask(a,
	    arena_printf(&a->f->arena,
		"/v8/finance/chart/%.*s?period1=%lld&period2=%lld&interval=%s"
		"&events=div%%7Csplit&includePrePost=false",
		STR_ARG(
		    outbound_escape(&a->f->arena, their_symbol(a->f, symbol))),
		(long long)from_s, (long long)to_s, interval),
	    &r);

	return (e != FEED_OK ? e
			     : yahoo_read_chart(&a->f->arena, &r, symbol,
				   instant_now(), out));
}

/* The days and one on either side: theirs begin elsewhere. */
static enum feed_answer
days(struct asking *a, str symbol, day from, day to, struct chart *out)
{
	return (chart(a, symbol, "1d",
	    instant_of_day(day_add(from, -1)).us / SECOND_US,
	    instant_of_day(day_add(to, 2)).us / SECOND_US, out));
}

static enum feed_answer
yahoo_quote(struct asking *a, str symbol, struct quote *out)
{
	struct chart c;
	enum feed_answer e =
	    days(a, symbol, day_add(day_today(), -5), day_today(), &c);

	*out = c.quote;
	return (e);
}

static enum feed_answer
yahoo_profile(struct asking *a, str symbol, struct profile *out)
{
	struct chart c;
	enum feed_answer e =
	    days(a, symbol, day_add(day_today(), -5), day_today(), &c);

	*out = c.profile;
	return (e);
}

static enum feed_answer
yahoo_bars(struct asking *a, str symbol, day from, day to, struct list *out)
{
	struct chart c;
	enum feed_answer e = days(a, symbol, from, to, &c);

	*out = c.bars;
	return (e);
}

static enum feed_answer
yahoo_dividends(
    struct asking *a, str symbol, day from, day to, struct list *out)
{
	struct chart c;
	enum feed_answer e = days(a, symbol, from, to, &c);

	*out = c.dividends;
	return (e);
}

static enum feed_answer
yahoo_splits(struct asking *a, str symbol, day from, day to, struct list *out)
{
	struct chart c;
	enum feed_answer e = days(a, symbol, from, to, &c);

	*out = c.splits;
	return (e);
}

static enum feed_answer
yahoo_intraday(struct asking *a, str symbol, int minutes, instant from,
    instant to, struct list *out)
{
	struct chart c;
	enum feed_answer e =
	    chart(a, symbol, arena_printf(&a->f->arena, "%dm", minutes).p,
		from.us / SECOND_US, to.us / SECOND_US + 1, &c);

	*out = c.intraday;
	return (e);
}

static enum feed_answer
yahoo_search(struct asking *a, str text, struct list *out)
{
	struct outbound_reply r;
	enum feed_answer e = ask(a,
	    arena_printf(&a->f->arena,
		"/v1/finance/search?newsCount=0&quotesCount=20&q=%.*s",
		STR_ARG(outbound_escape(&a->f->arena, text))),
	    &r);

	return (e != FEED_OK ? e : yahoo_read_search(&a->f->arena, &r, out));
}

const struct provider provider_yahoo = {
	.name = "yahoo",
	.doc = "Yahoo's chart: quotes, searches, bars, dividends and splits; "
	       "not a public interface, asked only where it is named",
	.key = KEY_NONE,
	.named_only = true,
	.unshared = true,
	.address = &settings.yahoo_url,
	.address_name = "BURSAR_YAHOO_URL",
	.limits = { .second = 2, .minute = 30 },
	.body_max = 8 << 20,
	.quote = yahoo_quote,
	.profile = yahoo_profile,
	.search = yahoo_search,
	.bars = yahoo_bars,
	.intraday = yahoo_intraday,
	.dividends = yahoo_dividends,
	.splits = yahoo_splits,
};
