/*
 * Return over risk of one series. Ratios are never infinite: without risk
 * there is no ratio but a reason. Signs are kept, so a worse negative
 * Sharpe ratio may come from less risk.
 */
#include "quant/lane.h"

struct figure
quant_sharpe(const struct series *s)
{
	enum why why = series_fault_head(s, 2);
	struct spread ex;
	double sd;

	if (why != WHY_OK)
		return (figure_none(series_fault(s, 2)));
	ex = lane_spread(lane_excess(s, s->r), s->n);
	/* A number that is not finite leaves no sum finite. */
	if (!isfinite(ex.squares) && (why = series_fault(s, 2)) != WHY_OK)
		return (figure_none(why));
	if (ex.squares <= 0)
		return (figure_none(WHY_ZERO_VARIANCE));
	sd = sqrt(ex.squares / (double)(s->n - 1));
	return (figure_of(ex.mean / sd * sqrt(s->periods),
	    history_warning(s->n, s->periods)));
}

static struct figure
sortino_of(const struct series *s, struct lane over)
{
	struct spread ex = lane_spread(over, s->n);
	double down = lane_downside(over, s->n, ex);

	if (down <= 0)
		return (figure_none(WHY_NO_DOWNSIDE));
	return (figure_of(ex.mean / down * sqrt(s->periods),
	    history_warning(s->n, s->periods)));
}

struct figure
quant_sortino(const struct series *s)
{
	enum why why = series_fault(s, 2);

	if (why != WHY_OK)
		return (figure_none(why));
	return (sortino_of(s, lane_excess(s, s->r)));
}

struct figure
quant_sortino_mar(const struct series *s, double mar)
{
	enum why why = series_fault(s, 2);

	if (why == WHY_OK && !isfinite(mar))
		why = WHY_INVALID_INPUT;
	if (why != WHY_OK)
		return (figure_none(why));
	return (sortino_of(s, (struct lane){ .x = s->r, .flat = mar }));
}

struct figure
quant_calmar(const struct series *s)
{
	enum why why = series_fault(s, 2);
	struct figure f;
	struct drawdown d;

	if (why != WHY_OK)
		return (figure_none(why));
	quant_drawdown(s->r, s->n, &d);
	if (!(d.depth.value < 0))
		return (figure_none(WHY_NO_DRAWDOWN));
	f = quant_annualised_periods(s->r, s->n, s->periods);
	if (!figure_ok(f))
		return (f);
	return (figure_of(f.value / -d.depth.value,
	    history_warning(s->n, s->periods)));
}

struct figure
quant_omega(const double *r, size_t n, double threshold)
{
	struct sum gain = { 0 }, loss = { 0 };
	double d;

	if (!isfinite(threshold) || !numbers_ok(r, n))
		return (figure_none(WHY_INVALID_INPUT));
	if (n == 0)
		return (figure_none(WHY_INSUFFICIENT_DATA));
	for (size_t i = 0; i < n; i++) {
		d = r[i] - threshold;
		sum_add(d > 0 ? &gain : &loss, fabs(d));
	}
	if (sum_of(loss) <= 0)
		return (figure_none(WHY_NO_DOWNSIDE));
	return (figure_of(sum_of(gain) / sum_of(loss), 0));
}
