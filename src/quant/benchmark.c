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

struct figure
beta_of(const struct series *s, enum why why, const struct pair *p)
{
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
	enum why why = pair_of(s, &p);

	return (beta_of(s, why, &p));
}

struct figure
alpha_of(const struct series *s, struct figure beta, const struct pair *p)
{
	if (!figure_ok(beta))
		return (beta);
	return (figure_of((p->x.mean - beta.value * p->y.mean) * s->periods,
	    beta.warnings));
}

struct figure
quant_alpha(const struct series *s)
{
	struct pair p;
	enum why why = pair_of(s, &p);

	return (alpha_of(s, beta_of(s, why, &p), &p));
}

struct figure
treynor_of(const struct series *s, struct figure beta, const struct pair *p)
{
	if (!figure_ok(beta))
		return (beta);
	if (fabs(beta.value) < BETA_LEAST)
		return (figure_none(WHY_ZERO_DENOMINATOR));
	return (figure_of(p->x.mean * s->periods / beta.value,
	    beta.warnings));
}

struct figure
quant_treynor(const struct series *s)
{
	struct pair p;
	enum why why = pair_of(s, &p);

	return (treynor_of(s, beta_of(s, why, &p), &p));
}

struct figure
tracking_error_of(const struct series *s, struct spread active)
{
	if (s->n < 2)
		return (figure_none(WHY_INSUFFICIENT_DATA));
	return (figure_of(sqrt(active.squares / (double)(s->n - 1) *
	    s->periods), history_warning(s->n, s->periods)));
}

struct figure
quant_tracking_error(const struct series *s)
{
	enum why why = series_fault_pair(s, 2);

	if (why != WHY_OK)
		return (figure_none(why));
	return (tracking_error_of(s, lane_spread(lane_active(s), s->n)));
}

struct figure
information_ratio_of(const struct series *s, struct figure te,
    struct spread active)
{
	if (!figure_ok(te))
		return (te);
	if (te.value <= 0)
		return (figure_none(WHY_ZERO_DENOMINATOR));
	return (figure_of(active.mean * s->periods / te.value, te.warnings));
}

struct figure
quant_information_ratio(const struct series *s)
{
	enum why why = series_fault_pair(s, 2);
	struct spread active;

	if (why != WHY_OK)
		return (figure_none(why));
	active = lane_spread(lane_active(s), s->n);
	return (information_ratio_of(s, tracking_error_of(s, active),
	    active));
}

struct figure
correlation_of(const struct series *s, enum why why, const struct pair *p)
{
	double c;

	if (why == WHY_OK && (p->x.squares <= 0 || p->y.squares <= 0))
		why = WHY_ZERO_VARIANCE;
	if (why != WHY_OK)
		return (figure_none(why));
	c = p->products / sqrt(p->x.squares * p->y.squares);
	return (figure_of(fmax(-1, fmin(1, c)),
	    history_warning(s->n, s->periods)));
}

struct figure
quant_correlation(const struct series *s)
{
	struct pair p;
	enum why why = pair_of(s, &p);

	return (correlation_of(s, why, &p));
}

struct figure
r_squared_of(struct figure c)
{
	return (figure_ok(c) ? figure_of(c.value * c.value, c.warnings) : c);
}

struct figure
quant_r_squared(const struct series *s)
{
	return (r_squared_of(quant_correlation(s)));
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
capture_ratio_of(struct figure up, struct figure down)
{
	if (!figure_ok(up))
		return (up);
	if (!figure_ok(down))
		return (down);
	if (down.value == 0)
		return (figure_none(WHY_ZERO_DENOMINATOR));
	return (figure_of(up.value / down.value, up.warnings));
}

struct figure
quant_capture_ratio(const struct series *s)
{
	return (capture_ratio_of(quant_up_capture(s), quant_down_capture(s)));
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
m_squared_of(const struct series *s, struct figure sharpe,
    struct figure b_volatility)
{
	double rf = s->rf_flat;

	if (!figure_ok(sharpe))
		return (sharpe);
	if (s->rf != NULL)
		rf = lane_spread(lane_raw(s->rf), s->n).mean;
	return (figure_of(rf * s->periods + sharpe.value * b_volatility.value,
	    sharpe.warnings));
}

struct figure
quant_m_squared(const struct series *s)
{
	enum why why = series_fault_pair(s, 2);

	if (why != WHY_OK)
		return (figure_none(why));
	return (m_squared_of(s, quant_sharpe(s),
	    quant_volatility(s->b, s->n, s->periods)));
}
