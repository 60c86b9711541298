/*
 * Where a return came from: contributions of holdings linked over days so
 * that they add up to the whole (Carino), and one period's difference from
 * a benchmark by segment (Brinson and Fachler).
 */
#include "quant/lane.h"

/* ln(1 + r) / r, 1 at 0. */
static double
carino(double r)
{
	return (r != 0 ? log1p(r) / r : 1);
}

enum why
quant_contributions(const double *daily, const double *r, size_t n, size_t m,
    double *out)
{
	struct figure whole = quant_cumulative(r, n);
	struct sum sum;

	if (!figure_ok(whole))
		return (whole.why);
	if (!numbers_ok(daily, n * m))
		return (WHY_INVALID_INPUT);
	if (whole.value <= -1)
		return (WHY_NON_POSITIVE_BASE);
	for (size_t i = 0; i < m; i++) {
		sum = (struct sum){ 0 };
		for (size_t t = 0; t < n; t++)
			sum_add(&sum, daily[t * m + i] * carino(r[t]));
		out[i] = sum_of(sum) / carino(whole.value);
	}
	return (WHY_OK);
}

enum why
quant_brinson(const struct segment *s, size_t n, struct effects *out)
{
	struct sum benchmark = { 0 };
	double tilt, edge;

	for (size_t i = 0; i < n; i++) {
		if (!numbers_ok(&s[i].weight, 1) ||
		    !numbers_ok(&s[i].r, 1) || !numbers_ok(&s[i].b_weight, 1) ||
		    !numbers_ok(&s[i].b, 1))
			return (WHY_INVALID_INPUT);
		sum_add(&benchmark, s[i].b_weight * s[i].b);
	}
	for (size_t i = 0; i < n; i++) {
		tilt = s[i].weight - s[i].b_weight;
		edge = s[i].r - s[i].b;
		out[i] = (struct effects){
			.allocation = tilt * (s[i].b - sum_of(benchmark)),
			.selection = s[i].b_weight * edge,
			.interaction = tilt * edge,
		};
	}
	return (WHY_OK);
}
