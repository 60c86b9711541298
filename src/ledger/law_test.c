/*
 * Laws of the fold, over made-up pasts of thousands of activities.
 */
#include "ledger/past.h"

#define ACTIVITIES	3000

static struct scene s, other;

static void
made_up(struct scene *to, uint64_t seed)
{
	scene_make(to, seed, ACTIVITIES, false);
	if (!past_fold(&to->past))
		fail_msg("seed %llu: %s", (unsigned long long)seed,
		    fault_names[to->past.fault.kind]);
}

static void
seed_meets_every_kind(uint64_t seed)
{
	size_t count[A_SPLIT + 1] = { 0 }, i;

	made_up(&s, seed);
	assert_true(s.past.n >= ACTIVITIES);
	for (i = 0; i < s.past.n; i++)
		count[s.past.a[i].kind]++;
	for (i = 0; i <= A_SPLIT; i++)
		assert_true(count[i] >= 3);
	assert_true(count[A_SELL] > 500 && count[A_BUY] > 500);
}

static void
pasts_are_made_up_of_everything(void **state)
{
	(void)state;
	past_seeds(1, seed_meets_every_kind);
}

/* Cash is what came in less what was spent, cost by cost. */
static void
seed_balances(uint64_t seed)
{
	struct ledger l;
	struct holding held[PAST_THINGS];
	struct fault_found fault;
	dec left, right, realised;
	size_t i, k;

	made_up(&s, seed);
	ledger_open(&l, 2, held, PAST_THINGS);
	for (i = 0; i < s.past.n; i++) {
		assert_int_equal(ledger_apply(&l, &s.past.a[i], &fault),
		    FAULT_NONE);
		left = l.cash;
		realised = DEC_ZERO;
		for (k = 0; k < PAST_THINGS; k++) {
			left = dec_add(left, held[k].cost);
			realised = dec_add(realised, held[k].realised);
			assert_true(dec_sign(held[k].quantity) >= 0);
			assert_true(dec_sign(held[k].cost) >= 0);
			if (dec_sign(held[k].quantity) == 0)
				assert_dec(held[k].cost, "0");
			assert_int_equal(day_ok(held[k].opened_on),
			    dec_sign(held[k].quantity) > 0);
		}
		right = dec_add(dec_sub(l.paid_in, l.paid_out),
		    dec_sub(dec_add(l.realised, l.income),
		    dec_add(l.fees, l.taxes)));
		assert_true(dec_eq(left, right));
		assert_true(dec_eq(realised, l.realised));
		assert_true(dec_eq(dec_round(l.cash, 2), l.cash));
	}
}

static void
books_balance_after_every_activity(void **state)
{
	(void)state;
	past_seeds(1, seed_balances);
}

/* Proceeds less purchases, once all is sold, whatever happened between. */
static void
seed_sells_out(uint64_t seed)
{
	struct past *past = &s.past;
	dec spent[PAST_THINGS], q;
	size_t i, n;

	made_up(&s, seed);
	for (i = 0; i < PAST_THINGS; i++) {
		q = past->held[i].quantity;
		if (dec_sign(q) > 0)
			past_trade(past, A_SELL, day_of(2031, 1, 1), i, q,
			    D("12.345"), D("0.10"));
		spent[i] = DEC_ZERO;
	}
	assert_true(past_fold(past));
	for (i = 0, n = past->n; i < n; i++)
		if (past->a[i].kind == A_BUY || past->a[i].kind == A_SELL)
			spent[past->a[i].instrument] = dec_add(
			    spent[past->a[i].instrument],
			    activity_cash(&past->a[i]));
	for (i = 0; i < PAST_THINGS; i++) {
		assert_dec(past->held[i].quantity, "0");
		assert_dec(past->held[i].cost, "0");
		assert_true(dec_eq(past->held[i].realised, spent[i]));
	}
}

static void
sold_out_the_gain_is_what_was_got_less_what_was_paid(void **state)
{
	(void)state;
	past_seeds(1, seed_sells_out);
}

static void
seed_ignores_the_order_told(uint64_t seed)
{
	made_up(&s, seed);
	made_up(&other, seed);
	other.dice.s = ~seed;
	scene_shuffle(&other);
	assert_true(past_fold(&other.past));
	assert_same_ledger(&s.past.l, &other.past.l);
}

static void
the_order_they_are_handed_over_in_does_not_matter(void **state)
{
	(void)state;
	past_seeds(1, seed_ignores_the_order_told);
}

/* Another order within each day for different instruments and for money;
 * one instrument's own activities stay in theirs. */
static void
seed_ignores_the_order_of_strangers(uint64_t seed)
{
	uint64_t rank[PAST_THINGS + 1];
	struct activity *a;
	size_t i;

	made_up(&s, seed);
	made_up(&other, seed);
	for (i = 0; i <= PAST_THINGS; i++)
		rank[i] = dice_roll(&s.dice) >> 32;
	for (i = 0; i < other.past.n; i++) {
		a = &other.past.a[i];
		a->order |= rank[a->kind == A_BUY || a->kind == A_SELL ||
		    a->kind == A_DIVIDEND || a->kind == A_SPLIT ?
		    a->instrument : PAST_THINGS] << 32;
	}
	assert_true(past_fold(&other.past));
	assert_same_ledger(&s.past.l, &other.past.l);
}

static void
trades_of_a_day_that_are_strangers_may_change_places(void **state)
{
	(void)state;
	past_seeds(1, seed_ignores_the_order_of_strangers);
}

static void
seed_splits_deposits(uint64_t seed)
{
	struct activity *a, *more;
	size_t i, n;

	made_up(&s, seed);
	made_up(&other, seed);
	for (i = 0, n = other.past.n; i < n; i++) {
		a = &other.past.a[i];
		if (a->kind != A_DEPOSIT)
			continue;
		more = past_money(&other.past, A_DEPOSIT, a->on, D("0.01"));
		a->amount = dec_sub(a->amount, more->amount);
	}
	assert_true(other.past.n > n + 20);
	assert_true(past_fold(&other.past));
	assert_same_ledger(&s.past.l, &other.past.l);
}

static void
a_deposit_in_two_parts_is_the_same(void **state)
{
	(void)state;
	past_seeds(1, seed_splits_deposits);
}

static void
seed_folds_in_two_parts(uint64_t seed)
{
	struct past *past = &other.past;
	size_t i, k;

	made_up(&s, seed);
	made_up(&other, seed);
	k = (size_t)dice_from(&s.dice, 1, (int64_t)past->n - 1);
	while (k < past->n && day_cmp(past->a[k - 1].on, past->a[k].on) == 0)
		k++;
	ledger_open(&past->l, 2, past->held, PAST_THINGS);
	assert_true(ledger_fold(&past->l, past->a, k, &past->fault));
	assert_true(ledger_fold(&past->l, past->a + k, past->n - k,
	    &past->fault));
	assert_same_ledger(&s.past.l, &past->l);
	for (i = 0; i < past->n; i++)
		assert_true(dec_eq(past->a[i].realised, s.past.a[i].realised));
}

static void
folded_in_two_parts_it_is_the_same(void **state)
{
	(void)state;
	past_seeds(1, seed_folds_in_two_parts);
}

/* Anything one cent or one unit more than there is is refused. */
static void
seed_refuses_a_bit_more(uint64_t seed)
{
	struct past *past = &s.past;
	day last = day_of(2030, 1, 1);
	size_t i;

	made_up(&s, seed);
	for (i = 0; i < PAST_THINGS; i++) {
		past_trade(past, A_SELL, last, i, dec_add(
		    past->held[i].quantity, dec_units(1, 18)), D("1"),
		    DEC_ZERO);
		assert_int_equal(ledger_apply(&past->l, &past->a[past->n - 1],
		    &past->fault), FAULT_MORE_THAN_HELD);
		assert_true(dec_eq(past->fault.missing, dec_units(1, 18)));
		past->n--;
	}
	past_money(past, A_WITHDRAWAL, last, dec_add(past->l.cash,
	    D("0.01")));
	assert_false(past_fold(past));
	assert_int_equal(past->fault.kind, FAULT_NOT_ENOUGH_CASH);
	assert_dec(past->fault.missing, "0.01");
	assert_int_equal(past->fault.activity, past->n - 1);
}

static void
a_bit_more_than_there_is_is_refused(void **state)
{
	(void)state;
	past_seeds(1, seed_refuses_a_bit_more);
}

#define T(name)	cmocka_unit_test(name)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		T(pasts_are_made_up_of_everything),
		T(books_balance_after_every_activity),
		T(sold_out_the_gain_is_what_was_got_less_what_was_paid),
		T(the_order_they_are_handed_over_in_does_not_matter),
		T(trades_of_a_day_that_are_strangers_may_change_places),
		T(a_deposit_in_two_parts_is_the_same),
		T(folded_in_two_parts_it_is_the_same),
		T(a_bit_more_than_there_is_is_refused),
	};

	return (cmocka_run_group_tests(tests, NULL, NULL));
}
