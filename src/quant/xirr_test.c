/*
 * Money-weighted rates: documented examples, the reference set's awkward
 * ones, all roots, and what has none.
 */
#include "quant/golden.h"

#define COUNT(a)	(sizeof(a) / sizeof((a)[0]))

static void
assert_rate(const struct cashflow *f, size_t n, double want, double tol)
{
	struct xirr x;

	quant_xirr(f, n, &x);
	assert_figure_within(x.annual, want, tol);
}

/* The example of Excel's manual. */
static void
five_flows_as_excel(void **state)
{
	const struct cashflow f[] = {
		{ day_of(2008, 1, 1), -10000 }, { day_of(2008, 3, 1), 2750 },
		{ day_of(2008, 10, 30), 4250 }, { day_of(2009, 2, 15), 3250 },
		{ day_of(2009, 4, 1), 2750 },
	};

	(void)state;
	assert_rate(f, COUNT(f), 0.373362533519, 1e-9);
}

static void
two_years_and_a_leap_year(void **state)
{
	const struct cashflow two[] = {
		{ day_of(2020, 1, 1), -1000 }, { day_of(2021, 1, 1), 750 },
		{ day_of(2022, 1, 1), 500 },
	};
	const struct cashflow leap[] = {
		{ day_of(2020, 1, 1), -1000 }, { day_of(2021, 1, 1), 1100 },
	};
	const struct cashflow both[] = {
		{ day_of(2023, 1, 1), -10000 }, { day_of(2023, 7, 1), -5000 },
		{ day_of(2024, 1, 1), 2000 }, { day_of(2024, 12, 31), 15500 },
	};

	(void)state;
	assert_rate(two, COUNT(two), 0.175009264615, 1e-9);
	assert_rate(leap, COUNT(leap), 0.099713585934, 1e-9);
	assert_rate(both, COUNT(both), 0.093863430932, 1e-9);
}

static void
two_roots_are_both_told(void **state)
{
	const struct cashflow f[] = {
		{ day_of(2021, 1, 1), -1000 }, { day_of(2022, 1, 1), 2300 },
		{ day_of(2023, 1, 1), -1320 },
	};
	struct xirr x;

	(void)state;
	quant_xirr(f, COUNT(f), &x);
	assert_int_equal(x.n, 2);
	assert_within(x.root[0], 0.10, 1e-9);
	assert_within(x.root[1], 0.20, 1e-9);
	assert_figure_within(x.annual, 0.10, 1e-9);
	assert_int_equal(x.annual.warnings, WARN_MULTIPLE_ROOTS);
}

/* (1 - 1.1 v)(1 - 1.101 v): both roots between two nodes of the grid. */
static void
two_roots_closer_than_the_grid(void **state)
{
	const struct cashflow f[] = {
		{ day_of(2021, 1, 1), -10000 }, { day_of(2022, 1, 1), 22010 },
		{ day_of(2023, 1, 1), -12111 },
	};
	const struct cashflow touching[] = {
		{ day_of(2021, 1, 1), -100 }, { day_of(2022, 1, 1), 220 },
		{ day_of(2023, 1, 1), -121 },
	};
	struct xirr x;

	(void)state;
	quant_xirr(f, COUNT(f), &x);
	assert_int_equal(x.n, 2);
	assert_within(x.root[0], 0.1, 1e-9);
	assert_within(x.root[1], 0.101, 1e-9);
	quant_xirr(touching, COUNT(touching), &x);
	assert_true(x.n > 0);
	assert_figure_within(x.annual, 0.1, 1e-5);
}

static void
one_sign_or_one_day_has_no_rate(void **state)
{
	const struct cashflow in[] = {
		{ day_of(2021, 1, 1), 100 }, { day_of(2022, 1, 1), 50 },
	};
	const struct cashflow same[] = {
		{ day_of(2021, 1, 1), -100 }, { day_of(2021, 1, 1), 110 },
	};
	const struct cashflow netted[] = {
		{ day_of(2021, 1, 1), -100 }, { day_of(2021, 1, 1), 150 },
		{ day_of(2022, 1, 1), 50 },
	};
	struct xirr x;

	(void)state;
	quant_xirr(in, COUNT(in), &x);
	assert_none(x.annual, WHY_NO_SOLUTION);
	assert_none(x.shown, WHY_NO_SOLUTION);
	quant_xirr(same, COUNT(same), &x);
	assert_none(x.annual, WHY_NO_SOLUTION);
	quant_xirr(netted, COUNT(netted), &x);
	assert_none(x.annual, WHY_NO_SOLUTION);
	quant_xirr(NULL, 0, &x);
	assert_none(x.annual, WHY_NO_SOLUTION);
}

static void
flows_out_of_order_are_refused(void **state)
{
	const struct cashflow f[] = {
		{ day_of(2022, 1, 1), -100 }, { day_of(2021, 1, 1), 150 },
	};
	struct xirr x;

	(void)state;
	quant_xirr(f, COUNT(f), &x);
	assert_none(x.annual, WHY_INVALID_INPUT);
}

static void
under_a_year_the_period_is_shown(void **state)
{
	const struct cashflow f[] = {
		{ day_of(2024, 1, 1), -100 }, { day_of(2024, 1, 2), 99 },
	};
	struct xirr x;

	(void)state;
	quant_xirr(f, COUNT(f), &x);
	assert_figure_within(x.shown, -0.01, 1e-9);
	assert_int_equal(x.shown.warnings, WARN_NOT_ANNUALISED);
	assert_figure_within(x.annual, pow(0.99, 365) - 1, 1e-9);
	assert_int_equal(x.days, 1);
}

/* From pyxirr's tests: sorted here, as the contract asks. */
static void
awkward_flows_as_pyxirr(void **state)
{
	const struct cashflow unordered[] = {
		{ day_of(2015, 6, 11), -1000 }, { day_of(2015, 7, 21), -9000 },
		{ day_of(2015, 10, 17), -3000 }, { day_of(2018, 6, 10), 20000 },
	};
	const struct cashflow nothing_came_back[] = {
		{ day_of(2020, 1, 1), -1e9 }, { day_of(2022, 1, 1), 1e-6 },
	};
	const struct cashflow forty_years[] = {
		{ day_of(1980, 1, 1), -1000 }, { day_of(2000, 1, 1), 1e-9 },
		{ day_of(2020, 1, 1), 1 },
	};
	struct xirr x;

	(void)state;
	assert_rate(unordered, COUNT(unordered), 0.16353715844, 1e-9);
	quant_xirr(nothing_came_back, COUNT(nothing_came_back), &x);
	assert_figure_within(x.annual, expm1(log(1e-15) * 365 / 731), 1e-9);
	quant_xirr(forty_years, COUNT(forty_years), &x);
	assert_int_equal(x.n, 1);
	assert_within(quant_xnpv(forty_years, 3, x.root[0]), 0, 1e-6);
}

/* Flows at random over some years, after 1000 paid in. */
static void
random_flows(struct dice *d, struct cashflow *f, int n)
{
	f[0] = (struct cashflow){ day_of(2010, 1, 1), -1000 };
	for (int i = 1; i < n; i++)
		f[i] = (struct cashflow){ day_add(f[i - 1].on,
		    1 + (int)(dice_bits(d) % 60)), 100 * dice_normal(d) };
}

/* Annualised Modified Dietz, by the other file; 0.1 where it has none. */
static double
dietz_guess(const struct cashflow *f, size_t n)
{
	struct cashflow in[40];
	day from = f[0].on, to = f[n - 1].on;
	struct figure r;

	for (size_t i = 1; i + 1 < n; i++)
		in[i - 1] = (struct cashflow){ f[i].on, -f[i].amount };
	r = quant_modified_dietz(-f[0].amount, f[n - 1].amount, from, to, in,
	    n - 2, DIETZ_END);
	if (!figure_ok(r) || r.value <= -1)
		return (0.1);
	return (pow(1 + r.value, 365.0 / day_between(from, to)) - 1);
}

static void
law_of_several_roots_the_one_nearest_dietz(void **state)
{
	struct dice d = { 24 };
	struct cashflow f[40];
	struct xirr x;
	double guess;
	size_t several = 0, swayed = 0;

	(void)state;
	for (int round = 0; round < 500; round++) {
		random_flows(&d, f, 40);
		quant_xirr(f, 40, &x);
		guess = dietz_guess(f, 40);
		for (size_t i = 0; x.n > 1 && i < x.n; i++) {
			assert_true(fabs(x.root[i] - guess) >=
			    fabs(x.annual.value - guess) - 1e-9);
			swayed += fabs(x.root[i] - 0.1) <
			    fabs(x.annual.value - 0.1);
		}
		several += x.n > 1;
	}
	assert_true(several > 50 && swayed > 0);
}

static void
law_present_value_at_a_root_is_nothing(void **state)
{
	struct dice d = { 21 };
	struct cashflow f[40];
	struct xirr x;
	double gross, weight;
	size_t found = 0;

	(void)state;
	for (int round = 0; round < 300; round++) {
		random_flows(&d, f, 40);
		quant_xirr(f, 40, &x);
		for (size_t k = 0; k < x.n; k++) {
			gross = 0;
			for (int i = 0; i < 40; i++) {
				weight = pow(1 + x.root[k],
				    -day_between(f[0].on, f[i].on) / 365.0);
				gross += fabs(f[i].amount) * weight;
			}
			assert_true(fabs(quant_xnpv(f, 40, x.root[k])) <
			    1e-6 * gross);
			assert_true(k == 0 || x.root[k] > x.root[k - 1]);
			found++;
		}
	}
	assert_true(found > 150);
}

static void
law_money_scaled_keeps_the_rate(void **state)
{
	struct dice d = { 22 };
	struct cashflow f[20], g[20];
	struct xirr x, y;

	(void)state;
	for (int round = 0; round < 50; round++) {
		for (int i = 0; i < 20; i++) {
			f[i] = (struct cashflow){ day_of(2015, 1, 1 + i),
			    i == 19 ? 2000 : -100 * dice_unit(&d) };
			f[i].on = day_add(f[i].on, 90 * i);
			g[i] = f[i];
			g[i].amount *= 1234.5;
		}
		quant_xirr(f, 20, &x);
		quant_xirr(g, 20, &y);
		assert_int_equal(x.n, 1);
		assert_within(y.annual.value, x.annual.value, 1e-9);
	}
}

/* One purchase held: money- and time-weighted rates agree. */
static void
law_without_flows_it_is_the_annual_return(void **state)
{
	struct dice d = { 23 };
	struct cashflow f[2];
	struct xirr x;

	(void)state;
	for (int round = 0; round < 100; round++) {
		f[0] = (struct cashflow){ day_of(2000, 1, 1), -100 };
		f[1] = (struct cashflow){ day_add(f[0].on,
		    400 + (int)(dice_bits(&d) % 4000)),
		    100 * exp(dice_normal(&d)) };
		quant_xirr(f, 2, &x);
		assert_figure_within(x.shown, quant_annualised(
		    f[1].amount / 100 - 1, f[0].on, f[1].on).value, 1e-9);
	}
}

/* A millionfold in a day is no number a year. */
static void
a_rate_beyond_a_double_is_left_out(void **state)
{
	struct cashflow f[] = { { day_of(2024, 1, 1), -1 },
	    { day_of(2024, 1, 2), 900000 } };
	struct xirr x;

	(void)state;
	quant_xirr(f, 2, &x);
	assert_none(x.annual, WHY_OUT_OF_RANGE);
	assert_figure(x.shown, 899999);
	assert_int_equal(x.n, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(five_flows_as_excel),
		cmocka_unit_test(two_years_and_a_leap_year),
		cmocka_unit_test(two_roots_are_both_told),
		cmocka_unit_test(two_roots_closer_than_the_grid),
		cmocka_unit_test(one_sign_or_one_day_has_no_rate),
		cmocka_unit_test(flows_out_of_order_are_refused),
		cmocka_unit_test(under_a_year_the_period_is_shown),
		cmocka_unit_test(awkward_flows_as_pyxirr),
		cmocka_unit_test(a_rate_beyond_a_double_is_left_out),
		cmocka_unit_test(law_present_value_at_a_root_is_nothing),
		cmocka_unit_test(law_of_several_roots_the_one_nearest_dietz),
		cmocka_unit_test(law_money_scaled_keeps_the_rate),
		cmocka_unit_test(law_without_flows_it_is_the_annual_return),
	};

	return (cmocka_run_group_tests(tests, NULL, NULL));
}
