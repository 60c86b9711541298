/*
 * What the companies of the simulated market report: quarters and years whose
 * sales grow as their prices' trend does, with seasons and luck. The first
 * year's sales follow from what the company was worth then, and from what is
 * usually paid for a dollar of its sector's sales.
 */
#include "feed/needs.h"
#include "feed/sim.h"

#define MILLION    INT64_C(1000000)
#define FIGURES    6 /* of a period */
#define FILED_DAYS 33 /* after its end */

/* Dollars paid for one of sales, and what of it is earned. */
static const struct line {
	double paid, margin;
	double season; /* how much more the last quarter sells */
} lines[SIM_SECTORS] = {
	[SIM_TECH] = { 7.5, .27, .22 },
	[SIM_COMM] = { 5.5, .22, .10 },
	[SIM_RETAIL] = { 2.8, .09, .20 },
	[SIM_STAPLES] = { 1.9, .10, .04 },
	[SIM_HEALTH] = { 2.6, .13, .02 },
	[SIM_FINANCE] = { 4.0, .30, 0 },
	[SIM_ENERGY] = { 1.4, .10, .01 },
};

struct quarter {
	double sales, earned; /* millions */
};

/* The n-th quarter since the first year's first. */
static struct quarter
quarter_make(int asset, int n)
{
	const struct sim_model *m = &sim_models[asset];
	const struct line *t = &lines[m->sector];
	uint64_t seed = sim_seed(m->symbol) ^ sim_seed("reports");
	double first = sim_world(day_of(SIM_FIRST_YEAR, 1, 4))->path[asset][0]
	    .open / 100.0, sales, luck;
	double shares = sim_shares(asset, day_of(SIM_FIRST_YEAR, 1, 4)) /
	    (double)MILLION;

	sales = shares * first / t->paid / 4;
	for (int i = 0; i < n; i++)
		sales *= 1 + m->growth / 4 +
		    .02 * sim_normal(seed, (uint64_t)i);
	sales *= n % 4 == 3 ? 1 + t->season : 1 - t->season / 3;
	luck = .06 * sim_normal(seed, (uint64_t)n + (1 << 20));
	return ((struct quarter){ sales, sales * t->margin * (1 + luck) });
}

static dec
millions(double x)
{
	return (dec_of((int64_t)(x + (x < 0 ? -.5 : .5)) * MILLION));
}

static void
figure_add(struct list *out, const struct fact *period, const char *metric,
    const char *unit, dec value)
{
	struct fact *one = (struct fact *)out->v + out->n++;

	*one = *period;
	one->metric = str_of(metric);
	one->unit = str_of(unit);
	one->value = value;
}

/* What a period came to, and what there was at its end. */
static void
period_tell(struct list *out, const struct fact *period, int asset,
    struct quarter sum, double year_sales)
{
	double shares = sim_shares(asset, period->period_end) /
	    (double)MILLION;
	struct fact end = *period;

	figure_add(out, period, "us-gaap:Revenues", "USD",
	    millions(sum.sales));
	figure_add(out, period, "us-gaap:OperatingIncomeLoss", "USD",
	    millions(sum.earned * 1.24));
	figure_add(out, period, "us-gaap:NetIncomeLoss", "USD",
	    millions(sum.earned));
	figure_add(out, period, "us-gaap:EarningsPerShareDiluted",
	    "USD/shares", dec_units((int64_t)(sum.earned / shares * 100 + .5),
	    2));
	end.period_start = end.period_end;
	figure_add(out, &end, "us-gaap:Assets", "USD",
	    millions(year_sales * 1.6));
	figure_add(out, &end, "us-gaap:StockholdersEquity", "USD",
	    millions(year_sales * .7));
}

/* False: it is not filed yet. */
static bool
period_of(struct fact *out, int year, int quarter)
{
	static const int last[] = { 31, 30, 30, 31 };
	static const char *const names[] = { "Q1", "Q2", "Q3", "Q4" };
	bool whole = quarter < 0;
	int q = whole ? 3 : quarter;

	*out = (struct fact){
		.period_start = day_of(year, whole ? 1 : 3 * q + 1, 1),
		.period_end = day_of(year, 3 * q + 3, last[q]),
		.fiscal_year = year,
		.fiscal_period = str_of(whole ? "FY" : names[q]),
		.form = whole ? S("10-K") : S("10-Q"),
	};
	out->filed = day_add(out->period_end, FILED_DAYS);
	return (day_cmp(out->filed, sim_today()) <= 0);
}

/* A year's quarters as they are filed, and the year with its last. */
static void
year_tell(struct list *out, int asset, int year)
{
	struct quarter sum = { 0, 0 }, one;
	struct fact period;
	int n = 4 * (year - SIM_FIRST_YEAR);

	for (int q = 0; q < 4 && period_of(&period, year, q); q++) {
		one = quarter_make(asset, n + q);
		sum.sales += one.sales;
		sum.earned += one.earned;
		period_tell(out, &period, asset, one, 4 * one.sales);
	}
	if (!period_of(&period, year, -1))
		return;
	out->n -= 2; /* what there was is told once, by the year */
	period_tell(out, &period, asset, sum, sum.sales);
}

enum feed_answer
sim_reports(struct arena *a, str symbol, struct list *out)
{
	int year, month, dom, asset = sim_find(symbol);

	*out = (struct list){ NULL, 0 };
	if (asset < 0)
		return (FEED_UNKNOWN_SYMBOL);
	if (sim_assets()[asset].shares == 0)
		return (FEED_NO_DATA);
	day_civil(sim_today(), &year, &month, &dom);
	out->v = ARENA_MANY(a, (size_t)(year - SIM_FIRST_YEAR + 1) * 5 *
	    FIGURES, struct fact);
	for (int y = SIM_FIRST_YEAR; y <= year; y++)
		year_tell(out, asset, y);
	return (FEED_OK);
}
