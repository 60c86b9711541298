/*
 * One series against another of the same periods. Regressions are of
 * returns over the risk-free rate; active figures of plain differences,
 * by arithmetic means.
 */
#include "quant/lane.h"

/* Below this a beta is none to divide by. */
static const double BETA_LEAST = 1e-12;

static enum why
pair_of(const struct series *s, struct pair *p)
{
	enum why why = s->b == NULL ? WHY_MISALIGNED :
	    series_fault_head(s, 2);

	*p = (struct pair){ 0 };
	if (why != WHY_OK)
		return (series_fault_pair(s, 2));
	lane_pair(lane_excess(s, s->r), lane_excess(s, s->b), s->n, p);
	/* A number that is not finite leaves none of the sums finite. */
	if (!isfinite(p->x.squares + p->y.squares + p->products))
		why = series_fault_pair(s, 2);
	return (why);
}

static struct figure
pair_beta(const struct series *s, struct pair *p)
{
	enum why why = pair_of(s, p);

	if (why == WHY_OK && p->y.squares <= 0)
		why = WHY_ZERO_VARIANCE;
	if (why != WHY_OK)
		return (figure_none(why));
	return (figure_of(p->products / p->y.squares,
	    history_warning(s->n, s->periods)));
}

struct figure
quant_beta(const struct series *s)
{
	struct pair p;

	return (pair_beta(s, &p));
}

struct figure
quant_alpha(const struct series *s)
{
	struct pair p;
	struct figure beta = pair_beta(s, &p);

	if (!figure_ok(beta))
		return (beta);
	return (figure_of((p.x.mean - beta.value * p.y.mean) * s->periods,
	    beta.warnings));
}

struct figure
quant_treynor(const struct series *s)
{
	struct pair p;
	struct figure beta = pair_beta(s, &p);

	if (!figure_ok(beta))
		return (beta);
	if (fabs(beta.value) < BETA_LEAST)
		return (figure_none(WHY_ZERO_DENOMINATOR));
	return (figure_of(p.x.mean * s->periods / beta.value, beta.warnings));
}

struct figure
quant_tracking_error(const struct series *s)
{
	enum why why = series_fault_pair(s, 2);
	double squares;

	if (why != WHY_OK)
		return (figure_none(why));
	squares = lane_spread(lane_active(s), s->n).squares;
	return (figure_of(sqrt(squares / (double)(s->n - 1) * s->periods),
	    history_warning(s->n, s->periods)));
}

struct figure
quant_information_ratio(const struct series *s)
{
	struct figure te = quant_tracking_error(s);
	double mean;

	if (!figure_ok(te))
		return (te);
	if (te.value <= 0)
		return (figure_none(WHY_ZERO_DENOMINATOR));
	mean = lane_spread(lane_active(s), s->n).mean;
	return (figure_of(mean * s->periods / te.value, te.warnings));
}

struct figure
quant_correlation(const struct series *s)
{
	struct pair p;
	enum why why = pair_of(s, &p);
	double c;

	if (why == WHY_OK && (p.x.squares <= 0 || p.y.squares <= 0))
		why = WHY_ZERO_VARIANCE;
	if (why != WHY_OK)
		return (figure_none(why));
	c = p.products / sqrt(p.x.squares * p.y.squares);
	return (figure_of(fmax(-1, fmin(1, c)),
	    history_warning(s->n, s->periods)));
}

struct figure
quant_r_squared(const struct series *s)
{
	struct figure c = quant_correlation(s);

	return (figure_ok(c) ? figure_of(c.value * c.value, c.warnings) : c);
}

static struct figure
capture_of(const struct series *s, int sign, enum why none)
{
	enum why why = series_fault_pair(s, 1);
	double a, b;
	size_t n;

	if (why != WHY_OK)
		return (figure_none(why));
	a = linked_where(s->r, s->b, sign, s->n, &n);
	b = linked_where(s->b, s->b, sign, s->n, &n);
	if (n == 0)
		return (figure_none(none));
	if (b == 0)
		return (figure_none(WHY_ZERO_DENOMINATOR));
	return (figure_of(a / b, history_warning(s->n, s->periods)));
}

struct figure
quant_up_capture(const struct series *s)
{
	return (capture_of(s, 1, WHY_NO_UP_PERIODS));
}

struct figure
quant_down_capture(const struct series *s)
{
	return (capture_of(s, -1, WHY_NO_DOWN_PERIODS));
}

struct figure
quant_capture_ratio(const struct series *s)
{
	struct figure up = quant_up_capture(s), down = quant_down_capture(s);

	if (!figure_ok(up))
		return (up);
	if (!figure_ok(down))
		return (down);
	if (down.value == 0)
		return (figure_none(WHY_ZERO_DENOMINATOR));
	return (figure_of(up.value / down.value, up.warnings));
}

struct figure
quant_batting_average(const struct series *s)
{
	enum why why = series_fault_pair(s, 1);
	size_t wins = 0;

	if (why != WHY_OK)
		return (figure_none(why));
	for (size_t i = 0; i < s->n; i++)
		wins += s->r[i] > s->b[i];
	return (figure_of((double)wins / (double)s->n,
	    history_warning(s->n, s->periods)));
}

struct figure
quant_m_squared(const struct series *s)
{
	enum why why = series_fault_pair(s, 2);
	struct figure sharpe, vol;
	double rf = s->rf_flat;

	if (why != WHY_OK)
		return (figure_none(why));
	sharpe = quant_sharpe(s);
	vol = quant_volatility(s->b, s->n, s->periods);
	if (!figure_ok(sharpe))
		return (sharpe);
	if (s->rf != NULL)
		rf = lane_spread(lane_raw(s->rf), s->n).mean;
	return (figure_of(rf * s->periods + sharpe.value * vol.value,
	    sharpe.warnings));
}
