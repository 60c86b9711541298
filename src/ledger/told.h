/*
 * For this room's tests: an account whose activities are told in a line
 * each, and what must come of them.
 */
#ifndef BURSAR_LEDGER_TOLD_H
#define BURSAR_LEDGER_TOLD_H

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "ledger/ledger.h"

#define UNUSED		__attribute__((unused))
#define TOLD_MOST	64

enum { ACME, BOLT, CORD };
enum { BASE, OTHER };

static struct arena told_mem;
static struct account *acc;
static struct activity told[TOLD_MOST];
static size_t told_n;

static dec UNUSED
D(const char *z)
{
	dec d;

	if (z == NULL)
		return (DEC_NONE);
	if (dec_parse(str_of(z), &d) != OK)
		fail_msg("%s is no decimal", z);
	return (d);
}

static day UNUSED
on(const char *z)
{
	day d;

	if (!day_parse(str_of(z), &d))
		fail_msg("%s is no day", z);
	return (d);
}

static void UNUSED
assert_dec_at(dec got, const char *want, const char *file, int line)
{
	char text[DEC_TEXT_MAX];

	dec_print(got, text);
	if (strcmp(text, want) != 0) {
		print_error("%s, not %s\n", text, want);
		_fail(file, line);
	}
}

#define assert_dec(got, want) assert_dec_at((got), (want), __FILE__, __LINE__)

/* An account in a currency of two places with three instruments. */
static int UNUSED
told_begin(void **state)
{
	int i;

	(void)state;
	arena_init(&told_mem, SIZE_MAX, NULL, NULL);
	acc = account_open(&told_mem, 2, DAY_NONE, true);
	for (i = 0; i < 3; i++)
		account_security(acc, (struct security){ .currency = BASE });
	told_n = 0;
	return (0);
}

static int UNUSED
told_end(void **state)
{
	(void)state;
	arena_drop(&told_mem);
	return (0);
}

/* The next activity, not put in yet. */
static UNUSED struct activity *
tell(enum activity_kind kind, const char *when)
{
	struct activity *a = &told[told_n];

	if (told_n == TOLD_MOST)
		fail_msg("more than %d activities", TOLD_MOST);
	*a = (struct activity){ .kind = kind, .on = on(when),
	    .origin = told_n + 1, .order = told_n + 1, .amount = DEC_NONE };
	told_n++;
	return (a);
}

static UNUSED struct activity *
tell_trade(enum activity_kind kind, const char *when, size_t what,
    const char *quantity, const char *price, const char *fee)
{
	struct activity *a = tell(kind, when);

	a->instrument = what;
	a->quantity = D(quantity);
	a->price = D(price);
	a->commission = D(fee);
	return (a);
}

static UNUSED struct activity *
tell_money(enum activity_kind kind, const char *when, const char *amount)
{
	struct activity *a = tell(kind, when);

	a->amount = D(amount);
	return (a);
}

static void UNUSED
put(const struct activity *a, enum fault_kind want, const char *file,
    int line)
{
	enum fault_kind got = account_add(acc, a);

	if (got != want) {
		print_error("%s, not %s\n", fault_names[got],
		    fault_names[want]);
		_fail(file, line);
	}
}

#define DONE(a)		put((a), FAULT_NONE, __FILE__, __LINE__)
#define REFUSED(a, k)	put((a), (k), __FILE__, __LINE__)
#define TRADE(...)	DONE(tell_trade(__VA_ARGS__))
#define MONEY(...)	DONE(tell_money(__VA_ARGS__))

/* The last gain. */
static UNUSED const struct realised *
last_gain(void)
{
	size_t n;
	const struct realised *r = account_realised(acc, &n);

	assert_true(n > 0);
	return (&r[n - 1]);
}

/* "L2 30/360.60": the k-th open lot. */
static void UNUSED
assert_lot_at(size_t what, size_t k, size_t origin, const char *quantity,
    const char *cost, const char *file, int line)
{
	const struct lot *l = account_lot(acc, what, NULL);

	while (l != NULL && k-- > 0)
		l = account_lot(acc, what, l);
	if (l == NULL)
		fail_msg("no such lot");
	assert_int_equal(l->origin, origin);
	assert_dec_at(l->quantity, quantity, file, line);
	assert_dec_at(l->cost, cost, file, line);
}

#define assert_lot(...)	assert_lot_at(__VA_ARGS__, __FILE__, __LINE__)

#endif
