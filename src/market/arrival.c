/*
 * What others bring to the market into its tables, in batches, each a piece
 * of its own, and what follows from it. It asks nobody for anything.
 */
#include "market/column.h"
#include "market/fold.h"
#include "market/history.h"
#include "market/instrument.h"

#include "market_sql.h"

#define BATCH_ROWS	1000
#define COPY_ROWS	200	/* fewer are not worth a connection */

struct edge {
	day	newest;		/* bar */
	day	event;
};

static const struct field edge_fields[] = {
	MAY(edge, newest, "Newest bar."),
	MAY(edge, event, "Newest event."),
	FIELDS_END
};

struct made {
	str	made;
};

static const struct field made_fields[] = {
	MAY(made, made, "Nothing."),
	FIELDS_END
};

void
put_count_add(struct put_count *sum, const struct put_count *c)
{
	sum->added += c->added;
	sum->corrected += c->corrected;
	sum->unchanged += c->unchanged;
}

static size_t
batch_of(size_t n, size_t i)
{
	return (n - i < BATCH_ROWS ? n - i : BATCH_ROWS);
}

/* ---- daily bars ---------------------------------------------------------- */

static enum err
bars_batch(struct flow *f, uuid instrument, const struct daily_bar *b,
    size_t n, str source, struct put_count *sum)
{
	struct bar_kept *kept = ARENA_MANY(&f->arena, n, struct bar_kept);
	struct put_count count;
	size_t i;

	for (i = 0; i < n; i++)
		kept[i] = (struct bar_kept){ instrument, b[i].day, b[i].open,
		    b[i].high, b[i].low, b[i].close, DEC_NONE, b[i].volume };
	TRY(bars_put(f, kept, n, source, &count));
	put_count_add(sum, &count);
	return (OK);
}

static day
first_day(const struct daily_bar *b, size_t n)
{
	day first = n > 0 ? b[0].day : DAY_NONE;
	size_t i;

	for (i = 1; i < n; i++)
		if (day_cmp(b[i].day, first) < 0)
			first = b[i].day;
	return (first);
}

/* Bars after the newest one that no event came with: nothing that was said
 * before changes, and their adjusted closes are their closes. */
static bool
only_appended(const struct edge *edge, day first)
{
	return (day_ok(edge->newest) && day_cmp(first, edge->newest) > 0 &&
	    (!day_ok(edge->event) || day_cmp(edge->event, edge->newest) <= 0));
}

/* What follows from the bars: adjusted closes, stored indicators. */
static enum err
bars_follow(struct flow *f, const struct instrument *in, bool adjust)
{
	struct piece *p = piece_begin(f);
	enum err e = OK;

	if (adjust)
		e = history_adjust(f, in->id);
	if (e == OK && !in->simulated)
		e = folds_update(f, in->id, NULL);
	piece_end(p);
	return (e);
}

/*
 * All of an instrument's first bars at once: there is nothing to compare them
 * with. E_CONFLICT: there is after all, or a day comes twice.
 */
static enum err
bars_copy(struct flow *f, uuid instrument, const struct daily_bar *b,
    size_t n, str source, struct put_count *out)
{
	const instant now = instant_now();
	struct copy *c;
	size_t i;

	TRY(store_copy_begin(f, "copy prices_daily (instrument_id, day, open, "
	    "high, low, close, volume, source, stored_at) from stdin "
	    "(format binary)", &c));
	for (i = 0; i < n; i++) {
		copy_row(c, 9);
		copy_value(c, UUID(instrument));
		copy_value(c, DAY(b[i].day));
		copy_value(c, DEC(b[i].open));
		copy_value(c, DEC(b[i].high));
		copy_value(c, DEC(b[i].low));
		copy_value(c, DEC(b[i].close));
		copy_value(c, DEC(b[i].volume));
		copy_value(c, STR(source));
		copy_value(c, INSTANT(now));
		TRY(store_copy_flush(f, c));
	}
	return (store_copy_end(f, c, &out->added));
}

static enum err
bars_batches(struct flow *f, uuid instrument, const struct daily_bar *b,
    size_t n, str source, struct put_count *out)
{
	struct piece *p;
	enum err e = OK;
	size_t i;

	for (i = 0; i < n && e == OK; i += BATCH_ROWS) {
		p = piece_begin(f);
		e = bars_batch(f, instrument, b + i, batch_of(n, i), source,
		    out);
		piece_end(p);
	}
	return (e);
}

enum err
market_bars_put(struct flow *f, const struct instrument *in,
    const struct daily_bar *b, size_t n, str source, struct put_count *out)
{
	struct edge edge;
	enum err e = E_CONFLICT;

	*out = (struct put_count){ 0, 0, 0 };
	if (n == 0)
		return (OK);
	TRY(store_row(f, &sql_series_edge, SHAPE(edge), &edge,
	    UUID(in->id)));
	if (!day_ok(edge.newest) && n >= COPY_ROWS)
		e = bars_copy(f, in->id, b, n, source, out);
	if (e == E_CONFLICT)
		e = bars_batches(f, in->id, b, n, source, out);
	TRY(e);
	return (bars_follow(f, in, out->added + out->corrected > 0 &&
	    !only_appended(&edge, first_day(b, n))));
}

/* ---- bars within the day ------------------------------------------------- */

/* Where each month of these goes must be there before them. */
static enum err
months_make(struct flow *f, const struct intraday_bar *b, size_t n)
{
	int year, month, dom, last = 0;
	struct made made;
	size_t i;
	day d;

	for (i = 0; i < n; i++) {
		d = day_of_instant(b[i].at);
		day_civil(d, &year, &month, &dom);
		if (year * 12 + month == last)
			continue;
		last = year * 12 + month;
		TRY(store_row(f, &sql_intraday_month, SHAPE(made), &made,
		    DAY(d)));
	}
	return (OK);
}

static enum err
intraday_batch(struct flow *f, uuid instrument, int64_t minutes,
    const struct intraday_bar *b, size_t n, str source, struct put_count *sum)
{
	struct put_count count;

	TRY(months_make(f, b, n));
	TRY(store_row(f, &sql_intraday_put, SHAPE(put_count), &count,
	    UUID(instrument), LONG(minutes), COLUMN(K_INSTANT, b, n, at),
	    COLUMN(K_DEC, b, n, open), COLUMN(K_DEC, b, n, high),
	    COLUMN(K_DEC, b, n, low), COLUMN(K_DEC, b, n, close),
	    COLUMN(K_DEC, b, n, volume), STR(source)));
	put_count_add(sum, &count);
	return (OK);
}

enum err
market_intraday_put(struct flow *f, const struct instrument *in,
    int64_t minutes, const struct intraday_bar *b, size_t n, str source,
    struct put_count *out)
{
	struct piece *p;
	enum err e = OK;
	size_t i;

	*out = (struct put_count){ 0, 0, 0 };
	for (i = 0; i < n && e == OK; i += BATCH_ROWS) {
		p = piece_begin(f);
		e = intraday_batch(f, in->id, minutes, b + i, batch_of(n, i),
		    source, out);
		piece_end(p);
	}
	return (e);
}

/* ---- events, profiles, identities, facts --------------------------------- */

enum err
market_actions_put(struct flow *f, const struct instrument *in,
    const struct dividend *dividends, size_t dividend_n,
    const struct split *splits, size_t split_n, struct put_count *out)
{
	int64_t dividends_new, splits_new;

	TRY(dividends_put(f, in->id, dividends, dividend_n, &dividends_new));
	TRY(splits_put(f, in->id, splits, split_n, &splits_new));
	*out = (struct put_count){ dividends_new + splits_new, 0,
	    (int64_t)(dividend_n + split_n) - dividends_new - splits_new };
	return (out->added == 0 ? OK : bars_follow(f, in, true));
}

enum err
market_profile_put(struct flow *f, str symbol, const struct profile *p,
    struct instrument *out)
{
	if (!symbol_ok(symbol))
		return (flow_fault(f, E_INVALID, "not a symbol"));
	return (instrument_put(f, symbol, p, false, out));
}

enum err
market_identity_put(struct flow *f, const struct instrument *in,
    const struct identifier *v, size_t n, str source, struct put_count *out)
{
	*out = (struct put_count){ 0, 0, 0 };
	if (n == 0)
		return (OK);
	return (store_row(f, &sql_identity_put, SHAPE(put_count), out,
	    UUID(in->id), COLUMN(K_STR, v, n, kind),
	    COLUMN(K_STR, v, n, value), STR(source)));
}

static enum err
facts_batch(struct flow *f, uuid instrument, const struct fact *v, size_t n,
    str source, struct put_count *sum)
{
	struct put_count count;

	TRY(store_row(f, &sql_facts_put, SHAPE(put_count), &count,
	    UUID(instrument), COLUMN(K_STR, v, n, metric),
	    COLUMN(K_STR, v, n, unit), COLUMN(K_DAY, v, n, period_start),
	    COLUMN(K_DAY, v, n, period_end), COLUMN(K_DEC, v, n, value),
	    COLUMN(K_LONG, v, n, fiscal_year),
	    COLUMN(K_STR, v, n, fiscal_period), COLUMN(K_STR, v, n, form),
	    COLUMN(K_DAY, v, n, filed), COLUMN(K_STR, v, n, accession),
	    STR(source)));
	put_count_add(sum, &count);
	return (OK);
}

enum err
market_facts_put(struct flow *f, const struct instrument *in,
    const struct fact *v, size_t n, str source, struct put_count *out)
{
	struct piece *p;
	enum err e = OK;
	size_t i;

	*out = (struct put_count){ 0, 0, 0 };
	for (i = 0; i < n && e == OK; i += BATCH_ROWS) {
		p = piece_begin(f);
		e = facts_batch(f, in->id, v + i, batch_of(n, i), source,
		    out);
		piece_end(p);
	}
	return (e);
}
