/*
 * Covariances of many series: the sample's, and one that is drawn to what
 * little the sample can be trusted with.
 */
#include "quant/lane.h"

static enum why
many_fault(const double *r, size_t n, size_t t)
{
	if (n == 0 || t < 2)
		return (WHY_INSUFFICIENT_DATA);
	return (numbers_ok(r, n * t) ? WHY_OK : WHY_INVALID_INPUT);
}

static void
covariances_fill(const double *r, size_t n, size_t t, double by, double *out)
{
	struct pair p;

	for (size_t i = 0; i < n; i++)
		for (size_t j = 0; j <= i; j++) {
			lane_pair(lane_raw(r + i * t), lane_raw(r + j * t), t,
			    &p);
			out[i * n + j] = out[j * n + i] = p.products / by;
		}
}

enum why
quant_covariances(const double *r, size_t n, size_t t, double *out)
{
	enum why why = many_fault(r, n, t);

	if (why == WHY_OK)
		covariances_fill(r, n, t, (double)(t - 1), out);
	return (why);
}

/* Sum over the periods of squared distances of x x' from the sample's. */
static double
scatter_of(const double *centred, const double *s, size_t n, size_t t)
{
	struct sum sum = { 0 };
	double norm, product;

	/* |x x' - S|^2 is |x|^4 - 2 x' S x + |S|^2. */
	for (size_t k = 0; k < t; k++) {
		norm = product = 0;
		for (size_t i = 0; i < n; i++) {
			norm += centred[i * t + k] * centred[i * t + k];
			for (size_t j = 0; j < n; j++)
				product += centred[i * t + k] * s[i * n + j] *
				    centred[j * t + k];
		}
		sum_add(&sum, norm * norm - 2 * product);
	}
	for (size_t i = 0; i < n * n; i++)
		sum_add(&sum, (double)t * s[i] * s[i]);
	return (fmax(0, sum_of(sum)));
}

enum why
quant_shrunk_covariances(const double *r, size_t n, size_t t, double *out,
    double *shrinkage, double *work)
{
	enum why why = many_fault(r, n, t);
	double trace = 0, apart = 0, scatter, mean, target;

	if (why != WHY_OK)
		return (why);
	for (size_t i = 0; i < n; i++) {
		mean = lane_spread(lane_raw(r + i * t), t).mean;
		for (size_t k = 0; k < t; k++)
			work[i * t + k] = r[i * t + k] - mean;
	}
	covariances_fill(r, n, t, (double)t, out);
	for (size_t i = 0; i < n; i++)
		trace += out[i * n + i];
	target = trace / (double)n;
	for (size_t i = 0; i < n; i++)
		for (size_t j = 0; j < n; j++) {
			mean = out[i * n + j] - (i == j ? target : 0);
			apart += mean * mean;
		}
	scatter = scatter_of(work, out, n, t) / ((double)t * (double)t);
	*shrinkage = apart > 0 ? fmin(1, scatter / apart) : 0;
	for (size_t i = 0; i < n; i++)
		for (size_t j = 0; j < n; j++)
			out[i * n + j] = (1 - *shrinkage) * out[i * n + j] +
			    (i == j ? *shrinkage * target : 0);
	return (WHY_OK);
}
