/*
 * For this room's tests: activities in a line each, and pasts that are
 * random but valid, the same for the same seed.
 */
#ifndef BURSAR_LEDGER_PAST_H
#define BURSAR_LEDGER_PAST_H

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "ledger/ledger.h"

#define UNUSED		__attribute__((unused))
#define PAST_MOST	8000	/* activities */
#define PAST_THINGS	6	/* instruments */
#define PAST_DAYS	3000
#define PAST_SEEDS	12

static dec UNUSED
D(const char *z)
{
	dec d;

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

/* ---- a past, told line by line ----------------------------------------- */

struct past {
	struct activity		 a[PAST_MOST];
	size_t			 n;
	struct holding		 held[PAST_THINGS];
	struct ledger		 l;
	struct fault_found	 fault;
};

static struct activity *UNUSED
past_add(struct past *p, enum activity_kind kind, day when)
{
	struct activity *a = &p->a[p->n];

	if (p->n == PAST_MOST)
		fail_msg("more than %d activities", PAST_MOST);
	*a = (struct activity){ .kind = kind, .on = when, .order = p->n,
	    .origin = p->n, .amount = DEC_ZERO, .commission = DEC_ZERO,
	    .withheld = DEC_ZERO, .quantity = DEC_NONE, .price = DEC_NONE };
	p->n++;
	return (a);
}

static struct activity *UNUSED
past_trade(struct past *p, enum activity_kind kind, day when, size_t thing,
    dec quantity, dec price, dec commission)
{
	struct activity *a = past_add(p, kind, when);

	a->instrument = thing;
	a->quantity = quantity;
	a->price = price;
	a->commission = commission;
	a->amount = trade_amount(quantity, price, 2);
	return (a);
}

static struct activity *UNUSED
past_money(struct past *p, enum activity_kind kind, day when, dec amount)
{
	struct activity *a = past_add(p, kind, when);

	a->amount = amount;
	return (a);
}

static struct activity *UNUSED
past_dividend(struct past *p, day when, size_t thing, dec amount,
    dec withheld)
{
	struct activity *a = past_money(p, A_DIVIDEND, when, amount);

	a->instrument = thing;
	a->withheld = withheld;
	return (a);
}

static struct activity *UNUSED
past_split(struct past *p, day when, size_t thing, int64_t n, int64_t d)
{
	struct activity *a = past_add(p, A_SPLIT, when);

	a->instrument = thing;
	a->numerator = n;
	a->denominator = d;
	return (a);
}

/* Everything from nothing. */
static bool UNUSED
past_fold(struct past *p)
{
	ledger_open(&p->l, 2, p->held, PAST_THINGS);
	return (ledger_fold(&p->l, p->a, p->n, &p->fault));
}

static void UNUSED
assert_same_holding(const struct holding *a, const struct holding *b)
{
	assert_true(dec_eq(a->quantity, b->quantity));
	assert_true(dec_eq(a->cost, b->cost));
	assert_true(dec_eq(a->realised, b->realised));
	assert_true(dec_eq(a->income, b->income));
	assert_true(dec_eq(a->last_price, b->last_price));
	assert_int_equal(a->opened_on.n, b->opened_on.n);
	assert_int_equal(a->trades, b->trades);
}

static void UNUSED
assert_same_ledger(const struct ledger *a, const struct ledger *b)
{
	size_t i;

	assert_true(dec_eq(a->cash, b->cash));
	assert_true(dec_eq(a->paid_in, b->paid_in));
	assert_true(dec_eq(a->paid_out, b->paid_out));
	assert_true(dec_eq(a->realised, b->realised));
	assert_true(dec_eq(a->income, b->income));
	assert_true(dec_eq(a->fees, b->fees));
	assert_true(dec_eq(a->taxes, b->taxes));
	assert_int_equal(a->n, b->n);
	for (i = 0; i < a->n; i++)
		assert_same_holding(&a->holdings[i], &b->holdings[i]);
}

/* ---- a past, made up --------------------------------------------------- */

struct dice {
	uint64_t	s;
};

/* splitmix64 */
static uint64_t UNUSED
dice_roll(struct dice *d)
{
	uint64_t z = d->s += 0x9e3779b97f4a7c15;

	z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9;
	z = (z ^ z >> 27) * 0x94d049bb133111eb;
	return (z ^ z >> 31);
}

static int64_t UNUSED
dice_from(struct dice *d, int64_t least, int64_t most)
{
	return (least + (int64_t)(dice_roll(d) % (uint64_t)(most - least + 1)));
}

/* A market with gaps: closes are missing on some days. */
struct scene {
	struct past	 past;
	struct dice	 dice;
	day		 days[PAST_DAYS];
	struct close	 close[PAST_THINGS][PAST_DAYS];
	struct closes	 closes[PAST_THINGS];
	struct calendar	 calendar;
	struct day_value values[PAST_DAYS];
	size_t		 made;
	dec		 price[PAST_THINGS];	/* as of the day told of */
	bool		 whole;	/* splits multiply only, so that they are
				   exact */
};

static void UNUSED
scene_split(struct scene *s, day when, size_t thing)
{
	static const int64_t ratios[][2] = {
		{ 2, 1 }, { 4, 1 }, { 10, 1 }, { 3, 2 }, { 7, 3 }, { 1, 10 },
		{ 1, 3 }
	};
	const int64_t *r = ratios[dice_from(&s->dice, 0, s->whole ? 2 : 6)];

	past_split(&s->past, when, thing, r[0], r[1]);
	s->price[thing] = dec_max(dec_round(dec_mul_div(s->price[thing],
	    dec_of(r[1]), dec_of(r[0])), 6), dec_units(1, 6));
}

/* At most what `cash` pays for, commission included; else nothing. */
static void UNUSED
scene_buy(struct scene *s, day when, size_t thing, dec cash)
{
	dec commission = dec_units(dice_from(&s->dice, 0, 500), 2);
	dec quantity;

	cash = dec_mul_div(cash, dec_of(dice_from(&s->dice, 1, 60)),
	    dec_of(100));
	quantity = dec_round(dec_div(dec_sub(cash, commission),
	    s->price[thing]), (int)dice_from(&s->dice, 0, 8));
	if (dec_sign(quantity) > 0)
		past_trade(&s->past, A_BUY, when, thing, quantity,
		    s->price[thing], commission);
}

static void UNUSED
scene_sell(struct scene *s, day when, size_t thing, dec held)
{
	dec quantity = held, commission;

	if (dice_from(&s->dice, 0, 2) > 0)
		quantity = dec_round(dec_mul_div(held,
		    dec_of(dice_from(&s->dice, 1, 99)), dec_of(100)), 8);
	if (dec_sign(quantity) <= 0 || dec_cmp(quantity, held) > 0)
		return;
	commission = dec_min(dec_units(dice_from(&s->dice, 0, 200), 2),
	    trade_amount(quantity, s->price[thing], 2));
	past_trade(&s->past, A_SELL, when, thing, quantity,
	    s->price[thing], commission);
}

/* Something of this kind, if it can be done now. */
static void UNUSED
scene_do(struct scene *s, enum activity_kind kind, day when)
{
	size_t thing = (size_t)dice_from(&s->dice, 0, PAST_THINGS - 1);
	const struct holding *h = &s->past.held[thing];
	dec amount = dec_units(dice_from(&s->dice, 1, 500000), 2);
	dec cash = s->past.l.cash;

	if (kind == A_DEPOSIT || kind == A_INTEREST)
		past_money(&s->past, kind, when, amount);
	else if (kind == A_BUY)
		scene_buy(s, when, thing, cash);
	else if (kind == A_SELL)
		scene_sell(s, when, thing, h->quantity);
	else if (kind == A_SPLIT)
		scene_split(s, when, thing);
	else if (kind == A_DIVIDEND && h->trades > 0)
		past_dividend(&s->past, when, thing, amount,
		    dec_mul_round(amount, dec_units(15, 2), 2));
	else if (kind == A_WITHDRAWAL || kind == A_FEE || kind == A_TAX)
		if (dec_cmp(amount, cash) <= 0)
			past_money(&s->past, kind, when, amount);
}

/* In the order a day has, so that each may be done as soon as it is told. */
static void UNUSED
scene_day(struct scene *s, day when)
{
	static const struct {
		enum activity_kind kind;
		int	percent;
	} likely[] = {
		{ A_SPLIT, 1 }, { A_DEPOSIT, 12 }, { A_DEPOSIT, 3 },
		{ A_BUY, 45 }, { A_BUY, 35 }, { A_BUY, 10 },
		{ A_DIVIDEND, 12 }, { A_INTEREST, 3 }, { A_FEE, 4 },
		{ A_TAX, 3 }, { A_SELL, 40 }, { A_SELL, 25 }, { A_SELL, 10 },
		{ A_WITHDRAWAL, 8 }
	};
	struct past *p = &s->past;
	size_t i, before;

	for (i = 0; i < sizeof(likely) / sizeof(likely[0]); i++) {
		if (dice_from(&s->dice, 1, 100) > likely[i].percent)
			continue;
		before = p->n;
		scene_do(s, likely[i].kind, when);
		if (p->n > before && ledger_apply(&p->l, &p->a[before],
		    &p->fault) != FAULT_NONE)
			fail_msg("%s is refused: %s",
			    activity_names[likely[i].kind],
			    fault_names[p->fault.kind]);
	}
}

static void UNUSED
scene_prices(struct scene *s, day when)
{
	struct closes *c;
	size_t i;

	for (i = 0; i < PAST_THINGS; i++) {
		s->price[i] = dec_max(dec_round(dec_mul_div(s->price[i],
		    dec_of(dice_from(&s->dice, 9500, 10510)),
		    dec_of(10000)), 6), dec_units(1, 6));
		c = &s->closes[i];
		c->v = s->close[i];
		/* One has no closes at first, and all of them have gaps. */
		if (dice_from(&s->dice, 0, 9) == 0 || (i == 0 && s->calendar.n <
		    40) || (i == 1 && s->calendar.n % 60 > 40))
			continue;
		s->close[i][c->n++] = (struct close){ when, s->price[i] };
	}
}

static void UNUSED
scene_shuffle(struct scene *s)
{
	struct activity swap;
	size_t i, j;

	for (i = s->past.n; i > 1; i--) {
		j = (size_t)dice_from(&s->dice, 0, (int64_t)i - 1);
		swap = s->past.a[i - 1];
		s->past.a[i - 1] = s->past.a[j];
		s->past.a[j] = swap;
	}
}

/* Activities on any day of the week, a market that is open on five. */
static void UNUSED
scene_make(struct scene *s, uint64_t seed, size_t most, bool whole)
{
	day when = day_of(2015, 1, 1);
	size_t i;

	memset(s, 0, sizeof(*s));
	s->dice.s = seed;
	s->whole = whole;
	for (i = 0; i < PAST_THINGS; i++)
		s->price[i] = dec_units(dice_from(&s->dice, 50, 900000), 3);
	ledger_open(&s->past.l, 2, s->past.held, PAST_THINGS);
	s->calendar.days = s->days;
	s->calendar.closes = s->closes;
	past_money(&s->past, A_DEPOSIT, when, dec_of(100000));
	ledger_apply(&s->past.l, &s->past.a[0], &s->past.fault);
	for (; s->past.n < most && s->calendar.n < PAST_DAYS;
	    when = day_add(when, 1)) {
		scene_day(s, when);
		if (day_weekday(when) > 4)
			continue;
		scene_prices(s, when);
		s->days[s->calendar.n++] = when;
	}
	scene_shuffle(s);
}

/* Days of a past that is folded (and so sorted). */
static void UNUSED
scene_days(struct scene *s, day from)
{
	struct holding held[PAST_THINGS];
	struct ledger l;

	ledger_open(&l, 2, held, PAST_THINGS);
	s->made = ledger_days(&l, s->past.a, s->past.n, &s->calendar, from,
	    s->values);
}

/* LEDGER_SEED tells one and only that one again. */
static void UNUSED
past_seeds(uint64_t first, void (*law)(uint64_t seed))
{
	const char *z = getenv("LEDGER_SEED");
	uint64_t seed;

	if (z != NULL) {
		law(strtoull(z, NULL, 10));
		return;
	}
	for (seed = first; seed < first + PAST_SEEDS; seed++) {
		print_message("seed %llu\n", (unsigned long long)seed);
		law(seed);
	}
}

#define ALWAYS	day_of(1, 1, 1)

#endif
