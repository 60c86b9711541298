/*
 * An instrument's bars out of the tables. They are read backwards from the
 * newest that is wanted, a few hundred rows a statement: what reads and turns
 * so many rows holds up the loop for well under a millisecond. A change of
 * the series meanwhile is noticed, and they are read again.
 */
#include <string.h>

#include "market/prices.h"
#include "store/store.h"

#include "market_sql.h"

#define CHUNK_ROWS	400
#define TURN_ROWS	1500	/* turned between two turns of others */
#define TRIES_MAX	3

static const struct field series_tag_fields[] = {
	MUST(series_tag, series, "Changes of its past."),
	MAY(series_tag, newest, "Newest day."),
	FIELDS_END
};

static const struct field daily_fields[] = {
	MUST(price, date, "Day."),
	MUST(price, open, "First price."),
	MUST(price, high, "Highest."),
	MUST(price, low, "Lowest."),
	MUST(price, close, "Last price."),
	MUST(price, adjusted_close, "Adjusted."),
	MUST(price, volume, "Volume."),
	MUST(price, source, "Source."),
	FIELDS_END
};

static const struct field intraday_fields[] = {
	MUST(price, at, "First moment."),
	MUST(price, open, "First price."),
	MUST(price, high, "Highest."),
	MUST(price, low, "Lowest."),
	MUST(price, close, "Last price."),
	MUST(price, volume, "Volume."),
	MUST(price, source, "Source."),
	FIELDS_END
};

static const struct shape daily_shape = SHAPE_DEF(price, daily_fields);
static const struct shape intraday_shape = SHAPE_DEF(price, intraday_fields);

static const struct field split_fields[] = {
	MUST(split, ex_day, "First day of the new count."),
	MUST(split, numerator, "New shares."),
	MUST(split, denominator, "For old ones."),
	FIELDS_END
};

enum err
series_tag_read(struct flow *f, uuid instrument, struct series_tag *out)
{
	return (store_row(f, &sql_series_tag, SHAPE(series_tag), out,
	    UUID(instrument)));
}

/* ---- rows, a chunk at a time --------------------------------------------- */

struct reading {
	struct flow		 *f;
	const struct instrument	 *in;
	const struct prices_wish *wish;
	struct price		 *v;	/* from the end of the array down */
	size_t			  n, cap;
};

/* Rows newest first, put before those that are there. Room for more than a
 * chunk is room for all, of which only what is used is memory. */
static void
chunk_keep(struct reading *r, const struct list *rows)
{
	const struct price *p = rows->v;
	struct price *grown;
	size_t i, cap;

	if (r->n + rows->n > r->cap) {
		cap = r->cap == 0 ? rows->n : PRICES_MAX;
		grown = ARENA_MANY(&r->f->arena, cap, struct price);
		if (r->n > 0)
			memcpy(grown + cap - r->n, r->v + r->cap - r->n,
			    r->n * sizeof(*grown));
		r->v = grown;
		r->cap = cap;
	}
	for (i = 0; i < rows->n; i++)
		r->v[r->cap - ++r->n] = p[i];
}

static enum err
daily_chunk(struct reading *r, day to, size_t most, struct list *rows)
{
	struct price *p;
	size_t i;

	TRY(store_rows(r->f, &sql_price_chunk, &daily_shape, rows,
	    UUID(r->in->id), DAY(r->wish->from), DAY(to),
	    LONG((int64_t)most)));
	for (i = 0, p = rows->v; i < rows->n; i++)
		p[i].at = INSTANT_NONE;
	return (OK);
}

static enum err
daily_read(struct reading *r, size_t most)
{
	day to = r->wish->to;
	struct list rows;
	size_t chunk;

	do {
		chunk = most - r->n < CHUNK_ROWS ? most - r->n : CHUNK_ROWS;
		TRY(daily_chunk(r, to, chunk, &rows));
		chunk_keep(r, &rows);
		if (rows.n > 0)
			to = day_add(r->v[r->cap - r->n].date, -1);
	} while (rows.n == chunk && chunk > 0 && r->n < most &&
	    day_cmp(to, r->wish->from) >= 0);
	return (OK);
}

static enum err
intraday_read(struct reading *r, int64_t minutes, size_t most)
{
	instant to = instant_of_day(day_add(r->wish->to, 1));
	struct list rows;
	struct price *p;
	size_t i, chunk;

	do {
		chunk = most - r->n < CHUNK_ROWS ? most - r->n : CHUNK_ROWS;
		TRY(store_rows(r->f, &sql_intraday_chunk, &intraday_shape,
		    &rows, UUID(r->in->id), LONG(minutes),
		    INSTANT(instant_of_day(r->wish->from)), INSTANT(to),
		    LONG((int64_t)chunk)));
		for (i = 0, p = rows.v; i < rows.n; i++) {
			p[i].date = day_of_instant(p[i].at);
			p[i].adjusted_close = p[i].close;
		}
		chunk_keep(r, &rows);
		if (rows.n > 0)
			to = r->v[r->cap - r->n].at;
	} while (rows.n == chunk && chunk > 0 && r->n < most);
	return (OK);
}

struct stored_minutes {
	int64_t	minutes;		/* none: no bars that fit */
};

static const struct field stored_minutes_fields[] = {
	MAY(stored_minutes, minutes, "Minutes of a bar."),
	FIELDS_END
};

/* Bars of that length, or of the longest that it is made of. */
static enum err
bars_read(struct reading *r, size_t most)
{
	int64_t minutes = interval_minutes(r->wish->interval);
	struct stored_minutes stored;

	r->n = 0;
	if (minutes == 0)
		return (daily_read(r, most));
	TRY(store_row(r->f, &sql_intraday_minutes, SHAPE(stored_minutes),
	    &stored, UUID(r->in->id), LONG(minutes),
	    INSTANT(instant_of_day(r->wish->from)),
	    INSTANT(instant_of_day(day_add(r->wish->to, 1)))));
	if (stored.minutes == LONG_NONE)
		return (OK);
	return (intraday_read(r, stored.minutes, most));
}

static bool
tag_same(const struct series_tag *a, const struct series_tag *b)
{
	return (a->series == b->series && a->newest.n == b->newest.n);
}

/* Several chunks that one state of the series holds. */
static enum err
whole_read(struct reading *r, size_t most)
{
	struct series_tag before, after;
	int tries = 0;

	TRY(series_tag_read(r->f, r->in->id, &before));
	for (;;) {
		TRY(bars_read(r, most));
		if (r->n < CHUNK_ROWS)
			return (OK);
		TRY(series_tag_read(r->f, r->in->id, &after));
		if (tag_same(&before, &after))
			return (OK);
		if (++tries == TRIES_MAX)
			return (flow_fault(r->f, E_BUSY,
			    "its prices are being changed"));
		before = after;
	}
}

/* ---- what is made of them ------------------------------------------------ */

static enum err
adjusted_make(struct flow *f, const struct instrument *in, struct list *out)
{
	struct list splits;
	size_t i, n;

	TRY(store_rows(f, &sql_split_list, SHAPE(split), &splits,
	    UUID(in->id)));
	for (i = 0; i < out->n; i += n) {
		n = out->n - i < TURN_ROWS ? out->n - i : TURN_ROWS;
		prices_adjust((struct price *)out->v + i, n, splits.v,
		    splits.n);
		TRY(flow_sleep(f, 0));
	}
	return (OK);
}

/* A stretch at a time, each moved up to what the last has left. */
static enum err
stretches_convert(struct flow *f, struct list *out, const struct list *rates)
{
	struct price *v = out->v;
	size_t i, n, of, kept = 0;

	for (i = 0; i < out->n; i += of) {
		of = out->n - i < TURN_ROWS ? out->n - i : TURN_ROWS;
		n = prices_convert(v + i, of, rates->v, rates->n);
		memmove(v + kept, v + i, n * sizeof(*v));
		kept += n;
		TRY(flow_sleep(f, 0));
	}
	out->n = kept;
	return (OK);
}

static enum err
converted_make(struct flow *f, const struct instrument *in,
    const struct prices_wish *w, struct list *out)
{
	struct list rates;

	if (w->currency.p == NULL || str_eq(w->currency, in->currency) ||
	    out->n == 0)
		return (OK);
	TRY(market_fx_series(f, in->currency, w->currency, w->from, w->to,
	    &rates));
	TRY(stretches_convert(f, out, &rates));
	if (out->n == 0)
		return (flow_fault(f, E_INVALID, "no rates from %.*s to "
		    "%.*s are known on these days", STR_ARG(in->currency),
		    STR_ARG(w->currency)));
	return (OK);
}

static void
fewer_make(const struct prices_wish *w, struct list *out)
{
	if (w->interval != INTERVAL_1D)
		out->n = prices_fold(out->v, out->n, w->interval);
	if (w->limit != LONG_NONE && out->n > (size_t)w->limit) {
		out->v = (struct price *)out->v + out->n - w->limit;
		out->n = (size_t)w->limit;
	}
	if (w->points != LONG_NONE)
		out->n = prices_thin(out->v, out->n, (size_t)w->points);
}

enum err
prices_read(struct flow *f, const struct instrument *in,
    const struct prices_wish *w, struct list *out)
{
	struct reading r = { .f = f, .in = in, .wish = w };
	size_t most = PRICES_MAX;

	if (w->interval == INTERVAL_1D && w->limit != LONG_NONE)
		most = (size_t)w->limit;
	TRY(whole_read(&r, most));
	*out = (struct list){ r.v == NULL ? NULL : r.v + r.cap - r.n, r.n };
	if (w->adjusted)
		TRY(adjusted_make(f, in, out));
	TRY(converted_make(f, in, w, out));
	fewer_make(w, out);
	return (OK);
}

struct hand_price {
	day	date;
	dec	price;
};

static const struct field hand_price_fields[] = {
	MUST(hand_price, date, "Day."),
	MUST(hand_price, price, "Price."),
	FIELDS_END
};

enum err
prices_read_private(struct flow *f, const struct instrument *in,
    const struct prices_wish *w, struct list *out)
{
	const struct hand_price *h;
	struct list rows;
	struct price *p;
	size_t i;

	TRY(store_rows(f, &sql_private_price_range, SHAPE(hand_price), &rows,
	    UUID(in->id), DAY(w->from), DAY(w->to), LONG(PRICES_MAX)));
	p = ARENA_MANY(&f->arena, rows.n, struct price);
	for (i = 0, h = rows.v; i < rows.n; i++)
		p[i] = (struct price){ h[i].date, INSTANT_NONE, h[i].price,
		    h[i].price, h[i].price, h[i].price, h[i].price, DEC_ZERO,
		    S("hand") };
	*out = (struct list){ p, rows.n };
	TRY(converted_make(f, in, w, out));
	fewer_make(w, out);
	return (OK);
}
