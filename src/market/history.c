/*
 * Daily bars, dividends and splits into their tables, many rows a
 * statement. Storing what is there already changes nothing.
 */
#include "market/adjusted.h"
#include "market/column.h"
#include "market/fold.h"
#include "market/history.h"

#include "market_sql.h"

const struct field put_count_fields[] = {
	MUST(put_count, added, "New rows."),
	MUST(put_count, corrected, "Rows that are others now."),
	MUST(put_count, unchanged, "Rows that were there."),
	FIELDS_END
};

static const struct field closing_fields[] = {
	MUST(closing, day, "Day."),
	MUST(closing, close, "Raw close."),
	MUST(closing, adjusted, "Adjusted close."),
	FIELDS_END
};

static const struct field dividend_fields[] = {
	MUST(dividend, ex_day, "First day without it."),
	MUST(dividend, amount, "For one share."),
	FIELDS_END
};

static const struct field split_fields[] = {
	MUST(split, ex_day, "First day of the new count."),
	MUST(split, numerator, "New shares."),
	MUST(split, denominator, "For old ones."),
	FIELDS_END
};

/* ---- rows ---------------------------------------------------------------- */

enum err
bars_put(struct flow *f, const struct bar_kept *b, size_t n, str source,
    struct put_count *out)
{
	*out = (struct put_count){ 0, 0, 0 };
	if (n == 0)
		return (OK);
	return (store_row(f, &sql_bars_put, SHAPE(put_count), out,
	    COLUMN(K_UUID, b, n, instrument), COLUMN(K_DAY, b, n, day),
	    COLUMN(K_DEC, b, n, open), COLUMN(K_DEC, b, n, high),
	    COLUMN(K_DEC, b, n, low), COLUMN(K_DEC, b, n, close),
	    COLUMN(K_DEC, b, n, adjusted), COLUMN(K_DEC, b, n, volume),
	    STR(source)));
}

enum err
dividends_put(struct flow *f, uuid instrument, const struct dividend *v,
    size_t n, int64_t *changed)
{
	if (changed != NULL)
		*changed = 0;
	if (n == 0)
		return (OK);
	return (store_exec(f, &sql_dividends_put, changed,
	    column_same(f, instrument, n), COLUMN(K_DAY, v, n, ex_day),
	    COLUMN(K_DEC, v, n, amount)));
}

enum err
splits_put(struct flow *f, uuid instrument, const struct split *v, size_t n,
    int64_t *changed)
{
	if (changed != NULL)
		*changed = 0;
	if (n == 0)
		return (OK);
	return (store_exec(f, &sql_splits_put, changed,
	    column_same(f, instrument, n),
	    COLUMN(K_DAY, v, n, ex_day), COLUMN(K_LONG, v, n, numerator),
	    COLUMN(K_LONG, v, n, denominator)));
}

/* ---- adjusted closes ----------------------------------------------------- */

static enum err
adjusted_put(struct flow *f, uuid instrument, const struct closing *c,
    size_t n)
{
	if (n == 0)
		return (OK);
	return (store_exec(f, &sql_closing_adjust, NULL, UUID(instrument),
	    COLUMN(K_DAY, c, n, day), COLUMN(K_DEC, c, n, adjusted)));
}

/* The closes whose adjusted one is another now, moved to the front. */
static size_t
changed_gather(struct closing *c, const dec *before, size_t n)
{
	size_t i, changed;

	for (i = changed = 0; i < n; i++)
		if (!dec_eq(c[i].adjusted, before[i]))
			c[changed++] = c[i];
	return (changed);
}

enum err
history_adjust(struct flow *f, uuid instrument)
{
	struct list closings, dividends, splits;
	const struct query queries[] = {
		QUERY(&sql_closing_list, SHAPE(closing), &closings,
		    UUID(instrument)),
		QUERY(&sql_dividend_list, SHAPE(dividend), &dividends,
		    UUID(instrument)),
		QUERY(&sql_split_list, SHAPE(split), &splits,
		    UUID(instrument)),
	};
	struct closing *c;
	size_t i, refused;
	dec *before;

	TRY(store_batch(f, queries, 3));
	c = closings.v;
	before = ARENA_MANY(&f->arena, closings.n, dec);
	for (i = 0; i < closings.n; i++)
		before[i] = c[i].adjusted;
	refused = closings_adjust(c, closings.n, &(struct events){
	    dividends.v, dividends.n, splits.v, splits.n });
	if (refused > 0)
		LOG(LOG_WARN, "dividend above price",
		    LN("dividends", (int64_t)refused));
	return (adjusted_put(f, instrument, c,
	    changed_gather(c, before, closings.n)));
}

/* ---- from a provider ----------------------------------------------------- */

static enum err
bars_take(struct flow *f, const struct instrument *in,
    const struct list *bars, str source, int64_t *added)
{
	const struct daily_bar *b = bars->v;
	struct bar_kept *kept;
	struct put_count count;
	size_t i, n;

	*added = 0;
	for (; bars->n > 0 && b < (const struct daily_bar *)bars->v + bars->n;
	    b += n) {
		n = (size_t)((const struct daily_bar *)bars->v + bars->n - b);
		n = n < BATCH_BARS ? n : BATCH_BARS;
		kept = ARENA_MANY(&f->arena, n, struct bar_kept);
		for (i = 0; i < n; i++)
			kept[i] = (struct bar_kept){ in->id, b[i].day,
			    b[i].open, b[i].high, b[i].low, b[i].close,
			    DEC_NONE, b[i].volume };
		TRY(bars_put(f, kept, n, source, &count));
		*added += count.added;
	}
	return (OK);
}

/* What a provider has none of is an empty list. */
static enum err
told(struct flow *f, enum feed_answer a, str symbol, struct list *out)
{
	if (a == FEED_OK)
		return (OK);
	*out = (struct list){ NULL, 0 };
	return (a == FEED_NO_DATA || a == FEED_NOT_ENTITLED ? OK :
	    feed_err(f, a, symbol));
}

enum err
history_take(struct flow *f, const struct feed *feed,
    const struct instrument *in, day from, day to, int64_t *bars)
{
	struct list v;

	*bars = 0;
	if (feed->dividends != NULL) {
		TRY(told(f, feed->dividends(f, in->symbol, from, to, &v),
		    in->symbol, &v));
		TRY(dividends_put(f, in->id, v.v, v.n, NULL));
	}
	if (feed->splits != NULL) {
		TRY(told(f, feed->splits(f, in->symbol, from, to, &v),
		    in->symbol, &v));
		TRY(splits_put(f, in->id, v.v, v.n, NULL));
	}
	if (feed->bars == NULL)
		return (OK);
	TRY(told(f, feed->bars(f, in->symbol, from, to, &v), in->symbol,
	    &v));
	TRY(bars_take(f, in, &v, str_of(feed->name), bars));
	if (*bars > 0)
		TRY(history_adjust(f, in->id));
	return (in->simulated ? OK : folds_update(f, in->id, NULL));
}

enum err
history_fetch(struct flow *f, const struct feed *feed,
    const struct instrument *in)
{
	day to = feed->simulated ? sim_today() : day_today();
	int64_t bars;

	return (history_take(f, feed, in, day_add(to, -HISTORY_DAYS), to,
	    &bars));
}
