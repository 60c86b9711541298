/*
 * Laws of a portfolio's days, over made-up pasts: what it is worth is what
 * was paid in and gained, and what does not matter changes nothing.
 */
#include "ledger/past.h"

static struct scene s, other;

#define ACTIVITIES	3000

static void
made_up(struct scene *to, uint64_t seed, bool whole)
{
	scene_make(to, seed, ACTIVITIES, whole);
	if (!past_fold(&to->past))
		fail_msg("seed %llu: %s", (unsigned long long)seed,
		    fault_names[to->past.fault.kind]);
	scene_days(to, ALWAYS);
	assert_int_equal(to->made, to->calendar.n);
}

static void
same_days(const struct day_value *a, const struct day_value *b, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++) {
		assert_int_equal(a[i].on.n, b[i].on.n);
		assert_true(dec_eq(a[i].value, b[i].value));
		assert_true(dec_eq(a[i].cash, b[i].cash));
		assert_true(dec_eq(a[i].inflow, b[i].inflow));
		assert_true(dec_eq(a[i].outflow, b[i].outflow));
		assert_int_equal(a[i].stale, b[i].stale);
	}
}

static dec
cost_of_all(const struct ledger *l)
{
	dec sum = DEC_ZERO;
	size_t i;

	for (i = 0; i < l->n; i++)
		sum = dec_add(sum, l->holdings[i].cost);
	return (sum);
}

/* value - (in - out) = realised + unrealised + income - fees - taxes, where
 * unrealised is what holdings are worth less what they cost. */
static void
identity_holds(const struct ledger *l, const struct day_value *v)
{
	dec unrealised, gain;

	unrealised = dec_sub(dec_sub(v->value, v->cash), cost_of_all(l));
	gain = dec_sub(dec_add(dec_add(l->realised, unrealised), l->income),
	    dec_add(l->fees, l->taxes));
	assert_true(dec_eq(dec_sub(v->value, dec_sub(l->paid_in,
	    l->paid_out)), gain));
}

static void
seed_keeps_the_identity(uint64_t seed)
{
	struct past *past = &s.past;
	dec in = DEC_ZERO, out = DEC_ZERO;
	size_t d, i;

	made_up(&s, seed, false);
	ledger_open(&past->l, 2, past->held, PAST_THINGS);
	for (d = i = 0; d < s.made; d++) {
		while (i < past->n &&
		    day_cmp(past->a[i].on, s.values[d].on) <= 0)
			assert_int_equal(ledger_apply(&past->l, &past->a[i++],
			    &past->fault), FAULT_NONE);
		assert_true(dec_eq(past->l.cash, s.values[d].cash));
		identity_holds(&past->l, &s.values[d]);
		in = dec_add(in, s.values[d].inflow);
		out = dec_add(out, s.values[d].outflow);
		assert_true(dec_eq(in, past->l.paid_in));
		assert_true(dec_eq(out, past->l.paid_out));
		assert_true(dec_sign(s.values[d].cash) >= 0);
	}
}

static void
on_every_day_value_is_what_was_paid_in_and_gained(void **state)
{
	(void)state;
	past_seeds(101, seed_keeps_the_identity);
}

/* The newest close up to the day, looked for in the plainest way, in units
 * of after all splits. */
static dec
value_slowly(const struct scene *sc, const struct ledger *l, day when)
{
	const struct activity *a;
	dec sum = l->cash, price;
	day since;
	size_t i, k;

	for (i = 0; i < PAST_THINGS; i++) {
		price = l->holdings[i].last_price;
		since = when;
		for (k = 0; k < sc->closes[i].n; k++)
			if (day_cmp(sc->close[i][k].on, when) <= 0) {
				price = sc->close[i][k].price;
				since = sc->close[i][k].on;
			}
		for (k = 0; k < sc->past.n; k++) {
			a = &sc->past.a[k];
			if (a->kind == A_SPLIT && a->instrument == i &&
			    day_cmp(a->on, since) > 0 &&
			    day_cmp(a->on, when) <= 0)
				price = dec_mul_div(price,
				    dec_of(a->denominator),
				    dec_of(a->numerator));
		}
		sum = dec_add(sum, trade_amount(l->holdings[i].quantity,
		    price, 2));
	}
	return (sum);
}

static void
seed_is_valued_as_by_hand(uint64_t seed)
{
	struct past *past = &s.past;
	size_t d, i;

	made_up(&s, seed, false);
	ledger_open(&past->l, 2, past->held, PAST_THINGS);
	for (d = i = 0; d < s.made; d++) {
		while (i < past->n &&
		    day_cmp(past->a[i].on, s.values[d].on) <= 0)
			ledger_apply(&past->l, &past->a[i++], &past->fault);
		if (d % 7 == 0 || d + 1 == s.made)
			assert_true(dec_eq(value_slowly(&s, &past->l,
			    s.values[d].on), s.values[d].value));
	}
}

static void
values_are_those_found_the_slow_way(void **state)
{
	(void)state;
	past_seeds(101, seed_is_valued_as_by_hand);
}

/* From a later day, with the market days before it or with only one. */
static void
seed_gives_the_same_later_days(uint64_t seed)
{
	size_t i, all, before;

	made_up(&s, seed, false);
	made_up(&other, seed, false);
	all = other.made;
	for (i = 1; i < all; i += 97) {
		scene_days(&s, other.values[i].on);
		assert_int_equal(s.made, all - i);
		same_days(s.values, &other.values[i], s.made);
		/* Asked for from the day after a row, as on a Saturday. */
		scene_days(&s, day_add(other.values[i - 1].on, 1));
		same_days(s.values, &other.values[i], s.made);
		before = s.calendar.n;
		s.calendar.days = &s.days[i - 1];
		s.calendar.n -= i - 1;
		scene_days(&s, other.values[i].on);
		assert_int_equal(s.made, all - i);
		same_days(s.values, &other.values[i], s.made);
		s.calendar.days = s.days;
		s.calendar.n = before;
	}
}

static void
from_a_later_day_on_the_rows_are_the_same(void **state)
{
	(void)state;
	past_seeds(101, seed_gives_the_same_later_days);
}

/* What comes later changes no earlier row. */
static void
seed_is_not_changed_by_what_follows(uint64_t seed)
{
	size_t i, n, d;

	made_up(&s, seed, false);
	made_up(&other, seed, false);
	n = other.past.n / 2;
	other.past.n = n;
	for (i = 0; i < PAST_THINGS; i++)
		while (other.closes[i].n > 0 && day_cmp(
		    other.close[i][other.closes[i].n - 1].on,
		    other.past.a[n - 1].on) >= 0)
			other.closes[i].n--;
	assert_true(past_fold(&other.past));
	scene_days(&other, ALWAYS);
	for (d = 0; day_cmp(other.values[d].on, other.past.a[n - 1].on) < 0;
	    d++)
		;
	assert_true(d > 10);
	same_days(s.values, other.values, d);
}

static void
what_comes_later_changes_no_earlier_day(void **state)
{
	(void)state;
	past_seeds(101, seed_is_not_changed_by_what_follows);
}

static void
seed_splits_deposits(uint64_t seed)
{
	struct activity *a, *more;
	size_t i, n;

	made_up(&s, seed, false);
	made_up(&other, seed, false);
	for (i = 0, n = other.past.n; i < n; i++) {
		a = &other.past.a[i];
		if (a->kind != A_DEPOSIT)
			continue;
		more = past_money(&other.past, A_DEPOSIT, a->on, D("0.01"));
		a->amount = dec_sub(a->amount, more->amount);
	}
	assert_true(past_fold(&other.past));
	scene_days(&other, ALWAYS);
	same_days(s.values, other.values, s.made);
}

static void
a_deposit_in_two_parts_changes_no_day(void **state)
{
	(void)state;
	past_seeds(101, seed_splits_deposits);
}

/* From `when` on, one old unit is `n` new ones at the matching price. */
static void
scene_split_from(struct scene *sc, day when, size_t thing, int64_t n)
{
	struct activity *a;
	size_t i;

	for (i = 0; i < sc->past.n; i++) {
		a = &sc->past.a[i];
		if (a->instrument != thing || day_cmp(a->on, when) < 0 ||
		    (a->kind != A_BUY && a->kind != A_SELL))
			continue;
		a->quantity = dec_mul(a->quantity, dec_of(n));
		a->price = dec_div(a->price, dec_of(n));
	}
	for (i = 0; i < sc->closes[thing].n; i++)
		if (day_cmp(sc->close[thing][i].on, when) >= 0)
			sc->close[thing][i].price = dec_div(
			    sc->close[thing][i].price, dec_of(n));
	past_split(&sc->past, when, thing, n, 1);
}

static void
seed_bears_a_split(uint64_t seed)
{
	static const int64_t ratios[] = { 2, 4, 5, 10, 20 };
	size_t thing, i;
	int64_t n;

	made_up(&s, seed, true);
	made_up(&other, seed, true);
	for (thing = 0; thing < PAST_THINGS; thing++) {
		n = ratios[dice_from(&s.dice, 0, 4)];
		scene_split_from(&other, day_add(on("2015-03-01"),
		    (int)dice_from(&s.dice, 0, 300)), thing, n);
	}
	assert_true(past_fold(&other.past));
	scene_days(&other, ALWAYS);
	same_days(s.values, other.values, s.made);
	assert_true(dec_eq(s.past.l.realised, other.past.l.realised));
	for (i = 0; i < PAST_THINGS; i++) {
		assert_true(dec_eq(s.past.held[i].cost,
		    other.past.held[i].cost));
		assert_true(dec_eq(s.past.held[i].realised,
		    other.past.held[i].realised));
	}
}

static void
a_split_with_matching_prices_changes_no_day_and_no_gain(void **state)
{
	(void)state;
	past_seeds(101, seed_bears_a_split);
}

#define T(name)	cmocka_unit_test(name)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		T(on_every_day_value_is_what_was_paid_in_and_gained),
		T(values_are_those_found_the_slow_way),
		T(from_a_later_day_on_the_rows_are_the_same),
		T(what_comes_later_changes_no_earlier_day),
		T(a_deposit_in_two_parts_changes_no_day),
		T(a_split_with_matching_prices_changes_no_day_and_no_gain),
	};

	return (cmocka_run_group_tests(tests, NULL, NULL));
}
