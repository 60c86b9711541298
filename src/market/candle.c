/*
 * Bars adjusted, converted, folded and thinned, in place. Nothing here is
 * rounded twice: a price is multiplied by a quotient in one step.
 */
#include "market/candle.h"

#define CARRY_DAYS	10
#define EXTREMES	4	/* of a stretch */

const char *const interval_names[] = {
	"1m", "5m", "15m", "30m", "1h", "1d", "1w", "1mo", NULL
};

const char *const range_names[] = {
	"1d", "5d", "1m", "3m", "6m", "ytd", "1y", "3y", "5y", "10y", "max",
	NULL
};

static const struct {
	int	days, months;	/* both 0: of its own */
} ranges[] = {
	{ 1, 0 }, { 7, 0 }, { 0, 1 }, { 0, 3 }, { 0, 6 }, { 0, 0 },
	{ 0, 12 }, { 0, 36 }, { 0, 60 }, { 0, 120 }, { 0, 0 }
};

day
range_from(int range, day to)
{
	int year, month, dom;

	if (ranges[range].days > 0)
		return (day_add(to, -ranges[range].days));
	if (ranges[range].months > 0)
		return (day_add_months(to, -ranges[range].months));
	day_civil(to, &year, &month, &dom);
	return (range_names[range][0] == 'y' ? day_of(year, 1, 1) :
	    day_of(1900, 1, 1));
}

int64_t
interval_minutes(int interval)
{
	static const int64_t minutes[] = { 1, 5, 15, 30, 60, 0, 0, 0 };

	return (minutes[interval]);
}

/* ---- adjusted, converted ------------------------------------------------- */

static void
price_scale(struct price *p, dec numerator, dec denominator)
{
	dec *const parts[] = { &p->open, &p->high, &p->low, &p->close };
	size_t i;

	for (i = 0; i < sizeof(parts) / sizeof(parts[0]); i++)
		*parts[i] = dec_mul_div(*parts[i], numerator, denominator);
}

void
prices_adjust(struct price *p, size_t n, const struct split *splits,
    size_t split_n)
{
	size_t i, k, first = 0;

	for (i = 0; i < n; i++, p++) {
		while (first < split_n &&
		    day_cmp(splits[first].ex_day, p->date) <= 0)
			first++;
		for (k = first; k < split_n; k++)
			p->volume = dec_mul_div(p->volume,
			    dec_of(splits[k].numerator),
			    dec_of(splits[k].denominator));
		if (dec_eq(p->adjusted_close, p->close))
			continue;
		price_scale(p, p->adjusted_close, p->close);
		p->close = p->adjusted_close;
	}
}

size_t
prices_convert(struct price *p, size_t n, const struct fx_quotient *rates,
    size_t rate_n)
{
	const struct fx_quotient *q;
	size_t i, k = 0, kept = 0;

	for (i = 0; i < n; i++) {
		while (k + 1 < rate_n &&
		    day_cmp(rates[k + 1].day, p[i].date) <= 0)
			k++;
		q = &rates[k];
		if (rate_n == 0 || day_cmp(q->day, p[i].date) > 0 ||
		    (rate_n > 1 &&
		    day_between(q->day, p[i].date) > CARRY_DAYS))
			continue;
		p[kept] = p[i];
		price_scale(&p[kept], q->numerator, q->denominator);
		p[kept].adjusted_close = dec_mul_div(p[i].adjusted_close,
		    q->numerator, q->denominator);
		kept++;
	}
	return (kept);
}

/* ---- folded -------------------------------------------------------------- */

/* Bars with the same one belong together. */
static int64_t
bucket_of(const struct price *p, int interval)
{
	int year, month, dom;

	if (interval < INTERVAL_1D)
		return (p->at.us / (interval_minutes(interval) * 60000000));
	if (interval == INTERVAL_1D)
		return (p->date.n);
	if (interval == INTERVAL_1W)
		return (day_add(p->date, -day_weekday(p->date)).n);
	day_civil(p->date, &year, &month, &dom);
	return (year * 12 + month);
}

static void
price_join(struct price *to, const struct price *p)
{
	to->high = dec_max(to->high, p->high);
	to->low = dec_min(to->low, p->low);
	to->close = p->close;
	to->adjusted_close = p->adjusted_close;
	to->volume = dec_add(to->volume, p->volume);
}

size_t
prices_fold(struct price *p, size_t n, int interval)
{
	int64_t bucket, last = INT64_MIN;
	size_t i, kept = 0;

	for (i = 0; i < n; i++) {
		bucket = bucket_of(&p[i], interval);
		if (bucket == last)
			price_join(&p[kept - 1], &p[i]);
		else
			p[kept++] = p[i];
		last = bucket;
	}
	return (kept);
}

/* ---- thinned ------------------------------------------------------------- */

/* The places of a stretch's extremes, ascending, each once. */
static size_t
extremes_find(const struct price *p, size_t from, size_t to,
    size_t at[EXTREMES])
{
	size_t low = from, high = from, least = from, most = from, i, k, n;
	size_t found[EXTREMES];

	for (i = from + 1; i < to; i++) {
		low = dec_cmp(p[i].low, p[low].low) < 0 ? i : low;
		high = dec_cmp(p[i].high, p[high].high) > 0 ? i : high;
		least = dec_cmp(p[i].close, p[least].close) < 0 ? i : least;
		most = dec_cmp(p[i].close, p[most].close) > 0 ? i : most;
	}
	found[0] = low, found[1] = high, found[2] = least, found[3] = most;
	for (i = n = 0; i < EXTREMES; i++) {
		for (k = n; k > 0 && at[k - 1] > found[i]; k--)
			at[k] = at[k - 1];
		if (k > 0 && at[k - 1] == found[i]) {
			for (; k < n; k++)
				at[k] = at[k + 1];
			continue;
		}
		at[k] = found[i];
		n++;
	}
	return (n);
}

size_t
prices_thin(struct price *p, size_t n, size_t most)
{
	size_t at[EXTREMES + 1], stretches, s, i, k, from, to, kept = 1;
	struct price last;

	if (n <= most)
		return (n);
	last = p[n - 1];
	stretches = (most - 2) / EXTREMES;
	for (s = 0; s < stretches; s++) {
		from = 1 + s * (n - 2) / stretches;
		to = 1 + (s + 1) * (n - 2) / stretches;
		k = extremes_find(p, from, to, at);
		for (i = 0; i < k; i++)
			p[kept++] = p[at[i]];
	}
	p[kept++] = last;
	return (kept);
}
