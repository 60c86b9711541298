/*
 * Indicators beside the reference series: 502 bars, every value, to 1e-9.
 */
#include "quant/reference.h"

static double state_a[INDICATOR_STATE_MAX];
static double answer[INDICATOR_OUTPUTS_MAX][REFERENCE_ROWS];

static struct reference quotes, want;

/* Column `c` of `file` beside an output of a run on the 502 bars. */
static void
against(const char *file, int c, const char *name, const double *given,
    size_t output)
{
	double param[INDICATOR_PARAMS_MAX], *out[INDICATOR_OUTPUTS_MAX];
	const struct indicator *row = quant_indicator(name);
	struct bars in;
	char path[128];
	size_t n, compared = 0;

	snprintf(path, sizeof(path), "reference/indicators/%s", file);
	reference_read(&quotes, "reference/indicators/quotes-default.csv");
	reference_read(&want, path);
	assert_non_null(row);
	in = (struct bars){ quotes.x[0], quotes.x[1], quotes.x[2],
	    quotes.x[3], quotes.x[4], quotes.n };
	quant_indicator_defaults(row, param);
	for (int i = 0; given != NULL && row->param[i].name != NULL; i++)
		param[i] = given[i];
	for (int j = 0; j < INDICATOR_OUTPUTS_MAX; j++)
		out[j] = answer[j];
	n = quant_indicator_run(row, param, &in, state_a, out);
	assert_int_equal(n, want.n - row->need(param) + 1);
	for (size_t k = 0; k < n; k++) {
		if (isnan(want.x[c][want.n - n + k]))
			continue;
		assert_within(out[output][k], want.x[c][want.n - n + k], 1e-9);
		compared++;
	}
	assert_true(compared > 400);
}

static void
averages_as_the_reference(void **state)
{
	(void)state;
	against("sma.csv", 0, "sma", NULL, 0);
	against("ema.csv", 0, "ema", NULL, 0);
	against("wma.csv", 0, "wma", NULL, 0);
	against("macd.csv", 0, "macd", NULL, 0);
	against("macd.csv", 1, "macd", NULL, 1);
	against("macd.csv", 2, "macd", NULL, 2);
	against("slope.csv", 0, "slope", NULL, 0);
	against("slope.csv", 3, "slope", NULL, 1);
}

static void
momentum_as_the_reference(void **state)
{
	(void)state;
	against("rsi.csv", 0, "rsi", NULL, 0);
	against("roc.csv", 0, "momentum", NULL, 0);
	against("roc.csv", 1, "roc", NULL, 0);
	against("stoch.csv", 0, "stochastic", NULL, 0);
	against("stoch.csv", 1, "stochastic", NULL, 1);
	against("willr.csv", 0, "williams_r", NULL, 0);
	against("cci.csv", 0, "cci", NULL, 0);
	against("adx.csv", 0, "adx", NULL, 0);
	against("adx.csv", 1, "adx", NULL, 1);
	against("adx.csv", 3, "adx", NULL, 2);
}

static void
widths_as_the_reference(void **state)
{
	(void)state;
	against("stdev.csv", 0, "deviation", NULL, 0);
	against("stdev.csv", 2, "z_score", NULL, 0);
	against("bb.csv", 0, "bollinger", NULL, 0);
	against("bb.csv", 1, "bollinger", NULL, 1);
	against("bb.csv", 2, "bollinger", NULL, 2);
	against("bb.csv", 3, "bollinger", NULL, 3);
	against("bb.csv", 4, "z_score", (const double[]){ 20 }, 0);
	against("bb.csv", 5, "bollinger", NULL, 4);
	against("tr.csv", 0, "true_range", NULL, 0);
	against("atr.csv", 1, "atr", NULL, 0);
	against("atr.csv", 2, "atr", NULL, 1);
	against("donchian.csv", 0, "donchian", NULL, 0);
	against("donchian.csv", 1, "donchian", NULL, 1);
	against("donchian.csv", 2, "donchian", NULL, 2);
	against("beta.csv", 6, "return", NULL, 0);
}

static void
volumes_as_the_reference(void **state)
{
	(void)state;
	against("obv.csv", 0, "obv", NULL, 0);
	against("vwap.csv", 0, "vwap", NULL, 0);
	against("mfi.csv", 0, "mfi", NULL, 0);
}

/* Of its own rolling.c, on the same two series of bars. */
static void
rolling_windows_as_the_reference(void **state)
{
	static struct reference second;
	double *a = answer[0], *b = answer[1], *out = answer[2];
	struct series s = { .r = a, .b = b, .periods = 252 };
	size_t n;

	(void)state;
	reference_read(&quotes, "reference/indicators/quotes-default.csv");
	reference_read(&second, "reference/indicators/quotes-compare.csv");
	reference_read(&want, "reference/indicators/beta.csv");
	s.n = quotes.n - 1;
	assert_int_equal(quant_simple_returns(second.x[3], second.n, a),
	    WHY_OK);
	assert_int_equal(quant_simple_returns(quotes.x[3], quotes.n, b),
	    WHY_OK);
	n = quant_roll_beta(&s, 50, out);
	assert_int_equal(n, 452);
	for (size_t k = 0; k < n; k++)
		assert_within(out[k], want.x[0][50 + k], 1e-9);
	reference_read(&want, "reference/indicators/corr.csv");
	s.r = second.x[3];
	s.b = quotes.x[3];
	s.n = quotes.n;
	n = quant_roll_correlation(&s, 20, out);
	for (size_t k = 0; k < n; k++)
		assert_within(out[k], want.x[3][19 + k], 1e-9);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(averages_as_the_reference),
		cmocka_unit_test(momentum_as_the_reference),
		cmocka_unit_test(widths_as_the_reference),
		cmocka_unit_test(volumes_as_the_reference),
		cmocka_unit_test(rolling_windows_as_the_reference),
	};

	return (cmocka_run_group_tests(tests, NULL, NULL));
}
