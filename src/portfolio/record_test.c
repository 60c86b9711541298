/*
 * Recording on a real server: what follows from a trade is there when it is
 * answered, what is refused is told in a sentence and leaves nothing, and
 * writers take turns.
 */
#include <math.h>

#include "portfolio/office.h"

#include "portfolio_sql.h"

struct looking {
	struct list	positions;	/* of struct position */
	struct list	activities;	/* of struct activity_row */
	struct {
		dec	cash;
	} sums;
	void		(*fn)(const struct looking *);
};

static enum err
look_run(struct flow *f, void *arg)
{
	struct looking *l = arg;

	f->who.tenant = tenant;
	TRY(portfolio_positions(f, portfolio, &l->positions));
	TRY(portfolio_activities(f, portfolio, false, 100, &l->activities));
	l->fn(l);
	return (OK);
}

static void
look(void (*fn)(const struct looking *))
{
	struct looking l = { .fn = fn };

	assert_int_equal(in_flow(look_run, &l), OK);
}

static void
is(dec got, const char *want)
{
	char text[DEC_TEXT_MAX];

	dec_print(got, text);
	assert_string_equal(text, want);
}

static bool
tells(const char *what)
{
	char *state = office_state();
	bool found = strstr(state, what) != NULL;

	if (!found)
		print_message("%s\n", state);
	free(state);
	return (found);
}

/* ---- what follows ------------------------------------------------------ */

static void
one_position(const struct looking *l)
{
	const struct position *p = l->positions.v;
	const struct activity_row *a = l->activities.v;

	assert_int_equal(l->positions.n, 1);
	assert_true(str_eqz(p->symbol, "ACME"));
	is(p->quantity, "6");
	is(p->cost_basis, "900.9");
	is(p->average_cost, "150.15");
	is(p->realised, "78.4");
	is(p->price, "170");
	is(p->market_value, "1020");
	is(p->unrealised, "119.1");
	assert_true(p->price_stale);
	assert_int_equal(l->activities.n, 3);
	assert_int_equal(a->kind, A_SELL);
	is(a->realised, "78.4");
	is(a->cost, "600.6");
	assert_false(dec_ok(a[1].realised));
}

static void
buy_and_sell_partially(void **state)
{
	struct entry buy = entry(A_BUY, "2024-01-03", "ACME", "10", "150");
	struct entry sale = entry(A_SELL, "2024-02-01", "ACME", "4", "170");

	(void)state;
	buy.commission = D("1.50");
	sale.commission = D("1");
	price("SPY", "2024-01-03", "400");
	price("ACME", "2024-01-03", "151");
	price("ACME", "2024-02-01", "169");
	RECORD(A_DEPOSIT, "2024-01-02", NULL, "2000", NULL);
	record(buy);
	record(sale);
	assert_int_equal(answered, OK);
	look(one_position);
	assert_true(tells("1177.500000000000000000 2000.000000000000000000 "
	    "0.000000000000000000 78.400000000000000000"));
	/* 498.50 and 1510; 1177.50 and 1014. */
	assert_true(tells(",2024-01-03,2008.500000000000000000,"
	    "498.500000000000000000,2000.000000000000000000,"));
	assert_true(tells(",2024-02-01,2191.500000000000000000,"
	    "1177.500000000000000000,0.000000000000000000,"));
	equals_a_rebuild();
}

static void
what_is_sold_out_is_no_open_position(const struct looking *l)
{
	assert_int_equal(l->positions.n, 0);
}

static void
selling_all_closes_the_position_and_keeps_its_gain(void **state)
{
	(void)state;
	RECORD(A_DEPOSIT, "2024-01-02", NULL, "2000", NULL);
	RECORD(A_BUY, "2024-01-03", "ACME", "10", "150");
	RECORD(A_SELL, "2024-01-04", "ACME", "10", "151");
	look(what_is_sold_out_is_no_open_position);
	assert_true(tells(",0.000000000000000000,0.000000000000000000,"
	    "10.000000000000000000,0.000000000000000000,,2,"));
}

static void
three_positions(const struct looking *l)
{
	const struct position *p = l->positions.v;

	assert_int_equal(l->positions.n, 3);
	assert_true(str_eqz(p[0].symbol, "BOLT"));
	is(p[0].market_value, "120");
	is(p[0].unrealised, "20");
	is(p[0].day_change, "-10");
	assert_true(p[0].unrealised_ratio == 0.2);
	assert_true(p[0].day_change_ratio == -10.0 / 130);
	assert_true(p[0].weight == 0.12 / 1.02);
	assert_false(p[0].price_stale);
	/* Of the same value: by symbol. Without a quote: the last trade's. */
	assert_true(str_eqz(p[1].symbol, "ACME"));
	assert_true(str_eqz(p[2].symbol, "SPY"));
	is(p[2].day_change, "0");
	assert_true(isnan(p[2].day_change_ratio));
}

static void
positions_are_told_by_value_at_the_last_price(void **state)
{
	(void)state;
	quote("BOLT", "12", "13");
	RECORD(A_DEPOSIT, "2024-01-02", NULL, "1000", NULL);
	RECORD(A_BUY, "2024-01-03", "SPY", "1", "100");
	RECORD(A_BUY, "2024-01-03", "ACME", "2", "50");
	RECORD(A_BUY, "2024-01-03", "BOLT", "10", "10");
	look(three_positions);
}

static void
terms_change(struct day_terms t, const char *change, const char *base)
{
	dec c, b;

	t.price = D("12");
	t.previous_close = D("10");
	day_change_of(&t, 2, &c, &b);
	is(c, change);
	is(b, base);
}

static void
a_days_change_leaves_out_what_was_put_in(void **state)
{
	(void)state;
	/* Nothing done; 4 bought; 4 sold; all sold; a price of long ago. */
	terms_change((struct day_terms){ true, D("10"), .units = DEC_ZERO,
	    .paid = DEC_ZERO, .received = DEC_ZERO }, "20", "100");
	terms_change((struct day_terms){ true, D("10"), .units = D("4"),
	    .paid = D("45"), .received = DEC_ZERO }, "15", "105");
	terms_change((struct day_terms){ true, D("6"), .units = D("-4"),
	    .paid = DEC_ZERO, .received = D("43") }, "15", "100");
	terms_change((struct day_terms){ true, DEC_ZERO, .units = D("-10"),
	    .paid = DEC_ZERO, .received = D("110") }, "10", "100");
	terms_change((struct day_terms){ false, D("10"), .units = DEC_ZERO,
	    .paid = DEC_ZERO, .received = DEC_ZERO }, "0", "0");
}

static void
one_beyond_reach(const struct looking *l)
{
	const struct position *p = l->positions.v;

	assert_int_equal(l->positions.n, 2);
	assert_true(str_eqz(p[0].symbol, "BOLT"));
	assert_false(dec_ok(p[0].market_value));
	assert_true(isnan(p[0].weight) && isnan(p[1].weight));
	is(p[1].market_value, "100");
}

static void
a_price_that_makes_too_much_of_a_holding_hurts_nobody(void **state)
{
	(void)state;
	RECORD(A_DEPOSIT, "2024-01-02", NULL, "1000000000000000", NULL);
	RECORD(A_BUY, "2024-01-03", "ACME", "1", "100");
	RECORD(A_BUY, "2024-01-03", "BOLT", "1000000000000000", "0.01");
	quote("BOLT", "700000", "1");
	look(one_beyond_reach);
}

/* Each has the same day; the second and third have what is left. */
static void
entries_of_one_go_keep_their_order(void **state)
{
	struct writing w = { .n = 5, .entries = {
		entry(A_DEPOSIT, "2024-01-02", NULL, "1000", NULL),
		entry(A_BUY, "2024-01-02", "ACME", "3", "100.003333"),
		entry(A_SELL, "2024-01-02", "ACME", "1", "101"),
		entry(A_SELL, "2024-01-02", "ACME", "1", "102"),
		entry(A_SELL, "2024-01-02", "ACME", "1", "103"),
	} };
	int i;

	for (i = 0; i < 10; i++) {
		office_new(state);
		assert_int_equal(record_all(&w), OK);
		assert_true(tells("2024-01-02 sell 1.000000000000000000 "
		    "1.000000000000000000 100.000000000000000000\n"
		    "2024-01-02 sell 1.000000000000000000 "
		    "2.000000000000000000 100.000000000000000000\n"
		    "2024-01-02 sell 1.000000000000000000 "
		    "2.990000000000000000 100.010000000000000000"));
		equals_a_rebuild();
	}
}

static void
nothing_to_record_changes_nothing(void **state)
{
	struct writing w = { .n = 0 };
	char *before;

	(void)state;
	price("SPY", "2024-01-02", "400");
	RECORD(A_DEPOSIT, "2024-01-02", NULL, "2000", NULL);
	before = office_state();
	assert_int_equal(record_all(&w), OK);
	office_same(before, office_state());
}

static void
members_a_kind_has_no_use_for_are_left_out(void **state)
{
	struct entry e = entry(A_DEPOSIT, "2024-01-02", "ACME", "2000", NULL);

	(void)state;
	e.withheld = D("5");
	e.commission = D("7");
	e.quantity = D("1");
	record(e);
	assert_int_equal(answered, OK);
	assert_true(tells("2000.000000000000000000 2000.000000000000000000"));
	equals_a_rebuild();
}

/* ---- what is refused --------------------------------------------------- */

static void
refusals_name_the_symbol_and_the_amounts(void **state)
{
	char *before;

	(void)state;
	RECORD(A_DEPOSIT, "2024-01-02", NULL, "10000", NULL);
	RECORD(A_BUY, "2024-02-01", "ACME", "50", "100");
	before = office_state();
	REFUSED("ACME: 50 held on 2024-05-05, 60 to be sold: 10 too many",
	    A_SELL, "2024-05-05", "ACME", "60", "100");
	REFUSED("BOLT: 0 held on 2024-05-05, 0.5 to be sold: 0.5 too many",
	    A_SELL, "2024-05-05", "BOLT", "0.5", "100");
	REFUSED("5000.00 USD in cash on 2024-05-05, 6000.50 needed: "
	    "1000.50 short", A_BUY, "2024-05-05", "BOLT", "1", "6000.50");
	REFUSED("5000.00 USD in cash on 2024-05-05, 5000.01 needed: "
	    "0.01 short", A_WITHDRAWAL, "2024-05-05", NULL, "5000.01", NULL);
	REFUSED("BOLT: never held up to 2024-05-05",
	    A_DIVIDEND, "2024-05-05", "BOLT", "1", NULL);
	office_same(before, office_state());
}

static void
a_refusal_may_be_about_what_comes_later(void **state)
{
	char *before;

	(void)state;
	RECORD(A_DEPOSIT, "2024-01-02", NULL, "10000", NULL);
	RECORD(A_BUY, "2024-02-01", "ACME", "50", "100");
	RECORD(A_SELL, "2024-04-01", "ACME", "40", "100");
	RECORD(A_WITHDRAWAL, "2024-05-02", NULL, "9000", NULL);
	before = office_state();
	REFUSED("ACME: 30 would be held on 2024-04-01, when 40 were sold: "
	    "10 too many", A_SELL, "2024-03-01", "ACME", "20", "100");
	REFUSED("8999.00 USD would be in cash on 2024-05-02, when 9000.00 "
	    "were needed: 1.00 short", A_FEE, "2024-03-01", NULL, "1", NULL);
	office_same(before, office_state());
}

static void
what_cannot_be_is_refused_before_it_is_folded(void **state)
{
	struct entry tax = entry(A_DIVIDEND, "2024-02-02", "ACME", "1", NULL);
	char when[DAY_TEXT_MAX], want[80];

	(void)state;
	RECORD(A_DEPOSIT, "2024-01-02", NULL, "10000", NULL);
	RECORD(A_BUY, "2024-01-02", "ACME", "1", "100");
	REFUSED("no instrument is called NOSUCH",
	    A_BUY, "2024-01-03", "NOSUCH", "1", "1");
	REFUSED("no instrument is called ", A_BUY, "2024-01-03", NULL, "1",
	    "1");
	REFUSED("SONY is quoted in JPY, and no rate to USD is known for "
	    "2024-01-03: tell one",
	    A_BUY, "2024-01-03", "SONY", "1", "1");
	REFUSED("1899-12-31 is before 1900",
	    A_DEPOSIT, "1899-12-31", NULL, "1", NULL);
	REFUSED("USD has 2 decimals",
	    A_DEPOSIT, "2024-01-03", NULL, "1.001", NULL);
	REFUSED("the amount comes to more than 10^15", A_BUY, "2024-01-03",
	    "ACME", "1000000000000000", "1.01");
	REFUSED("the amount comes to more than 10^15", A_BUY, "2024-01-03",
	    "ACME", "1000000000000000", "1000000");
	tax.withheld = D("1.01");
	record(tax);
	assert_int_equal(answered, E_INVALID);
	assert_string_equal(sentence,
	    "the tax withheld is more than the amount");
	tax.withheld = D("0.001");
	record(tax);
	assert_string_equal(sentence, "USD has 2 decimals");
	day_print(day_add(day_today(), 2), when);
	snprintf(want, sizeof(want), "%s is in the future", when);
	REFUSED(want, A_DEPOSIT, when, NULL, "1", NULL);
}

static void
a_commission_has_the_currencys_places(void **state)
{
	struct entry e = entry(A_BUY, "2024-01-03", "ACME", "1", "1");

	(void)state;
	RECORD(A_DEPOSIT, "2024-01-02", NULL, "10000", NULL);
	e.commission = D("0.001");
	record(e);
	assert_string_equal(sentence, "USD has 2 decimals");
	e.commission = D("0.01");
	record(e);
	assert_int_equal(answered, OK);
}

static void
nothing_is_recorded_before_the_portfolio_was_opened(void **state)
{
	(void)state;
	office_portfolio("USD", "SPY", "2024-02-01");
	REFUSED("2024-01-31 is before the portfolio was opened, on "
	    "2024-02-01", A_DEPOSIT, "2024-01-31", NULL, "1", NULL);
	RECORD(A_DEPOSIT, "2024-02-01", NULL, "1", NULL);
}

static void
yen_are_whole(void **state)
{
	(void)state;
	office_portfolio("JPY", "SPY", NULL);
	REFUSED("JPY has 0 decimals",
	    A_DEPOSIT, "2024-01-02", NULL, "1000.5", NULL);
	RECORD(A_DEPOSIT, "2024-01-02", NULL, "1000", NULL);
	REFUSED("1000 JPY in cash on 2024-01-03, 1004 needed: 4 short",
	    A_BUY, "2024-01-03", "SONY", "10", "100.45");
	RECORD(A_BUY, "2024-01-03", "SONY", "3", "33.5");
	assert_true(tells("900.000000000000000000"));
	equals_a_rebuild();
}

static void
a_portfolio_beyond_what_can_be_kept_is_refused(void **state)
{
	int i;

	(void)state;
	RECORD(A_DEPOSIT, "2024-01-02", NULL, "1000000000000000", NULL);
	RECORD(A_BUY, "2024-01-03", "ACME", "1000000000000000", "1");
	price("ACME", "2024-01-03", "1000000");
	REFUSED("the portfolio would be worth more than can be kept",
	    A_DEPOSIT, "2024-01-02", NULL, "1", NULL);
	price("ACME", "2024-01-03", "900");
	RECORD(A_DEPOSIT, "2024-01-02", NULL, "1", NULL);
	split("ACME", "2024-01-04", 1001, 1);
	REFUSED("with a later split it is more than can be kept",
	    A_DEPOSIT, "2024-01-02", NULL, "1", NULL);
	office_portfolio("USD", "SPY", NULL);
	for (i = 0; i < 3; i++) {
		struct writing w = { .n = ENTRIES_MOST };
		size_t k;

		for (k = 0; k < w.n; k++)
			w.entries[k] = entry(A_DEPOSIT, "2024-01-02", NULL,
			    "1000000000000000", NULL);
		assert_int_equal(record_all(&w), i < 2 ? OK : E_INVALID);
	}
	assert_string_equal(sentence,
	    "with what there is it is more than can be kept");
}

/* ---- taking back ------------------------------------------------------- */

static void
taking_back_leaves_what_was_before(void **state)
{
	char *before, *with;
	uuid id;

	(void)state;
	prices("SPY", "2024-01-01", "2024-06-30", 0, false);
	prices("ACME", "2024-01-01", "2024-06-30", 2, false);
	RECORD(A_DEPOSIT, "2024-01-02", NULL, "10000", NULL);
	RECORD(A_BUY, "2024-02-01", "ACME", "50", "48.12");
	RECORD(A_SELL, "2024-04-01", "ACME", "7", "51.3");
	before = office_state();
	id = record(entry(A_BUY, "2024-02-05", "ACME", "3", "47.77"));
	assert_int_equal(answered, OK);
	with = office_state();
	assert_string_not_equal(with, before);
	free(with);
	assert_int_equal(forget(id), OK);
	office_same(before, office_state());
	equals_a_rebuild();
	assert_int_equal(forget(id), E_NOT_FOUND);
}

static void
what_a_later_one_needs_cannot_be_taken_back(void **state)
{
	uuid deposit, buy;
	char *before;

	(void)state;
	deposit = record(entry(A_DEPOSIT, "2024-01-02", NULL, "10000", NULL));
	buy = record(entry(A_BUY, "2024-02-01", "ACME", "50", "100"));
	RECORD(A_DIVIDEND, "2024-03-01", "ACME", "5", NULL);
	before = office_state();
	assert_int_equal(forget(deposit), E_INVALID);
	assert_string_equal(sentence, "0.00 USD would be in cash on "
	    "2024-02-01, when 5000.00 were needed: 5000.00 short");
	assert_int_equal(forget(buy), E_INVALID);
	assert_string_equal(sentence, "ACME: would never have been held up "
	    "to 2024-03-01, when it paid a dividend");
	office_same(before, office_state());
	RECORD(A_SELL, "2024-02-20", "ACME", "50", "100");
	assert_int_equal(forget(buy), E_INVALID);
	assert_string_equal(sentence, "ACME: 0 would be held on 2024-02-20, "
	    "when 50 were sold: 50 too many");
}

static void
the_last_activity_can_be_taken_back(void **state)
{
	char *before = office_state();
	uuid id;

	(void)state;
	prices("SPY", "2024-01-01", "2024-01-31", 0, false);
	id = record(entry(A_DEPOSIT, "2024-01-02", NULL, "10000", NULL));
	assert_int_equal(forget(id), OK);
	office_same(before, office_state());
	RECORD(A_DEPOSIT, "2024-01-10", NULL, "5", NULL);
	equals_a_rebuild();
}

/* ---- writers and tenants ----------------------------------------------- */

static struct {
	int	done, refused, left;
} writers;

static void
writer_end(struct flow *f, void *arg, enum err e)
{
	(void)f;
	(void)arg;
	writers.done += e == OK;
	writers.refused += e == E_INVALID;
	writers.left--;
}

static void
at_once(struct writing *w, int n)
{
	memset(&writers, 0, sizeof(writers));
	for (; writers.left < n; writers.left++)
		assert_non_null(flow_start(write_run, writer_end, w, 30000));
	loop_run(NULL);
	assert_int_equal(writers.left, 0);
}

static void
two_sales_of_the_same_units_are_not_both_done(void **state)
{
	struct writing w = { .n = 1, .entries = {
	    entry(A_SELL, "2024-02-05", "ACME", "60", "100") } };

	(void)state;
	prices("SPY", "2024-01-01", "2024-03-31", 0, false);
	RECORD(A_DEPOSIT, "2024-01-02", NULL, "10000", NULL);
	RECORD(A_BUY, "2024-02-01", "ACME", "100", "100");
	at_once(&w, 2);
	assert_int_equal(writers.done, 1);
	assert_int_equal(writers.refused, 1);
	assert_string_equal(sentence, "ACME: 40 held on 2024-02-05, 60 to be "
	    "sold: 20 too many");
	equals_a_rebuild();
}

static void
many_writers_take_turns(void **state)
{
	struct writing w = { .n = 1, .entries = {
	    entry(A_DEPOSIT, "2024-02-05", NULL, "0.01", NULL) } };

	(void)state;
	prices("SPY", "2024-01-01", "2024-03-31", 0, false);
	RECORD(A_DEPOSIT, "2024-02-05", NULL, "1", NULL);
	at_once(&w, 6);
	assert_int_equal(writers.done, 6);
	assert_true(tells("1.060000000000000000 1.060000000000000000 0"));
	equals_a_rebuild();
}

static void
nothing_to_see(const struct looking *l)
{
	assert_int_equal(l->positions.n, 0);
	assert_int_equal(l->activities.n, 0);
}

static enum err
resolve_run(struct flow *f, void *arg)
{
	struct portfolio p;

	(void)arg;
	f->who.tenant = tenant;
	return (portfolio_resolve(f, portfolio, &p));
}

static void
another_tenant_sees_nothing_and_can_do_nothing(void **state)
{
	uuid owner = tenant, id;
	char *before, *rest;

	(void)state;
	RECORD(A_DEPOSIT, "2024-01-02", NULL, "10000", NULL);
	id = record(entry(A_BUY, "2024-02-01", "ACME", "100", "100"));
	before = office_state();
	tenant = uuid_new();
	look(nothing_to_see);
	assert_int_equal(in_flow(resolve_run, NULL), E_NOT_FOUND);
	record(entry(A_DEPOSIT, "2024-01-02", NULL, "1", NULL));
	assert_int_equal(answered, E_NOT_FOUND);
	assert_int_equal(forget(id), E_NOT_FOUND);
	rest = office_state();
	assert_string_equal(rest, "");
	free(rest);
	tenant = owner;
	assert_int_equal(in_flow(resolve_run, NULL), OK);
	office_same(before, office_state());
}

static enum err
archive_run(struct flow *f, void *arg)
{
	(void)arg;
	f->who.tenant = tenant;
	TRY(store_exec(f, &sql_portfolio_archive, NULL, UUID(portfolio)));
	return (store_exec(f, &sql_portfolio_heir, NULL));
}

static enum err
default_run(struct flow *f, void *arg)
{
	struct portfolio p;

	f->who.tenant = tenant;
	TRY(portfolio_resolve(f, UUID_NONE, &p));
	*(uuid *)arg = p.id;
	return (OK);
}

static void
the_oldest_portfolio_left_becomes_the_default(void **state)
{
	uuid first = portfolio, found;

	(void)state;
	office_portfolio("USD", "SPY", NULL);
	assert_int_equal(in_flow(default_run, &found), OK);
	assert_true(uuid_eq(found, first));
	office_portfolio("USD", "SPY", NULL);
	assert_int_equal(in_flow(archive_run, NULL), OK);
	assert_int_equal(in_flow(default_run, &found), OK);
	assert_true(uuid_eq(found, first));
	portfolio = first;
	assert_int_equal(in_flow(archive_run, NULL), OK);
	assert_int_equal(in_flow(default_run, &found), OK);
	assert_false(uuid_eq(found, first));
	record(entry(A_DEPOSIT, "2024-01-02", NULL, "1", NULL));
	assert_int_equal(answered, E_NOT_FOUND);
}

static enum err
choose_run(struct flow *f, void *arg)
{
	struct portfolio p;

	(void)arg;
	f->who.tenant = tenant;
	TRY(store_begin(f));
	TRY(store_exec(f, &sql_portfolio_undefault, NULL, UUID(portfolio)));
	TRY(store_row(f, &sql_portfolio_update, SHAPE(portfolio), &p,
	    UUID(portfolio), STR(STR_NONE), STR(STR_NONE), BOOL(true)));
	assert_true(p.is_default && p.version == 2);
	return (store_commit(f));
}

static void
who_was_made_the_default_stays_it(void **state)
{
	uuid chosen, found;

	(void)state;
	office_portfolio("USD", "SPY", NULL);
	chosen = portfolio;
	assert_int_equal(in_flow(choose_run, NULL), OK);
	office_portfolio("USD", "SPY", NULL);
	assert_int_equal(in_flow(archive_run, NULL), OK);
	assert_int_equal(in_flow(default_run, &found), OK);
	assert_true(uuid_eq(found, chosen));
}

static int heard;

static enum err
hear(struct flow *f, uuid of)
{
	assert_non_null(f->tx);
	assert_true(uuid_eq(of, portfolio));
	return (++heard == 2 ? E_BUSY : OK);
}

static void
who_listens_is_told_before_the_commit(void **state)
{
	char *before;

	(void)state;
	portfolio_on_change(hear);
	RECORD(A_DEPOSIT, "2024-01-02", NULL, "10000", NULL);
	assert_int_equal(heard, 1);
	before = office_state();
	record(entry(A_DEPOSIT, "2024-01-02", NULL, "1", NULL));
	assert_int_equal(answered, E_BUSY);
	office_same(before, office_state());
	portfolio_on_change(NULL);
}

#define T(name)	cmocka_unit_test_setup(name, office_new)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		T(buy_and_sell_partially),
		T(selling_all_closes_the_position_and_keeps_its_gain),
		T(positions_are_told_by_value_at_the_last_price),
		T(a_days_change_leaves_out_what_was_put_in),
		T(a_price_that_makes_too_much_of_a_holding_hurts_nobody),
		T(entries_of_one_go_keep_their_order),
		T(nothing_to_record_changes_nothing),
		T(members_a_kind_has_no_use_for_are_left_out),
		T(refusals_name_the_symbol_and_the_amounts),
		T(a_refusal_may_be_about_what_comes_later),
		T(what_cannot_be_is_refused_before_it_is_folded),
		T(a_commission_has_the_currencys_places),
		T(nothing_is_recorded_before_the_portfolio_was_opened),
		T(yen_are_whole),
		T(a_portfolio_beyond_what_can_be_kept_is_refused),
		T(taking_back_leaves_what_was_before),
		T(what_a_later_one_needs_cannot_be_taken_back),
		T(the_last_activity_can_be_taken_back),
		T(two_sales_of_the_same_units_are_not_both_done),
		T(many_writers_take_turns),
		T(another_tenant_sees_nothing_and_can_do_nothing),
		T(the_oldest_portfolio_left_becomes_the_default),
		T(who_was_made_the_default_stays_it),
		T(who_listens_is_told_before_the_commit),
	};

	return (cmocka_run_group_tests(tests, office_start, office_stop));
}
