/*
 * Linking, annualising and the Modified Dietz return: golden figures, edges
 * and the laws of linking.
 */
#include "quant/golden.h"

static const double g2_value[4] = { 10000, 15300, 15147, 13450 };
static const double g2_in[4] = { 0, 5000, 0, 0 };
static const double g2_out[4] = { 0, 0, 0, 2000 };

static void
change_of_value_is_over_a_positive_base(void **state)
{
	(void)state;
	assert_plain(quant_simple_return(100, 110), 0.10);
	assert_none(quant_simple_return(0, 110), WHY_NON_POSITIVE_BASE);
	assert_none(quant_simple_return(-5, 110), WHY_NON_POSITIVE_BASE);
	assert_none(quant_simple_return(NAN, 1), WHY_INVALID_INPUT);
	assert_none(quant_simple_return(1e-300, 1e300), WHY_OUT_OF_RANGE);
}

static void
returns_may_overwrite_their_values(void **state)
{
	double v[4] = { 100, 110, 99, 99 };

	(void)state;
	assert_int_equal(quant_simple_returns(v, 4, v), WHY_OK);
	assert_near(v[0], 0.1);
	assert_near(v[1], -0.1);
	assert_near(v[2], 0);
	assert_int_equal(quant_simple_returns(v, 1, v), WHY_INSUFFICIENT_DATA);
}

static void
three_days_with_a_deposit_and_a_withdrawal(void **state)
{
	double r[3];
	struct twr t;

	(void)state;
	assert_int_equal(quant_twr(g2_value, g2_in, g2_out, 4, r, &t), WHY_OK);
	assert_near(r[0], 0.02);
	assert_near(r[1], -0.01);
	assert_within(r[2], 0.020003961180, 1e-9);
	assert_figure(t.total, 0.03);
	assert_int_equal(t.breaks, 0);
	assert_int_equal(t.total.warnings, 0);
}

static void
deposit_into_an_empty_portfolio_is_no_gain(void **state)
{
	const double v[3] = { 0, 5000, 5100 }, in[3] = { 0, 5000, 0 };
	double r[2];
	struct twr t;

	(void)state;
	assert_int_equal(quant_twr(v, in, NULL, 3, r, &t), WHY_OK);
	assert_near(r[0], 0);
	assert_figure(t.total, 0.02);
	assert_int_equal(t.breaks, 0);
}

static void
sold_out_for_months_then_bought_again_is_flat(void **state)
{
	const double v[6] = { 1000, 1100, 0, 0, 2000, 2200 };
	const double in[6] = { 0, 0, 0, 0, 2000, 0 };
	const double out[6] = { 0, 0, 1100, 0, 0, 0 };
	double r[5];
	struct twr t;

	(void)state;
	assert_int_equal(quant_twr(v, in, out, 6, r, &t), WHY_OK);
	for (int i = 1; i < 4; i++)
		assert_near(r[i], 0);
	assert_figure(t.total, 1.1 * 1.1 - 1);
	assert_int_equal(t.breaks, 0);
}

static void
value_without_a_base_is_a_break(void **state)
{
	const double v[3] = { -50, 100, 110 };
	double r[2];
	struct twr t;

	(void)state;
	assert_int_equal(quant_twr(v, NULL, NULL, 3, r, &t), WHY_OK);
	assert_near(r[0], 0);
	assert_int_equal(t.breaks, 1);
	assert_figure(t.total, 0.1);
	assert_int_equal(t.total.warnings, WARN_TWR_BREAK);
}

static void
wiped_out_stays_lost_and_a_new_segment_begins(void **state)
{
	const double v[5] = { 100, 50, 0, 200, 220 };
	const double in[5] = { 0, 0, 0, 200, 0 };
	double r[4];
	struct twr t;

	(void)state;
	assert_int_equal(quant_twr(v, in, NULL, 5, r, &t), WHY_OK);
	assert_near(r[1], -1);
	assert_figure(t.total, -1);
	assert_int_equal(t.restart, 2);
	assert_figure(t.segment, 0.1);
}

static void
same_day_deposit_and_withdrawal_differ_by_the_rule_only(void **state)
{
	const double v[2] = { 1000, 1010 }, flow[2] = { 0, 500 };
	double r;
	struct twr t;

	(void)state;
	assert_int_equal(quant_twr(v, flow, flow, 2, &r, &t), WHY_OK);
	assert_near(r, 10.0 / 1500);
	assert_int_equal(quant_twr(v, NULL, NULL, 2, &r, &t), WHY_OK);
	assert_near(r, 10.0 / 1000);
}

static void
flows_are_magnitudes(void **state)
{
	const double v[2] = { 1000, 1010 }, flow[2] = { 0, -500 };
	double r;
	struct twr t;

	(void)state;
	assert_int_equal(quant_twr(v, flow, NULL, 2, &r, &t),
	    WHY_INVALID_INPUT);
	assert_none(t.total, WHY_INVALID_INPUT);
	assert_int_equal(quant_twr(v, NULL, NULL, 1, &r, &t),
	    WHY_INSUFFICIENT_DATA);
}

static void
cumulative_of_the_golden_series(void **state)
{
	double lost[5] = { 0.1, 0.2, -0.1, 0.05, -1 };

	(void)state;
	assert_plain(quant_cumulative(golden_a, GOLDEN_N), 0.0275102432162);
	assert_plain(quant_cumulative(golden_b, GOLDEN_N), 0.0145816900095);
	assert_plain(quant_annualised_periods(golden_a, GOLDEN_N, 252),
	    0.329703097375);
	assert_plain(quant_cumulative(lost, 5), -1);
	assert_none(quant_cumulative(lost, 0), WHY_INSUFFICIENT_DATA);
}

/* Figures of empyrical's test_stats.py, to the decimals it states. */
static void
cumulative_and_annual_as_empyrical(void **state)
{
	const double mixed[8] = { 0.01, 0.1, -0.04, 0.02, 0.03, 0.02, 0.01,
	    -0.1 };
	const double weekly[9] = { 0.0, 0.01, 0.1, -0.04, 0.02, 0.03, 0.02,
	    0.01, -0.1 };
	const double negative[9] = { 0.0, -0.06, -0.07, -0.01, -0.09, -0.02,
	    -0.06, -0.08, -0.05 };

	(void)state;
	assert_figure_within(quant_cumulative(mixed, 8), 0.03893, 2e-3);
	assert_figure_within(quant_cumulative(negative, 9), -0.3659, 2e-4);
	assert_plain(quant_annualised_periods(weekly, 9, 52),
	    0.24690830513998208);
	assert_plain(quant_annualised_periods(weekly, 9, 252),
	    1.9135925373194231);
}

static void
wealth_is_lost_for_good(void **state)
{
	double w[4] = { 0.5, -0.5, -1.5, 0.3 };

	(void)state;
	quant_wealth(w, 4, w);
	assert_near(w[0], 1.5);
	assert_near(w[1], 0.75);
	assert_near(w[2], 0);
	assert_near(w[3], 0);
}

static void
nothing_under_a_year_is_annualised(void **state)
{
	day from = day_of(2023, 3, 1);
	struct figure f;

	(void)state;
	f = quant_annualised(0.05, from, day_of(2024, 2, 29));
	assert_figure(f, 0.05);
	assert_int_equal(f.warnings, WARN_NOT_ANNUALISED);
	f = quant_annualised(0.05, from, day_of(2024, 3, 1));
	assert_figure(f, pow(1.05, 365.0 / 366) - 1);
	assert_int_equal(f.warnings, 0);
	assert_figure(quant_annualised(0.21, day_of(2021, 1, 1),
	    day_of(2023, 1, 1)), 0.1);
	assert_figure(quant_annualised(-1, from, day_of(2025, 3, 1)), -1);
	assert_none(quant_annualised(0.1, from, from), WHY_INVALID_INPUT);
	assert_none(quant_annualised(0.1, DAY_NONE, from), WHY_INVALID_INPUT);
	assert_none(quant_annualised(-1.1, from, day_of(2025, 3, 1)),
	    WHY_INVALID_INPUT);
}

static void
yearly_rate_to_the_rate_of_a_day(void **state)
{
	(void)state;
	assert_plain(quant_rate_period(0.03, 252), 0.000117303713834);
	assert_plain(quant_rate_period(0, 252), 0);
	assert_plain(quant_rate_period(0.03, 1), 0.03);
	assert_none(quant_rate_period(-1, 252), WHY_INVALID_INPUT);
	assert_none(quant_rate_period(0.03, 0), WHY_INVALID_INPUT);
	assert_none(quant_rate_period(0.03, INFINITY), WHY_INVALID_INPUT);
}

static void
dietz_over_three_days_by_each_rule(void **state)
{
	day d0 = day_of(2024, 1, 1), d3 = day_of(2024, 1, 4);
	const struct cashflow f[2] = {
		{ day_of(2024, 1, 2), 5000 }, { day_of(2024, 1, 4), -2000 },
	};
	struct figure end;

	(void)state;
	end = quant_modified_dietz(10000, 13450, d0, d3, f, 2, DIETZ_END);
	assert_figure(end, 0.03375);
	assert_int_equal(end.warnings, WARN_APPROXIMATE | WARN_LOW_CONFIDENCE);
	assert_figure_within(quant_modified_dietz(10000, 13450, d0, d3, f, 2,
	    DIETZ_START), 0.031395348837, 1e-9);
	assert_figure(quant_modified_dietz(10000, 13450, d0, d3, f, 2,
	    DIETZ_IN_START_OUT_END), 0.03);
}

static void
dietz_refuses_what_it_cannot_weigh(void **state)
{
	day d0 = day_of(2024, 1, 1), d9 = day_of(2024, 1, 10);
	const struct cashflow all = { day_of(2024, 1, 2), -20000 };
	const struct cashflow early = { d0, 10 };
	const struct cashflow small = { d9, 999 };

	(void)state;
	assert_none(quant_modified_dietz(10000, 0, d0, d9, &all, 1,
	    DIETZ_END), WHY_NON_POSITIVE_BASE);
	assert_none(quant_modified_dietz(10000, 0, d0, d9, &early, 1,
	    DIETZ_END), WHY_INVALID_INPUT);
	assert_none(quant_modified_dietz(10000, 0, d9, d0, NULL, 0,
	    DIETZ_END), WHY_INVALID_INPUT);
	assert_int_equal(quant_modified_dietz(10000, 11000, d0, d9, &small, 1,
	    DIETZ_END).warnings, WARN_APPROXIMATE);
}

static void
law_windows_link_to_the_whole(void **state)
{
	struct dice d = { 11 };
	double r[400], whole, parts;
	size_t cut;

	(void)state;
	for (int round = 0; round < 100; round++) {
		dice_returns(&d, 0.02, r, 400);
		cut = 1 + dice_bits(&d) % 399;
		whole = quant_cumulative(r, 400).value;
		parts = (1 + quant_cumulative(r, cut).value) *
		    (1 + quant_cumulative(r + cut, 400 - cut).value) - 1;
		assert_near(parts, whole);
	}
}

static void
law_scaled_money_returns_the_same(void **state)
{
	struct dice d = { 12 };
	double v[50], in[50], out[50], r[49], scaled[49], k;
	struct twr t, u;

	(void)state;
	for (int round = 0; round < 50; round++) {
		k = exp(10 * dice_normal(&d));
		for (int i = 0; i < 50; i++) {
			v[i] = 1000 * (1 + dice_unit(&d));
			in[i] = dice_unit(&d) < 0.1 ? 300 : 0;
			out[i] = dice_unit(&d) < 0.1 ? 200 : 0;
		}
		assert_int_equal(quant_twr(v, in, out, 50, r, &t), WHY_OK);
		for (int i = 0; i < 50; i++) {
			v[i] *= k;
			in[i] *= k;
			out[i] *= k;
		}
		assert_int_equal(quant_twr(v, in, out, 50, scaled, &u),
		    WHY_OK);
		for (int i = 0; i < 49; i++)
			assert_within(scaled[i], r[i], 1e-11);
		assert_near(u.total.value, t.total.value);
	}
}

static void
law_held_without_flows_is_the_asset(void **state)
{
	struct dice d = { 13 };
	double price[200], value[200], r[199], asset;
	struct twr t;

	(void)state;
	price[0] = 40;
	for (int i = 1; i < 200; i++)
		price[i] = price[i - 1] * (1 + 0.02 * dice_normal(&d));
	for (int i = 0; i < 200; i++)
		value[i] = 17.5 * price[i];
	asset = quant_simple_return(price[0], price[199]).value;
	assert_int_equal(quant_twr(value, NULL, NULL, 200, r, &t), WHY_OK);
	assert_figure(t.total, asset);
}

static void
values_beyond_a_double_have_no_return(void **state)
{
	double v[] = { 1e308, 1e308, 1e308 }, in[] = { 0, 1e308, 1e308 };
	double r[2];
	struct twr t;

	(void)state;
	assert_int_equal(quant_twr(v, in, in, 3, r, &t), WHY_OUT_OF_RANGE);
	assert_none(t.total, WHY_OUT_OF_RANGE);
}

static void
what_nearly_vanished_and_came_back_is_linked_by_what_was_left(void **state)
{
	double v[600], r[599];
	struct twr t;

	(void)state;
	for (size_t i = 0; i < 600; i++)
		v[i] = i % 7 == 3 ? 1e-7 * (double)(i + 1) : 1e4 + (double)i;
	assert_int_equal(quant_twr(v, NULL, NULL, 600, r, &t), WHY_OK);
	assert_plain(t.total, v[599] / v[0] - 1);
	assert_plain(t.segment, t.total.value);
	v[300] = 0;
	assert_int_equal(quant_twr(v, NULL, NULL, 600, r, &t), WHY_OK);
	assert_figure(t.total, -1);
}

/* Whatever the length, and wherever a flow or a loss of all falls. */
static void
long_portfolios_are_as_day_by_day(void **state)
{
	enum { DAYS = 2000 };
	static double v[DAYS], in[DAYS], out[DAYS], r[DAYS], base, end, want;
	struct dice d = { 41 };
	struct twr t;

	(void)state;
	for (int round = 0; round < 60; round++) {
		size_t n = 2 + dice_bits(&d) % (DAYS - 2);

		for (size_t i = 0; i < n; i++) {
			v[i] = dice_bits(&d) % 400 == 0 ? 0 :
			    100 * dice_unit(&d) + 1;
			in[i] = dice_bits(&d) % 9 == 0 ? dice_unit(&d) : 0;
			out[i] = dice_bits(&d) % 9 == 0 ? dice_unit(&d) : 0;
		}
		assert_int_equal(quant_twr(v, round % 3 ? in : NULL,
		    round % 2 ? out : NULL, n, r, &t), WHY_OK);
		for (size_t i = 1; i < n; i++) {
			base = v[i - 1] + (round % 3 ? in[i] : 0);
			end = v[i] + (round % 2 ? out[i] : 0);
			want = base <= 0 ? 0 : end > 0 ? end / base - 1 : -1;
			assert_true(r[i - 1] == want);
		}
	}
}

/* Up and down by as much, a hundred thousand times: little is left. */
static void
what_is_hardly_won_keeps_its_digits(void **state)
{
	enum { MANY = 100003 };
	static double r[MANY];
	struct dice d = { 42 };
	long double wealth = 1;

	(void)state;
	for (size_t i = 0; i < MANY; i++) {
		r[i] = (i % 2 ? -1 : 1) * (1e-3 + 1e-9 * dice_unit(&d));
		if (i % 2)
			r[i] /= 1 + 1e-3;
	}
	for (size_t i = 0; i < MANY; i++)
		wealth *= 1 + (long double)r[i];
	assert_figure(quant_cumulative(r, MANY), (double)(wealth - 1));
	/* Past a double's range and back. */
	for (size_t i = 0; i < 32; i++)
		r[i] = i % 8 == 0 ? 1e200 : i % 8 == 1 ? -1 + 0x1p-53 : 0;
	assert_false(isinf(quant_cumulative(r, 32).value));
	r[31] = -1;
	assert_figure(quant_cumulative(r, 32), -1);
}

static void
turnover_is_the_lesser_side_of_a_year(void **state)
{
	day from = { 20000 }, half = { 20073 }, year = { 20365 };

	(void)state;
	assert_plain(quant_turnover(300, 200, 1000, from, year), 0.2);
	assert_plain(quant_turnover(100, 200, 1000, from, year), 0.1);
	assert_plain(quant_turnover(100, 200, 1000, from, half), 0.5);
	assert_plain(quant_turnover(0, 200, 1000, from, year), 0);
	assert_none(quant_turnover(1, 1, 0, from, year),
	    WHY_NON_POSITIVE_BASE);
	assert_none(quant_turnover(-1, 1, 9, from, year), WHY_INVALID_INPUT);
	assert_none(quant_turnover(1, NAN, 9, from, year), WHY_INVALID_INPUT);
	assert_none(quant_turnover(1, 1, 9, year, from), WHY_INVALID_INPUT);
}

/* Beside a loss of 1 - 1e-56 no digit of what is left fits. */
static void
little_is_left_and_is_annualised_all_the_same(void **state)
{
	double r[2520];

	(void)state;
	for (size_t i = 0; i < 2520; i++)
		r[i] = -0.05;
	assert_figure(quant_annualised_periods(r, 2520, 252),
	    expm1(252 * log1p(-0.05)));
	assert_figure(quant_annualised_periods(r, 2520, 1),
	    expm1(log1p(-0.05)));
	r[7] = -1;
	assert_figure(quant_annualised_periods(r, 2520, 252), -1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(change_of_value_is_over_a_positive_base),
		cmocka_unit_test(returns_may_overwrite_their_values),
		cmocka_unit_test(three_days_with_a_deposit_and_a_withdrawal),
		cmocka_unit_test(deposit_into_an_empty_portfolio_is_no_gain),
		cmocka_unit_test(sold_out_for_months_then_bought_again_is_flat),
		cmocka_unit_test(value_without_a_base_is_a_break),
		cmocka_unit_test(wiped_out_stays_lost_and_a_new_segment_begins),
		cmocka_unit_test(
		    same_day_deposit_and_withdrawal_differ_by_the_rule_only),
		cmocka_unit_test(flows_are_magnitudes),
		cmocka_unit_test(cumulative_of_the_golden_series),
		cmocka_unit_test(cumulative_and_annual_as_empyrical),
		cmocka_unit_test(wealth_is_lost_for_good),
		cmocka_unit_test(nothing_under_a_year_is_annualised),
		cmocka_unit_test(yearly_rate_to_the_rate_of_a_day),
		cmocka_unit_test(dietz_over_three_days_by_each_rule),
		cmocka_unit_test(dietz_refuses_what_it_cannot_weigh),
		cmocka_unit_test(law_windows_link_to_the_whole),
		cmocka_unit_test(law_scaled_money_returns_the_same),
		cmocka_unit_test(law_held_without_flows_is_the_asset),
		cmocka_unit_test(values_beyond_a_double_have_no_return),
		cmocka_unit_test(
	    what_nearly_vanished_and_came_back_is_linked_by_what_was_left),
		cmocka_unit_test(long_portfolios_are_as_day_by_day),
		cmocka_unit_test(what_is_hardly_won_keeps_its_digits),
		cmocka_unit_test(turnover_is_the_lesser_side_of_a_year),
		cmocka_unit_test(
		    little_is_left_and_is_annualised_all_the_same),
	};

	return (cmocka_run_group_tests(tests, NULL, NULL));
}
