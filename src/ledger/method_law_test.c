/*
 * Laws of the account over random histories: what cost methods, splits and
 * halves leave as it was, and that the notation tells all of it.
 */
#include "ledger/random.h"

#define ACTIVITIES	2000
#define SEEDS		8

static struct random_past p, other;

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
	random_seeds(2 * RANDOM_METHODS, seed_holds_the_same_by_every_method);
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
	a = random_account(&p, (enum cost_method)(seed % RANDOM_METHODS));
	b = random_account(&p, (enum cost_method)(seed % RANDOM_METHODS));
	for (i = 0; i < 3; i++) {
		from = p.days[random_from(&p, 0, (int64_t)p.calendar.n - 1)];
		k = (size_t)random_from(&p, 0, RANDOM_METHODS - 1);
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
			random_lots_sum_up(a, k);
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
	random_seeds(RANDOM_METHODS, seed_changes_its_method);
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
		if (a->instrument != ALFA || random_family(a) != 0 ||
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
	random_any(&p, seed, 900);
	random_any(&other, seed, 900);
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
	random_seeds(RANDOM_METHODS, seed_splits_without_a_change);
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
	random_any(&p, seed, 1500);
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
	random_seeds(RANDOM_METHODS, seed_reads_as_it_is_printed);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
#define LAW(name) cmocka_unit_test(name)
		LAW(all_sold_every_method_has_gained_the_same),
		LAW(a_method_changes_neither_units_nor_worth),
		LAW(a_method_may_change_on_any_day),
		LAW(a_split_with_prices_to_match_changes_no_worth_and_no_gain),
		LAW(a_purchase_in_two_halves_is_the_same_purchase),
		LAW(what_is_printed_reads_back_as_the_same),
	};

	return (cmocka_run_group_tests(tests, NULL, NULL));
}
