/*
 * Indicators beside twins that do it the long way: every window computed
 * whole, from arrays, by the definition. A twin answers NaN where the
 * indicator has no answer yet.
 */
#include "quant/golden.h"

enum { BARS = 400 };

static double column[5][BARS], want[5][BARS], got[5][BARS];
static double state_a[INDICATOR_STATE_MAX];
static double *const high = column[1], *const low = column[2];
static double *const close = column[3], *const volume = column[4];

static struct bars
walk(uint64_t seed)
{
	struct dice d = { seed };
	double x = 100;

	for (size_t i = 0; i < BARS; i++) {
		column[0][i] = x;
		x *= 1 + 0.01 * dice_normal(&d);
		/* Steps make ties of highs, lows and closes. */
		x = i % 5 == 0 ? floor(x) : x;
		close[i] = x;
		high[i] = ceil(fmax(x, column[0][i]));
		low[i] = floor(fmin(x, column[0][i]));
		volume[i] = floor(1000 * dice_unit(&d));
	}
	return ((struct bars){ column[0], high, low, close, volume, BARS });
}

/* Run `name` and hold every output to want[], which starts with NaN. */
static void
beside(const char *name, const double *param)
{
	const struct indicator *row = quant_indicator(name);
	struct bars in = { column[0], high, low, close, volume, BARS };
	double *out[INDICATOR_OUTPUTS_MAX];
	size_t n, lead;

	for (int j = 0; j < INDICATOR_OUTPUTS_MAX; j++)
		out[j] = got[j];
	n = quant_indicator_run(row, param, &in, state_a, out);
	lead = BARS - n;
	assert_int_equal(lead, row->need(param) - 1);
	for (int j = 0; j < INDICATOR_OUTPUTS_MAX && row->output[j] != NULL;
	    j++)
		for (size_t i = lead; i < BARS; i++) {
			assert_int_equal(isnan(got[j][i - lead]),
			    isnan(want[j][i]));
			if (!isnan(want[j][i]))
				assert_within(got[j][i - lead], want[j][i],
				    1e-9);
		}
}

/* ---- whole windows ----------------------------------------------- */

static double
twin_wma(const double *x, size_t at, size_t w)
{
	double sum = 0;

	if (at + 1 < w)
		return (NAN);
	for (size_t i = 0; i < w; i++)
		sum += (double)(w - i) * x[at - i];
	return (sum / ((double)w * (double)(w + 1) / 2));
}

static double
twin_mean(const double *x, size_t at, size_t w)
{
	double sum = 0;

	if (at + 1 < w)
		return (NAN);
	for (size_t i = 0; i < w; i++)
		sum += x[at - i];
	return (sum / (double)w);
}

static double
twin_highest(const double *x, size_t at, size_t w, size_t *ago)
{
	*ago = 0;
	for (size_t i = 1; i < w; i++)
		if (x[at - i] > x[at - *ago])
			*ago = i;
	return (x[at - *ago]);
}

static double
twin_lowest(const double *x, size_t at, size_t w, size_t *ago)
{
	*ago = 0;
	for (size_t i = 1; i < w; i++)
		if (x[at - i] < x[at - *ago])
			*ago = i;
	return (x[at - *ago]);
}

/* Seeded with the mean of its first w values that are there. */
static void
twin_ema(const double *x, double w, double alpha, double *out)
{
	size_t from = 0;

	while (from < BARS && isnan(x[from]))
		from++;
	for (size_t i = 0; i < BARS; i++) {
		if (i + 1 < from + (size_t)w)
			out[i] = NAN;
		else if (i + 1 == from + (size_t)w)
			out[i] = twin_mean(x, i, (size_t)w);
		else
			out[i] = out[i - 1] + alpha * (x[i] - out[i - 1]);
	}
}

static double
twin_range(size_t i)
{
	return (fmax(high[i] - low[i], fmax(fabs(high[i] - close[i - 1]),
	    fabs(low[i] - close[i - 1]))));
}

/* ---- averages ---------------------------------------------------- */

static void
weighted_averages(void **state)
{
	static double raw[BARS];
	size_t w, half, root;

	(void)state;
	for (w = 2; w < 60; w += 3) {
		walk(w);
		half = w / 2;
		root = (size_t)sqrt((double)w);
		for (size_t i = 0; i < BARS; i++) {
			want[0][i] = twin_wma(close, i, w);
			raw[i] = 2 * twin_wma(close, i, half) - want[0][i];
		}
		beside("wma", (const double[]){ (double)w });
		for (size_t i = 0; i < BARS; i++)
			want[0][i] = i + 2 < w + root ? NAN :
			    twin_wma(raw, i, root);
		beside("hma", (const double[]){ (double)w });
	}
}

static void
kaufmans_average(void **state)
{
	double moves, rate, last;
	size_t w;

	(void)state;
	for (w = 1; w < 30; w += 4) {
		walk(w);
		last = close[w - 1];
		for (size_t i = w; i < BARS; i++) {
			moves = 0;
			for (size_t k = 0; k < w; k++)
				moves += fabs(close[i - k] - close[i - k - 1]);
			rate = moves > 0 ?
			    fabs(close[i] - close[i - w]) / moves : 0;
			rate = rate * (2.0 / 3 - 2.0 / 31) + 2.0 / 31;
			last += rate * rate * (close[i] - last);
			want[0][i] = last;
		}
		beside("kama", (const double[]){ (double)w, 2, 30 });
	}
}

static void
speed_of_a_triple_average(void **state)
{
	static double e[3][BARS];

	(void)state;
	walk(3);
	twin_ema(close, 7, 2.0 / 8, e[0]);
	twin_ema(e[0], 7, 2.0 / 8, e[1]);
	twin_ema(e[1], 7, 2.0 / 8, e[2]);
	want[0][0] = NAN;
	for (size_t i = 1; i < BARS; i++)
		want[0][i] = 100 * (e[2][i] / e[2][i - 1] - 1);
	twin_ema(want[0], 5, 2.0 / 6, want[1]);
	beside("trix", (const double[]){ 7, 5 });
}

/* ---- momentum ---------------------------------------------------- */

static void
stochastic_of_the_rsi(void **state)
{
	static double up[BARS], down[BARS], gain[BARS], loss[BARS], rsi[BARS];
	static double raw[BARS];
	double most, least;
	size_t ago;

	(void)state;
	walk(4);
	up[0] = down[0] = NAN;
	for (size_t i = 1; i < BARS; i++) {
		up[i] = fmax(close[i] - close[i - 1], 0);
		down[i] = fmax(close[i - 1] - close[i], 0);
	}
	twin_ema(up, 9, 1.0 / 9, gain);
	twin_ema(down, 9, 1.0 / 9, loss);
	for (size_t i = 0; i < BARS; i++)
		rsi[i] = 100 * gain[i] / (gain[i] + loss[i]);
	for (size_t i = 0; i < BARS; i++) {
		raw[i] = NAN;
		if (i < 9 + 11 - 1)
			continue;
		most = twin_highest(rsi, i, 11, &ago);
		least = twin_lowest(rsi, i, 11, &ago);
		raw[i] = 100 * (rsi[i] - least) / (most - least);
	}
	for (size_t i = 0; i < BARS; i++) {
		want[0][i] = twin_mean(raw, i, 3);
		want[1][i] = i < 4 ? NAN : twin_mean(want[0], i, 4);
	}
	beside("stochastic_rsi", (const double[]){ 9, 11, 3, 4 });
}

static void
the_ultimate_oscillator(void **state)
{
	static const size_t w[] = { 5, 9, 17 };
	double up, all;

	(void)state;
	walk(5);
	for (size_t i = 17; i < BARS; i++) {
		want[0][i] = 0;
		for (size_t j = 0; j < 3; j++) {
			up = all = 0;
			for (size_t k = i - w[j] + 1; k <= i; k++) {
				up += close[k] - fmin(low[k], close[k - 1]);
				all += twin_range(k);
			}
			want[0][i] += 100.0 / 7 * (4 >> j) * up / all;
		}
	}
	beside("ultimate", (const double[]){ 5, 9, 17 });
}

static void
aroon_counts_from_the_latest_extreme(void **state)
{
	size_t up, down;

	(void)state;
	for (size_t w = 1; w < 40; w += 6) {
		walk(w);
		for (size_t i = w; i < BARS; i++) {
			twin_highest(high, i, w + 1, &up);
			twin_lowest(low, i, w + 1, &down);
			want[0][i] = 100 * (double)(w - up) / (double)w;
			want[1][i] = 100 * (double)(w - down) / (double)w;
			want[2][i] = want[0][i] - want[1][i];
		}
		beside("aroon", (const double[]){ (double)w });
	}
}

/* ---- channels ---------------------------------------------------- */

static void
keltners_bands(void **state)
{
	static double range[BARS], atr[BARS];

	(void)state;
	walk(6);
	range[0] = NAN;
	for (size_t i = 1; i < BARS; i++)
		range[i] = twin_range(i);
	twin_ema(range, 8, 1.0 / 8, atr);
	twin_ema(close, 15, 2.0 / 16, want[0]);
	for (size_t i = 0; i < BARS; i++) {
		want[1][i] = want[0][i] + 1.5 * atr[i];
		want[2][i] = want[0][i] - 1.5 * atr[i];
	}
	beside("keltner", (const double[]){ 15, 1.5, 8 });
}

static double
twin_middle(size_t at, size_t w)
{
	size_t ago;

	return (at + 1 < w ? NAN : (twin_highest(high, at, w, &ago) +
	    twin_lowest(low, at, w, &ago)) / 2);
}

static void
ichimokus_cloud(void **state)
{
	(void)state;
	walk(7);
	for (size_t i = 0; i < BARS; i++) {
		want[0][i] = twin_middle(i, 5);
		want[1][i] = twin_middle(i, 12);
		want[2][i] = i < 10 ? NAN : (want[0][i - 10] +
		    want[1][i - 10]) / 2;
		want[3][i] = i < 10 ? NAN : twin_middle(i - 10, 25);
	}
	beside("ichimoku", (const double[]){ 5, 12, 25, 10 });
}

/* It turns exactly where a bar reaches it, and else only tightens. */
static void
the_parabolic_keeps_its_side(void **state)
{
	const struct indicator *row = quant_indicator("sar");
	double param[] = { 0.02, 0.2 }, *out[] = { got[0], got[1] };
	struct bars in = walk(8);
	size_t n = quant_indicator_run(row, param, &in, state_a, out);
	size_t turns = 0;

	(void)state;
	assert_int_equal(n, BARS - 1);
	for (size_t k = 1; k < n; k++) {
		double up = got[1][k];
		size_t i = k + 1;

		assert_true(up == 1 || up == -1);
		if (up > 0)
			assert_true(got[0][k] <= low[i]);
		else
			assert_true(got[0][k] >= high[i]);
		if (got[1][k - 1] == up)
			assert_true(up * (got[0][k] - got[0][k - 1]) >= 0);
		else
			turns++;
	}
	assert_true(turns > 5 && turns < BARS / 3);
}

/* Wilder by hand: two rising bars, a rate that steps, and a turn. */
static void
the_parabolic_by_hand(void **state)
{
	static const double highs[] = { 10, 11, 12, 13, 10 };
	static const double lows[] = { 9, 10, 11, 12, 8 };
	/* 9 + .02 * 2; min(9.04 + .04 * 2.96, 10) .. ; then the peak. */
	static const double stops[] = { 9, 9.04, 9.1584, 13 };
	double param[] = { 0.02, 0.2 }, *out[] = { got[0], got[1] };
	struct bars in = { .high = highs, .low = lows, .n = 5 };

	(void)state;
	assert_int_equal(quant_indicator_run(quant_indicator("sar"), param,
	    &in, state_a, out), 4);
	for (size_t k = 0; k < 4; k++)
		assert_near(got[0][k], stops[k]);
	assert_true(got[1][2] == 1 && got[1][3] == -1);
}

/* A first rate beyond the fastest is the fastest, as at every turn. */
static void
the_parabolic_is_never_faster_than_told(void **state)
{
	double fast[] = { 0.5, 0.1 }, same[] = { 0.1, 0.1 };
	struct bars in = walk(8);
	const struct indicator *row = quant_indicator("sar");

	(void)state;
	assert_int_equal(quant_indicator_run(row, fast, &in, state_a,
	    (double *[]){ got[0], got[1] }), BARS - 1);
	assert_int_equal(quant_indicator_run(row, same, &in, state_a,
	    (double *[]){ want[0], want[1] }), BARS - 1);
	for (size_t k = 0; k < BARS - 1; k++)
		assert_true(got[0][k] == want[0][k] &&
		    got[1][k] == want[1][k]);
}

/* ---- volume ------------------------------------------------------ */

static void
accumulated_volume(void **state)
{
	static double flow[BARS], line[BARS], fast[BARS], slow[BARS];
	double sum = 0;

	(void)state;
	walk(9);
	for (size_t i = 0; i < BARS; i++) {
		flow[i] = high[i] > low[i] ? volume[i] * (2 * close[i] -
		    low[i] - high[i]) / (high[i] - low[i]) : 0;
		line[i] = want[0][i] = sum += flow[i];
	}
	beside("ad", NULL);
	for (size_t i = 0; i < BARS; i++)
		want[0][i] = twin_mean(flow, i, 13) / twin_mean(volume, i, 13);
	beside("chaikin_money_flow", (const double[]){ 13 });
	twin_ema(line, 3, 2.0 / 4, fast);
	twin_ema(line, 10, 2.0 / 11, slow);
	for (size_t i = 0; i < BARS; i++)
		want[0][i] = fast[i] - slow[i];
	beside("chaikin", (const double[]){ 3, 10 });
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(weighted_averages),
		cmocka_unit_test(kaufmans_average),
		cmocka_unit_test(speed_of_a_triple_average),
		cmocka_unit_test(stochastic_of_the_rsi),
		cmocka_unit_test(the_ultimate_oscillator),
		cmocka_unit_test(aroon_counts_from_the_latest_extreme),
		cmocka_unit_test(keltners_bands),
		cmocka_unit_test(ichimokus_cloud),
		cmocka_unit_test(the_parabolic_keeps_its_side),
		cmocka_unit_test(the_parabolic_by_hand),
		cmocka_unit_test(the_parabolic_is_never_faster_than_told),
		cmocka_unit_test(accumulated_volume),
	};

	return (cmocka_run_group_tests(tests, NULL, NULL));
}
