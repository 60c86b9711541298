/*
 * Laws of the account over random histories: in which order they are told,
 * what is refused, and what is known later.
 */
#include "ledger/random.h"

#define ACTIVITIES	2000

static struct random_past p;

/* ---- the order they are told in ---------------------------------------- */

static void
seed_folds_as_it_was_told(uint64_t seed)
{
	p.margin = seed % 2 == 0;
	random_any(&p, seed, ACTIVITIES);
	random_same(random_fold(&p, p.method), p.now);
	arena_drop(&p.mem);
}

static void
one_by_one_is_as_all_at_once(void **state)
{
	(void)state;
	random_seeds(2 * RANDOM_METHODS, seed_folds_as_it_was_told);
}

static void
seed_may_be_told_late(uint64_t seed)
{
	struct account *a;
	size_t late = 60, i, k;

	p.margin = seed % 2 == 0;
	random_any(&p, seed, 900);
	a = random_account(&p, p.method);
	for (i = 0; i < p.n; i++)
		if (i % (p.n / late) != 0)
			(void)account_add(a, &p.a[i]);
	for (i = p.n; i-- > 0;)
		if (i % (p.n / late) == 0)
			(void)account_add(a, &p.a[i]);
	random_same(a, p.now);
	for (k = 0; k < 20; k++) {
		i = (size_t)random_from(&p, 0, (int64_t)p.n - 1);
		assert_true(account_remove(a, &p.a[i]));
		assert_false(account_remove(a, &p.a[i]));
		(void)account_add(a, &p.a[i]);
	}
	random_same(a, p.now);
	arena_drop(&p.mem);
}

static void
told_late_or_taken_out_and_put_back_is_the_same(void **state)
{
	(void)state;
	random_seeds(RANDOM_METHODS, seed_may_be_told_late);
}

static void
seed_ignores_the_order_handed_over(uint64_t seed)
{
	static struct activity shuffled[RANDOM_MOST];
	struct account *a;
	struct activity swap;
	size_t i, k;

	p.margin = seed % 2 == 0;
	random_any(&p, seed, ACTIVITIES);
	memcpy(shuffled, p.a, p.n * sizeof(p.a[0]));
	for (i = p.n; i > 1; i--) {
		k = (size_t)random_from(&p, 0, (int64_t)i - 1);
		swap = shuffled[k];
		shuffled[k] = shuffled[i - 1];
		shuffled[i - 1] = swap;
	}
	a = random_account(&p, p.method);
	account_fold(a, shuffled, p.n);
	random_same(a, p.now);
	arena_drop(&p.mem);
}

static void
the_order_they_are_handed_over_in_does_not_matter(void **state)
{
	(void)state;
	random_seeds(RANDOM_METHODS, seed_ignores_the_order_handed_over);
}

static void
seed_ignores_the_order_of_strangers(uint64_t seed)
{
	uint64_t rank[6];
	struct account *a;
	size_t i;

	p.margin = true;
	random_any(&p, seed, ACTIVITIES);
	for (i = 0; i < 6; i++)
		rank[i] = random_roll(&p) >> 20;
	for (i = 0; i < p.n; i++)
		p.a[i].order += rank[random_family(&p.a[i])];
	a = random_account(&p, p.method);
	account_fold(a, p.a, p.n);
	assert_same_totals(account_totals(a), account_totals(p.now));
	for (i = 0; i < RANDOM_THINGS; i++)
		assert_same_holding_of(a, p.now, i);
	for (i = 0; i < RANDOM_CURRENCIES; i++)
		assert_dec_equal("cash", account_cash(a, i)->amount,
		    account_cash(p.now, i)->amount);
	arena_drop(&p.mem);
}

static void
the_order_of_strangers_within_a_day_does_not_matter(void **state)
{
	(void)state;
	random_seeds(RANDOM_METHODS, seed_ignores_the_order_of_strangers);
}

/* ---- what is refused --------------------------------------------------- */

static void
seed_leaves_no_trace(uint64_t seed)
{
	static struct activity good[RANDOM_MOST];
	static bool bad[RANDOM_MOST];
	const struct ledger_fault *f;
	struct account *a;
	size_t n, i, m = 0;

	p.margin = true;
	random_any(&p, seed, ACTIVITIES);
	memset(bad, 0, sizeof(bad));
	f = account_faults(p.now, &n);
	for (i = 0; i < n; i++)
		bad[f[i].origin] = true;
	for (i = 0; i < p.n; i++)
		if (!bad[p.a[i].origin])
			good[m++] = p.a[i];
	assert_true(n > 0 && m + n == p.n);
	a = random_account(&p, p.method);
	account_fold(a, good, m);
	account_faults(a, &n);
	assert_int_equal(n, 0);
	assert_same_totals(account_totals(a), account_totals(p.now));
	for (i = 0; i < RANDOM_THINGS; i++)
		assert_same_holding_of(a, p.now, i);
	assert_same_realised(a, p.now);
	arena_drop(&p.mem);
}

static void
what_is_refused_leaves_no_trace(void **state)
{
	(void)state;
	random_seeds(2 * RANDOM_METHODS, seed_leaves_no_trace);
}

/* ---- what is known later ----------------------------------------------- */

static void
seed_knows_nothing_of_tomorrow(uint64_t seed)
{
	struct calendar now = { .days = p.days };
	struct closes cut[RANDOM_THINGS];
	struct account *a, *b;
	struct worth w, v;
	size_t i, k, n;
	day on;

	p.margin = true;
	random_any(&p, seed, 800);
	a = random_fold(&p, p.method);
	for (k = 0; k < 10; k++) {
		on = p.days[random_from(&p, 0, (int64_t)p.calendar.n - 1)];
		account_seek(a, on);
		for (n = 0; n < p.n && day_cmp(p.a[n].on, on) <= 0; n++)
			;
		b = random_account(&p, p.method);
		account_fold(b, p.a, n);
		random_same(a, b);
		for (i = 0; i < RANDOM_THINGS; i++) {
			cut[i] = p.closes[i];
			while (cut[i].n > 0 && day_cmp(
			    cut[i].v[cut[i].n - 1].on, on) > 0)
				cut[i].n--;
		}
		now.closes = cut;
		account_worth(a, &p.calendar, on, &w);
		account_worth(b, &now, on, &v);
		assert_dec_equal("value", w.value, v.value);
		assert_int_equal(w.stale, v.stale);
	}
	arena_drop(&p.mem);
}

static void
what_comes_later_changes_nothing_of_a_day(void **state)
{
	(void)state;
	random_seeds(RANDOM_METHODS, seed_knows_nothing_of_tomorrow);
}

static void
seed_days_are_looks(uint64_t seed)
{
	static struct day_value v[RANDOM_DAYS];
	struct account *a;
	struct worth w;
	size_t n, i;
	dec flows = DEC_ZERO;

	p.margin = true;
	random_any(&p, seed, 1200);
	a = random_fold(&p, p.method);
	n = account_days(a, &p.calendar, p.days[0], v);
	for (i = 0; i < n; i++) {
		flows = dec_add(flows, dec_sub(v[i].inflow, v[i].outflow));
		if (i % 9 != 0)
			continue;
		account_seek(a, v[i].on);
		account_worth(a, &p.calendar, v[i].on, &w);
		assert_dec_equal("value", v[i].value, w.value);
		assert_dec_equal("cash", v[i].cash, w.cash);
		assert_int_equal(v[i].stale, w.stale);
		assert_dec_equal("flows", flows, dec_sub(
		    account_totals(a)->paid_in, account_totals(a)->paid_out));
	}
	assert_true(n > 100);
	arena_drop(&p.mem);
}

static void
days_are_what_one_sees_when_looking_at_each(void **state)
{
	(void)state;
	random_seeds(RANDOM_METHODS, seed_days_are_looks);
}

static void
seed_holdings_are_the_value(uint64_t seed)
{
	struct stand stands[RANDOM_THINGS];
	dec value, price;
	struct worth w;
	size_t i, k;

	p.margin = true;
	random_any(&p, seed, 1200);
	for (i = 0; i < p.calendar.n; i += 11) {
		account_seek(p.now, p.days[i]);
		account_worth(p.now, &p.calendar, p.days[i], &w);
		account_stands(p.now, &p.calendar, p.days[i], stands);
		value = w.cash;
		price = DEC_ZERO;
		for (k = 0; k < RANDOM_THINGS; k++) {
			value = dec_add(value, stands[k].value_base);
			price = dec_add(price, stands[k].price_effect);
			if (random_things[k].terms.currency == 0)
				assert_dec_equal("at home", stands[k].value,
				    stands[k].value_base);
		}
		assert_dec_equal("value", w.value, value);
		assert_dec_equal("price effect", w.price_effect, price);
	}
	arena_drop(&p.mem);
}

static void
holdings_and_cash_are_the_value(void **state)
{
	(void)state;
	random_seeds(RANDOM_METHODS, seed_holdings_are_the_value);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
#define LAW(name) cmocka_unit_test(name)
		LAW(one_by_one_is_as_all_at_once),
		LAW(told_late_or_taken_out_and_put_back_is_the_same),
		LAW(the_order_they_are_handed_over_in_does_not_matter),
		LAW(the_order_of_strangers_within_a_day_does_not_matter),
		LAW(what_is_refused_leaves_no_trace),
		LAW(what_comes_later_changes_nothing_of_a_day),
		LAW(days_are_what_one_sees_when_looking_at_each),
		LAW(holdings_and_cash_are_the_value),
	};

	return (cmocka_run_group_tests(tests, NULL, NULL));
}
