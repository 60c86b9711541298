/*
 * Laws of the account over random histories of thousands of activities: all
 * kinds, all methods, three currencies. Here: sums and the identity.
 */
#include "ledger/random.h"

#define ACTIVITIES	2000
#define SEEDS		8

static struct random_past p;

/* ---- what is made up --------------------------------------------------- */

static void
seed_meets_every_kind(uint64_t seed)
{
	size_t done[A_BONUS + 1] = { 0 }, n, i, k;
	const struct ledger_fault *f;

	p.margin = true;
	random_any(&p, seed, ACTIVITIES);
	f = account_faults(p.now, &n);
	for (i = 0; i < p.n; i++)
		done[p.a[i].kind]++;
	for (i = 0; i < n; i++)
		for (k = 0; k < p.n; k++)
			if (p.a[k].origin == f[i].origin)
				done[p.a[k].kind]--;
	for (i = 0; i <= A_BONUS; i++)
		if (done[i] == 0)
			fail_msg("never a %s", activity_names[i]);
	assert_true(n > 10 && n < p.n / 5);
	arena_drop(&p.mem);
}

static void
histories_have_every_kind_and_some_faults(void **state)
{
	(void)state;
	random_seeds(SEEDS, seed_meets_every_kind);
}

/* ---- the identity ------------------------------------------------------ */

static void
tell_day(day on)
{
	char text[DAY_TEXT_MAX], line[NOTATION_LINE_MAX];
	size_t i;

	day_print(on, text);
	print_error("on %s\n", text);
	for (i = 0; i < p.n; i++)
		if (day_cmp(p.a[i].on, on) == 0) {
			activity_print(&p.page, &p.a[i], line);
			print_error("%s\n", line);
		}
}

static void
seed_balances(uint64_t seed)
{
	struct account *a;
	struct balance b;
	struct worth w;
	size_t i;

	p.margin = seed % 2 == 0;
	random_any(&p, seed, ACTIVITIES);
	a = random_fold(&p, p.method);
	for (i = 0; i < p.calendar.n; i += i < 100 ? 1 : 7) {
		account_seek(a, p.days[i]);
		account_worth(a, &p.calendar, p.days[i], &w);
		b = balance_of(a, &w);
		if (!dec_ok(b.left) || !dec_eq(b.left, b.right)) {
			tell_day(p.days[i]);
			assert_dec_equal("what there is", b.left, b.right);
		}
	}
	arena_drop(&p.mem);
}

static void
no_cent_comes_from_nowhere_on_any_day(void **state)
{
	(void)state;
	random_seeds(3 * RANDOM_METHODS, seed_balances);
}

/* From any day to any later one, as differences of sums. */
static void
seed_balances_between(uint64_t seed)
{
	struct account *a;
	struct totals t;
	struct worth w, v;
	dec gain, why;
	size_t i, k, tries;

	p.margin = true;
	random_any(&p, seed, ACTIVITIES);
	a = random_fold(&p, p.method);
	for (tries = 0; tries < 40; tries++) {
		i = (size_t)random_from(&p, 0, (int64_t)p.calendar.n - 1);
		k = (size_t)random_from(&p, (int64_t)i,
		    (int64_t)p.calendar.n - 1);
		account_seek(a, p.days[i]);
		t = *account_totals(a);
		account_worth(a, &p.calendar, p.days[i], &w);
		account_seek(a, p.days[k]);
		account_worth(a, &p.calendar, p.days[k], &v);
		gain = dec_sub(dec_sub(v.value, w.value), dec_sub(
		    dec_sub(account_totals(a)->paid_in, t.paid_in),
		    dec_sub(account_totals(a)->paid_out, t.paid_out)));
		why = dec_sub(account_totals(a)->realised, t.realised);
		why = dec_add(why, dec_sub(balance_unrealised(&v),
		    balance_unrealised(&w)));
		why = dec_add(why, dec_sub(account_totals(a)->income,
		    t.income));
		why = dec_sub(why, dec_sub(account_totals(a)->fees, t.fees));
		why = dec_sub(why, dec_sub(account_totals(a)->taxes,
		    t.taxes));
		why = dec_add(why, dec_sub(v.fx_cash, w.fx_cash));
		why = dec_sub(why, dec_sub(account_totals(a)->carried,
		    t.carried));
		assert_dec_equal("the gain", gain, why);
	}
	arena_drop(&p.mem);
}

static void
between_any_two_days_the_gain_is_explained(void **state)
{
	(void)state;
	random_seeds(RANDOM_METHODS, seed_balances_between);
}

/* ---- lots -------------------------------------------------------------- */

static void
seed_lots_are_the_holding(uint64_t seed)
{
	struct account *a;
	size_t i, k;

	p.margin = true;
	random_any(&p, seed, ACTIVITIES);
	a = random_fold(&p, p.method);
	for (i = 0; i < p.calendar.n; i += 5) {
		account_seek(a, p.days[i]);
		for (k = 0; k < RANDOM_THINGS; k++)
			random_lots_sum_up(a, k);
	}
	arena_drop(&p.mem);
}

static void
lots_are_the_holding_to_the_last_unit_and_cent(void **state)
{
	(void)state;
	random_seeds(2 * RANDOM_METHODS, seed_lots_are_the_holding);
}

static void
seed_uses_are_the_sale(uint64_t seed)
{
	const struct lot_use *u;
	const struct realised *r;
	dec quantity, cost, base;
	size_t n, i, k;

	p.margin = true;
	random_any(&p, seed, ACTIVITIES);
	r = account_realised(p.now, &n);
	u = account_uses(p.now);
	for (i = 0; i < n; i++) {
		if (dec_sign(r[i].quantity) == 0)
			continue;
		quantity = cost = base = DEC_ZERO;
		for (k = r[i].use; k < r[i].use + r[i].use_n; k++) {
			quantity = dec_add(quantity, u[k].quantity);
			cost = dec_add(cost, u[k].cost);
			base = dec_add(base, u[k].cost_base);
			assert_true(day_cmp(u[k].opened, r[i].on) <= 0);
		}
		assert_dec_equal("sold", r[i].quantity, quantity);
		assert_dec_equal("its cost", r[i].cost, cost);
		assert_dec_equal("its cost at home", r[i].cost_base, base);
		assert_dec_equal("effects", realised_gain_base(&r[i]),
		    dec_add(r[i].price_effect,
		    realised_currency_effect(&r[i])));
	}
	arena_drop(&p.mem);
}

static void
a_sale_is_the_lots_it_took(void **state)
{
	(void)state;
	random_seeds(RANDOM_METHODS, seed_uses_are_the_sale);
}

static void
seed_sums_are_of_parts(uint64_t seed)
{
	const struct totals *t;
	const struct realised *r;
	dec held = DEC_ZERO, gains = DEC_ZERO, price = DEC_ZERO;
	size_t n, i;

	p.margin = true;
	random_any(&p, seed, ACTIVITIES);
	t = account_totals(p.now);
	for (i = 0; i < RANDOM_THINGS; i++)
		held = dec_add(held, account_holding(p.now, i)->
		    realised_base);
	r = account_realised(p.now, &n);
	for (i = 0; i < n; i++) {
		gains = dec_add(gains, realised_gain_base(&r[i]));
		price = dec_add(price, r[i].price_effect);
	}
	assert_dec_equal("by holding", held, t->realised);
	assert_dec_equal("by sale", gains, t->realised);
	assert_dec_equal("by price", price, t->price_effect);
	arena_drop(&p.mem);
}

static void
what_is_realised_is_the_sum_of_the_sales(void **state)
{
	(void)state;
	random_seeds(RANDOM_METHODS, seed_sums_are_of_parts);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
#define LAW(name) cmocka_unit_test(name)
		LAW(histories_have_every_kind_and_some_faults),
		LAW(no_cent_comes_from_nowhere_on_any_day),
		LAW(between_any_two_days_the_gain_is_explained),
		LAW(lots_are_the_holding_to_the_last_unit_and_cent),
		LAW(a_sale_is_the_lots_it_took),
		LAW(what_is_realised_is_the_sum_of_the_sales),
	};

	return (cmocka_run_group_tests(tests, NULL, NULL));
}
