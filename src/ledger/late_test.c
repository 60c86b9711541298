/*
 * Told late, told at once: random histories, full of things that cannot be,
 * are the same to the last bit however they were put in; and on each day the
 * identity holds.
 */
#include "ledger/told.h"

#define MOST	400
#define THINGS	4
#define SEEDS	60

static struct activity v[MOST];
static struct lot_told lots[MOST][2];
static uint64_t dice;
static struct close dollar[] = {
	{ .on = { 14610 }, .price = { 900000000000000000 } },
	{ .on = { 14630 }, .price = { 1100000000000000000 } },
	{ .on = { 14640 }, .price = { 950000000000000001 } },
	{ .on = { 14650 }, .price = { 1033333333333333333 } },
};
static struct closes rates = { dollar, 4 };

static int64_t
roll(int64_t least, int64_t most)
{
	dice ^= dice << 13;
	dice ^= dice >> 7;
	dice ^= dice << 17;
	return (least + (int64_t)(dice >> 11) % (most - least + 1));
}

/* Nothing, too much, the least there is, below nothing. */
static dec
wild(void)
{
	const dec values[] = { DEC_NONE, DEC_ZERO, { 1 },
	    dec_of(INT64_C(1000000000000000000)), dec_of(-5),
	    dec_neg((dec){ DEC_NONE.v + 1 }) };

	return (values[roll(0, 5)]);
}

/* What nobody means; most of it is refused. */
static void
activity_spoil(struct activity *a, struct lot_told *l)
{
	static const int64_t counts[] = { 0, -3, INT64_MIN, INT64_MAX };
	dec *const amounts[] = { &a->quantity, &a->price, &a->amount,
	    &a->commission, &a->withheld, &a->received, &a->accrued,
	    &a->rate, &a->price_into, &l->quantity, &l->cost,
	    &l->cost_base };

	*amounts[roll(0, 11)] = wild();
	*amounts[roll(0, 11)] = wild();
	if (roll(0, 2) == 0)
		a->numerator = counts[roll(0, 3)];
	if (roll(0, 2) == 0)
		a->denominator = counts[roll(0, 3)];
	if (roll(0, 9) == 0)
		a->instrument = a->into = a->currency = SIZE_MAX;
	if (roll(0, 9) == 0)
		l->opened = DAY_NONE;
}

static void
activity_make(size_t i)
{
	static const enum activity_kind often[] = {
		A_BUY, A_BUY, A_BUY, A_SELL, A_SELL, A_SHORT, A_COVER
	};
	struct activity *a = &v[i];

	*a = (struct activity){
		.kind = roll(0, 3) > 0 ? often[roll(0, 6)] :
		    (enum activity_kind)roll(A_BUY, A_BONUS),
		.on = { (int32_t)(14610 + roll(0, 45)) }, .origin = i + 1,
		.order = (uint64_t)roll(0, 5), .second = roll(0, 3) > 0 ?
		    0 : (int32_t)roll(1, 86400),
		.instrument = (size_t)roll(0, THINGS - 1),
		.into = (size_t)roll(0, THINGS - 1),
		.quantity = dec_units(roll(1, 9000), (int)roll(0, 4)),
		.price = dec_units(roll(1, 90000), 3),
		.amount = roll(0, 4) > 0 ? DEC_NONE :
		    dec_units(roll(0, 99999), 2),
		.commission = dec_units(roll(0, 300), 2),
		.withheld = dec_units(roll(0, 50), 2),
		.numerator = roll(1, 5), .denominator = roll(1, 4),
		.currency = (size_t)roll(0, 1), .currency_into =
		    (size_t)roll(0, 1), .received = dec_units(roll(0, 999), 2),
		.accrued = dec_units(roll(0, 40), 2),
		.price_into = dec_units(roll(0, 9000), 3),
		.lots = lots[i], .lot_n = (size_t)roll(0, 2)
	};
	if (!dec_ok(a->amount) && a->kind >= A_DEPOSIT &&
	    a->kind != A_REINVESTMENT && roll(0, 9) > 0)
		a->amount = dec_units(roll(0, 99999), 2);
	lots[i][0] = (struct lot_told){ .origin = (size_t)roll(1, MOST),
	    .opened = { (int32_t)roll(14000, 14610) },
	    .quantity = a->lot_n == 2 ? dec_units(1, 4) : a->quantity,
	    .cost = dec_units(roll(0, 99999), 2), .cost_base = DEC_NONE };
	if (roll(0, 4) == 0)
		activity_spoil(a, &lots[i][0]);
	lots[i][1] = lots[i][0];
	lots[i][1].quantity = dec_sub(a->quantity, lots[i][0].quantity);
}

static struct account *
account_new(void)
{
	struct account *a = account_open(&told_mem, 2, (day){ 14612 },
	    false);
	int i;

	account_currency(a, 3, &rates);
	for (i = 0; i < THINGS; i++)
		account_security(a, (struct security){
		    .currency = i == THINGS - 1 ? OTHER : BASE,
		    .multiplier = dec_of(i == 1 ? 100 : 0),
		    .percent = i == 2 });
	return (a);
}

static void
methods_set(struct account *a, uint64_t seed)
{
	account_method(a, day_of(2000, 1, 1), (enum cost_method)(seed % 6));
	account_method(a, (day){ 14620 }, (enum cost_method)(seed / 6 % 6));
	account_method(a, (day){ 14640 }, (enum cost_method)(seed / 9 % 6));
}

/* ---- the same ---------------------------------------------------------- */

#define SAME(p, q, n)	assert_memory_equal((p), (q), (n))

static void
same_holding(const struct account *a, const struct account *b, size_t i)
{
	struct holding p = *account_holding(a, i), q = *account_holding(b, i);
	const struct lot *l = NULL, *m = NULL;

	p.stamp = q.stamp = 0;
	assert_int_equal(memcmp(&p.quantity, &q.quantity,
	    sizeof(p.quantity)), 0);
	assert_true(dec_eq(p.cost, q.cost));
	assert_true(dec_eq(p.cost_base, q.cost_base));
	assert_true(dec_eq(p.realised, q.realised));
	assert_true(dec_eq(p.realised_base, q.realised_base));
	assert_true(dec_eq(p.price_effect, q.price_effect));
	assert_true(dec_eq(p.income, q.income));
	assert_true(dec_eq(p.last_price, q.last_price));
	assert_int_equal(p.opened_on.n, q.opened_on.n);
	assert_int_equal(p.trades, q.trades);
	assert_int_equal(p.lots, q.lots);
	for (;;) {
		l = account_lot(a, i, l);
		m = account_lot(b, i, m);
		assert_int_equal(l == NULL, m == NULL);
		if (l == NULL)
			break;
		assert_int_equal(l->origin, m->origin);
		assert_int_equal(l->part, m->part);
		assert_int_equal(l->opened.n, m->opened.n);
		assert_true(dec_eq(l->quantity, m->quantity));
		assert_true(dec_eq(l->cost, m->cost));
		assert_true(dec_eq(l->cost_base, m->cost_base));
	}
}

static void
same_gains(const struct account *a, const struct account *b)
{
	const struct realised *r, *s;
	size_t n, m, i;

	r = account_realised(a, &n);
	s = account_realised(b, &m);
	assert_int_equal(n, m);
	for (i = 0; i < n; i++) {
		assert_int_equal(r[i].origin, s[i].origin);
		assert_int_equal(r[i].use_n, s[i].use_n);
		assert_true(dec_eq(r[i].cost, s[i].cost));
		assert_true(dec_eq(r[i].cost_base, s[i].cost_base));
		assert_true(dec_eq(r[i].proceeds, s[i].proceeds));
		assert_true(dec_eq(r[i].price_effect, s[i].price_effect));
	}
}

static void
same_accounts(struct account *a, struct account *b)
{
	const struct ledger_fault *f, *g;
	size_t n, m, i;

	SAME(account_totals(a), account_totals(b), sizeof(struct totals));
	for (i = 0; i < 2; i++) {
		assert_true(dec_eq(account_cash(a, i)->amount,
		    account_cash(b, i)->amount));
		assert_true(dec_eq(account_cash(a, i)->book,
		    account_cash(b, i)->book));
	}
	for (i = 0; i < THINGS; i++)
		same_holding(a, b, i);
	same_gains(a, b);
	f = account_faults(a, &n);
	g = account_faults(b, &m);
	assert_int_equal(n, m);
	for (i = 0; i < n; i++) {
		assert_int_equal(f[i].kind, g[i].kind);
		assert_int_equal(f[i].origin, g[i].origin);
		assert_true(dec_eq(f[i].missing, g[i].missing));
	}
}

/* ---- laws -------------------------------------------------------------- */

/* Lots sum up to holdings, and holdings and cash to what was gained. */
static void
books_balance(struct account *a)
{
	const struct totals *t = account_totals(a);
	const struct lot *l;
	dec have, quantity, cost, base;
	size_t i;

	have = dec_add(account_cash(a, 0)->book, account_cash(a, 1)->book);
	assert_true(dec_eq(account_cash(a, 0)->book,
	    account_cash(a, 0)->amount));
	for (i = 0; i < THINGS; i++) {
		quantity = cost = base = DEC_ZERO;
		for (l = account_lot(a, i, NULL); l != NULL;
		    l = account_lot(a, i, l)) {
			assert_int_not_equal(dec_sign(l->quantity), 0);
			quantity = dec_add(quantity, l->quantity);
			cost = dec_add(cost, l->cost);
			base = dec_add(base, l->cost_base);
		}
		assert_true(dec_eq(quantity, account_holding(a, i)->quantity));
		assert_true(dec_eq(cost, account_holding(a, i)->cost));
		assert_true(dec_eq(base, account_holding(a, i)->cost_base));
		have = dec_add(have, base);
	}
	have = dec_add(have, dec_add(t->fees, t->taxes));
	have = dec_add(have, dec_sub(t->carried, t->exchanged));
	assert_true(dec_eq(have, dec_add(dec_sub(t->paid_in, t->paid_out),
	    dec_add(t->realised, t->income))));
}

static void
seed_holds(uint64_t seed)
{
	struct account *full = account_new(), *late = account_new();
	size_t n = (size_t)(seed % 2 == 0 ? MOST : 90), i, k, m;
	size_t order[MOST];

	dice = 88172645463325252 + seed * 7919;
	for (i = 0; i < n; i++)
		activity_make(i);
	methods_set(full, seed);
	account_fold(full, v, n);
	for (i = 0; i < n; i++)
		order[i] = i;
	for (i = n; i > 1; i--) {
		k = (size_t)roll(0, (int64_t)i - 1);
		m = order[i - 1];
		order[i - 1] = order[k];
		order[k] = m;
	}
	for (i = 0; i < n; i++) {
		account_add(late, &v[order[i]]);
		if (i == n / 2)
			methods_set(late, seed);
		if (i % 50 == 0)
			assert_true(account_remove(late, &v[order[i / 2]]));
		if (i % 50 == 0)
			account_add(late, &v[order[i / 2]]);
	}
	same_accounts(full, late);
	for (i = 0; i <= 46; i++) {
		account_seek(late, (day){ (int32_t)(14610 + (i * 29) % 47) });
		books_balance(late);
	}
	account_settle(late);
	same_accounts(full, late);
}

static void
told_late_is_told_at_once(void **state)
{
	const char *z = getenv("LEDGER_SEED");
	uint64_t seed;

	for (seed = 0; seed < SEEDS; seed++) {
		if (z != NULL && seed != strtoull(z, NULL, 10))
			continue;
		print_message("seed %llu\n", (unsigned long long)seed);
		told_begin(state);
		seed_holds(seed);
		told_end(state);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(told_late_is_told_at_once),
	};

	return (cmocka_run_group_tests(tests, NULL, NULL));
}
