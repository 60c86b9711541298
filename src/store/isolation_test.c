/*
 * Tenants and transactions: the statement's filter and row level security
 * each keep tenants apart alone; a setting ends with its unit; a transaction
 * that does not commit leaves nothing.
 */
#include "store/rig.h"

static enum err
add_one_each(struct flow *f, void *arg)
{
	(void)arg;
	f->who.tenant = tenant_a;
	TRY(thing_add(f, "of a"));
	f->who.tenant = tenant_b;
	TRY(thing_add(f, "of b, 1"));
	return (thing_add(f, "of b, 2"));
}

static void
both_add(void)
{
	assert_int_equal(flow_run(add_one_each, NULL, 5000), OK);
}

/* ---- two layers -------------------------------------------------- */

static enum err
each_counts_its_own(struct flow *f, void *arg)
{
	int64_t a, b;

	(void)arg;
	f->who.tenant = tenant_a;
	TRY(thing_count(f, &a));
	f->who.tenant = tenant_b;
	TRY(thing_count(f, &b));
	assert_int_equal(a, 1);
	assert_int_equal(b, 2);
	return (OK);
}

static void
tenants_see_their_own(void **state)
{
	(void)state;
	both_add();
	assert_int_equal(flow_run(each_counts_its_own, NULL, 5000), OK);
}

/* Not scoped, but one value: like a filter that somebody forgot. */
static const struct sql sql_count_unfiltered = { .name = "unfiltered",
    .params = 1, .text = "select count(*) as n from things"
    " where $1::uuid is not null" };
static const struct sql sql_add_for_other = { .name = "add_for_other",
    .params = 2, .text = "insert into things (tenant_id, id)"
    " select $2, $1" };
static const struct sql sql_move = { .name = "move", .params = 2,
    .text = "update things set tenant_id = $2 where tenant_id = $1" };

static enum err
forget_the_filter(struct flow *f, void *arg)
{
	struct count c;

	(void)arg;
	f->who.tenant = tenant_a;
	TRY(store_row(f, &sql_count_unfiltered, SHAPE(count), &c));
	assert_int_equal(c.n, 1);
	assert_int_equal(store_exec(f, &sql_add_for_other, NULL,
	    UUID(tenant_b)), E_INTERNAL);
	assert_int_equal(store_exec(f, &sql_move, NULL, UUID(tenant_b)),
	    E_INTERNAL);
	return (each_counts_its_own(f, NULL));
}

static void
row_security_alone_keeps_tenants_apart(void **state)
{
	(void)state;
	both_add();
	assert_int_equal(flow_run(forget_the_filter, NULL, 5000), OK);
}

static void
the_filter_alone_keeps_tenants_apart(void **state)
{
	(void)state;
	both_add();
	rig_ask("alter role bursar_app bypassrls");
	rig_close();
	rig_open(1);
	assert_int_equal(flow_run(each_counts_its_own, NULL, 5000), OK);
	rig_ask("alter role bursar_app nobypassrls");
}

static enum err
count_without_a_tenant(struct flow *f, void *arg)
{
	int64_t n;

	(void)arg;
	return (thing_count(f, &n));
}

static void
without_a_tenant_nothing_is_sent(void **state)
{
	(void)state;
	assert_int_equal(flow_run(count_without_a_tenant, NULL, 5000),
	    E_INTERNAL);
}

/* ---- the setting ends with its unit ------------------------------ */

static const struct sql sql_setting = { .name = "setting", .global = true,
    .text = "select coalesce(current_setting('app.tenant_id', true), '')"
    " as label" };
static const struct sql sql_count_all = { .name = "count_all",
    .global = true, .text = "select count(*) as n from things" };

static enum err
look_for_a_leak(struct flow *f, void *arg)
{
	struct label l;
	struct count c;
	int64_t n;

	(void)arg;
	f->who.tenant = tenant_a;
	TRY(thing_count(f, &n));
	TRY(store_row(f, &sql_setting, SHAPE(label), &l));
	assert_int_equal(l.label.n, 0);
	assert_int_equal(thing_add(f, "of a"), E_CONFLICT);
	TRY(store_row(f, &sql_setting, SHAPE(label), &l));
	assert_int_equal(l.label.n, 0);
	TRY(store_row(f, &sql_count_all, SHAPE(count), &c));
	assert_int_equal(c.n, 0);
	return (OK);
}

static void
a_setting_does_not_reach_the_next_unit(void **state)
{
	(void)state;
	rig_close();
	rig_open(1);
	both_add();
	assert_int_equal(flow_run(look_for_a_leak, NULL, 5000), OK);
}

static enum err
look_after_a_transaction(struct flow *f, void *arg)
{
	struct label l;

	(void)arg;
	f->who.tenant = tenant_a;
	TRY(store_begin(f));
	TRY(thing_add(f, "in one"));
	TRY(store_row(f, &sql_setting, SHAPE(label), &l));
	assert_int_equal(l.label.n, UUID_TEXT_MAX - 1);
	TRY(store_commit(f));
	TRY(store_row(f, &sql_setting, SHAPE(label), &l));
	assert_int_equal(l.label.n, 0);
	return (OK);
}

static void
a_setting_does_not_outlive_its_transaction(void **state)
{
	(void)state;
	rig_close();
	rig_open(1);
	assert_int_equal(flow_run(look_after_a_transaction, NULL, 5000), OK);
}

static enum err
change_tenants_in_a_transaction(struct flow *f, void *arg)
{
	int64_t n;

	(void)arg;
	TRY(store_begin(f));
	TRY(add_one_each(f, NULL));
	f->who.tenant = tenant_a;
	TRY(thing_count(f, &n));
	assert_int_equal(n, 1);
	return (store_commit(f));
}

/* A statement without a tenant goes first and brings no setting. */
static enum err
global_first(struct flow *f, void *arg)
{
	struct label l;

	(void)arg;
	f->who.tenant = tenant_a;
	TRY(store_begin(f));
	TRY(store_row(f, &sql_setting, SHAPE(label), &l));
	assert_int_equal(l.label.n, 0);
	TRY(thing_add(f, "after it"));
	TRY(store_row(f, &sql_setting, SHAPE(label), &l));
	assert_int_equal(l.label.n, UUID_TEXT_MAX - 1);
	return (store_commit(f));
}

static void
the_setting_comes_with_the_first_that_needs_it(void **state)
{
	(void)state;
	rig_close();
	rig_open(1);
	assert_int_equal(flow_run(global_first, NULL, 5000), OK);
}

static void
the_setting_follows_the_tenant_within_a_transaction(void **state)
{
	(void)state;
	assert_int_equal(flow_run(change_tenants_in_a_transaction, NULL, 5000),
	    OK);
	assert_int_equal(flow_run(each_counts_its_own, NULL, 5000), OK);
}

/* ---- transactions ------------------------------------------------ */

enum ending { COMMIT, ROLLBACK, RETURN, LEAVE, FAIL };

static enum err
add_and_end(struct flow *f, void *arg)
{
	enum ending how = *(enum ending *)arg;

	f->who.tenant = tenant_a;
	TRY(store_begin(f));
	TRY(thing_add(f, "once"));
	switch (how) {
	case COMMIT:
		return (store_commit(f));
	case ROLLBACK:
		store_rollback(f);
		return (OK);
	case LEAVE:
		flow_leave(f, E_FORBIDDEN);
	case FAIL:
		assert_int_equal(thing_add(f, "once"), E_CONFLICT);
		assert_int_equal(thing_add(f, "other"), E_CONFLICT);
		return (store_commit(f));
	case RETURN:
		break;
	}
	return (OK);
}

static void
ends(enum ending how, enum err answer, const char *rows)
{
	assert_int_equal(flow_run(add_and_end, &how, 5000), answer);
	assert_string_equal(rig_ask("select count(*) from bursar.things"),
	    rows);
}

static void
only_a_commit_leaves_anything(void **state)
{
	(void)state;
	ends(ROLLBACK, OK, "0");
	ends(RETURN, OK, "0");
	ends(LEAVE, E_FORBIDDEN, "0");
	ends(FAIL, E_CONFLICT, "0");
	ends(COMMIT, OK, "1");
}

static enum err
begin_and_do_nothing(struct flow *f, void *arg)
{
	TRY(store_begin(f));
	return (arg != NULL ? store_commit(f) : OK);
}

static void
a_transaction_of_nothing_costs_nothing(void **state)
{
	int i, yes = 1;

	(void)state;
	for (i = 0; i < 10; i++) {
		assert_int_equal(flow_run(begin_and_do_nothing, &yes, 5000),
		    OK);
		assert_int_equal(flow_run(begin_and_do_nothing, NULL, 5000),
		    OK);
	}
	ends(COMMIT, OK, "1");
}

static enum err
break_at_commit(struct flow *f, void *arg)
{
	static const struct sql part_add = { .name = "part_add", .params = 3,
	    .text = "insert into parts (tenant_id, id, thing_id)"
	    " values ($1, $2, $3)" };

	(void)arg;
	f->who.tenant = tenant_a;
	TRY(store_begin(f));
	TRY(store_exec(f, &part_add, NULL, UUID(uuid_new()),
	    UUID(uuid_new())));
	assert_int_equal(store_commit(f), E_NOT_FOUND);
	assert_true(str_eqz(store_constraint(f), "parts_thing_fkey"));
	assert_null(f->tx);
	return (OK);
}

static void
what_breaks_at_commit_is_told(void **state)
{
	(void)state;
	rig_ask("alter table bursar.parts alter constraint parts_thing_fkey"
	    " deferrable initially deferred");
	assert_int_equal(flow_run(break_at_commit, NULL, 5000), OK);
	assert_string_equal(rig_ask("select count(*) from bursar.parts"), "0");
}

#define T(name)	cmocka_unit_test_setup_teardown(name, rig_pool_open,	\
    rig_pool_close)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		T(tenants_see_their_own),
		T(row_security_alone_keeps_tenants_apart),
		T(the_filter_alone_keeps_tenants_apart),
		T(without_a_tenant_nothing_is_sent),
		T(a_setting_does_not_reach_the_next_unit),
		T(a_setting_does_not_outlive_its_transaction),
		T(the_setting_comes_with_the_first_that_needs_it),
		T(the_setting_follows_the_tenant_within_a_transaction),
		T(only_a_commit_leaves_anything),
		T(a_transaction_of_nothing_costs_nothing),
		T(what_breaks_at_commit_is_told),
	};

	return (cmocka_run_group_tests(tests, rig_start, rig_server_stop));
}
