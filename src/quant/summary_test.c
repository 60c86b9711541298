/*
 * The whole set at once: each figure as its own function has it, a value or
 * a reason for each, and ten years of two real price series.
 */
#include "quant/golden.h"
#include "quant/reference.h"

static void
every_figure_is_as_its_own_function_has_it(void **state)
{
	struct series s = golden_series();
	struct summary sum;
	double work[GOLDEN_N];

	(void)state;
	quant_summary(&s, work, &sum);
	assert_int_equal(sum.n, GOLDEN_N);
	assert_figure(sum.cumulative, 0.0275102432162);
	assert_figure(sum.benchmark_cumulative, 0.0145816900095);
	assert_plain(sum.active_return, 0.0275102432162 - 0.0145816900095);
	assert_figure(sum.volatility, 0.17181514523);
	assert_figure(sum.downside_deviation, 0.00693395889473 * sqrt(252));
	assert_figure(sum.skew_pop, -0.0330176831281);
	assert_figure(sum.excess_kurtosis_pop, -0.707376182056);
	assert_figure(sum.sharpe, 1.56964896053);
	assert_figure(sum.sortino, 2.45009230964);
	assert_figure(sum.calmar, 12.5459137497);
	assert_plain(sum.omega, 0.1202 / 0.0917);
	assert_figure(sum.max_drawdown, -0.026279719752);
	assert_int_equal(sum.drawdown.trough, 7);
	assert_figure(sum.beta, 1.19771075809);
	assert_figure(sum.alpha, 0.111424606377);
	assert_figure(sum.treynor, 0.225170778748);
	assert_figure(sum.correlation, 0.98945551129);
	assert_figure(sum.r_squared, 0.979022208823);
	assert_figure(sum.tracking_error, 0.0375075035971);
	assert_figure(sum.information_ratio, 3.66726619499);
	assert_figure(sum.up_capture, 1.22065515293);
	assert_figure(sum.down_capture, 1.11797223761);
	assert_figure(sum.capture_ratio, 1.09184746443);
	assert_figure(sum.var95, 0.01502);
	assert_figure(sum.es95, 0.0178);
	assert_none(sum.var99, WHY_INSUFFICIENT_DATA);
	assert_none(sum.es99, WHY_INSUFFICIENT_DATA);
	assert_figure(sum.var95_normal, 0.0166153047972);
	assert_figure(sum.es95_normal, 0.0211379354449);
	assert_figure(sum.var95_cornish_fisher, 0.0164909478381);
	assert_figure(sum.best, 0.0213);
	assert_figure(sum.worst, -0.0201);
	assert_int_equal(sum.best_at, 15);
	assert_int_equal(sum.worst_at, 6);
	assert_figure(sum.positive_share, 13.0 / 24);
	assert_figure(sum.mean, quant_mean(golden_a, GOLDEN_N).value);
	assert_figure(sum.m_squared, quant_m_squared(&s).value);
	assert_figure(sum.ulcer, quant_ulcer(golden_a, GOLDEN_N).value);
	assert_figure(sum.pain, quant_pain(golden_a, GOLDEN_N).value);
}

static void
annualised_by_calendar_by_count_or_not(void **state)
{
	struct series s = golden_series();
	struct summary sum;
	double work[GOLDEN_N];

	(void)state;
	quant_summary(&s, work, &sum);
	assert_figure(sum.annualised, 0.0275102432162);
	assert_int_equal(sum.annualised.warnings, WARN_NOT_ANNUALISED);
	s.periods = 12;
	quant_summary(&s, work, &sum);
	assert_figure(sum.annualised, sqrt(1.0275102432162) - 1);
	assert_int_equal(sum.annualised.warnings, 0);
	s.from = day_of(2023, 1, 1);
	s.to = day_of(2023, 12, 31);
	quant_summary(&s, work, &sum);
	assert_int_equal(sum.annualised.warnings, WARN_NOT_ANNUALISED);
	s.to = day_of(2024, 1, 1);
	quant_summary(&s, work, &sum);
	assert_figure(sum.annualised, 0.0275102432162);
	assert_int_equal(sum.annualised.warnings, 0);
}

#define CHECK_HONEST(name) do {						\
	if (sum->name.why == WHY_OK)					\
		assert_true(isfinite(sum->name.value));			\
	else								\
		assert_true(isnan(sum->name.value));			\
} while (0);

/* A finite value, or a reason and none. */
static void
assert_honest(const struct summary *sum)
{
	SUMMARY_FIGURES(CHECK_HONEST)
	assert_true(sum->drawdown.depth.why != WHY_OK ||
	    isfinite(sum->drawdown.depth.value));
}

static void
no_infinity_and_no_silent_nothing(void **state)
{
	static const double odd[8] = { 0, 0.1, -0.1, -1, -2, 1e300, -1e300,
	    1e-310 };
	struct dice d = { 101 };
	double r[60], b[60], rf[60], work[60];
	struct series s = { .r = r, .rf = NULL, .periods = 252 };
	struct summary sum;

	(void)state;
	for (int round = 0; round < 3000; round++) {
		s.n = dice_bits(&d) % 61;
		s.b = dice_bits(&d) % 4 ? b : NULL;
		s.rf = dice_bits(&d) % 2 ? rf : NULL;
		s.rf_flat = dice_bits(&d) % 9 ? 0.0001 : INFINITY;
		for (size_t i = 0; i < s.n; i++) {
			r[i] = odd[dice_bits(&d) % (1 + round % 8)];
			b[i] = odd[dice_bits(&d) % (1 + round / 8 % 8)];
			rf[i] = odd[dice_bits(&d) % 2];
		}
		if (s.n > 0 && round % 50 == 0)
			r[dice_bits(&d) % s.n] = NAN;
		quant_summary(&s, work, &sum);
		assert_honest(&sum);
	}
}

static void
bad_input_refuses_every_figure(void **state)
{
	const double r[3] = { 0.1, NAN, 0.1 };
	struct series s = { .r = r, .n = 3, .periods = 252 };
	struct summary sum;
	double work[3];

	(void)state;
	quant_summary(&s, work, &sum);
#define CHECK_INVALID(name)	assert_none(sum.name, WHY_INVALID_INPUT);
	SUMMARY_FIGURES(CHECK_INVALID)
#undef CHECK_INVALID
}

static void
without_a_benchmark_the_rest_stands(void **state)
{
	struct series s = golden_series();
	struct summary sum;
	double work[GOLDEN_N];

	(void)state;
	s.b = NULL;
	quant_summary(&s, work, &sum);
	assert_figure(sum.sharpe, 1.56964896053);
	assert_none(sum.beta, WHY_MISALIGNED);
	assert_none(sum.active_return, WHY_MISALIGNED);
	assert_none(sum.benchmark_cumulative, WHY_MISALIGNED);
	s.n = 0;
	quant_summary(&s, NULL, &sum);
	assert_none(sum.cumulative, WHY_INSUFFICIENT_DATA);
	assert_none(sum.annualised, WHY_INSUFFICIENT_DATA);
	assert_none(sum.sharpe, WHY_INSUFFICIENT_DATA);
	assert_none(sum.var95, WHY_INSUFFICIENT_DATA);
	assert_none(sum.max_drawdown, WHY_INSUFFICIENT_DATA);
	assert_none(sum.downside_deviation, WHY_INSUFFICIENT_DATA);
}

static void
everything_lost_on_day_five(void **state)
{
	double r[10] = { 0.01, 0.01, -0.01, 0.02, -1, 0.1, 0.1, 0.1, 0.1,
	    0.1 }, work[10];
	struct series s = { .r = r, .n = 10, .periods = 252 };
	struct summary sum;

	(void)state;
	quant_summary(&s, work, &sum);
	assert_figure(sum.cumulative, -1);
	assert_figure(sum.max_drawdown, -1);
	assert_figure(sum.worst, -1);
	assert_honest(&sum);
}

static void
same_input_same_bits(void **state)
{
	struct series s = golden_series();
	struct summary one, two;
	double work[GOLDEN_N];

	(void)state;
	quant_summary(&s, work, &one);
	quant_summary(&s, work, &two);
	assert_memory_equal(&one, &two, sizeof(one));
}

static struct reference asset, market;
static day on[REFERENCE_ROWS];
static double a[REFERENCE_ROWS], b[REFERENCE_ROWS], work[REFERENCE_ROWS];

/* Adjusted closes (column 4) of 2008 to 2017: on[k] ends return k. */
static struct series
ten_years(void)
{
	struct dated x, y;
	size_t n;

	reference_read(&asset, "market/daily/adjclose/AAPL_2004_2018.csv");
	reference_read(&market, "market/daily/adjclose/SPY_2008_2018.csv");
	x = (struct dated){ asset.on, asset.x[4], asset.n };
	y = (struct dated){ market.on, market.x[4], market.n };
	assert_int_equal(quant_align_levels(&x, &y, on, a, b, &n), WHY_OK);
	/* The files begin a day before the reference does. */
	memmove(on, on + 1, --n * sizeof(*on));
	return ((struct series){ .r = a + 1, .b = b + 1, .n = n,
	    .periods = 252 });
}

/* Of market_metrics.json, to the 1e-9 it is stated at. */
static void
apple_against_the_index_over_ten_years(void **state)
{
	struct series s = ten_years();
	struct summary sum;

	(void)state;
	quant_summary(&s, work, &sum);
	assert_int_equal(s.n, 2517);
	assert_int_equal(on[0].n, day_of(2008, 1, 3).n);
	assert_int_equal(on[s.n - 1].n, day_of(2017, 12, 29).n);
	assert_figure_within(sum.cumulative, 5.782335324469607, 1e-9);
	assert_figure_within(sum.annualised, 0.21125900131405095, 1e-9);
	assert_figure_within(sum.volatility, 0.3115507354797361, 1e-9);
	assert_figure_within(sum.sharpe, 0.7717783516168835, 1e-9);
	assert_figure_within(sum.sortino, 1.1124990963940873, 1e-9);
	assert_figure_within(sum.downside_deviation, 0.21613331089700322,
	    1e-9);
	assert_figure_within(sum.max_drawdown, -0.5988302818703504, 1e-9);
	assert_int_equal(on[sum.drawdown.peak - 1].n, day_of(2008, 1, 3).n);
	assert_int_equal(on[sum.drawdown.trough - 1].n,
	    day_of(2009, 1, 20).n);
	assert_figure_within(sum.calmar, 0.3527861026904273, 1e-9);
	assert_figure_within(sum.beta, 0.9382075582182213, 1e-9);
	assert_figure_within(sum.alpha, 0.1440610768350958, 1e-9);
	assert_figure_within(sum.correlation, 0.6126806604169678, 1e-9);
	assert_figure_within(sum.r_squared, 0.3753775916489718, 1e-9);
	assert_figure_within(sum.var95, 0.028165853300087983, 1e-9);
	assert_figure_within(sum.es95, 0.04557440115158214, 1e-9);
	assert_figure_within(sum.tracking_error, 0.24654880659820375, 1e-9);
	assert_figure_within(sum.information_ratio, 0.5585620697441084, 1e-9);
	assert_int_equal(sum.sharpe.warnings | sum.var95.warnings, 0);
}

static void
the_index_against_itself(void **state)
{
	struct series s = ten_years();
	struct summary sum;

	(void)state;
	s.r = s.b;
	quant_summary(&s, work, &sum);
	assert_figure_within(sum.cumulative, 1.2694837800063365, 1e-9);
	assert_figure_within(sum.annualised, 0.08551325545540167, 1e-9);
	assert_figure_within(sum.sharpe, 0.5049584846457771, 1e-9);
	assert_figure_within(sum.sortino, 0.7165404641443627, 1e-9);
	assert_figure_within(sum.max_drawdown, -0.5187374913579361, 1e-9);
	assert_int_equal(sum.drawdown.peak, 0);
	assert_int_equal(on[sum.drawdown.trough - 1].n,
	    day_of(2009, 3, 9).n);
	assert_figure_within(sum.var95, 0.018913674364938758, 1e-9);
	assert_figure_within(sum.es95, 0.03147366898403881, 1e-9);
	assert_figure(sum.beta, 1);
	assert_figure(sum.alpha, 0);
	assert_figure(sum.tracking_error, 0);
	assert_none(sum.information_ratio, WHY_ZERO_DENOMINATOR);
}

static void
reasons_and_warnings_have_names(void **state)
{
	(void)state;
	assert_string_equal(why_name(WHY_OK), "OK");
	assert_string_equal(why_name(WHY_NO_DRAWDOWN), "NO_DRAWDOWN");
	assert_string_equal(why_name(WHY_INVALID_INPUT), "INVALID_INPUT");
	assert_non_null(why_name((enum why)WHY_COUNT));
	assert_string_equal(warn_name(WARN_SHORT_HISTORY), "SHORT_HISTORY");
	assert_string_equal(warn_name(WARN_LOW_CONFIDENCE), "LOW_CONFIDENCE");
	assert_null(warn_name((enum warn)(1 << 20)));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reasons_and_warnings_have_names),
		cmocka_unit_test(every_figure_is_as_its_own_function_has_it),
		cmocka_unit_test(annualised_by_calendar_by_count_or_not),
		cmocka_unit_test(without_a_benchmark_the_rest_stands),
		cmocka_unit_test(bad_input_refuses_every_figure),
		cmocka_unit_test(everything_lost_on_day_five),
		cmocka_unit_test(same_input_same_bits),
		cmocka_unit_test(no_infinity_and_no_silent_nothing),
		cmocka_unit_test(apple_against_the_index_over_ten_years),
		cmocka_unit_test(the_index_against_itself),
	};

	return (cmocka_run_group_tests(tests, NULL, NULL));
}
