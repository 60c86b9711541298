/*
 * Passes over many bars beside the steps they stand for: every row, sizes
 * about the borders of blocks and passes, and numbers that a running sum
 * would spoil.
 */
#include "quant/golden.h"

enum { MOST = 5000, ROOM = 1024 };

static double column[5][MOST], kept[5][MOST];
static double out[INDICATOR_OUTPUTS_MAX][MOST];
static double want[INDICATOR_OUTPUTS_MAX][MOST];
static double state_a[INDICATOR_STATE_MAX];
static double *const x = column[3];

#define EACH(row)	\
	const struct indicator *row = quant_indicators; \
	row->name != NULL; row++

static struct bars
bars(size_t n)
{
	return ((struct bars){ column[0], column[1], column[2], column[3],
	    column[4], n });
}

static size_t
outputs(const struct indicator *row)
{
	size_t n = 0;

	while (n < INDICATOR_OUTPUTS_MAX && row->output[n] != NULL)
		n++;
	return (n);
}

static size_t
by_steps(const struct indicator *row, const double *param, size_t n)
{
	double step[INDICATOR_OUTPUTS_MAX];
	struct bar bar;
	size_t k = 0;

	quant_indicator_start(row, param, state_a);
	for (size_t i = 0; i < n; i++) {
		bar = (struct bar){ column[0][i], column[1][i], column[2][i],
		    column[3][i], column[4][i] };
		if (!row->step(state_a, param, &bar, step))
			continue;
		for (size_t j = 0; j < outputs(row); j++)
			want[j][k] = step[j];
		k++;
	}
	return (k);
}

static size_t
by_passes(const struct indicator *row, const double *param, size_t n)
{
	double *to[INDICATOR_OUTPUTS_MAX];
	struct bars in = bars(n);

	for (size_t j = 0; j < INDICATOR_OUTPUTS_MAX; j++)
		to[j] = out[j];
	return (quant_indicator_run(row, param, &in, state_a, to));
}

/* The largest number an output has, or was computed from. */
static double
scale_of(const struct indicator *row, const double *w, size_t k, size_t n)
{
	double most = 100;

	for (size_t i = 0; i < k; i++)
		most = fmax(most, isfinite(w[i]) ? fabs(w[i]) : 0);
	for (size_t i = 0; i < n; i++)
		for (int c = 0; c < 4; c++)
			most = fmax(most, fabs(column[c][i]));
	if (row->reads & BAR_VOLUME)
		for (size_t i = 0; i < n; i++)
			most = fmax(most, column[4][i]);
	return (most);
}

static void
agree_with(const struct indicator *row, const double *param, size_t n,
    double room)
{
	size_t k = by_steps(row, param, n);
	double most;

	/* A ratio of differences: its rounding is that of prices. */
	if (strcmp(row->name, "cci") == 0)
		room *= 100;
	assert_int_equal(by_passes(row, param, n), k);
	for (size_t j = 0; j < outputs(row); j++) {
		most = scale_of(row, want[j], k, n);
		for (size_t i = 0; i < k; i++)
			if (isnan(out[j][i]) != !isfinite(want[j][i]) ||
			    fabs(out[j][i] - want[j][i]) > room * most)
				fail_msg("%s.%s(%g) of %zu: [%zu] %.17g not "
				    "%.17g", row->name, row->output[j],
				    param[0], n, i, out[j][i], want[j][i]);
	}
}

/* Every row whose first window w fits, on the first n bars. */
static void
agree(double w, size_t n, double room)
{
	double param[INDICATOR_PARAMS_MAX];

	for (EACH(row)) {
		quant_indicator_defaults(row, param);
		if (row->param[0].max >= INDICATOR_WINDOW_MAX)
			param[0] = w;
		if (quant_indicator_fits(row, param))
			agree_with(row, param, n, room);
	}
}

static void
walk(uint64_t seed)
{
	struct dice d = { seed };
	double price = 100, open;

	for (size_t i = 0; i < MOST; i++) {
		open = price * (1 + 0.003 * dice_normal(&d));
		price = open * (1 + 0.01 * dice_normal(&d));
		column[0][i] = open;
		column[1][i] = fmax(open, price) * (1 + 0.005 * dice_unit(&d));
		column[2][i] = fmin(open, price) * (1 - 0.005 * dice_unit(&d));
		column[3][i] = price;
		column[4][i] = floor(1000 * (1 + dice_unit(&d)));
	}
}

static void
passes_agree_with_steps(void **state)
{
	static const double windows[] = { 1, 2, 3, 4, 5, 14, 20, 63, 255, 256,
	    257, 480, 513, 514, 999, 1000 };
	static const size_t sizes[] = { 1000, ROOM - 1, ROOM, ROOM + 1, 2028,
	    2035, MOST };

	(void)state;
	walk(21);
	for (size_t i = 0; i < sizeof(windows) / sizeof(windows[0]); i++)
		for (size_t j = 0; j < sizeof(sizes) / sizeof(sizes[0]); j++)
			agree(windows[i], sizes[j], 1e-12);
}

static void
parameters_of_every_size_agree(void **state)
{
	double param[INDICATOR_PARAMS_MAX];
	struct dice d = { 31 };

	(void)state;
	walk(30);
	for (EACH(row))
		for (int round = 0; round < 30; round++) {
			quant_indicator_defaults(row, param);
			for (int i = 0; row->param[i].name != NULL; i++)
				if (row->param[i].max >= INDICATOR_WINDOW_MAX)
					param[i] = fmax(row->param[i].min, 1 +
					    floor(pow(dice_unit(&d), 3) *
					    600));
			agree_with(row, param, dice_bits(&d) % MOST, 1e-12);
		}
}

static void
the_smallest_arrays_agree(void **state)
{
	(void)state;
	walk(22);
	for (double w = 1; w < 12; w++)
		for (size_t n = 0; n < 40; n++)
			agree(w, n, 1e-12);
}

static void
windows_that_do_not_fit_have_no_answer(void **state)
{
	(void)state;
	walk(23);
	assert_int_equal(quant_sma(x, MOST, INDICATOR_WINDOW_MAX + 1, x), 0);
	assert_int_equal(quant_sma(x, MOST, 0, x), 0);
	assert_int_equal(quant_sma(x, 10, 11, x), 0);
	assert_int_equal(quant_ema(x, MOST, 0, x), 0);
	assert_int_equal(quant_ema(x, 10, 11, x), 0);
	assert_int_equal(quant_rsi(x, MOST, 0, x), 0);
	assert_int_equal(quant_rsi(x, 10, 10, x), 0);
	assert_int_equal(quant_rsi(x, 0, 1, x), 0);
	assert_int_equal(quant_roll_deviation(x, MOST, 1, x), 0);
	assert_int_equal(quant_roll_deviation(x, 10, 11, x), 0);
}

/* Those asked for by name are the rows. */
static void
names_answer_what_rows_answer(void **state)
{
	static const struct {
		const char	*name;
		size_t		(*run)(const double *, size_t, size_t,
				    double *);
	} named[] = { { "sma", quant_sma }, { "ema", quant_ema },
	    { "rsi", quant_rsi }, { "deviation", quant_roll_deviation } };
	static const size_t windows[] = { 2, 20, 256, 513, 1000 };

	(void)state;
	for (size_t r = 0; r < 4; r++)
		for (size_t i = 0; i < 5; i++) {
			double w = (double)windows[i];
			size_t k;

			walk(28);
			k = by_steps(quant_indicator(named[r].name), &w, MOST);
			/* Into the input. */
			assert_int_equal(named[r].run(x, MOST, windows[i], x),
			    k);
			for (size_t at = 0; at < k; at++)
				assert_true(fabs(x[at] - want[0][at]) <=
				    1e-12 * 1000);
		}
}

/* Each answer to the size of its own window's numbers. */
static void
agree_closely(const char *name, double w, double tol)
{
	const struct indicator *row = quant_indicator(name);
	double param[INDICATOR_PARAMS_MAX], most;
	size_t k;

	quant_indicator_defaults(row, param);
	param[0] = w;
	k = by_steps(row, param, MOST);
	assert_int_equal(by_passes(row, param, MOST), k);
	for (size_t i = 0; i < k; i++) {
		most = 0;
		for (size_t at = i; at < i + (size_t)w; at++)
			most = fmax(most, fabs(x[at]));
		if (isnan(out[0][i]) != isnan(want[0][i]) ||
		    fabs(out[0][i] - want[0][i]) > tol * most)
			fail_msg("%s: [%zu] %.17g not %.17g", name, i,
			    out[0][i], want[0][i]);
	}
}

static void
a_spike_leaves_nothing_behind(void **state)
{
	(void)state;
	for (size_t spike = 0; spike < 2100; spike += 137) {
		walk(24);
		x[spike] = 1e13;
		x[spike + 3] = -1e13;
		agree_closely("sma", 20, 1e-12);
		agree_closely("wma", 20, 1e-12);
		agree_closely("slope", 20, 1e-12);
		agree_closely("deviation", 20, 1e-12);
	}
}

static void
flat_stretches_are_flat(void **state)
{
	(void)state;
	walk(25);
	for (size_t i = 300; i < 900; i++)
		x[i] = 0.1;
	for (size_t i = 2000; i < 2300; i++)
		x[i] = 1e9;
	agree_closely("sma", 20, 1e-12);
	agree_closely("deviation", 20, 1e-12);
	assert_true(out[0][500] == 0 && out[0][2100] == 0);
	for (int c = 0; c < 4; c++)
		for (size_t i = 300; i < 900; i++)
			column[c][i] = 0.1;
	agree(20, MOST, 1e-12);
}

static void
numbers_about_zero_agree(void **state)
{
	struct dice d = { 26 };

	(void)state;
	for (size_t i = 0; i < MOST; i++)
		x[i] = dice_normal(&d);
	agree_closely("deviation", 20, 1e-13);
	agree_closely("deviation", 500, 1e-13);
}

/* ---- drift: a price of a million that moves by a cent ------------ */

static void
at_a_million(uint64_t seed)
{
	struct dice d = { seed };

	for (size_t i = 0; i < MOST; i++)
		for (int c = 1; c < 4; c++)
			column[c][i] = 1e6 + 0.01 * dice_normal(&d) +
			    (c == 1) - (c == 2);
}

/* sum of weight(j) * (x[j] - mean), long double, from nothing. */
static long double
window_sum(size_t from, size_t w, int power, bool placed)
{
	long double m = 0, sum = 0, d;

	for (size_t j = from; j < from + w; j++)
		m += x[j] - 1e6L;
	m /= w;
	for (size_t j = from; j < from + w; j++) {
		d = x[j] - 1e6L - m;
		sum += (placed ? (long double)(j - from) : 1) *
		    (power == 2 ? d * d : power == 1 ? d : fabsl(d));
	}
	return (sum);
}

static void
drift_deviation_at_a_million_is_exact(void **state)
{
	const struct indicator *row = quant_indicator("deviation");
	double w[] = { 20 };
	long double exact;
	size_t k;

	(void)state;
	at_a_million(27);
	k = by_steps(row, w, MOST);
	assert_int_equal(by_passes(row, w, MOST), k);
	for (size_t i = 0; i < k; i++) {
		exact = sqrtl(window_sum(i, 20, 2, false) / 20);
		assert_true(fabsl(out[0][i] / exact - 1) < 1e-12L);
		assert_true(fabsl(want[0][i] / exact - 1) < 1e-12L);
	}
}

static void
drift_slope_at_a_million_is_exact(void **state)
{
	const struct indicator *row = quant_indicator("slope");
	static const double windows[] = { 3, 14, 100, 400 };
	long double products, squares, places;

	(void)state;
	at_a_million(32);
	for (size_t i = 0; i < 4; i++) {
		double w = windows[i];
		size_t k = by_steps(row, &w, MOST);

		assert_int_equal(by_passes(row, &w, MOST), k);
		places = w * (w * w - 1.0L) / 12;
		for (size_t at = 0; at < k; at++) {
			products = window_sum(at, (size_t)w, 1, true);
			squares = window_sum(at, (size_t)w, 2, false);
			/* To the steepest line of so wide a window. */
			assert_true(fabsl(out[0][at] - products / places) <
			    1e-12L * sqrtl(squares / places));
			assert_true(fabsl(want[0][at] - products / places) <
			    1e-12L * sqrtl(squares / places));
			assert_true(fabsl(out[1][at] - products * products /
			    places / squares) < 1e-12L);
			assert_true(fabsl(want[1][at] - products * products /
			    places / squares) < 1e-12L);
		}
	}
}

static void
drift_mean_deviation_at_a_million_is_exact(void **state)
{
	const struct indicator *row = quant_indicator("cci");
	double w[] = { 20 }, high;
	long double m, exact;
	size_t k;

	(void)state;
	at_a_million(33);
	for (size_t i = 0; i < MOST; i++)
		column[1][i] = column[2][i] = x[i];
	k = by_steps(row, w, MOST);
	assert_int_equal(by_passes(row, w, MOST), k);
	for (size_t i = 0; i < MOST; i++) {
		high = x[i];
		x[i] = (high + high + high) / 3;
	}
	for (size_t i = 0; i < k; i++) {
		m = 0;
		for (size_t j = i; j < i + 20; j++)
			m += x[j] - 1e6L;
		exact = (x[i + 19] - 1e6L - m / 20) /
		    (0.015L * window_sum(i, 20, 0, false) / 20);
		/* The mean itself has the last digit of a million. */
		assert_true(fabsl(out[0][i] - exact) < 1e-5L);
		assert_true(fabsl(want[0][i] - exact) < 1e-5L);
	}
}

/* A million bars: the last window is as exact as the first. */
static void
drift_the_last_of_a_million_bars_is_as_the_first(void **state)
{
	enum { MANY = 1000000, TAIL = 3000 };
	static const char *const names[] = { "sma", "wma", "hma", "slope",
	    "deviation", "bollinger", "z_score", "volatility", "roc",
	    "momentum" };
	double *long_x = malloc(MANY * sizeof(*long_x)), param[4];
	double *all[INDICATOR_OUTPUTS_MAX], *part[INDICATOR_OUTPUTS_MAX];
	struct bars in = { .close = long_x, .n = MANY }, tail;
	struct dice d = { 34 };
	size_t n, m;

	(void)state;
	assert_non_null(long_x);
	for (size_t j = 0; j < INDICATOR_OUTPUTS_MAX; j++) {
		assert_non_null(all[j] = malloc(MANY * sizeof(double)));
		part[j] = out[j];
	}
	for (size_t i = 0; i < MANY; i++)
		long_x[i] = (i < MANY / 2 ? 1e9 : 100) + dice_normal(&d);
	tail = (struct bars){ .close = long_x + MANY - TAIL, .n = TAIL };
	for (size_t r = 0; r < sizeof(names) / sizeof(names[0]); r++) {
		const struct indicator *row = quant_indicator(names[r]);

		quant_indicator_defaults(row, param);
		n = quant_indicator_run(row, param, &in, state_a, all);
		m = quant_indicator_run(row, param, &tail, state_a, part);
		for (size_t j = 0; j < outputs(row); j++)
			for (size_t k = 0; k < m; k++)
				assert_within(all[j][n - m + k], part[j][k],
				    1e-11);
	}
	free(long_x);
	for (size_t j = 0; j < INDICATOR_OUTPUTS_MAX; j++)
		free(all[j]);
}

static void
law_every_sub_range_agrees_across_passes(void **state)
{
	static const char *const names[] = { "sma", "wma", "hma", "slope",
	    "momentum", "roc", "stochastic", "ultimate", "aroon",
	    "williams_r", "cci", "deviation", "z_score", "bollinger",
	    "volatility", "true_range", "ichimoku", "donchian",
	    "chaikin_money_flow", "mfi", "return" };
	double param[INDICATOR_PARAMS_MAX], *part[INDICATOR_OUTPUTS_MAX];
	struct dice d = { 36 };
	size_t n, m, cut;

	(void)state;
	walk(35);
	for (size_t j = 0; j < INDICATOR_OUTPUTS_MAX; j++)
		part[j] = want[j];
	for (size_t r = 0; r < sizeof(names) / sizeof(names[0]); r++) {
		const struct indicator *row = quant_indicator(names[r]);
		struct bars tail;

		quant_indicator_defaults(row, param);
		n = by_passes(row, param, MOST);
		cut = dice_bits(&d) % 3000;
		tail = (struct bars){ column[0] + cut, column[1] + cut,
		    column[2] + cut, column[3] + cut, column[4] + cut,
		    MOST - cut };
		m = quant_indicator_run(row, param, &tail, state_a, part);
		for (size_t j = 0; j < outputs(row); j++)
			for (size_t k = 0; k < m; k++)
				if (!isnan(part[j][k]))
					assert_within(part[j][k],
					    out[j][n - m + k], 1e-9);
	}
}

/* No look-ahead: the beginning of a longer array has the same answers. */
static void
law_later_bars_change_nothing_earlier(void **state)
{
	double param[INDICATOR_PARAMS_MAX];
	struct dice d = { 39 };
	size_t k, n;

	(void)state;
	walk(38);
	for (EACH(row))
		for (int round = 0; round < 4; round++) {
			quant_indicator_defaults(row, param);
			n = row->need(param) + dice_bits(&d) % 3000;
			k = by_passes(row, param, n);
			memcpy(want, out, sizeof(want));
			by_passes(row, param, MOST);
			for (size_t j = 0; j < outputs(row); j++)
				for (size_t i = 0; i < k; i++)
					assert_true((isnan(out[j][i]) &&
					    isnan(want[j][i])) ||
					    out[j][i] == want[j][i]);
		}
}

static void
an_output_may_be_any_column(void **state)
{
	double param[INDICATOR_PARAMS_MAX], *over[INDICATOR_OUTPUTS_MAX];
	struct bars in = bars(MOST);
	size_t k;

	(void)state;
	walk(29);
	memcpy(kept, column, sizeof(kept));
	for (EACH(row))
		for (size_t turn = 0; turn < 5; turn++) {
			memcpy(column, kept, sizeof(kept));
			quant_indicator_defaults(row, param);
			k = by_passes(row, param, MOST);
			for (size_t j = 0; j < INDICATOR_OUTPUTS_MAX; j++)
				over[j] = column[(j + turn) % 5];
			assert_int_equal(quant_indicator_run(row, param, &in,
			    state_a, over), k);
			for (size_t j = 0; j < outputs(row); j++)
				assert_memory_equal(over[j], out[j],
				    k * sizeof(double));
		}
}

/* Numbers near the end of a double's range: no value, or a finite one. */
static void
the_largest_and_smallest_numbers_have_no_infinity(void **state)
{
	static const double sizes[] = { 1e308, 1e200, 1e154, 1e-154, 1e-308,
	    5e-324 };
	double param[INDICATOR_PARAMS_MAX];
	struct dice d = { 37 };
	size_t k;

	(void)state;
	for (size_t s = 0; s < sizeof(sizes) / sizeof(sizes[0]); s++) {
		for (size_t i = 0; i < MOST; i++)
			for (int c = 0; c < 5; c++)
				column[c][i] = sizes[s] *
				    fmax(dice_unit(&d), 1e-3);
		for (size_t i = 0; i < MOST; i++)
			x[i] = x[i] > 0 ? x[i] : sizes[s];
		for (EACH(row)) {
			quant_indicator_defaults(row, param);
			k = by_passes(row, param, MOST);
			assert_int_equal(k, MOST - row->need(param) + 1);
			for (size_t j = 0; j < outputs(row); j++)
				for (size_t i = 0; i < k; i++)
					assert_false(isinf(out[j][i]));
		}
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_smallest_arrays_agree),
		cmocka_unit_test(windows_that_do_not_fit_have_no_answer),
		cmocka_unit_test(passes_agree_with_steps),
		cmocka_unit_test(parameters_of_every_size_agree),
		cmocka_unit_test(names_answer_what_rows_answer),
		cmocka_unit_test(numbers_about_zero_agree),
		cmocka_unit_test(a_spike_leaves_nothing_behind),
		cmocka_unit_test(flat_stretches_are_flat),
		cmocka_unit_test(drift_deviation_at_a_million_is_exact),
		cmocka_unit_test(drift_slope_at_a_million_is_exact),
		cmocka_unit_test(drift_mean_deviation_at_a_million_is_exact),
		cmocka_unit_test(
		    drift_the_last_of_a_million_bars_is_as_the_first),
		cmocka_unit_test(law_every_sub_range_agrees_across_passes),
		cmocka_unit_test(law_later_bars_change_nothing_earlier),
		cmocka_unit_test(an_output_may_be_any_column),
		cmocka_unit_test(
		    the_largest_and_smallest_numbers_have_no_infinity),
	};

	return (cmocka_run_group_tests(tests, NULL, NULL));
}
