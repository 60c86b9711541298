/*
 * Finnhub's answers beyond quotes: candles as parallel arrays, lists of
 * events, the list of an exchange's symbols, and figures by name.
 */
#include <string.h>
#include <strings.h>

#include "feed/readers.h"

#define HALF_DAY_S 43200

/* A 200 may hold an error all the same. */
static enum feed_answer
refusal(struct arena *a, str json)
{
	str error = view_str(a, view_member(json, "error"), 200);

	if (error.p == NULL)
		return (FEED_OK);
	if (strcasestr(arena_z(a, error), "limit") != NULL)
		return (FEED_RATE_LIMITED);
	if (strcasestr(arena_z(a, error), "API key") != NULL)
		return (FEED_KEY);
	if (strcasestr(arena_z(a, error), "access") != NULL)
		return (FEED_NOT_ENTITLED);
	return (FEED_UPSTREAM);
}

static enum feed_answer
body_of(struct arena *a, const struct outbound_reply *r, str *json)
{
	enum feed_answer answer = reply_json(r, json);

	return (answer == FEED_OK ? refusal(a, *json) : answer);
}

/* ---- candles ------------------------------------------------------------- */

struct candle {
	int64_t t;
	dec open, high, low, close, volume;
};

static bool
number_next(str *column, dec *out)
{
	str v;

	*out = DEC_NONE;
	if (!view_item(column, &v))
		return (false);
	return (view_null(v) || view_dec(v, out));
}

/* Columns: t o h l c v. A row that begins must be whole. */
static bool
candle_read(str columns[6], str t, struct candle *c)
{
	return (view_long(t, &c->t) && number_next(&columns[1], &c->open) &&
	    number_next(&columns[2], &c->high) &&
	    number_next(&columns[3], &c->low) &&
	    number_next(&columns[4], &c->close) &&
	    number_next(&columns[5], &c->volume));
}

static enum feed_answer
candles_open(struct arena *a, const struct outbound_reply *r, str columns[6])
{
	static const char *const names[] = { "t", "o", "h", "l", "c", "v" };
	enum feed_answer answer;
	str json, s;

	if ((answer = body_of(a, r, &json)) != FEED_OK)
		return (answer);
	s = view_str(a, view_member(json, "s"), 20);
	if (str_eqz(s, "no_data"))
		return (FEED_NO_DATA);
	for (size_t i = 0; i < 6; i++) {
		columns[i] = view_member(json, names[i]);
		if (!view_array(columns[i]))
			return (FEED_NONSENSE);
	}
	return (str_eqz(s, "ok") ? FEED_OK : FEED_NONSENSE);
}

/* All columns must end together. */
static bool
candles_over(str columns[6])
{
	str v;

	for (size_t i = 0; i < 6; i++)
		if (view_item(&columns[i], &v))
			return (false);
	return (true);
}

/* Rows of one kind, each made of a candle. */
static enum feed_answer
candles_read(const struct outbound_reply *r, struct gather *g,
    void (*add)(struct gather *, const struct candle *))
{
	enum feed_answer answer;
	struct candle c;
	str columns[6], t;

	if ((answer = candles_open(g->arena, r, columns)) != FEED_OK)
		return (answer);
	while (view_item(&columns[0], &t)) {
		if (!candle_read(columns, t, &c))
			return (FEED_NONSENSE);
		add(g, &c);
	}
	return (candles_over(columns) ? FEED_OK : FEED_NONSENSE);
}

/* Midnight where the exchange is, or UTC's: half a day on it is that day. */
static void
bar_add(struct gather *g, const struct candle *c)
{
	gather_add(g,
	    &(struct daily_bar){
		day_of_instant(instant_of_unix(c->t + HALF_DAY_S)), c->open,
		c->high, c->low, c->close, c->volume });
}

static void
moment_add(struct gather *g, const struct candle *c)
{
	gather_add(g,
	    &(struct intraday_bar){ instant_of_unix(c->t), c->open, c->high,
		c->low, c->close, c->volume });
}

enum feed_answer
finnhub_read_candles(
    struct arena *a, const struct outbound_reply *r, struct list *bars)
{
	struct gather g = GATHER(a, struct daily_bar);
	enum feed_answer answer = candles_read(r, &g, bar_add);

	*bars = g.list;
	return (answer);
}

enum feed_answer
finnhub_read_intraday(
    struct arena *a, const struct outbound_reply *r, struct list *bars)
{
	struct gather g = GATHER(a, struct intraday_bar);
	enum feed_answer answer = candles_read(r, &g, moment_add);

	*bars = g.list;
	return (answer);
}

/* ---- events -------------------------------------------------------------- */

/* An array of rows. */
static enum feed_answer
rows_of(struct arena *a, const struct outbound_reply *r, str *rows)
{
	enum feed_answer answer = body_of(a, r, rows);

	return (
	    answer == FEED_OK && !view_array(*rows) ? FEED_NONSENSE : answer);
}

/* In pence what was told in pence: it becomes pounds. */
static dec
major_of(str currency, dec amount)
{
	dec factor;
	str major;

	return (currency_minor(currency, &major, &factor)
		? dec_mul(amount, factor)
		: amount);
}

enum feed_answer
finnhub_read_dividends(
    struct arena *a, const struct outbound_reply *r, struct list *out)
{
	struct gather g = GATHER(a, struct dividend);
	enum feed_answer answer;
	struct dividend d;
	str rows, row;

	if ((answer = rows_of(a, r, &rows)) != FEED_OK)
		return (answer);
	while (view_item(&rows, &row)) {
		if (!view_day(view_member(row, "date"), &d.ex_day) ||
		    !view_dec(view_member(row, "amount"), &d.amount))
			return (FEED_NONSENSE);
		d.amount = major_of(
		    view_str(a, view_member(row, "currency"), 8), d.amount);
		gather_add(&g, &d);
	}
	*out = g.list;
	return (FEED_OK);
}

/* Factors may have a fraction: 2:1.5 is 4:3. */
static bool
split_of(dec from, dec to, struct split *s)
{
	dec ten = dec_of(10);
	int places = 0;

	while (places < 6 &&
	    (!dec_eq(dec_round(from, 0), from) ||
		!dec_eq(dec_round(to, 0), to))) {
		from = dec_mul(from, ten);
		to = dec_mul(to, ten);
		places++;
	}
	if (!dec_ok(from) || !dec_ok(to))
		return (false);
	s->numerator = (int64_t)dec_double(dec_round(to, 0));
	s->denominator = (int64_t)dec_double(dec_round(from, 0));
	split_reduce(s);
	return (s->numerator > 0 && s->denominator > 0);
}

enum feed_answer
finnhub_read_splits(
    struct arena *a, const struct outbound_reply *r, struct list *out)
{
	struct gather g = GATHER(a, struct split);
	enum feed_answer answer;
	str rows, row;
	struct split s;
	dec from, to;

	if ((answer = rows_of(a, r, &rows)) != FEED_OK)
		return (answer);
	while (view_item(&rows, &row)) {
		if (!view_day(view_member(row, "date"), &s.ex_day) ||
		    !view_dec(view_member(row, "fromFactor"), &from) ||
		    !view_dec(view_member(row, "toFactor"), &to) ||
		    !split_of(from, to, &s))
			return (FEED_NONSENSE);
		gather_add(&g, &s);
	}
	*out = g.list;
	return (FEED_OK);
}

/* ---- symbols and figures ------------------------------------------------- */

static str
kind_of(str type)
{
	if (str_eqz(type, "Common Stock") || str_eqz(type, "ADR") ||
	    str_eqz(type, "REIT"))
		return (S("stock"));
	if (str_eqz(type, "ETP") || str_eqz(type, "ETF"))
		return (S("etf"));
	return (S("other"));
}

static str
word_of(struct arena *a, str row, const char *name)
{
	return (view_str(a, view_member(row, name), 40));
}

enum feed_answer
finnhub_read_symbols(
    struct arena *a, const struct outbound_reply *r, struct list *out)
{
	struct gather g = GATHER(a, struct listing);
	enum feed_answer answer;
	struct listing l;
	str rows, row;

	if ((answer = rows_of(a, r, &rows)) != FEED_OK)
		return (answer);
	while (view_item(&rows, &row)) {
		l = (struct listing){ .symbol = word_of(a, row, "symbol"),
			.name = read_name(a, view_member(row, "description")),
			.kind = kind_of(word_of(a, row, "type")),
			.currency = word_of(a, row, "currency"),
			.mic = word_of(a, row, "mic"),
			.isin = word_of(a, row, "isin"),
			.figi = word_of(a, row, "figi"),
			.composite_figi = word_of(a, row, "figiComposite"),
			.share_class_figi = word_of(a, row, "shareClassFIGI") };
		if (l.symbol.p != NULL && l.symbol.n <= LIMIT_SYMBOL_BYTES)
			gather_add(&g, &l);
	}
	*out = g.list;
	return (FEED_OK);
}

enum feed_answer
finnhub_read_metrics(
    struct arena *a, const struct outbound_reply *r, struct list *out)
{
	struct gather g = GATHER(a, struct metric);
	enum feed_answer answer;
	str json, name, value;
	struct metric m;

	if ((answer = body_of(a, r, &json)) != FEED_OK)
		return (answer);
	json = view_member(json, "metric");
	if (!view_object(json))
		return (FEED_NONSENSE);
	while (view_pair(&json, &name, &value)) {
		if (view_text(value) || !view_dec(value, &m.value))
			continue;
		m.name = arena_str(a, name);
		gather_add(&g, &m);
	}
	*out = g.list;
	return (g.list.n > 0 ? FEED_OK : FEED_UNKNOWN_SYMBOL);
}
