/*
 * For this room's tests: histories that are random but could have been, of
 * all kinds, over five currencies' worth of instruments, the same for the
 * same seed. Now and then something cannot be: that is refused, and the rest
 * goes on. RANDOM_SEED=7 runs one seed alone; RANDOM_TELL=1 prints it.
 */
#ifndef BURSAR_LEDGER_RANDOM_H
#define BURSAR_LEDGER_RANDOM_H

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "ledger/balance.h"
#include "ledger/notation.h"

#define RANDOM_MOST	4200	/* activities */
#define RANDOM_DAYS	6000
#define RANDOM_THINGS	8
#define RANDOM_CURRENCIES 3
#define RANDOM_METHODS	6
#define RANDOM_LOTS	3	/* told with one activity */

/* EUR is the base. What the second letter says is its currency. */
enum { ALFA, BOND, CALL, DUSD, EUSD, FJPY, GEUR, HUSD };

static const struct page_security random_things[RANDOM_THINGS] = {
	[ALFA] = { "ALFA", { .currency = 0 } },
	[BOND] = { "BOND", { .currency = 0, .percent = true } },
	[CALL] = { "CALL", { .currency = 1,
	    .multiplier = { (__int128)100 * 1000000000000000000 } } },
	[DUSD] = { "DUSD", { .currency = 1 } },
	[EUSD] = { "EUSD", { .currency = 1, .home = true } },
	[FJPY] = { "FJPY", { .currency = 2 } },
	[GEUR] = { "GEUR", { .currency = 0 } },		/* of ALFA */
	[HUSD] = { "HUSD", { .currency = 1 } },		/* of DUSD, EUSD */
};

struct random_past {
	uint64_t	 dice;
	struct arena	 mem;
	struct activity	 a[RANDOM_MOST];
	struct lot_told	 lots[RANDOM_MOST][RANDOM_LOTS];
	size_t		 n;
	struct account	*now;		/* all of it, told one by one */
	enum cost_method method;
	bool		 margin;
	struct page	 page;		/* its names, for printing */
	day		 days[RANDOM_DAYS];
	struct close	 close[RANDOM_THINGS][RANDOM_DAYS];
	struct closes	 closes[RANDOM_THINGS];
	struct close	 rate[RANDOM_CURRENCIES][RANDOM_DAYS];
	struct page_currency currencies[RANDOM_CURRENCIES];
	struct calendar	 calendar;
	dec		 price[RANDOM_THINGS];
	dec		 rates[RANDOM_CURRENCIES];
	bool		 plain;		/* nothing that rounds by the lot */
};

/* splitmix64 */
static uint64_t UNUSED
random_roll(struct random_past *p)
{
	uint64_t z = p->dice += 0x9e3779b97f4a7c15;

	z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9;
	z = (z ^ z >> 27) * 0x94d049bb133111eb;
	return (z ^ z >> 31);
}

static int64_t UNUSED
random_from(struct random_past *p, int64_t least, int64_t most)
{
	return (least + (int64_t)(random_roll(p) % (uint64_t)(most - least +
	    1)));
}

static bool UNUSED
one_in(struct random_past *p, int64_t n)
{
	return (random_from(p, 1, n) == 1);
}

/* ---- accounts ---------------------------------------------------------- */

/* Of the same terms, without any activity. */
static struct account *UNUSED
random_account(struct random_past *p, enum cost_method m)
{
	struct account *a = account_open(&p->mem, 2, DAY_NONE, p->margin);
	size_t i;

	for (i = 1; i < RANDOM_CURRENCIES; i++)
		account_currency(a, p->currencies[i].places,
		    &p->currencies[i].rates);
	for (i = 0; i < RANDOM_THINGS; i++)
		account_security(a, random_things[i].terms);
	account_method(a, day_of(1, 1, 1), m);
	return (a);
}

static struct account *UNUSED
random_fold(struct random_past *p, enum cost_method m)
{
	struct account *a = random_account(p, m);

	account_fold(a, p->a, p->n);
	return (a);
}

static void UNUSED
random_same(struct account *a, struct account *b)
{
	assert_same_account(a, b, RANDOM_THINGS, RANDOM_CURRENCIES);
}

/* ---- activities -------------------------------------------------------- */

static int UNUSED
random_places(size_t currency)
{
	return (currency == 2 ? 0 : 2);
}

static dec UNUSED
random_money(struct random_past *p, size_t currency, int64_t most)
{
	if (currency == 2)
		return (dec_of(random_from(p, 0, most * 150)));
	return (dec_units(random_from(p, 0, most * 100), 2));
}

/* A part of what there is, at times all of it, at times more. */
static dec UNUSED
random_part(struct random_past *p, dec held, bool whole)
{
	dec part;

	held = dec_abs(held);
	if (one_in(p, 40))
		return (dec_add(held, dec_units(1, whole ? 0 : 3)));
	if (one_in(p, 6))
		return (held);
	part = dec_mul_div(held, dec_of(random_from(p, 1, 99)), dec_of(100));
	part = dec_round(part, whole ? 0 : 6);
	return (dec_sign(part) > 0 && dec_cmp(part, held) <= 0 ? part : held);
}

static dec UNUSED
random_units(struct random_past *p, size_t thing)
{
	if (thing == CALL)
		return (dec_of(random_from(p, 1, 5)));
	if (thing == BOND)
		return (dec_of(random_from(p, 1, 20) * 100));
	return (p->plain ? dec_of(random_from(p, 1, 200)) :
	    dec_units(random_from(p, 1, 200000), (int)random_from(p, 0, 5)));
}

static struct activity *UNUSED
random_add(struct random_past *p, enum activity_kind kind, day on)
{
	struct activity *a = &p->a[p->n];

	*a = (struct activity){ .kind = kind, .on = on, .order = p->n,
	    .origin = p->n };
	if (one_in(p, 12))
		a->second = (int32_t)random_from(p, 1, 86400);
	p->n++;
	return (a);
}

/* Lots of a sale under COST_SPECIFIC, from the oldest on. */
static void UNUSED
random_pick(struct random_past *p, struct activity *a)
{
	const struct lot *l = NULL;
	struct lot_told *t = p->lots[a->origin];
	dec left = a->quantity, most;

	a->lots = t;
	while (a->lot_n < RANDOM_LOTS && dec_sign(left) > 0 &&
	    (l = account_lot(p->now, a->instrument, l)) != NULL) {
		if (one_in(p, 3))
			continue;
		most = dec_min(left, dec_abs(l->quantity));
		t[a->lot_n++] = (struct lot_told){ .origin = l->origin,
		    .part = l->part, .quantity = most,
		    .cost_base = DEC_NONE };
		left = dec_sub(left, most);
	}
	if (a->lot_n > 0 && dec_sign(left) > 0 && !one_in(p, 10))
		a->quantity = dec_sub(a->quantity, left);
}

static void UNUSED
random_trade(struct random_past *p, struct activity *a, size_t thing)
{
	size_t currency = random_things[thing].terms.currency;
	const struct holding *h = account_holding(p->now, thing);
	bool closes = a->kind == A_SELL || a->kind == A_COVER ||
	    a->kind == A_TRANSFER_OUT;

	a->instrument = thing;
	a->price = p->price[thing];
	a->amount = DEC_NONE;
	a->quantity = closes && dec_sign(h->quantity) != 0 ?
	    random_part(p, h->quantity, thing == CALL || p->plain) :
	    random_units(p, thing);
	if (closes && p->method == COST_SPECIFIC)
		random_pick(p, a);
	if (a->kind == A_TRANSFER_OUT)
		return;
	a->commission = random_money(p, currency, 9);
	if (thing == BOND)
		a->accrued = random_money(p, currency, 4);
	if (one_in(p, 15))
		a->withheld = random_money(p, currency, 3);
	if (one_in(p, 25))
		a->amount = random_money(p, currency, 5000);
	if (currency != 0 && one_in(p, 25))
		a->rate = dec_mul_div(p->rates[currency], dec_of(101),
		    dec_of(100));
}

static void UNUSED
random_arrive(struct random_past *p, struct activity *a, size_t thing)
{
	size_t currency = random_things[thing].terms.currency, i;
	struct lot_told *t = p->lots[a->origin];

	a->instrument = thing;
	a->price = p->price[thing];
	a->amount = DEC_NONE;
	a->quantity = DEC_ZERO;
	a->lots = t;
	a->lot_n = (size_t)random_from(p, 1, RANDOM_LOTS);
	for (i = 0; i < a->lot_n; i++) {
		t[i] = (struct lot_told){ .quantity = random_units(p, thing),
		    .cost = random_money(p, currency, 3000), .part =
		    (uint32_t)i, .opened = day_add(a->on,
		    -(int)random_from(p, 0, 900)), .cost_base = DEC_NONE };
		a->quantity = dec_add(a->quantity, t[i].quantity);
	}
}

static void UNUSED
random_income(struct random_past *p, struct activity *a, size_t thing)
{
	size_t currency = random_things[thing].terms.currency;

	a->instrument = thing;
	a->amount = random_money(p, currency, 300);
	if (one_in(p, 2))
		a->withheld = dec_mul_round(a->amount, dec_units(15, 2),
		    random_places(currency));
	if (a->kind == A_REINVESTMENT || a->kind == A_STAKING ||
	    a->kind == A_BONUS) {
		a->quantity = random_units(p, thing);
		a->price = p->price[thing];
	}
	if (a->kind != A_REINVESTMENT)
		return;
	a->quantity = dec_div(a->amount, a->price);
	if (dec_sign(a->quantity) <= 0)
		a->quantity = dec_units(1, 2);
}

/* Units change, and the price with them. */
static void UNUSED
random_split(struct random_past *p, struct activity *a, size_t thing)
{
	static const int64_t ratios[][2] = {
		{ 2, 1 }, { 3, 1 }, { 10, 1 }, { 3, 2 }, { 7, 3 }, { 1, 2 },
		{ 1, 10 }
	};
	size_t which = (size_t)random_from(p, 0, p->plain ? 1 : 6);

	a->instrument = thing;
	a->numerator = ratios[which][0];
	a->denominator = ratios[which][1];
	if (a->kind == A_STOCK_DIVIDEND) {
		a->numerator = p->plain ? 1 : random_from(p, 1, 10);
		a->denominator = p->plain ? 1 : 100;
		return;
	}
	if (!p->plain && one_in(p, 3))
		a->price = dec_mul_div(p->price[thing],
		    dec_of(a->denominator), dec_of(a->numerator));
	p->price[thing] = dec_max(dec_round(dec_mul_div(p->price[thing],
	    dec_of(a->denominator), dec_of(a->numerator)), 4),
	    dec_units(1, 2));
}

static void UNUSED
random_corporate(struct random_past *p, struct activity *a)
{
	a->instrument = (size_t)random_from(p, 0, 2);
	a->instrument = a->instrument == 0 ? ALFA : a->instrument == 1 ?
	    DUSD : EUSD;
	a->into = a->instrument == ALFA ? GEUR : HUSD;
	if (a->kind == A_RENAME && one_in(p, 2)) {
		a->into = a->instrument;
		a->instrument = a->into == ALFA ? GEUR : HUSD;
	}
	a->numerator = random_from(p, 1, 3);
	a->denominator = random_from(p, 1, 3);
	a->price = p->price[a->instrument];
	a->price_into = p->price[a->into];
	if (a->kind == A_MERGER && one_in(p, 2))
		a->amount = random_money(p, random_things[a->into].terms.
		    currency, 400);
}

static void UNUSED
random_exchange(struct random_past *p, struct activity *a)
{
	a->currency = (size_t)random_from(p, 0, RANDOM_CURRENCIES - 1);
	a->currency_into = (a->currency + (size_t)random_from(p, 1, 2)) %
	    RANDOM_CURRENCIES;
	a->amount = random_money(p, a->currency, 900);
	a->received = dec_mul_round(dec_mul_div(a->amount,
	    p->rates[a->currency], p->rates[a->currency_into]),
	    dec_units(random_from(p, 985, 1003), 3),
	    random_places(a->currency_into));
	a->commission = random_money(p, a->currency, 2);
}

static const struct {
	enum activity_kind kind;
	int		   often;
} random_kinds[] = {
	{ A_BUY, 30 }, { A_SELL, 22 }, { A_SHORT, 6 }, { A_COVER, 6 },
	{ A_DEPOSIT, 8 }, { A_WITHDRAWAL, 4 }, { A_DIVIDEND, 6 },
	{ A_INTEREST, 2 }, { A_FEE, 3 }, { A_TAX, 2 }, { A_SPLIT, 1 },
	{ A_TRANSFER_IN, 3 }, { A_TRANSFER_OUT, 3 }, { A_EXCHANGE, 4 },
	{ A_REINVESTMENT, 4 }, { A_COUPON, 3 }, { A_STOCK_DIVIDEND, 1 },
	{ A_SPIN_OFF, 2 }, { A_MERGER, 2 }, { A_RENAME, 2 },
	{ A_RETURN_OF_CAPITAL, 2 }, { A_STAKING, 2 }, { A_BONUS, 1 }
};

#define RANDOM_OFTEN	119	/* the sum of all of them */

static enum activity_kind UNUSED
random_kind(struct random_past *p)
{
	int64_t which = random_from(p, 1, RANDOM_OFTEN);
	size_t i;

	for (i = 0; which > random_kinds[i].often; i++)
		which -= random_kinds[i].often;
	return (random_kinds[i].kind);
}

/* A thing that the kind can be about, if there is one among six. */
static size_t UNUSED
random_thing(struct random_past *p, enum activity_kind kind)
{
	size_t thing = ALFA, tries;
	int wanted, held;

	wanted = kind == A_COVER ? -1 : kind == A_SHORT ? -2 : kind ==
	    A_SELL || kind == A_TRANSFER_OUT || kind == A_RETURN_OF_CAPITAL ?
	    1 : 2;
	for (tries = 0; tries < 6; tries++) {
		thing = (size_t)random_from(p, 0, RANDOM_THINGS - 1);
		held = dec_sign(account_holding(p->now, thing)->quantity);
		if (held == wanted || (wanted == 2 && held >= 0) ||
		    (wanted == -2 && held <= 0))
			break;
	}
	return (kind == A_COUPON ? BOND : thing);
}

static void UNUSED
random_fill(struct random_past *p, struct activity *a)
{
	size_t thing = random_thing(p, a->kind);

	switch (a->kind) {
	case A_BUY:
	case A_SELL:
	case A_SHORT:
	case A_COVER:
	case A_TRANSFER_OUT:
		random_trade(p, a, thing);
		break;
	case A_TRANSFER_IN:
		random_arrive(p, a, thing);
		break;
	case A_DIVIDEND:
	case A_COUPON:
	case A_REINVESTMENT:
	case A_STAKING:
	case A_BONUS:
	case A_RETURN_OF_CAPITAL:
		random_income(p, a, thing);
		break;
	case A_SPLIT:
	case A_STOCK_DIVIDEND:
		random_split(p, a, thing);
		break;
	case A_SPIN_OFF:
	case A_MERGER:
	case A_RENAME:
		random_corporate(p, a);
		break;
	case A_EXCHANGE:
		random_exchange(p, a);
		break;
	default:
		a->currency = (size_t)random_from(p, 0,
		    RANDOM_CURRENCIES - 1);
		a->amount = random_money(p, a->currency, a->kind ==
		    A_DEPOSIT ? 9000 : a->kind == A_WITHDRAWAL ? 2000 : 50);
		break;
	}
}

/* ---- the market -------------------------------------------------------- */

static void UNUSED
random_closes(struct random_past *p, day on)
{
	struct closes *c;
	size_t i;

	for (i = 0; i < RANDOM_THINGS; i++) {
		p->price[i] = dec_max(dec_round(dec_mul_div(p->price[i],
		    dec_of(random_from(p, 960, 1042)), dec_of(1000)), 4),
		    dec_units(1, 2));
		c = &p->closes[i];
		if (!one_in(p, 9))
			p->close[i][c->n++] = (struct close){
			    .on = on, .price = p->price[i] };
	}
	for (i = 1; i < RANDOM_CURRENCIES; i++) {
		p->rates[i] = dec_round(dec_mul_div(p->rates[i],
		    dec_of(random_from(p, 995, 1005)), dec_of(1000)), 9);
		c = &p->currencies[i].rates;
		if (c->n == 0 || !one_in(p, 6))
			p->rate[i][c->n++] = (struct close){
			    .on = on, .price = p->rates[i] };
	}
	p->days[p->calendar.n++] = on;
}

static void UNUSED
random_begin(struct random_past *p, uint64_t seed)
{
	static const struct page_currency currencies[] = {
		{ "EUR", 2, { NULL, 0 } }, { "USD", 2, { NULL, 0 } },
		{ "JPY", 0, { NULL, 0 } }
	};
	static const char *names[RANDOM_MOST];
	size_t i;

	p->dice = seed;
	p->n = 0;
	arena_init(&p->mem, SIZE_MAX, NULL, NULL);
	memset(p->closes, 0, sizeof(p->closes));
	for (i = 0; i < RANDOM_THINGS; i++) {
		p->closes[i].v = p->close[i];
		p->price[i] = dec_units(random_from(p, 200, 20000), 2);
	}
	memcpy(p->currencies, currencies, sizeof(currencies));
	for (i = 1; i < RANDOM_CURRENCIES; i++)
		p->currencies[i].rates.v = p->rate[i];
	p->rates[0] = dec_of(1);
	p->rates[1] = dec_units(92, 2);
	p->rates[2] = dec_units(62, 4);
	p->calendar = (struct calendar){ .days = p->days,
	    .closes = p->closes };
	p->page = (struct page){ .names = names, .currencies = p->currencies,
	    .currency_n = RANDOM_CURRENCIES, .securities =
	    (struct page_security *)random_things, .security_n =
	    RANDOM_THINGS };
	p->now = random_account(p, p->method);
}

static void UNUSED
random_tell(struct random_past *p)
{
	char line[NOTATION_LINE_MAX];
	size_t i;

	for (i = 0; i < p->n; i++) {
		activity_print(&p->page, &p->a[i], line);
		print_message("%s\n", line);
	}
}

/* `n` activities under a method; arena_drop(&p->mem) ends it. */
static void UNUSED
random_make(struct random_past *p, uint64_t seed, size_t n,
    enum cost_method m)
{
	day on = day_of(2012, 2, 27);
	struct activity *a;
	int64_t some;

	p->method = m;
	random_begin(p, seed);
	for (; p->n < n && p->calendar.n < RANDOM_DAYS - 1;
	    on = day_add(on, 1)) {
		random_closes(p, on);
		for (some = random_from(p, 0, 5); some > 2 && p->n < n;
		    some--) {
			a = random_add(p, random_kind(p), on);
			random_fill(p, a);
			(void)account_add(p->now, a);
		}
	}
	random_closes(p, on);
	if (getenv("RANDOM_TELL") != NULL)
		random_tell(p);
}

static void UNUSED
random_lots_sum_up(const struct account *a, size_t thing)
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

/* What becomes of another is one family with it; so are all sums of money. */
static size_t UNUSED
random_family(const struct activity *a)
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

/* By any method. */
static void UNUSED
random_any(struct random_past *to, uint64_t seed, size_t n)
{
	random_make(to, seed, n, (enum cost_method)(seed % RANDOM_METHODS));
}

/* RANDOM_SEED runs one and only that one again. */
static void UNUSED
random_seeds(uint64_t n, void (*law)(uint64_t seed))
{
	const char *z = getenv("RANDOM_SEED");
	uint64_t seed;

	if (z != NULL) {
		law(strtoull(z, NULL, 10));
		return;
	}
	for (seed = 1; seed <= n; seed++) {
		print_message("seed %llu\n", (unsigned long long)seed);
		law(seed);
	}
}

#endif
