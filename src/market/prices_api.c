/*
 * Prices of an asset, as JSON and as CSV, and of several beside each other.
 */
#include <math.h>
#include <string.h>

#include "market/live.h"
#include "market/prices.h"
#include "market/quotation.h"
#include "market/rendered.h"
#include "market/routes.h"

#define POINTS_LEAST	10
#define COMPARED_MAX	12
#define BASE		100

/* ---- what is asked ------------------------------------------------------- */

struct prices_query {
	str	symbol;
	int	range;
	day	from, to;
	int	interval;
	bool	adjusted;
	str	currency;
	int64_t	points;
	int64_t	limit;
};

static const struct field prices_query_fields[] = {
	MUST(prices_query, symbol, "Ticker.", .max = LIMIT_SYMBOL_BYTES,
	    .pattern = "symbol", .example = "\"AAPL\""),
	MAY(prices_query, range, "How far back from `to`; instead of `from`.",
	    .names = range_names),
	MAY(prices_query, from, "First day; a year before `to` when absent."),
	MAY(prices_query, to, "Last day; today when absent."),
	MAY(prices_query, interval, "How long a bar is; 1d when absent.",
	    .names = interval_names),
	MAY(prices_query, adjusted, "All prices in what a share has become "
	    "since by splits and dividends."),
	MAY(prices_query, currency, "Converted by each day's rate.",
	    .pattern = "currency", .example = "\"EUR\""),
	MAY(prices_query, points, "Most bars: of more, those with the "
	    "extremes of each stretch.", .ranged = true, .min = POINTS_LEAST,
	    .max = PRICES_MAX),
	MAY(prices_query, limit, "Most bars, the newest of the range.",
	    .ranged = true, .min = 1, .max = PRICES_MAX),
	FIELDS_END
};

SHAPE_OF(prices_query);

/* ---- what is answered ---------------------------------------------------- */

static const struct field price_fields[] = {
	MUST(price, date, "Day of the exchange; of a longer bar, its first."),
	MAY(price, at, "First moment of a bar within the day.",
	    .sparse = true),
	MUST(price, open, "First price."),
	MUST(price, high, "Highest price."),
	MUST(price, low, "Lowest price."),
	MUST(price, close, "Last price."),
	MUST(price, adjusted_close, "Last price, of what a share then has "
	    "become since by splits and dividends."),
	MUST(price, volume, "Units traded."),
	MUST(price, source, "Who says so."),
	FIELDS_END
};

struct prices {
	str		symbol;
	str		currency;
	str		source;
	bool		simulated;
	int		interval;
	bool		adjusted;
	struct list	items;
};

static const struct field prices_fields[] = {
	MUST(prices, symbol, "Ticker."),
	MUST(prices, currency, "Currency."),
	MAY(prices, source, "Who says so, of the newest day."),
	MUST(prices, simulated, "Whether they are made up."),
	MUST(prices, interval, "How long a bar is.", .names = interval_names),
	MUST(prices, adjusted, "Whether all prices are adjusted."),
	MUST(prices, items, "Bars, oldest first.", .shape = SHAPE(price)),
	FIELDS_END
};

SHAPE_OF(prices);

/* ---- reading ------------------------------------------------------------- */

static enum err
wish_read(struct call *c, struct prices_query *q, const struct instrument *in,
    struct prices_wish *out)
{
	enum interval interval = q->interval == ENUM_NONE ? INTERVAL_1D :
	    (enum interval)q->interval;

	TRY(days_read(c, today_of(in), q->range, interval < INTERVAL_1D ?
	    RANGE_WEEK : RANGE_YEAR, &q->from, &q->to));
	*out = (struct prices_wish){ (int)interval, q->from, q->to,
	    q->adjusted, q->currency, q->points, q->limit };
	return (OK);
}

static enum err
series_read(struct call *c, const struct instrument *in,
    const struct prices_wish *w, struct list *out)
{
	enum err e;

	e = symbol_private(in->symbol) ? prices_read_private(c->f, in, w, out) :
	    prices_read(c->f, in, w, out);
	if (e == E_INVALID && c->f->fault != NULL)
		return (fault(c, "?currency", "no_rate", "%s", c->f->fault));
	return (e);
}

/* ---- answers that were written before ------------------------------------ */

static str
wish_key(struct arena *a, const struct instrument *in,
    const struct prices_wish *w)
{
	return (arena_printf(a, "%.*s %.*s %d %d %d %d %d %lld %lld",
	    STR_ARG(in->symbol), STR_ARG(in->currency), in->simulated,
	    w->interval, w->from.n, w->to.n, w->adjusted,
	    (long long)w->points, (long long)w->limit));
}

/* A validator without a look at the text: the question and the state. The
 * first number counts changes of how such an answer is written. */
static void
wish_tag(struct call *c, str key, str state)
{
	uint64_t h = 14695981039346656037u;	/* FNV-1a */
	size_t i;

	for (i = 0; i < key.n; i++)
		h = (h ^ (uint8_t)key.p[i]) * 1099511628211u;
	reply_etag(c, arena_printf(&c->f->arena, "1-%.*s-%016llx",
	    STR_ARG(state), (unsigned long long)h));
}

/* Rates and bars within the day change by themselves, and a tenant's own
 * prices are nobody else's. */
static bool
wish_lasts(const struct instrument *in, const struct prices_wish *w)
{
	return (w->interval >= INTERVAL_1D && w->currency.p == NULL &&
	    !symbol_private(in->symbol));
}

/* What stands before the bars. */
static str
answer_begin(struct flow *f, const struct instrument *in,
    const struct prices_wish *w, const struct list *items)
{
	const struct price *v = items->v;
	struct json j;

	jw_init(&j, &f->arena);
	jw_open(&j);
	jw_key(&j, "symbol");
	jw_str(&j, in->symbol);
	jw_key(&j, "currency");
	jw_str(&j, w->currency.p != NULL ? w->currency : in->currency);
	jw_key(&j, "source");
	jw_str(&j, items->n > 0 ? v[items->n - 1].source : STR_NONE);
	jw_key(&j, "simulated");
	jw_bool(&j, in->simulated);
	jw_key(&j, "interval");
	jw_z(&j, interval_names[w->interval]);
	jw_key(&j, "adjusted");
	jw_bool(&j, w->adjusted);
	jw_key(&j, "items");
	return (jw_text(&j));
}

static void
sheet_leave(void *sheet)
{
	sheet_drop(sheet);
}

/* Written where it is sent from: `begin`, the bars, and what ends them; with
 * no begin as CSV. The flow holds it. */
static enum err
prices_write(struct flow *f, str begin, const struct list *items,
    struct sheet **out)
{
	struct sheet *s = sheet_open(begin.n + prices_bytes(items));
	size_t n = begin.n;
	char *room;

	if (s == NULL)
		return (E_BUSY);
	flow_defer(f, sheet_leave, s);
	room = sheet_room(s);
	if (n == 0) {
		n = prices_csv(f, items, room);
	} else {
		memcpy(room, begin.p, n);
		n += prices_json(f, items, room + n);
		room[n++] = '}';
	}
	flow_undefer(f, sheet_leave, s);
	*out = sheet_close(s, n);
	flow_defer(f, sheet_leave, *out);
	return (OK);
}

static enum err
lasting_reply(struct call *c, const struct instrument *in,
    const struct prices_wish *w)
{
	struct series_tag tag;
	struct sheet *sheet;
	struct list items;
	str key, state;

	TRY(series_tag_read(c->f, in->id, &tag));
	key = wish_key(&c->f->arena, in, w);
	state = arena_printf(&c->f->arena, "%lld.%d", (long long)tag.series,
	    tag.newest.n);
	wish_tag(c, key, state);
	if ((sheet = rendered_get(key, state)) != NULL)
		return (reply_sheet(c, sheet));
	TRY(series_read(c, in, w, &items));
	TRY(prices_write(c->f, answer_begin(c->f, in, w, &items), &items,
	    &sheet));
	rendered_put(key, state, sheet);
	return (reply_sheet(c, sheet));
}

enum err
prices_route(struct call *c)
{
	struct prices_query *q = c->query;
	struct prices_wish w;
	struct instrument in;
	struct sheet *sheet;
	struct list items;

	TRY(asset_read(c, q->symbol, &in));
	TRY(wish_read(c, q, &in, &w));
	if (wish_lasts(&in, &w))
		return (lasting_reply(c, &in, &w));
	TRY(series_read(c, &in, &w, &items));
	TRY(prices_write(c->f, answer_begin(c->f, &in, &w, &items), &items,
	    &sheet));
	return (reply_sheet(c, sheet));
}

enum err
prices_csv_route(struct call *c)
{
	struct prices_query *q = c->query;
	struct prices_wish w;
	struct instrument in;
	struct sheet *sheet;
	struct list items;

	TRY(asset_read(c, q->symbol, &in));
	TRY(wish_read(c, q, &in, &w));
	TRY(series_read(c, &in, &w, &items));
	reply_header(c, "content-disposition", arena_printf(&c->f->arena,
	    "attachment; filename=\"%.*s-%s.csv\"", STR_ARG(in.symbol),
	    interval_names[w.interval]));
	TRY(prices_write(c->f, S(""), &items, &sheet));
	return (reply_sheet(c, sheet));
}

/* ---- several beside each other ------------------------------------------- */

struct compare_query {
	str	symbols;
	int	range;
	day	from, to;
	str	currency;
	int64_t	points;
};

static const struct field compare_query_fields[] = {
	MUST(compare_query, symbols, "Tickers, separated by commas; at most "
	    "12.", .min = 1, .max = COMPARED_MAX * (LIMIT_SYMBOL_BYTES + 1),
	    .example = "\"AAPL,SPY\""),
	MAY(compare_query, range, "How far back from `to`; instead of `from`.",
	    .names = range_names),
	MAY(compare_query, from, "First day; a year before `to` when absent."),
	MAY(compare_query, to, "Last day; today when absent."),
	MAY(compare_query, currency, "All of them in this one; else each in "
	    "its own.", .pattern = "currency", .example = "\"EUR\""),
	MAY(compare_query, points, "Most points of each.", .ranged = true,
	    .min = POINTS_LEAST, .max = PRICES_MAX),
	FIELDS_END
};

SHAPE_OF(compare_query);

struct rebased {
	day	date;
	double	value;
};

static const struct field rebased_fields[] = {
	MUST(rebased, date, "Day."),
	MUST(rebased, value, "100 on the first day of all.", .number = 7),
	FIELDS_END
};

struct compared {
	str		symbol, name, currency;
	double		total_return;
	struct list	points;
};

static const struct field compared_fields[] = {
	MUST(compared, symbol, "Ticker."),
	MUST(compared, name, "Name."),
	MUST(compared, currency, "Currency its returns are in."),
	MAY(compared, total_return, "From the first day to the last, "
	    "dividends included; a fraction."),
	MUST(compared, points, "Adjusted closes, rebased, oldest first.",
	    .shape = SHAPE(rebased)),
	FIELDS_END
};

struct comparison {
	day		from, to;
	struct list	items;
};

static const struct field comparison_fields[] = {
	MAY(comparison, from, "First day on which all of them have a price."),
	MAY(comparison, to, "Last day of any."),
	MUST(comparison, items, "In the order asked for.",
	    .shape = SHAPE(compared)),
	FIELDS_END
};

SHAPE_OF(comparison);

/* Rebased to the last close up to `first`, which is on it or just before. */
static void
rebased_make(struct flow *f, struct list *prices, day first, int64_t points,
    struct compared *out)
{
	struct price *p = prices->v;
	struct rebased *v;
	size_t i, n = prices->n;
	double base;

	for (; n > 1 && day_cmp(p[1].date, first) <= 0; n--)
		p++;
	if (points != LONG_NONE)
		n = prices_thin(p, n, (size_t)points);
	base = dec_double(p[0].adjusted_close);
	v = ARENA_MANY(&f->arena, n, struct rebased);
	for (i = 0; i < n; i++)
		v[i] = (struct rebased){ p[i].date, BASE *
		    dec_double(p[i].adjusted_close) / base };
	out->points = (struct list){ v, n };
	out->total_return = v[n - 1].value / BASE - 1;
}

static enum err
compared_read(struct call *c, const struct compare_query *q, str symbol,
    struct compared *out, struct list *prices)
{
	struct prices_wish w = { INTERVAL_1D, q->from, q->to, true,
	    q->currency, LONG_NONE, LONG_NONE };
	struct instrument in;

	TRY(asset_read(c, symbol, &in));
	*out = (struct compared){ in.symbol, in.name,
	    q->currency.p != NULL ? q->currency : in.currency, NAN,
	    { NULL, 0 } };
	return (series_read(c, &in, &w, prices));
}

/* The first day on which all of them that have any have one. */
static void
span_find(const struct list *prices, size_t n, struct comparison *out)
{
	const struct price *p;
	size_t i;

	out->from = out->to = DAY_NONE;
	for (i = 0; i < n; i++) {
		if (prices[i].n == 0)
			continue;
		p = prices[i].v;
		if (!day_ok(out->from) || day_cmp(p->date, out->from) > 0)
			out->from = p->date;
		p += prices[i].n - 1;
		if (!day_ok(out->to) || day_cmp(p->date, out->to) > 0)
			out->to = p->date;
	}
}

static enum err
compared_symbols(struct call *c, str text, str *symbols, size_t *n)
{
	str every[QUOTE_SYMBOLS_MAX];
	size_t i;

	TRY(symbols_read(c, text, every, n));
	if (*n > COMPARED_MAX)
		return (fault(c, "?symbols", "too_many", "at most %d",
		    COMPARED_MAX));
	for (i = 0; i < *n; i++)
		symbols[i] = every[i];
	return (OK);
}

enum err
compare_route(struct call *c)
{
	struct compare_query *q = c->query;
	str symbols[COMPARED_MAX];
	struct list prices[COMPARED_MAX];
	struct comparison out;
	struct compared *v;
	size_t i, n;

	TRY(compared_symbols(c, q->symbols, symbols, &n));
	TRY(days_read(c, sim_today(), q->range, RANGE_YEAR, &q->from, &q->to));
	v = ARENA_MANY(&c->f->arena, n, struct compared);
	for (i = 0; i < n; i++) {
		TRY(compared_read(c, q, symbols[i], &v[i], &prices[i]));
		TRY(flow_sleep(c->f, 0));
	}
	span_find(prices, n, &out);
	for (i = 0; i < n; i++)
		if (prices[i].n > 0)
			rebased_make(c->f, &prices[i], out.from, q->points,
			    &v[i]);
	out.items = (struct list){ v, n };
	return (reply(c, &out));
}
