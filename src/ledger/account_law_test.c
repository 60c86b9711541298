/*
 * Laws of the account, over random histories of thousands of activities: all
 * kinds, all methods, three currencies. Each law is one test.
 */
#include "ledger/random.h"

#define ACTIVITIES	2000
#define SEEDS		8
#define METHODS		6

static struct random_past p, other;

static void
made_up(struct random_past *to, uint64_t seed, size_t n)
{
	random_make(to, seed, n, (enum cost_method)(seed % METHODS));
}

static void
assert_dec_equal(const char *what, dec got, dec want)
{
	char left[DEC_TEXT_MAX], right[DEC_TEXT_MAX];

	if (dec_ok(got) && dec_eq(got, want))
		return;
	dec_print(got, left);
	dec_print(want, right);
	fail_msg("%s: %s is not %s", what, left, right);
}

/* ---- what is made up --------------------------------------------------- */

static void
seed_meets_every_kind(uint64_t seed)
{
	size_t done[A_BONUS + 1] = { 0 }, n, i, k;
	const struct ledger_fault *f;

	p.margin = true;
	made_up(&p, seed, ACTIVITIES);
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
	made_up(&p, seed, ACTIVITIES);
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
	random_seeds(3 * METHODS, seed_balances);
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
	made_up(&p, seed, ACTIVITIES);
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
	random_seeds(METHODS, seed_balances_between);
}

/* ---- lots -------------------------------------------------------------- */

static void
lots_sum_up(const struct account *a, size_t thing)
{
	const struct holding *h = account_holding(a, thing);
	dec quantity = DEC_ZERO, cost = DEC_ZERO, base = DEC_ZERO;
	const struct lot *l = NULL;
	day oldest = DAY_NONE;

	while ((l = account_lot(a, thing, l)) != NULL) {
		assert_int_equal(dec_sign(l->quantity),
		    dec_sign(h->quantity));
		quantity = dec_add(quantity, l->quantity);
		cost = dec_add(cost, l->cost);
		base = dec_add(base, l->cost_base);
		if (!day_ok(oldest) || day_cmp(l->opened, oldest) < 0)
			oldest = l->opened;
	}
	assert_dec_equal("quantity", h->quantity, quantity);
	assert_dec_equal("cost", h->cost, cost);
	assert_dec_equal("cost at home", h->cost_base, base);
	assert_dec_equal("cents", dec_round(h->cost, random_places(
	    random_things[thing].terms.currency)), h->cost);
	assert_int_equal(day_ok(h->opened_on), dec_sign(h->quantity) != 0);
}

static void
seed_lots_are_the_holding(uint64_t seed)
{
	struct account *a;
	size_t i, k;

	p.margin = true;
	made_up(&p, seed, ACTIVITIES);
	a = random_fold(&p, p.method);
	for (i = 0; i < p.calendar.n; i += 5) {
		account_seek(a, p.days[i]);
		for (k = 0; k < RANDOM_THINGS; k++)
			lots_sum_up(a, k);
	}
	arena_drop(&p.mem);
}

static void
lots_are_the_holding_to_the_last_unit_and_cent(void **state)
{
	(void)state;
	random_seeds(2 * METHODS, seed_lots_are_the_holding);
}

static void
seed_uses_are_the_sale(uint64_t seed)
{
	const struct lot_use *u;
	const struct realised *r;
	dec quantity, cost, base;
	size_t n, i, k;

	p.margin = true;
	made_up(&p, seed, ACTIVITIES);
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
	random_seeds(METHODS, seed_uses_are_the_sale);
}

static void
seed_sums_are_of_parts(uint64_t seed)
{
	const struct totals *t;
	const struct realised *r;
	dec held = DEC_ZERO, gains = DEC_ZERO, price = DEC_ZERO;
	size_t n, i;

	p.margin = true;
	made_up(&p, seed, ACTIVITIES);
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
	random_seeds(METHODS, seed_sums_are_of_parts);
}

/* ---- the order they are told in ---------------------------------------- */

static void
seed_folds_as_it_was_told(uint64_t seed)
{
	p.margin = seed % 2 == 0;
	made_up(&p, seed, ACTIVITIES);
	random_same(random_fold(&p, p.method), p.now);
	arena_drop(&p.mem);
}

static void
one_by_one_is_as_all_at_once(void **state)
{
	(void)state;
	random_seeds(2 * METHODS, seed_folds_as_it_was_told);
}

static void
seed_may_be_told_late(uint64_t seed)
{
	struct account *a;
	size_t late = 60, i, k;

	p.margin = seed % 2 == 0;
	made_up(&p, seed, 900);
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
	random_seeds(METHODS, seed_may_be_told_late);
}

static void
seed_ignores_the_order_handed_over(uint64_t seed)
{
	static struct activity shuffled[RANDOM_MOST];
	struct account *a;
	struct activity swap;
	size_t i, k;

	p.margin = seed % 2 == 0;
	made_up(&p, seed, ACTIVITIES);
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
	random_seeds(METHODS, seed_ignores_the_order_handed_over);
}

/* What becomes of another is one family with it; so are all sums of money. */
static size_t
family(const struct activity *a)
{
	static const size_t of[RANDOM_THINGS] = {
		[ALFA] = 0, [GEUR] = 0, [BOND] = 1, [CALL] = 2, [DUSD] = 3,
		[EUSD] = 3, [HUSD] = 3, [FJPY] = 4
	};

	switch (a->kind) {
	case A_DEPOSIT:
	case A_WITHDRAWAL:
	case A_INTEREST:
	case A_FEE:
	case A_TAX:
	case A_EXCHANGE:
		return (5);
	default:
		return (of[a->instrument]);
	}
}

static void
seed_ignores_the_order_of_strangers(uint64_t seed)
{
	uint64_t rank[6];
	struct account *a;
	size_t i;

	p.margin = true;
	made_up(&p, seed, ACTIVITIES);
	for (i = 0; i < 6; i++)
		rank[i] = random_roll(&p) >> 20;
	for (i = 0; i < p.n; i++)
		p.a[i].order += rank[family(&p.a[i])];
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
	random_seeds(METHODS, seed_ignores_the_order_of_strangers);
}

/* ---- what is refused --------------------------------------------------- */

static void
seed_leaves_no_trace_of_what_is_refused(uint64_t seed)
{
	static struct activity good[RANDOM_MOST];
	static bool bad[RANDOM_MOST];
	const struct ledger_fault *f;
	struct account *a;
	size_t n, i, m = 0;

	p.margin = true;
	made_up(&p, seed, ACTIVITIES);
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
	random_seeds(2 * METHODS, seed_leaves_no_trace_of_what_is_refused);
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
	made_up(&p, seed, 800);
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
	random_seeds(METHODS, seed_knows_nothing_of_tomorrow);
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
	made_up(&p, seed, 1200);
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
	random_seeds(METHODS, seed_days_are_looks);
}

static void
seed_holdings_are_the_value(uint64_t seed)
{
	struct stand stands[RANDOM_THINGS];
	dec value, price;
	struct worth w;
	size_t i, k;

	p.margin = true;
	made_up(&p, seed, 1200);
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
	random_seeds(METHODS, seed_holdings_are_the_value);
}

/* ---- methods ----------------------------------------------------------- */

/* All is sold or covered on the last day. */
static void
sell_out(struct random_past *past, day on)
{
	struct activity *a;
	dec held;
	size_t i;

	for (i = 0; i < RANDOM_THINGS; i++) {
		held = account_holding(past->now, i)->quantity;
		if (dec_sign(held) == 0)
			continue;
		a = random_add(past, dec_sign(held) > 0 ? A_SELL : A_COVER,
		    on);
		a->instrument = i;
		a->second = 0;
		a->quantity = dec_abs(held);
		a->price = past->price[i];
		a->amount = DEC_NONE;
		assert_int_equal(account_add(past->now, a), FAULT_NONE);
	}
}

static void
seed_gains_the_same_by_every_method(uint64_t seed)
{
	const struct totals *t, *u;
	struct account *a;
	enum cost_method m;
	size_t i, n, k;

	p.margin = true;
	random_make(&p, seed, ACTIVITIES, COST_FIFO);
	sell_out(&p, day_add(p.days[p.calendar.n - 1], 1));
	t = account_totals(p.now);
	account_faults(p.now, &n);
	for (m = COST_LIFO; m < COST_SPECIFIC; m++) {
		a = random_fold(&p, m);
		u = account_totals(a);
		account_faults(a, &k);
		assert_int_equal(n, k);
		assert_dec_equal("realised", dec_sub(u->realised,
		    u->carried), dec_sub(t->realised, t->carried));
		assert_dec_equal("income", u->income, t->income);
		for (i = 0; i < RANDOM_THINGS; i++) {
			assert_dec_equal("left", DEC_ZERO,
			    account_holding(a, i)->quantity);
			assert_dec_equal("cost left", DEC_ZERO,
			    account_holding(a, i)->cost);
		}
	}
	arena_drop(&p.mem);
}

static void
all_sold_every_method_has_gained_the_same(void **state)
{
	(void)state;
	random_seeds(SEEDS, seed_gains_the_same_by_every_method);
}

static void
seed_holds_the_same_by_every_method(uint64_t seed)
{
	struct account *a, *b;
	struct worth w, v;
	size_t i, k;

	p.margin = true;
	random_make(&p, seed, 900, COST_FIFO);
	a = random_fold(&p, COST_FIFO);
	b = random_fold(&p, (enum cost_method)(seed % COST_SPECIFIC));
	for (i = 0; i < p.calendar.n; i += 13) {
		account_seek(a, p.days[i]);
		account_seek(b, p.days[i]);
		for (k = 0; k < RANDOM_THINGS; k++)
			assert_dec_equal("quantity",
			    account_holding(a, k)->quantity,
			    account_holding(b, k)->quantity);
		account_worth(a, &p.calendar, p.days[i], &w);
		account_worth(b, &p.calendar, p.days[i], &v);
		assert_dec_equal("value", w.value, v.value);
	}
	arena_drop(&p.mem);
}

static void
a_method_changes_neither_units_nor_worth(void **state)
{
	(void)state;
	random_seeds(2 * METHODS, seed_holds_the_same_by_every_method);
}

/* Three changes on days of chance; what cannot be picked is refused. */
static void
seed_changes_its_method(uint64_t seed)
{
	struct account *a, *b;
	struct balance sides;
	struct worth w;
	size_t i, k;
	day from;

	p.margin = seed % 2 == 0;
	random_make(&p, seed, 500, COST_FIFO);
	a = random_account(&p, (enum cost_method)(seed % METHODS));
	b = random_account(&p, (enum cost_method)(seed % METHODS));
	for (i = 0; i < 3; i++) {
		from = p.days[random_from(&p, 0, (int64_t)p.calendar.n - 1)];
		k = (size_t)random_from(&p, 0, METHODS - 1);
		account_method(a, from, (enum cost_method)k);
		account_method(b, from, (enum cost_method)k);
	}
	account_fold(a, p.a, p.n);
	for (i = p.n; i-- > 0;)
		(void)account_add(b, &p.a[i]);
	random_same(a, b);
	for (i = 0; i < p.calendar.n; i += 3) {
		account_seek(a, p.days[i]);
		for (k = 0; k < RANDOM_THINGS; k++)
			lots_sum_up(a, k);
		account_worth(a, &p.calendar, p.days[i], &w);
		sides = balance_of(a, &w);
		assert_dec_equal("what there is", sides.left, sides.right);
	}
	arena_drop(&p.mem);
}

static void
a_method_may_change_on_any_day(void **state)
{
	(void)state;
	random_seeds(METHODS, seed_changes_its_method);
}

/* ---- splits and halves ------------------------------------------------- */

/* What is told of ALFA after a day, in units of after a split of 2 for 1. */
static void
units_double(struct random_past *past, day from)
{
	struct close *c;
	struct activity *a;
	size_t i, k;

	for (i = 0; i < past->n; i++) {
		a = &past->a[i];
		if (a->instrument != ALFA || family(a) != 0 ||
		    day_cmp(a->on, from) < 0)
			continue;
		a->quantity = dec_mul(a->quantity, dec_of(2));
		a->price = dec_div(a->price, dec_of(2));
		for (k = 0; k < a->lot_n; k++)
			past->lots[i][k].quantity = dec_mul(
			    past->lots[i][k].quantity, dec_of(2));
		if (a->kind == A_SPIN_OFF || a->kind == A_MERGER)
			a->denominator *= 2;
	}
	for (i = 0; i < past->closes[ALFA].n; i++) {
		c = &past->close[ALFA][i];
		if (day_cmp(c->on, from) >= 0)
			c->price = dec_div(c->price, dec_of(2));
	}
}

static void
seed_splits_without_a_change(uint64_t seed)
{
	struct account *a, *b;
	struct activity *split;
	struct worth w, v;
	size_t i;
	day from;

	p.margin = other.margin = true;
	p.plain = other.plain = true;
	made_up(&p, seed, 900);
	made_up(&other, seed, 900);
	for (i = 0; i < p.n; i++)	/* a name goes both ways */
		if (p.a[i].kind == A_RENAME)
			p.a[i].into = other.a[i].into = p.a[i].instrument;
	from = p.days[p.calendar.n / 2];
	units_double(&other, from);
	split = random_add(&other, A_SPLIT, from);
	split->instrument = ALFA;
	split->numerator = 2;
	split->denominator = 1;
	split->order = 0;
	split->second = 0;
	a = random_fold(&p, p.method);
	b = random_fold(&other, p.method);
	for (i = 0; i < p.calendar.n; i += 3) {
		account_seek(a, p.days[i]);
		account_seek(b, p.days[i]);
		account_worth(a, &p.calendar, p.days[i], &w);
		account_worth(b, &other.calendar, p.days[i], &v);
		assert_dec_equal("value", v.value, w.value);
		assert_dec_equal("cost", v.cost, w.cost);
	}
	account_settle(a);
	account_settle(b);
	assert_same_totals(account_totals(b), account_totals(a));
	p.plain = other.plain = false;
	arena_drop(&p.mem);
	arena_drop(&other.mem);
}

static void
a_split_with_prices_to_match_changes_no_worth_and_no_gain(void **state)
{
	(void)state;
	random_seeds(METHODS, seed_splits_without_a_change);
}

static bool
can_be_halved(const struct activity *a)
{
	return (a->kind == A_BUY && a->instrument == GEUR &&
	    !dec_ok(a->amount) && dec_sign(a->commission) == 0 &&
	    dec_sign(a->withheld) == 0);
}

/* Without fees and at a price in cents, so that halves are exact. */
static void
seed_buys_in_halves(uint64_t seed)
{
	struct account *a;
	struct activity *half;
	size_t i, n;

	p.margin = true;
	p.plain = true;
	random_make(&p, seed, 1200, (enum cost_method)(seed % COST_SPECIFIC));
	for (i = 0; i < p.n; i++) {
		if (p.a[i].kind != A_BUY || p.a[i].instrument != GEUR)
			continue;
		p.a[i].commission = p.a[i].withheld = DEC_ZERO;
		p.a[i].price = dec_round(p.a[i].price, 2);
		p.a[i].quantity = dec_mul(p.a[i].quantity, dec_of(2));
	}
	p.now = random_fold(&p, p.method);
	sell_out(&p, day_add(p.days[p.calendar.n - 1], 1));
	for (i = 0, n = p.n; i < n && p.n < RANDOM_MOST; i++) {
		if (!can_be_halved(&p.a[i]))
			continue;
		p.a[i].quantity = dec_div(p.a[i].quantity, dec_of(2));
		half = &p.a[p.n];
		*half = p.a[i];
		half->origin = p.n++;
	}
	assert_true(p.n > n);
	a = random_fold(&p, p.method);
	account_settle(p.now);
	assert_dec_equal("gains", dec_sub(account_totals(a)->realised,
	    account_totals(a)->carried),
	    dec_sub(account_totals(p.now)->realised,
	    account_totals(p.now)->carried));
	assert_dec_equal("cash", account_cash(a, 0)->amount,
	    account_cash(p.now, 0)->amount);
	p.plain = false;
	arena_drop(&p.mem);
}

static void
a_purchase_in_two_halves_is_the_same_purchase(void **state)
{
	(void)state;
	random_seeds(SEEDS, seed_buys_in_halves);
}

/* ---- printing ---------------------------------------------------------- */

static str
past_print(struct random_past *past)
{
	size_t room = past->n * 300 + NOTATION_LINE_MAX, n = 0, i;
	char *text = arena_alloc(&past->mem, room);

	n += (size_t)snprintf(text, room, "currency EUR\n");
	for (i = 0; i < past->n; i++) {
		assert_true(n + NOTATION_LINE_MAX < room);
		n += activity_print(&past->page, &past->a[i], text + n);
		text[n++] = '\n';
	}
	return ((str){ text, n });
}

/* The same instruments in the same places, whatever was told first. */
static void
seed_reads_as_it_is_printed(uint64_t seed)
{
	char line[NOTATION_LINE_MAX], again[NOTATION_LINE_MAX];
	struct page page;
	size_t i;

	p.margin = true;
	made_up(&p, seed, 1500);
	if (!page_read(&page, &p.mem, past_print(&p)))
		fail_msg("line %zu: %s", page.wrong_line, page.wrong);
	assert_int_equal(page.n, p.n);
	for (i = 0; i < p.n; i++) {
		activity_print(&p.page, &p.a[i], line);
		activity_print(&page, &page.a[i], again);
		assert_string_equal(again, line);
	}
	arena_drop(&p.mem);
}

static void
what_is_printed_reads_back_as_the_same(void **state)
{
	(void)state;
	random_seeds(METHODS, seed_reads_as_it_is_printed);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
#define LAW(name) cmocka_unit_test(name)
		LAW(histories_have_every_kind_and_some_faults),
		LAW(lots_are_the_holding_to_the_last_unit_and_cent),
		LAW(a_sale_is_the_lots_it_took),
		LAW(what_is_realised_is_the_sum_of_the_sales),
		LAW(no_cent_comes_from_nowhere_on_any_day),
		LAW(between_any_two_days_the_gain_is_explained),
		LAW(holdings_and_cash_are_the_value),
		LAW(days_are_what_one_sees_when_looking_at_each),
		LAW(what_comes_later_changes_nothing_of_a_day),
		LAW(one_by_one_is_as_all_at_once),
		LAW(told_late_or_taken_out_and_put_back_is_the_same),
		LAW(the_order_they_are_handed_over_in_does_not_matter),
		LAW(the_order_of_strangers_within_a_day_does_not_matter),
		LAW(what_is_refused_leaves_no_trace),
		LAW(all_sold_every_method_has_gained_the_same),
		LAW(a_method_changes_neither_units_nor_worth),
		LAW(a_method_may_change_on_any_day),
		LAW(a_split_with_prices_to_match_changes_no_worth_and_no_gain),
		LAW(a_purchase_in_two_halves_is_the_same_purchase),
		LAW(what_is_printed_reads_back_as_the_same),
	};

	return (cmocka_run_group_tests(tests, NULL, NULL));
}
