/*
 * For this room's tests: the books' two sides, and when two accounts are the
 * same. Include cmocka.h first.
 */
#ifndef BURSAR_LEDGER_BALANCE_H
#define BURSAR_LEDGER_BALANCE_H

#include "ledger/ledger.h"

#define UNUSED		__attribute__((unused))

static void UNUSED
assert_dec_equal(const char *what, dec got, dec want)
{
	char left[DEC_TEXT_MAX], right[DEC_TEXT_MAX];

	if (dec_ok(got) && dec_eq(got, want))
		return;
	dec_print(got, left);
	dec_print(want, right);
	fail_msg("%s: %s is not %s", what, left, right);
}

struct balance {
	dec	left;	/* what there is, less what was brought */
	dec	right;	/* what was earned */
};

static dec UNUSED
balance_unrealised(const struct worth *w)
{
	return (dec_sub(dec_sub(w->value, w->cash), w->cost));
}

static struct balance UNUSED
balance_of(const struct account *a, const struct worth *w)
{
	const struct totals *t = account_totals(a);
	struct balance b;

	b.left = dec_sub(w->value, dec_sub(t->paid_in, t->paid_out));
	b.right = dec_add(t->realised, balance_unrealised(w));
	b.right = dec_add(b.right, dec_sub(t->income, t->fees));
	b.right = dec_sub(b.right, dec_add(t->taxes, t->carried));
	b.right = dec_add(b.right, w->fx_cash);
	return (b);
}

#define ASSERT_SAME(member)	do {					\
	if (!dec_eq(a->member, b->member)) {				\
		print_error("%s differs\n", #member);			\
		fail();							\
	}								\
} while (0)

static void UNUSED
assert_same_totals(const struct totals *a, const struct totals *b)
{
	ASSERT_SAME(paid_in);
	ASSERT_SAME(paid_out);
	ASSERT_SAME(moved_in);
	ASSERT_SAME(moved_out);
	ASSERT_SAME(realised);
	ASSERT_SAME(price_effect);
	ASSERT_SAME(income);
	ASSERT_SAME(fees);
	ASSERT_SAME(taxes);
	ASSERT_SAME(exchanged);
	ASSERT_SAME(carried);
}

static void UNUSED
assert_same_lots(const struct account *x, const struct account *y,
    size_t thing)
{
	const struct lot *a = NULL, *b = NULL;

	do {
		a = account_lot(x, thing, a);
		b = account_lot(y, thing, b);
		assert_int_equal(a == NULL, b == NULL);
		if (a == NULL)
			break;
		ASSERT_SAME(quantity);
		ASSERT_SAME(cost);
		ASSERT_SAME(cost_base);
		assert_int_equal(a->origin, b->origin);
		assert_int_equal(a->part, b->part);
		assert_int_equal(a->opened.n, b->opened.n);
	} while (true);
}

static void UNUSED
assert_same_holding_of(const struct account *x, const struct account *y,
    size_t thing)
{
	const struct holding *a = account_holding(x, thing);
	const struct holding *b = account_holding(y, thing);

	ASSERT_SAME(quantity);
	ASSERT_SAME(cost);
	ASSERT_SAME(cost_base);
	ASSERT_SAME(realised);
	ASSERT_SAME(realised_base);
	ASSERT_SAME(price_effect);
	ASSERT_SAME(income);
	ASSERT_SAME(income_base);
	ASSERT_SAME(last_price);
	assert_int_equal(a->opened_on.n, b->opened_on.n);
	assert_int_equal(a->trades, b->trades);
	assert_same_lots(x, y, thing);
}

static void UNUSED
assert_same_realised(const struct account *x, const struct account *y)
{
	size_t n, m, i, k;
	const struct realised *p = account_realised(x, &n), *a;
	const struct realised *q = account_realised(y, &m), *b;

	assert_int_equal(n, m);
	for (i = 0; i < n; i++) {
		a = &p[i];
		b = &q[i];
		assert_int_equal(a->origin, b->origin);
		assert_int_equal(a->instrument, b->instrument);
		ASSERT_SAME(quantity);
		ASSERT_SAME(proceeds);
		ASSERT_SAME(cost);
		ASSERT_SAME(cost_base);
		ASSERT_SAME(proceeds_base);
		ASSERT_SAME(price_effect);
		assert_int_equal(a->use_n, b->use_n);
		for (k = 0; k < a->use_n; k++)
			assert_int_equal(
			    account_uses(x)[a->use + k].origin,
			    account_uses(y)[b->use + k].origin);
	}
}

static void UNUSED
assert_same_faults(struct account *x, struct account *y)
{
	const struct ledger_fault *p, *q, *a, *b;
	size_t n, m, i;

	p = account_faults(x, &n);
	q = account_faults(y, &m);
	assert_int_equal(n, m);
	for (i = 0; i < n; i++) {
		a = &p[i];
		b = &q[i];
		assert_int_equal(a->kind, b->kind);
		assert_int_equal(a->origin, b->origin);
		ASSERT_SAME(held);
		ASSERT_SAME(asked);
		ASSERT_SAME(missing);
	}
}

/* All that can be seen of them, over so many things and currencies. */
static void UNUSED
assert_same_account(struct account *x, struct account *y, size_t things,
    size_t currencies)
{
	const struct cash *a, *b;
	size_t i;

	assert_same_totals(account_totals(x), account_totals(y));
	for (i = 0; i < things; i++)
		assert_same_holding_of(x, y, i);
	for (i = 0; i < currencies; i++) {
		a = account_cash(x, i);
		b = account_cash(y, i);
		ASSERT_SAME(amount);
		ASSERT_SAME(book);
	}
	assert_same_realised(x, y);
	assert_same_faults(x, y);
}

#undef ASSERT_SAME

#endif
