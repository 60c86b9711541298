/*
 * Ordinary least squares by modified Gram-Schmidt on centred factors, twice
 * over, so that factors that nearly agree keep their digits.
 */
#include <string.h>

#include "quant/lane.h"

/* What is left of a factor beside the others, or it is none. */
static const double ALONE = 1e-10;

static double
dot(const double *x, const double *y, size_t n)
{
	struct sum sum = { 0 };

	for (size_t i = 0; i < n; i++)
		sum_add(&sum, x[i] * y[i]);
	return (sum_of(sum));
}

/* Takes x's part along q out of it, twice; how much that was. */
static double
take_out(double *x, const double *q, size_t n)
{
	double all = 0, part;

	for (int again = 0; again < 2; again++) {
		part = dot(x, q, n);
		for (size_t i = 0; i < n; i++)
			x[i] -= part * q[i];
		all += part;
	}
	return (all);
}

static double
centre(const double *x, size_t n, double *out)
{
	double mean = lane_spread(lane_raw(x), n).mean;

	for (size_t i = 0; i < n; i++)
		out[i] = x[i] - mean;
	return (mean);
}

/* Factors to orthonormal columns q and the triangle r, k by k. */
static enum why
factors_split(const double *x, size_t n, size_t k, double *q, double *r)
{
	double whole, norm;

	for (size_t j = 0; j < k; j++) {
		centre(x + j * n, n, q + j * n);
		whole = sqrt(dot(q + j * n, q + j * n, n));
		for (size_t i = 0; i < j; i++)
			r[i * k + j] = take_out(q + j * n, q + i * n, n);
		norm = sqrt(dot(q + j * n, q + j * n, n));
		if (!(norm > ALONE * whole) ||
		    lane_spread(lane_raw(x + j * n), n).squares <= 0)
			return (WHY_ZERO_VARIANCE);
		for (size_t i = 0; i < n; i++)
			q[j * n + i] /= norm;
		r[j * k + j] = norm;
	}
	return (WHY_OK);
}

/* Solves R b = c from the last up. */
static void
triangle_solve(const double *r, size_t k, double *b)
{
	for (size_t j = k; j-- > 0;) {
		for (size_t i = j + 1; i < k; i++)
			b[j] -= r[j * k + i] * b[i];
		b[j] /= r[j * k + j];
	}
}

/* Rows of the triangle's inverse give the variances of b. */
static void
errors_fill(const double *r, const double *x, size_t n, size_t k,
    double residual, double *error, double *column)
{
	double constant = 1 / (double)n;

	memset(error, 0, (k + 1) * sizeof(*error));
	for (size_t j = 0; j < k; j++) {
		double along = 0;

		memset(column, 0, k * sizeof(*column));
		column[j] = 1;
		triangle_solve(r, k, column);
		for (size_t i = 0; i < k; i++) {
			error[i + 1] += column[i] * column[i];
			along += column[i] *
			    lane_spread(lane_raw(x + i * n), n).mean;
		}
		constant += along * along;
	}
	error[0] = residual * sqrt(constant);
	for (size_t i = 1; i <= k; i++)
		error[i] = residual * sqrt(error[i]);
}

enum why
quant_regress(const double *y, const double *x, size_t n, size_t k,
    double *coefficient, double *error, double *residual, double *work,
    struct regression *out)
{
	double *q = work, *left = q + n * k, *r = left + n, *column = r + k * k;
	double mean, whole, rest, *b = coefficient + 1;
	enum why why = WHY_OK;

	if (n < k + 2)
		why = WHY_INSUFFICIENT_DATA;
	else if (!numbers_ok(y, n) || !numbers_ok(x, n * k))
		why = WHY_INVALID_INPUT;
	*out = (struct regression){ figure_none(why), figure_none(why),
	    figure_none(why) };
	if (why != WHY_OK || (why = factors_split(x, n, k, q, r)) != WHY_OK)
		return (why);
	mean = centre(y, n, left);
	whole = dot(left, left, n);
	for (size_t j = 0; j < k; j++)
		b[j] = take_out(left, q + j * n, n);
	triangle_solve(r, k, b);
	coefficient[0] = mean;
	for (size_t j = 0; j < k; j++)
		coefficient[0] -= b[j] *
		    lane_spread(lane_raw(x + j * n), n).mean;
	rest = dot(left, left, n);
	out->deviation = figure_of(sqrt(rest / (double)(n - k - 1)), 0);
	out->r_squared = out->adjusted = figure_none(WHY_ZERO_VARIANCE);
	if (whole > 0) {
		out->r_squared = figure_of(1 - rest / whole, 0);
		out->adjusted = figure_of(1 - rest / whole *
		    (double)(n - 1) / (double)(n - k - 1), 0);
	}
	errors_fill(r, x, n, k, out->deviation.value, error, column);
	if (residual != NULL)
		memcpy(residual, left, n * sizeof(*left));
	return (WHY_OK);
}
