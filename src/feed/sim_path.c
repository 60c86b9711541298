/*
 * The simulated market's history, made day by day from the first: a market
 * factor and sector factors whose volatility comes in clusters, an own part
 * for each asset, and a pull back to a growing trend, so that prices stay
 * plausible however long it runs. What a day was does not depend on how far
 * the history has been made. Only +, -, *, / and sqrt, which IEEE 754 rounds
 * correctly, so every machine makes the same cents.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "feed/sim.h"

#define MARKET_DAILY .0108 /* daily volatility of the market factor */
#define SECTOR_DAILY .0060
#define PULL         .004 /* of the way back to the trend, a day */
#define YEAR_DAYS    252.0
#define NEWS_DAYS    63 /* a quarter's results move a stock more */
#define NEWS_FACTOR  2.5
#define RETURN_MAX   .25 /* of one day */
#define DAYS_AHEAD   400 /* made beyond what was asked for */

/* Variance relative to its mean: GJR-GARCH(1,1) with persistence .96. */
struct cluster {
	double v;
};

struct factors {
	double *calm; /* volatility relative to its mean */
	double *market;
	double *sector[SIM_SECTORS];
};

static struct sim_world world;

static void *
must_alloc(size_t n, size_t size)
{
	void *p = calloc(n, size);

	if (p == NULL)
		abort();
	return (p);
}

static double
cluster_next(struct cluster *c, double z)
{
	double shock = sqrt(c->v) * z;

	c->v = .04 + (z < 0 ? .14 : .06) * shock * shock + .86 * c->v;
	return (shock);
}

static void
factors_make(struct factors *fs, size_t n)
{
	uint64_t market = sim_seed("the market, tenth draw"), sector;
	struct cluster c = { 1 };
	char name[] = "sector A";

	fs->calm = must_alloc(n, sizeof(double));
	fs->market = must_alloc(n, sizeof(double));
	for (size_t t = 0; t < n; t++) {
		fs->calm[t] = sqrt(c.v);
		fs->market[t] =
		    MARKET_DAILY * cluster_next(&c, sim_normal(market, t));
	}
	for (int k = 0; k < SIM_SECTORS; k++, name[7]++) {
		sector = sim_seed(name);
		fs->sector[k] = must_alloc(n, sizeof(double));
		for (size_t t = 0; t < n; t++)
			fs->sector[k][t] =
			    SECTOR_DAILY * fs->calm[t] * sim_normal(sector, t);
	}
}

static void
factors_drop(struct factors *fs)
{
	free(fs->calm);
	free(fs->market);
	for (int k = 0; k < SIM_SECTORS; k++)
		free(fs->sector[k]);
}

static day
day_of_text(const char *z)
{
	day d = DAY_NONE;

	return (day_parse(str_of(z), &d) ? d : DAY_NONE);
}

/* The last split wins: no asset here has two. */
static const struct sim_split *
split_find(int asset)
{
	for (const struct sim_split *s = sim_splits; s->symbol != NULL; s++)
		if (strcmp(s->symbol, sim_models[asset].symbol) == 0)
			return (s);
	return (NULL);
}

double
sim_split_factor(int asset, day d)
{
	const struct sim_split *s = split_find(asset);

	if (s == NULL || day_cmp(d, day_of_text(s->ex_day)) < 0)
		return (1);
	return ((double)s->numerator / s->denominator);
}

/* The first open day from the 9th on, four times a year. */
int
sim_dividend(int asset, day d)
{
	const struct sim_model *m = &sim_models[asset];
	int year, month, dom, cents;

	day_civil(d, &year, &month, &dom);
	if (m->dividend_cents == 0 || year < m->dividend_year ||
	    month % 3 != (m->dividend_month + 1) % 3 || dom < 9 || dom > 15)
		return (0);
	for (day before = day_of(year, month, 9); day_cmp(before, d) < 0;
	     before = day_add(before, 1))
		if (sim_open_on(before))
			return (0);
	if (!sim_open_on(d))
		return (0);
	/* Raised by 4 % of 2024's each year. */
	cents = (m->dividend_cents * (100 + 4 * (year - 2024)) + 50) / 100;
	return (cents > 1 ? cents : 1);
}

/* Where an asset's closes are given: index and cents, one or two. */
struct anchors {
	size_t at[2];
	double cents[2];
	size_t n;
};

static struct anchors
anchors_find(int asset, const struct sim_world *w)
{
	const struct sim_model *m = &sim_models[asset];
	struct anchors as = { .n = 0 };
	dec price;

	for (const struct sim_anchor *a = sim_anchors; a->symbol != NULL; a++) {
		if (strcmp(a->symbol, m->symbol) != 0 || as.n == 2 ||
		    dec_parse(str_of(a->price), &price) != OK)
			continue;
		as.at[as.n] = (size_t)sim_index(w, day_of_text(a->day));
		as.cents[as.n++] = dec_double(dec_mul(price, dec_of(100)));
	}
	if (as.n == 0) {
		as.at[0] = (size_t)sim_index(w, day_of(2024, 1, 2));
		as.cents[as.n++] = m->level_cents;
	}
	return (as);
}

/* Levels of one asset: 1 on the first day; `cents` is a price of it, near
 * enough to say what a dividend takes off. */
static void
levels_make(int asset, const struct factors *fs, const struct sim_world *w,
    double cents, double *x)
{
	const struct sim_model *m = &sim_models[asset];
	uint64_t seed = sim_seed(m->symbol);
	struct cluster c = { 1 };
	double r, own, trend = 1, growth = m->growth / YEAR_DAYS;
	bool stock = strcmp(sim_assets()[asset].kind, "stock") == 0;

	x[0] = 1;
	for (size_t t = 1; t < w->n; t++) {
		own = m->own * cluster_next(&c, sim_normal(seed, t));
		if (stock && (t + seed % NEWS_DAYS) % NEWS_DAYS == 0)
			own *= NEWS_FACTOR;
		r = growth + m->beta * fs->market[t] +
		    m->load * fs->sector[m->sector][t] + own +
		    PULL * (trend / x[t - 1] - 1) -
		    sim_dividend(asset, w->days[t]) / cents;
		r = r > RETURN_MAX ? RETURN_MAX : r;
		r = r < -RETURN_MAX ? -RETURN_MAX : r;
		x[t] = x[t - 1] * (1 + r);
		trend *= 1 + growth;
	}
}

/*
 * Scale levels to cents so that anchor days close at their prices; between
 * two anchors the scale glides from one to the other.
 */
static void
levels_scale(const struct anchors *as, size_t n, double *x)
{
	const size_t *at = as->at;
	double scale[2], u, s;

	for (size_t i = 0; i < as->n; i++)
		scale[i] = as->cents[i] / x[at[i]];
	for (size_t t = 0; t < n; t++) {
		s = t <= at[0] ? scale[0] : scale[as->n - 1];
		if (as->n == 2 && t > at[0] && t < at[1]) {
			u = (double)(t - at[0]) / (double)(at[1] - at[0]);
			s = scale[0] +
			    (scale[1] - scale[0]) * u * u * (3 - 2 * u);
		}
		x[t] *= s;
	}
}

static int32_t
cents_of(double x)
{
	return (x < 1 ? 1 : (int32_t)(x + .5));
}

static double
larger(double a, double b)
{
	return (a > b ? a : b);
}

/* One day around its close, `swing` its volatility, `was` the close before
 * in the day's own units. */
static struct sim_day
day_make(uint64_t seed, size_t t, double was, double close, double swing,
    double volume)
{
	double gap = swing * .25 * sim_normal(seed, 4 * t);
	double open = (was + .3 * (close - was)) * (1 + gap);
	double up = sim_normal(seed, 4 * t + 1) * .45 * swing;
	double down = sim_normal(seed, 4 * t + 2) * .45 * swing;
	double high = larger(open, close) * (1 + larger(up, -up));
	double low = -larger(-open, -close) * (1 - larger(down, -down));
	double busy = larger(close - was, was - close) / was / swing;

	busy = .6 + .5 * sim_uniform(seed, 4 * t + 3) + .3 * busy;
	return ((struct sim_day){ cents_of(open), cents_of(high), cents_of(low),
	    cents_of(close), (int64_t)(volume * busy) });
}

static void
path_make(int asset, const struct factors *fs, const struct sim_world *w,
    double *x, struct sim_day *path)
{
	const struct sim_model *m = &sim_models[asset];
	const struct anchors as = anchors_find(asset, w);
	uint64_t seed = sim_bits(sim_seed(m->symbol), 1);
	double was, units,
	    swing = sqrt(m->own * m->own +
		m->beta * m->beta * MARKET_DAILY * MARKET_DAILY +
		m->load * m->load * SECTOR_DAILY * SECTOR_DAILY);

	levels_make(asset, fs, w, as.cents[0], x);
	levels_scale(&as, w->n, x);
	for (size_t t = 0; t < w->n; t++) {
		units = sim_split_factor(asset, w->days[t]);
		was = x[t > 0 ? t - 1 : 0] / units;
		path[t] = day_make(seed, t, was, x[t] / units,
		    swing * fs->calm[t], (double)m->volume * units);
	}
}

static void
days_make(struct sim_world *w, day last)
{
	day first = day_of(SIM_FIRST_YEAR, 1, 4);

	w->days = must_alloc((size_t)day_between(first, last) + 1, sizeof(day));
	w->n = 0;
	for (day d = first; day_cmp(d, last) <= 0; d = day_add(d, 1))
		if (sim_open_on(d))
			w->days[w->n++] = d;
}

const struct sim_world *
sim_world(day upto)
{
	struct factors fs;
	double *x;

	/* The anchors must lie inside. */
	if (day_cmp(upto, day_of(2025, 1, 1)) < 0)
		upto = day_of(2025, 1, 1);
	if (world.n > 0 && day_cmp(upto, world.days[world.n - 1]) <= 0)
		return (&world);
	sim_world_drop();
	days_make(&world, day_add(upto, DAYS_AHEAD));
	factors_make(&fs, world.n);
	x = must_alloc(world.n, sizeof(*x));
	for (int i = 0; i < SIM_ASSETS; i++) {
		world.path[i] = must_alloc(world.n, sizeof(struct sim_day));
		path_make(i, &fs, &world, x, world.path[i]);
	}
	free(x);
	factors_drop(&fs);
	return (&world);
}

void
sim_world_drop(void)
{
	free(world.days);
	for (int i = 0; i < SIM_ASSETS; i++)
		free(world.path[i]);
	memset(&world, 0, sizeof(world));
}

ptrdiff_t
sim_index(const struct sim_world *w, day d)
{
	size_t lo = 0, hi = w->n, mid;

	while (lo < hi) {
		mid = lo + (hi - lo) / 2;
		if (day_cmp(w->days[mid], d) <= 0)
			lo = mid + 1;
		else
			hi = mid;
	}
	return ((ptrdiff_t)lo - 1);
}
