/*
 * Return over risk of one series. Ratios are never infinite: without risk
 * there is no ratio but a reason. Signs are kept, so a worse negative
 * Sharpe ratio may come from less risk.
 */
#include "quant/lane.h"

struct figure
sharpe_of(const struct series *s, struct spread over)
{
	if (s->n < 2)
		return (figure_none(WHY_INSUFFICIENT_DATA));
	if (over.squares <= 0)
		return (figure_none(WHY_ZERO_VARIANCE));
	return (figure_of(over.mean / sqrt(over.squares / (double)(s->n - 1)) *
	    sqrt(s->periods), history_warning(s->n, s->periods)));
}

struct figure
quant_sharpe(const struct series *s)
{
	enum why why = series_fault_head(s, 2);
	struct spread ex;

	if (why != WHY_OK)
		return (figure_none(series_fault(s, 2)));
	ex = lane_spread(lane_excess(s, s->r), s->n);
	/* A number that is not finite leaves no sum finite. */
	if (!isfinite(ex.squares) && (why = series_fault(s, 2)) != WHY_OK)
		return (figure_none(why));
	return (sharpe_of(s, ex));
}

struct figure
sortino_of(const struct series *s, struct spread over, double down)
{
	if (s->n < 2)
		return (figure_none(WHY_INSUFFICIENT_DATA));
	if (down <= 0)
		return (figure_none(WHY_NO_DOWNSIDE));
	return (figure_of(over.mean / down * sqrt(s->periods),
	    history_warning(s->n, s->periods)));
}

static struct figure
sortino_over(const struct series *s, struct lane over)
{
	struct spread ex = lane_spread(over, s->n);

	return (sortino_of(s, ex, lane_downside(over, s->n, ex)));
}

struct figure
quant_sortino(const struct series *s)
{
	enum why why = series_fault(s, 2);

	if (why != WHY_OK)
		return (figure_none(why));
	return (sortino_over(s, lane_excess(s, s->r)));
}

struct figure
quant_sortino_mar(const struct series *s, double mar)
{
	enum why why = series_fault(s, 2);

	if (why == WHY_OK && !isfinite(mar))
		why = WHY_INVALID_INPUT;
	if (why != WHY_OK)
		return (figure_none(why));
	return (sortino_over(s, (struct lane){ .x = s->r, .flat = mar }));
}

struct figure
calmar_of(const struct series *s, struct figure total, double depth)
{
	struct figure f;

	if (s->n < 2)
		return (figure_none(WHY_INSUFFICIENT_DATA));
	if (!(depth < 0))
		return (figure_none(WHY_NO_DRAWDOWN));
	f = annualised_periods_of(total, s->r, s->n, s->periods);
	if (!figure_ok(f))
		return (f);
	return (figure_of(f.value / -depth,
	    history_warning(s->n, s->periods)));
}

struct figure
quant_calmar(const struct series *s)
{
	enum why why = series_fault(s, 2);
	struct drawdown d;

	if (why != WHY_OK)
		return (figure_none(why));
	quant_drawdown(s->r, s->n, &d);
	return (calmar_of(s, quant_cumulative(s->r, s->n), d.depth.value));
}

struct figure
quant_omega(const double *r, size_t n, double threshold)
{
	struct sides s;

	if (!isfinite(threshold) || !numbers_ok(r, n))
		return (figure_none(WHY_INVALID_INPUT));
	if (n == 0)
		return (figure_none(WHY_INSUFFICIENT_DATA));
	s = lane_sides((struct lane){ .x = r, .flat = threshold }, n);
	if (s.down >= 0)
		return (figure_none(WHY_NO_DOWNSIDE));
	return (figure_of(s.up / -s.down, 0));
}
