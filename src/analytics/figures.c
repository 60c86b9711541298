/*
 * Figures: returns and risk from the kept days, computed in the transaction
 * that changed them and written as one row. Here ledger's exact amounts have
 * become the doubles that quant works on.
 */
#include <math.h>

#include "analytics/analytics.h"
#include "quant/quant.h"
#include "store/store.h"

#include "analytics_sql.h"

#define PERIODS		252.0	/* market days of a year */
#define REASONS_MAX	16

struct kept_day {
	day	day;
	double	ret, value, inflow, outflow;
	bool	stale;
};

static const struct field kept_day_fields[] = {
	MUST(kept_day, day, "Day."),
	{ .name = "return", .doc = "Return.", .kind = K_REAL, .must = true,
	  .offset = offsetof(struct kept_day, ret) },
	MUST(kept_day, value, "Value."),
	MUST(kept_day, inflow, "Paid in."),
	MUST(kept_day, outflow, "Paid out."),
	MUST(kept_day, stale, "Valued at an old close."),
	FIELDS_END
};

struct subject {
	str	benchmark;
	int64_t	sales, wins;
};

static const struct field subject_fields[] = {
	MUST(subject, benchmark, "Symbol."),
	MUST(subject, sales, "Sales."),
	MUST(subject, wins, "Sales at a gain."),
	FIELDS_END
};

struct level {
	day	day;
	double	close;
};

static const struct field level_fields[] = {
	MUST(level, day, "Day."),
	MUST(level, close, "Close."),
	FIELDS_END
};

/* What is computed; each figure with its reason. */
struct figures {
	struct flow		*f;
	const struct kept_day	*days;
	size_t			 n;
	struct subject		 subject;
	double			*r;
	struct summary		 all;	/* of the portfolio alone */
	struct summary		 joint;	/* of the days the benchmark has too */
	struct figure		 benchmark_return;
	struct figure		 annualised, mwr, win_rate;
	struct reasons {
		const char	*name[REASONS_MAX];
		enum why	 why[REASONS_MAX];
		size_t		 n;
	}			 reasons;
	unsigned		 warnings;
};

/* ---- computing --------------------------------------------------- */

static void
alone_compute(struct figures *g)
{
	struct series s = { .n = g->n, .periods = PERIODS };
	size_t i;

	g->r = ARENA_MANY(&g->f->arena, g->n, double);
	for (i = 0; i < g->n; i++) {
		g->r[i] = g->days[i].ret;
		if (g->days[i].stale)
			g->warnings |= WARN_STALE_PRICES;
	}
	s.r = g->r;
	if (g->n > 0) {
		s.from = g->days[0].day;
		s.to = g->days[g->n - 1].day;
	}
	quant_summary(&s, ARENA_MANY(&g->f->arena, g->n, double), &g->all);
	g->annualised = g->n == 0 ? figure_none(WHY_INSUFFICIENT_DATA) :
	    quant_annualised(g->all.cumulative.value, s.from, s.to);
}

/* Levels of both sides: wealth from the eve of the first day, and closes. */
static enum err
benchmark_compute(struct figures *g)
{
	struct arena *a = &g->f->arena;
	const struct level *closes;
	struct list list;
	double *levels, *wealth, *rp, *rb;
	day *days, *own, *joint;
	size_t i, n;

	g->benchmark_return = figure_none(WHY_MISALIGNED);
	quant_summary(&(struct series){ .periods = PERIODS }, NULL,
	    &g->joint);
	if (g->n == 0)
		return (OK);
	TRY(store_rows(g->f, &sql_benchmark_closes, SHAPE(level), &list,
	    STR(g->subject.benchmark), DAY(day_add(g->days[0].day, -10)),
	    DAY(g->days[g->n - 1].day)));
	closes = list.v;
	days = ARENA_MANY(a, list.n, day);
	levels = ARENA_MANY(a, list.n, double);
	for (i = 0; i < list.n; i++) {
		days[i] = closes[i].day;
		levels[i] = closes[i].close;
	}
	/* The eve of the first day is the market day before it. */
	own = ARENA_MANY(a, g->n + 1, day);
	wealth = ARENA_MANY(a, g->n + 1, double);
	for (i = 0; i < list.n && day_cmp(days[i], g->days[0].day) < 0; i++)
		;
	own[0] = i > 0 ? days[i - 1] : day_add(g->days[0].day, -1);
	wealth[0] = 1;
	for (i = 0; i < g->n; i++) {
		own[i + 1] = g->days[i].day;
		wealth[i + 1] = wealth[i] * (1 + g->r[i]);
	}
	n = list.n < g->n + 1 ? list.n : g->n + 1;
	joint = ARENA_MANY(a, n, day);
	rp = ARENA_MANY(a, n, double);
	rb = ARENA_MANY(a, n, double);
	if (quant_align_levels(&(struct dated){ own, wealth, g->n + 1 },
	    &(struct dated){ days, levels, list.n }, joint, rp, rb, &n) !=
	    WHY_OK)
		return (OK);
	g->benchmark_return = quant_cumulative(rb, n);
	quant_summary(&(struct series){ .r = rp, .b = rb, .n = n,
	    .periods = PERIODS }, ARENA_MANY(a, n, double), &g->joint);
	return (OK);
}

/* The investor's flows: in -, out +, and what it is worth at the end. */
static void
mwr_compute(struct figures *g)
{
	struct cashflow *flows;
	struct xirr x;
	double net;
	size_t i, n;

	flows = ARENA_MANY(&g->f->arena, g->n + 1, struct cashflow);
	for (i = n = 0; i < g->n; i++) {
		net = g->days[i].outflow - g->days[i].inflow;
		if (net != 0)
			flows[n++] = (struct cashflow){ g->days[i].day, net };
	}
	if (g->n > 0)
		flows[n++] = (struct cashflow){ g->days[g->n - 1].day,
		    g->days[g->n - 1].value };
	quant_xirr(flows, n, &x);
	g->mwr = x.shown;
}

static void
win_compute(struct figures *g)
{
	g->win_rate = g->subject.sales == 0 ?
	    figure_none(WHY_INSUFFICIENT_DATA) :
	    figure_of((double)g->subject.wins / (double)g->subject.sales, 0);
}

/* ---- writing ----------------------------------------------------- */

static struct param
take(struct figures *g, const char *name, struct figure fg)
{
	struct reasons *r = &g->reasons;

	g->warnings |= fg.warnings;
	if (figure_ok(fg))
		return (REAL(fg.value));
	if (r->n < REASONS_MAX) {
		r->name[r->n] = name;
		r->why[r->n++] = fg.why;
	}
	return (REAL(NAN));
}

static str
reasons_text(struct figures *g)
{
	struct json j;
	size_t i;

	jw_init(&j, &g->f->arena);
	jw_open(&j);
	for (i = 0; i < g->reasons.n; i++) {
		jw_key(&j, g->reasons.name[i]);
		jw_z(&j, why_name(g->reasons.why[i]));
	}
	jw_close(&j);
	return (jw_text(&j));
}

static str
warnings_text(struct figures *g)
{
	struct json j;
	unsigned bit;

	jw_init(&j, &g->f->arena);
	jw_array(&j);
	for (bit = 1; bit != 0 && bit <= g->warnings; bit <<= 1)
		if ((g->warnings & bit) != 0 &&
		    warn_name((enum warn)bit) != NULL)
			jw_z(&j, warn_name((enum warn)bit));
	jw_array_end(&j);
	return (jw_text(&j));
}

static day
day_at(const struct figures *g, size_t count)
{
	if (count == 0 || count > g->n)
		return (g->n > 0 && count == 0 ? g->days[0].day : DAY_NONE);
	return (g->days[count - 1].day);
}

static enum err
figures_write(struct figures *g, uuid portfolio)
{
	bool fell = figure_ok(g->all.max_drawdown) &&
	    g->all.max_drawdown.value < 0;
	struct param v[] = {
		take(g, "return", g->all.cumulative),
		take(g, "annualised_return", g->annualised),
		take(g, "mwr", g->mwr),
		take(g, "volatility", g->all.volatility),
		take(g, "sharpe", g->all.sharpe),
		take(g, "sortino", g->all.sortino),
		take(g, "calmar", g->all.calmar),
		take(g, "max_drawdown", g->all.max_drawdown),
		take(g, "beta", g->joint.beta),
		take(g, "alpha", g->joint.alpha),
		take(g, "correlation", g->joint.correlation),
		take(g, "benchmark_return", g->benchmark_return),
		take(g, "var95", g->all.var95),
		take(g, "es95", g->all.es95),
		take(g, "win_rate", g->win_rate),
		take(g, "best_day", g->all.best),
		take(g, "worst_day", g->all.worst),
	};
	str reasons, warnings;

	reasons = reasons_text(g);
	warnings = warnings_text(g);
	return (store_exec(g->f, &sql_figure_write, NULL, UUID(portfolio),
	    LONG((int64_t)g->n), DAY(day_at(g, g->n > 0 ? 1 : 0)),
	    DAY(day_at(g, g->n)), STR(g->subject.benchmark), v[0], v[1],
	    v[2], v[3], v[4], v[5], v[6], v[7],
	    DAY(fell ? day_at(g, g->all.drawdown.peak) : DAY_NONE),
	    DAY(fell ? day_at(g, g->all.drawdown.trough) : DAY_NONE),
	    v[8], v[9], v[10], v[11], v[12], v[13], v[14], v[15], v[16],
	    JSON(reasons), JSON(warnings)));
}

enum err
analytics_refresh(struct flow *f, uuid portfolio)
{
	struct figures g = { .f = f };
	struct list days;

	TRY(store_row(f, &sql_figure_subject, SHAPE(subject), &g.subject,
	    UUID(portfolio)));
	TRY(store_rows(f, &sql_figure_days, SHAPE(kept_day), &days,
	    UUID(portfolio)));
	g.days = days.v;
	g.n = days.n;
	alone_compute(&g);
	TRY(benchmark_compute(&g));
	mwr_compute(&g);
	win_compute(&g);
	return (figures_write(&g, portfolio));
}
