/*
 * The table of indicators, row by row: what holds of each, whatever it is
 * an indicator of: history, streams, overwriting, sub-ranges, scale.
 */
#include "quant/golden.h"

enum { BARS = 700 };

static double state_a[INDICATOR_STATE_MAX], state_b[INDICATOR_STATE_MAX];
static double answer[INDICATOR_OUTPUTS_MAX][BARS];
static double other[INDICATOR_OUTPUTS_MAX][BARS];
static double column[5][BARS];

static void
rows_of(double (*x)[BARS], double **out)
{
	for (int j = 0; j < INDICATOR_OUTPUTS_MAX; j++)
		out[j] = x[j];
}

static size_t
outputs(const struct indicator *row)
{
	size_t n = 0;

	while (n < INDICATOR_OUTPUTS_MAX && row->output[n] != NULL)
		n++;
	return (n);
}

/* A random walk with highs above and lows below, in `column`. */
static struct bars
walk(uint64_t seed, size_t n)
{
	struct dice d = { seed };
	double close = 100, open;

	for (size_t i = 0; i < n; i++) {
		open = close * (1 + 0.003 * dice_normal(&d));
		close = open * (1 + 0.01 * dice_normal(&d));
		column[0][i] = open;
		column[1][i] = fmax(open, close) * (1 + 0.005 * dice_unit(&d));
		column[2][i] = fmin(open, close) * (1 - 0.005 * dice_unit(&d));
		column[3][i] = close;
		column[4][i] = floor(1e6 * (1 + dice_unit(&d)));
	}
	return ((struct bars){ column[0], column[1], column[2], column[3],
	    column[4], n });
}

static struct bar
bar_of(const struct bars *b, size_t i)
{
	return ((struct bar){ b->open[i], b->high[i], b->low[i], b->close[i],
	    b->volume[i] });
}

/* Default parameters, or windows drawn small. */
static void
params_draw(const struct indicator *row, struct dice *d, double *param)
{
	quant_indicator_defaults(row, param);
	for (int i = 0; row->param[i].name != NULL; i++)
		if (row->param[i].max >= INDICATOR_WINDOW_MAX)
			param[i] = fmax(row->param[i].min,
			    1 + (double)(dice_bits(d) % 30));
}

#define EACH(row)	\
	const struct indicator *row = quant_indicators; \
	row->name != NULL; row++

static void
every_row_is_found_by_its_name(void **state)
{
	size_t n = 0;

	(void)state;
	for (EACH(row)) {
		assert_ptr_equal(quant_indicator(row->name), row);
		assert_true(row->doc != NULL && outputs(row) > 0);
		n++;
	}
	assert_true(n >= 25);
	assert_null(quant_indicator("astrology"));
	assert_null(quant_indicator(""));
}

static void
parameters_out_of_range_do_not_fit(void **state)
{
	double param[INDICATOR_PARAMS_MAX], standard;
	const struct indicator_param *p;

	(void)state;
	for (EACH(row)) {
		quant_indicator_defaults(row, param);
		assert_true(quant_indicator_fits(row, param));
		for (int i = 0; row->param[i].name != NULL; i++) {
			p = &row->param[i];
			standard = param[i];
			param[i] = p->min;
			assert_true(quant_indicator_fits(row, param));
			param[i] = p->max;
			assert_true(quant_indicator_fits(row, param));
			param[i] = p->max + 1;
			assert_false(quant_indicator_fits(row, param));
			param[i] = p->min - 1;
			assert_false(quant_indicator_fits(row, param));
			param[i] = NAN;
			assert_false(quant_indicator_fits(row, param));
			param[i] = standard + 0.5;
			assert_int_equal(quant_indicator_fits(row, param),
			    !p->whole);
			param[i] = standard;
		}
	}
}

static void
the_largest_state_has_room(void **state)
{
	double param[INDICATOR_PARAMS_MAX];

	(void)state;
	for (EACH(row)) {
		for (int i = 0; row->param[i].name != NULL; i++)
			param[i] = row->param[i].max;
		assert_true(row->size(param) <= INDICATOR_STATE_MAX);
	}
}

static void
a_row_needs_as_much_history_as_it_says(void **state)
{
	double param[INDICATOR_PARAMS_MAX], *out[INDICATOR_OUTPUTS_MAX];
	struct dice d = { 111 };
	struct bars in = walk(1, BARS);
	size_t need;

	(void)state;
	rows_of(answer, out);
	for (EACH(row))
		for (int round = 0; round < 20; round++) {
			params_draw(row, &d, param);
			need = row->need(param);
			assert_true(need >= 1);
			in.n = need - 1;
			assert_int_equal(quant_indicator_run(row, param, &in,
			    state_a, out), 0);
			in.n = need;
			assert_int_equal(quant_indicator_run(row, param, &in,
			    state_a, out), 1);
			in.n = BARS;
			assert_int_equal(quant_indicator_run(row, param, &in,
			    state_a, out), BARS - need + 1);
		}
}

/* How large the numbers are that an output was computed from. */
static double
scale_of(const struct indicator *row, const double *x, size_t n)
{
	double most = row->reads & BAR_VOLUME ? 1e6 : 100;

	for (size_t i = 0; i < n; i++)
		most = fmax(most, isnan(x[i]) ? 0 : fabs(x[i]));
	return (most);
}

/* Both without a value, or near each other. */
static void
same_within(double got, double want, double relative)
{
	assert_int_equal(isnan(got), isnan(want));
	if (!isnan(want))
		assert_within(got, want, relative);
}

static void
same_to(double got, double want, double room)
{
	if (isnan(got) != isnan(want) || fabs(got - want) > room)
		fail_msg("%.17g is not %.17g", got, want);
}

static void
a_stream_says_what_a_run_says(void **state)
{
	double param[INDICATOR_PARAMS_MAX], *out[INDICATOR_OUTPUTS_MAX];
	double step[INDICATOR_OUTPUTS_MAX];
	struct dice d = { 112 };
	struct bars in = walk(2, BARS);
	struct bar bar;
	size_t n, k;

	(void)state;
	rows_of(answer, out);
	for (EACH(row)) {
		params_draw(row, &d, param);
		n = quant_indicator_run(row, param, &in, state_a, out);
		quant_indicator_start(row, param, state_b);
		k = 0;
		for (size_t i = 0; i < BARS; i++) {
			bar = bar_of(&in, i);
			if (!row->step(state_b, param, &bar, step))
				continue;
			for (size_t j = 0; j < outputs(row); j++)
				same_to(step[j], out[j][k], row->pass == NULL ?
				    0 : 1e-12 * scale_of(row, out[j], n));
			k++;
		}
		assert_int_equal(k, n);
	}
}

static void
an_output_may_overwrite_any_column(void **state)
{
	double param[INDICATOR_PARAMS_MAX], *out[INDICATOR_OUTPUTS_MAX];
	double *over[INDICATOR_OUTPUTS_MAX];
	struct bars in;
	size_t n;

	(void)state;
	rows_of(answer, out);
	for (EACH(row)) {
		quant_indicator_defaults(row, param);
		for (size_t turn = 0; turn < 5; turn++) {
			in = walk(3, BARS);
			n = quant_indicator_run(row, param, &in, state_a, out);
			for (size_t j = 0; j < INDICATOR_OUTPUTS_MAX; j++)
				over[j] = column[(j + turn) % 5];
			assert_int_equal(quant_indicator_run(row, param, &in,
			    state_a, over), n);
			for (size_t j = 0; j < outputs(row); j++)
				assert_memory_equal(over[j], out[j],
				    n * sizeof(double));
		}
	}
}

static void
columns_missing_or_not_finite_are_refused(void **state)
{
	double param[INDICATOR_PARAMS_MAX], *out[INDICATOR_OUTPUTS_MAX];
	struct bars in = walk(4, BARS), none = { .n = BARS };

	(void)state;
	rows_of(answer, out);
	for (EACH(row)) {
		quant_indicator_defaults(row, param);
		assert_int_equal(quant_indicator_run(row, param, &none,
		    state_a, out), 0);
		column[3][400] = column[1][400] = NAN;
		assert_int_equal(quant_indicator_run(row, param, &in, state_a,
		    out), 0);
		column[3][400] = column[1][400] = 100;
		column[3][0] = -1;
		assert_int_equal(quant_indicator_run(row, param, &in, state_a,
		    out) == 0, (row->reads & BAR_POSITIVE) != 0);
		column[3][0] = 100;
	}
}

/* No infinity, whatever the market does: flat, empty or falling. */
static void
a_market_that_stands_still_is_survived(void **state)
{
	double param[INDICATOR_PARAMS_MAX], *out[INDICATOR_OUTPUTS_MAX];
	struct bars in = walk(5, BARS);
	const struct indicator *rsi = quant_indicator("rsi");
	const struct indicator *r = quant_indicator("williams_r");
	const struct indicator *mfi = quant_indicator("mfi");
	size_t n;

	(void)state;
	rows_of(answer, out);
	for (size_t i = 0; i < BARS; i++) {
		column[4][i] = 0;
		for (int c = 0; c < 4; c++)
			column[c][i] = 0.1;
	}
	for (EACH(row)) {
		quant_indicator_defaults(row, param);
		n = quant_indicator_run(row, param, &in, state_a, out);
		assert_true(n > 0);
		for (size_t j = 0; j < outputs(row); j++)
			for (size_t k = 0; k < n; k++)
				assert_false(isinf(out[j][k]));
	}
	quant_indicator_defaults(rsi, param);
	quant_indicator_run(rsi, param, &in, state_a, out);
	assert_true(isnan(out[0][5]));
	quant_indicator_run(r, param, &in, state_a, out);
	assert_near(out[0][5], -50);
	quant_indicator_run(mfi, param, &in, state_a, out);
	assert_true(isnan(out[0][5]));
	for (size_t i = 0; i < BARS; i++)
		column[3][i] = (double)(i + 1);
	quant_indicator_run(rsi, param, &in, state_a, out);
	assert_near(out[0][5], 100);
}

/* What an answer becomes when all prices are multiplied. */
static bool
scales_with_price(const char *row, const char *output)
{
	static const char *const names[] = { "sma", "ema", "wma", "dema",
		"tema", "macd", "signal", "histogram", "slope", "momentum",
		"deviation", "middle", "upper", "lower", "true_range", "atr",
		"vwap", "hma", "kama", "conversion", "base", "span_a",
		"span_b", "sar" };

	if (strcmp(row, "stochastic") == 0 || strcmp(row, "trix") == 0)
		return (false);
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (strcmp(names[i], output) == 0)
			return (true);
	return (false);
}

static void
law_prices_scaled_scale_or_change_nothing(void **state)
{
	double param[INDICATOR_PARAMS_MAX], *one[INDICATOR_OUTPUTS_MAX];
	double *two[INDICATOR_OUTPUTS_MAX], k = 37.3, by;
	struct bars in;
	size_t n;

	(void)state;
	rows_of(answer, one);
	rows_of(other, two);
	for (EACH(row)) {
		quant_indicator_defaults(row, param);
		in = walk(6, BARS);
		n = quant_indicator_run(row, param, &in, state_a, one);
		for (int c = 0; c < 4; c++)
			for (size_t i = 0; i < BARS; i++)
				column[c][i] *= k;
		quant_indicator_run(row, param, &in, state_a, two);
		for (size_t j = 0; j < outputs(row); j++) {
			by = scales_with_price(row->name, row->output[j]) ?
			    k : 1;
			for (size_t i = 0; i < n; i++)
				same_within(two[j][i], by * one[j][i], 1e-8);
		}
	}
}

/* Rows whose answer depends on all history, however little. */
static bool
remembers(const char *name)
{
	static const char *const names[] = { "ema", "dema", "tema", "macd",
		"rsi", "adx", "atr", "obv", "vwap", "kama", "trix",
		"stochastic_rsi", "keltner", "sar", "ad", "chaikin" };

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (strcmp(names[i], name) == 0)
			return (true);
	return (false);
}

static void
law_every_sub_range_agrees(void **state)
{
	double param[INDICATOR_PARAMS_MAX], *whole[INDICATOR_OUTPUTS_MAX];
	double *part[INDICATOR_OUTPUTS_MAX];
	struct dice d = { 113 };
	struct bars in, tail;
	size_t n, m, cut;

	(void)state;
	rows_of(answer, whole);
	rows_of(other, part);
	in = walk(7, BARS);
	for (EACH(row)) {
		params_draw(row, &d, param);
		n = quant_indicator_run(row, param, &in, state_a, whole);
		cut = 1 + dice_bits(&d) % 500;
		tail = (struct bars){ in.open + cut, in.high + cut,
		    in.low + cut, in.close + cut, in.volume + cut, BARS - cut };
		m = quant_indicator_run(row, param, &tail, state_a, part);
		for (size_t j = 0; !remembers(row->name) && j < outputs(row);
		    j++)
			for (size_t k = 0; k < m; k++)
				if (!isnan(part[j][k]))
					assert_within(part[j][k],
					    whole[j][n - m + k], 1e-9);
	}
}

/* What only fades is forgotten: two histories, one long common end. */
static void
law_old_history_fades(void **state)
{
	static const char *const names[] = { "ema", "dema", "tema", "macd",
		"rsi", "adx", "atr", "kama", "trix", "stochastic_rsi",
		"keltner", "chaikin" };
	double param[INDICATOR_PARAMS_MAX], *whole[INDICATOR_OUTPUTS_MAX];
	double *part[INDICATOR_OUTPUTS_MAX];
	const struct indicator *row;
	struct bars in = walk(8, BARS), tail = in;
	size_t n, m;

	(void)state;
	rows_of(answer, whole);
	rows_of(other, part);
	tail.high += 100;
	tail.low += 100;
	tail.close += 100;
	tail.volume += 100;
	tail.n -= 100;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		row = quant_indicator(names[i]);
		assert_non_null(row);
		quant_indicator_defaults(row, param);
		n = quant_indicator_run(row, param, &in, state_a, whole);
		m = quant_indicator_run(row, param, &tail, state_a, part);
		for (size_t j = 0; j < outputs(row); j++)
			assert_within(part[j][m - 1], whole[j][n - 1], 1e-7);
	}
}

static void
law_no_drift_in_a_long_stream(void **state)
{
	static const char *const names[] = { "sma", "bollinger", "mfi",
		"volatility", "wma", "hma", "chaikin_money_flow", "ultimate" };
	double param[INDICATOR_PARAMS_MAX], last[INDICATOR_OUTPUTS_MAX];
	double *out[INDICATOR_OUTPUTS_MAX];
	const struct indicator *row;
	struct bars in = walk(9, BARS);
	struct bar bar;
	size_t n;

	(void)state;
	rows_of(answer, out);
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		row = quant_indicator(names[i]);
		quant_indicator_defaults(row, param);
		quant_indicator_start(row, param, state_a);
		for (size_t k = 0; k < 100000; k++) {
			bar = bar_of(&in, k % BARS);
			/* Prices a million times larger, long ago. */
			if (k < 50000)
				bar.close *= 1e6;
			row->step(state_a, param, &bar, last);
		}
		in.n = 100000 % BARS;
		n = quant_indicator_run(row, param, &in, state_b, out);
		in.n = BARS;
		for (size_t j = 0; j < outputs(row); j++)
			assert_near(last[j], out[j][n - 1]);
	}
}

/* volatility of the window's returns is the figure's own. */
static void
volatility_is_the_figure_of_its_window(void **state)
{
	double param[INDICATOR_PARAMS_MAX], r[BARS], *out[1] = { answer[0] };
	const struct indicator *row = quant_indicator("volatility");
	struct bars in = walk(10, BARS);
	size_t n;

	(void)state;
	quant_indicator_defaults(row, param);
	n = quant_indicator_run(row, param, &in, state_a, out);
	assert_int_equal(quant_simple_returns(in.close, BARS, r), WHY_OK);
	for (size_t k = 0; k < n; k++)
		assert_near(answer[0][k],
		    quant_volatility(r + k, 20, 252).value);
}

/* A straight line has no lag left after two or three averages. */
static void
double_and_triple_averages_follow_a_line(void **state)
{
	double param[INDICATOR_PARAMS_MAX], *out[1] = { answer[0] };
	struct bars in = walk(11, BARS);
	size_t n;

	(void)state;
	for (size_t i = 0; i < BARS; i++)
		column[3][i] = 50 + 3 * (double)i;
	for (int i = 0; i < 2; i++) {
		quant_indicator_defaults(quant_indicator("dema"), param);
		n = quant_indicator_run(
		    quant_indicator(i == 0 ? "dema" : "tema"), param, &in,
		    state_a, out);
		assert_near(answer[0][n - 1], column[3][BARS - 1]);
		assert_near(answer[0][0], column[3][BARS - n]);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_row_is_found_by_its_name),
		cmocka_unit_test(parameters_out_of_range_do_not_fit),
		cmocka_unit_test(the_largest_state_has_room),
		cmocka_unit_test(a_row_needs_as_much_history_as_it_says),
		cmocka_unit_test(volatility_is_the_figure_of_its_window),
		cmocka_unit_test(double_and_triple_averages_follow_a_line),
		cmocka_unit_test(a_stream_says_what_a_run_says),
		cmocka_unit_test(an_output_may_overwrite_any_column),
		cmocka_unit_test(columns_missing_or_not_finite_are_refused),
		cmocka_unit_test(a_market_that_stands_still_is_survived),
		cmocka_unit_test(law_prices_scaled_scale_or_change_nothing),
		cmocka_unit_test(law_every_sub_range_agrees),
		cmocka_unit_test(law_old_history_fades),
		cmocka_unit_test(law_no_drift_in_a_long_stream),
	};

	return (cmocka_run_group_tests(tests, NULL, NULL));
}
