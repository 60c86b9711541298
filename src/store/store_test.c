/*
 * Calls on a real server: values of every kind go there and come back, rows
 * fit their records or are refused, and failures have names.
 */
#include <math.h>

#include "store/rig.h"

/* ---- every kind, there and back ---------------------------------- */

static const char *const mood_names[] = { "calm", "merry", "grim", NULL };

struct thing {
	uuid	id;
	str	label;
	dec	amount;
	day	on_day;
	instant	at;
	bool	flag;
	double	ratio;
	int64_t	n;
	int	mood;
	str	extra;
};

static const struct field thing_fields[] = {
	MUST(thing, id, "Id."),
	MAY(thing, label, "Label."),
	MAY(thing, amount, "Amount."),
	MAY(thing, on_day, "Day."),
	MAY(thing, at, "Moment."),
	MUST(thing, flag, "Flag."),
	MAY(thing, ratio, "Ratio."),
	MAY(thing, n, "Number."),
	MAY(thing, mood, "Mood.", .names = mood_names),
	JSON_TEXT(thing, extra, "More."),
	FIELDS_END
};

static const struct sql sql_thing_write = { .name = "thing_write",
    .params = 11, .text = "insert into things (tenant_id, id, label, amount,"
    " on_day, at, flag, ratio, n, mood, extra)"
    " values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)" };
static const struct sql sql_thing_read = { .name = "thing_read",
    .params = 2, .text = "select extra, mood, n, ratio, flag, at, on_day,"
    " amount, label, id from things where tenant_id = $1 and id = $2" };

static enum err
thing_there_and_back(struct flow *f, void *arg)
{
	struct thing *t = arg;
	str mood;

	f->who.tenant = tenant_a;
	mood = str_of(t->mood == ENUM_NONE ? NULL : mood_names[t->mood]);
	TRY(store_exec(f, &sql_thing_write, NULL, UUID(t->id),
	    STR(t->label), DEC(t->amount), DAY(t->on_day), INSTANT(t->at),
	    BOOL(t->flag), REAL(t->ratio), LONG(t->n), STR(mood),
	    JSON(t->extra)));
	TRY(store_row(f, &sql_thing_read, SHAPE(thing), t, UUID(t->id)));
	/* The texts live as long as the flow. */
	assert_true(t->label.p == NULL ||
	    t->label.p[t->label.n] == '\0');
	return (OK);
}

/* What must not have changed, compared while the flow lives. */
struct trip {
	struct thing	 sent;
	bool		 same;
};

static bool
thing_same(const struct thing *a, const struct thing *b)
{
	return (uuid_eq(a->id, b->id) && str_eq(a->label, b->label) &&
	    dec_eq(a->amount, b->amount) && a->on_day.n == b->on_day.n &&
	    a->at.us == b->at.us && a->flag == b->flag &&
	    (a->ratio == b->ratio || (isnan(a->ratio) && isnan(b->ratio))) &&
	    a->n == b->n && a->mood == b->mood && str_eq(a->extra, b->extra));
}

static enum err
thing_trip(struct flow *f, void *arg)
{
	struct trip *trip = arg;
	struct thing t = trip->sent;

	TRY(thing_there_and_back(f, &t));
	trip->same = thing_same(&t, &trip->sent);
	return (OK);
}

static void
trip_same(const struct thing *t)
{
	struct trip trip = { *t, false };

	assert_int_equal(flow_run(thing_trip, &trip, 5000), OK);
	assert_true(trip.same);
}

static struct thing
thing_none(void)
{
	struct thing t;

	shape_clear(SHAPE(thing), &t);
	t.id = uuid_new();
	return (t);
}

static dec
dec_read(const char *z)
{
	dec d = DEC_NONE;

	assert_int_equal(dec_parse(str_of(z), &d), OK);
	return (d);
}

static void
every_kind_comes_back_as_it_went(void **state)
{
	struct thing t = {
		.id = uuid_new(), .label = S("Nvidia"),
		.amount = dec_read("-12345678901234567890.123456789012345678"),
		.on_day = day_of(2024, 2, 29),
		.at = { instant_of_unix(1700000000).us + 123456 },
		.flag = true, .ratio = 0.1, .n = -0, .mood = 1,
		.extra = S("{\"a\": [1, 2, \"\\u00e9\"]}"),
	};

	(void)state;
	trip_same(&t);
}

static void
none_of_every_kind_comes_back_as_none(void **state)
{
	struct thing t = thing_none();

	(void)state;
	trip_same(&t);
}

static void
nasty_texts_come_back_as_they_went(void **state)
{
	static const char *const nasty[] = {
		"", " ", "'", "''; drop table things; --", "\\", "\"", "$1",
		"{a,b}", "NULL", "\xf0\x9f\xa6\x8a\xcc\x81", "a\nb\tc\r",
		"%s%n", "\x01\x7f", NULL
	};
	struct thing t;
	size_t i;

	(void)state;
	for (i = 0; nasty[i] != NULL; i++) {
		t = thing_none();
		t.label = str_of(nasty[i]);
		trip_same(&t);
	}
}

static void
numbers_at_their_ends_come_back(void **state)
{
	static const double reals[] = { 0, 1, -1, 0.1, 1e-300, 1.7e308,
	    123456.789, 5e-324, 1.0 / 3, 123456789012345680.0, -0.001,
	    INFINITY, -INFINITY };
	struct thing t;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(reals) / sizeof(reals[0]); i++) {
		t = thing_none();
		t.ratio = reals[i];
		t.n = i == 0 ? INT64_MAX : (int64_t)i;
		t.amount = dec_units((int64_t)i, 18);
		t.on_day = i == 0 ? day_of(1, 1, 1) : day_of(9999, 12, 31);
		trip_same(&t);
	}
}

static void
a_text_that_postgresql_cannot_hold_is_the_callers_fault(void **state)
{
	struct trip trip = { .sent = thing_none() };

	(void)state;
	trip.sent.label = S("a\0b");
	assert_int_equal(flow_run(thing_trip, &trip, 5000), E_INVALID);
	trip.sent.label = S("\xff\xfe");
	assert_int_equal(flow_run(thing_trip, &trip, 5000), E_INVALID);
}

/* ---- arrays ------------------------------------------------------ */

static const struct sql sql_unnest = { .name = "unnest_all", .global = true,
    .params = 8, .text = "select * from unnest($1::text[], $2::numeric[],"
    " $3::date[], $4::timestamptz[], $5::boolean[], $6::float8[],"
    " $7::bigint[], $8::uuid[]) with ordinality as"
    " u (label, amount, on_day, at, flag, ratio, n, id, place)" };

struct element {
	str	label;
	dec	amount;
	day	on_day;
	instant	at;
	bool	flag;
	double	ratio;
	int64_t	n;
	uuid	id;
	int64_t	place;
};

static const struct field element_fields[] = {
	MAY(element, label, "Label."), MAY(element, amount, "Amount."),
	MAY(element, on_day, "Day."), MAY(element, at, "Moment."),
	MUST(element, flag, "Flag."), MAY(element, ratio, "Ratio."),
	MAY(element, n, "Number."), MAY(element, id, "Id."),
	MUST(element, place, "Place."),
	FIELDS_END
};

#define ELEMENTS	4

static const str labels[ELEMENTS] = { { "a \"b\" \\ {c},", 12 },
    { NULL, 0 }, { "", 0 }, { "NULL", 4 } };

static enum err
arrays_trip(struct flow *f, void *arg)
{
	const dec amounts[ELEMENTS] = { dec_of(-5), DEC_NONE, dec_units(1, 18),
	    DEC_ZERO };
	const day days[ELEMENTS] = { day_of(2024, 1, 1), DAY_NONE,
	    day_of(1969, 12, 31), day_of(2000, 2, 29) };
	const instant at[ELEMENTS] = { { 1 }, INSTANT_NONE, { -1 }, { 0 } };
	const bool flags[ELEMENTS] = { true, false, true, false };
	const double ratios[ELEMENTS] = { 0.1, NAN, -1e300, 0 };
	const int64_t ns[ELEMENTS] = { INT64_MAX, LONG_NONE, -1, 0 };
	const uuid ids[ELEMENTS] = { tenant_a, UUID_NONE, tenant_b, tenant_a };
	const struct element *e;
	struct list rows;
	int64_t i;

	(void)arg;
	TRY(store_rows(f, &sql_unnest, SHAPE(element), &rows,
	    MANY(K_STR, labels, ELEMENTS), MANY(K_DEC, amounts, ELEMENTS),
	    MANY(K_DAY, days, ELEMENTS), MANY(K_INSTANT, at, ELEMENTS),
	    MANY(K_BOOL, flags, ELEMENTS), MANY(K_REAL, ratios, ELEMENTS),
	    MANY(K_LONG, ns, ELEMENTS), MANY(K_UUID, ids, ELEMENTS)));
	assert_int_equal(rows.n, ELEMENTS);
	for (i = 0, e = rows.v; i < ELEMENTS; i++, e++) {
		assert_true(str_eq(e->label, labels[i]));
		assert_true(dec_eq(e->amount, amounts[i]));
		assert_int_equal(e->on_day.n, days[i].n);
		assert_true(e->at.us == at[i].us);
		assert_int_equal(e->flag, flags[i]);
		assert_true(e->ratio == ratios[i] || isnan(ratios[i]));
		assert_true(e->n == ns[i]);
		assert_true(uuid_eq(e->id, ids[i]));
		assert_int_equal(e->place, i + 1);
	}
	return (OK);
}

static void
arrays_of_every_kind_arrive_whole(void **state)
{
	(void)state;
	assert_int_equal(flow_run(arrays_trip, NULL, 5000), OK);
}

static const struct sql sql_array_size = { .name = "array_size",
    .global = true, .params = 1,
    .text = "select cardinality($1::text[]) as n" };

static enum err
empty_array_trip(struct flow *f, void *arg)
{
	struct count c;

	(void)arg;
	TRY(store_row(f, &sql_array_size, SHAPE(count), &c,
	    MANY(K_STR, NULL, 0)));
	assert_int_equal(c.n, 0);
	return (OK);
}

static void
an_array_may_be_empty(void **state)
{
	(void)state;
	assert_int_equal(flow_run(empty_array_trip, NULL, 5000), OK);
}

static const struct sql sql_series = { .name = "series", .global = true,
    .params = 1, .text = "select generate_series(1, $1::bigint) as n" };

static enum err
many_rows_read(struct flow *f, void *arg)
{
	const struct count *c;
	struct list rows;
	int64_t i, *n = arg;

	TRY(store_rows(f, &sql_series, SHAPE(count), &rows, LONG(*n)));
	assert_int_equal(rows.n, *n);
	for (i = 0, c = rows.v; i < *n; i++)
		assert_int_equal(c[i].n, i + 1);
	return (OK);
}

static void
many_rows_keep_their_order(void **state)
{
	int64_t many = 50000, none = 0;

	(void)state;
	assert_int_equal(flow_run(many_rows_read, &many, 5000), OK);
	assert_int_equal(flow_run(many_rows_read, &none, 5000), OK);
}

static void
more_rows_than_a_flow_may_hold_end_it_and_nothing_else(void **state)
{
	int64_t many = LIMIT_FLOW_ARENA_BYTES / 8 + 1, few = 10;

	(void)state;
	assert_int_equal(flow_run(many_rows_read, &many, 20000), E_MEMORY);
	assert_int_equal(flow_run(many_rows_read, &few, 5000), OK);
}

/* ---- what does not fit ------------------------------------------- */

#define GLOBAL(id, text_) static const struct sql id = { .name = #id,	\
    .global = true, .text = (text_) }
GLOBAL(sql_extra, "select 1 as n, 2 as m");
GLOBAL(sql_missing, "select 1 as m");
GLOBAL(sql_word, "select 'one' as n");
GLOBAL(sql_two_rows, "select generate_series(1, 2) as n");
GLOBAL(sql_no_rows, "select 1 as n where false");
GLOBAL(sql_broken, "select nothing as n from nowhere");
GLOBAL(sql_zero, "select 1 / (select 0) as n");

static enum err
count_read(struct flow *f, void *arg)
{
	struct count c = { 7 };
	enum err e;

	e = store_row(f, arg, SHAPE(count), &c);
	assert_true(e == OK || c.n == 7 || arg == &sql_word);
	return (e);
}

static enum err
count_of(const struct sql *q)
{
	return (flow_run(count_read, (void *)(uintptr_t)q, 5000));
}

static void
a_row_that_does_not_fit_its_record_is_refused(void **state)
{
	(void)state;
	assert_int_equal(count_of(&sql_one), OK);
	assert_int_equal(count_of(&sql_extra), E_INTERNAL);
	assert_int_equal(count_of(&sql_missing), E_INTERNAL);
	assert_int_equal(count_of(&sql_word), E_INTERNAL);
	assert_int_equal(count_of(&sql_two_rows), E_INTERNAL);
	assert_int_equal(count_of(&sql_no_rows), E_NOT_FOUND);
}

static void
a_broken_statement_hurts_nobody_else(void **state)
{
	(void)state;
	assert_int_equal(count_of(&sql_broken), E_INTERNAL);
	assert_int_equal(count_of(&sql_zero), E_INTERNAL);
	assert_int_equal(count_of(&sql_one), OK);
	assert_int_equal(count_of(&sql_broken), E_INTERNAL);
}

static enum err
count_wrongly(struct flow *f, void *arg)
{
	struct count c;

	(void)arg;
	f->who.tenant = tenant_a;
	return (store_row(f, &sql_thing_count, SHAPE(count), &c, LONG(1)));
}

static void
a_wrong_number_of_values_is_never_sent(void **state)
{
	(void)state;
	assert_int_equal(flow_run(count_wrongly, NULL, 5000), E_INTERNAL);
}

/* ---- failures have names ----------------------------------------- */

static const struct sql sql_part_add = { .name = "part_add", .params = 3,
    .text = "insert into parts (tenant_id, id, thing_id)"
    " values ($1, $2, $3)" };
static const struct sql sql_thing_n = { .name = "thing_n", .params = 2,
    .text = "update things set n = $2 where tenant_id = $1" };

static enum err
constraints_break(struct flow *f, void *arg)
{
	int64_t touched = -1;

	(void)arg;
	f->who.tenant = tenant_a;
	TRY(thing_add(f, "twice"));
	assert_null(store_constraint(f).p);
	assert_int_equal(thing_add(f, "twice"), E_CONFLICT);
	assert_true(str_eqz(store_constraint(f), "things_label_key"));
	assert_int_equal(store_exec(f, &sql_part_add, NULL, UUID(uuid_new()),
	    UUID(uuid_new())), E_NOT_FOUND);
	assert_true(str_eqz(store_constraint(f), "parts_thing_fkey"));
	assert_int_equal(store_exec(f, &sql_thing_n, NULL, LONG(-1)),
	    E_INVALID);
	assert_true(str_eqz(store_constraint(f), "things_n_check"));
	TRY(store_exec(f, &sql_thing_n, &touched, LONG(1)));
	assert_int_equal(touched, 1);
	assert_null(store_constraint(f).p);
	return (OK);
}

static void
a_broken_constraint_is_named(void **state)
{
	(void)state;
	assert_int_equal(flow_run(constraints_break, NULL, 5000), OK);
}

/* ---- several at once --------------------------------------------- */

static enum err
batch_good(struct flow *f, void *arg)
{
	struct list before, after;
	const struct query q[] = {
		QUERY(&sql_thing_count, SHAPE(count), &before),
		QUERY(&sql_thing_add, NULL, NULL, UUID(uuid_new()),
		    STR(S("batch"))),
		QUERY(&sql_thing_count, SHAPE(count), &after),
	};

	(void)arg;
	f->who.tenant = tenant_a;
	TRY(store_batch(f, q, 3));
	assert_int_equal(((struct count *)after.v)->n,
	    ((struct count *)before.v)->n + 1);
	return (OK);
}

static enum err
batch_bad(struct flow *f, void *arg)
{
	const struct query q[] = {
		QUERY(&sql_thing_add, NULL, NULL, UUID(uuid_new()),
		    STR(S("first"))),
		QUERY(&sql_thing_add, NULL, NULL, UUID(uuid_new()),
		    STR(S("first"))),
		QUERY(&sql_thing_add, NULL, NULL, UUID(uuid_new()),
		    STR(S("third"))),
	};
	int64_t before, after;

	(void)arg;
	f->who.tenant = tenant_a;
	TRY(thing_count(f, &before));
	assert_int_equal(store_batch(f, q, 3), E_CONFLICT);
	assert_true(str_eqz(store_constraint(f), "things_label_key"));
	TRY(thing_count(f, &after));
	assert_int_equal(before, after);
	return (OK);
}

static void
a_batch_is_all_or_nothing(void **state)
{
	(void)state;
	assert_int_equal(flow_run(batch_good, NULL, 5000), OK);
	assert_int_equal(flow_run(batch_bad, NULL, 5000), OK);
}

#define T(name)	cmocka_unit_test_setup_teardown(name, rig_pool_open,	\
    rig_pool_close)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		T(a_row_that_does_not_fit_its_record_is_refused),
		T(every_kind_comes_back_as_it_went),
		T(none_of_every_kind_comes_back_as_none),
		T(nasty_texts_come_back_as_they_went),
		T(numbers_at_their_ends_come_back),
		T(a_text_that_postgresql_cannot_hold_is_the_callers_fault),
		T(arrays_of_every_kind_arrive_whole),
		T(an_array_may_be_empty),
		T(many_rows_keep_their_order),
		T(more_rows_than_a_flow_may_hold_end_it_and_nothing_else),
		T(a_broken_statement_hurts_nobody_else),
		T(a_wrong_number_of_values_is_never_sent),
		T(a_broken_constraint_is_named),
		T(a_batch_is_all_or_nothing),
	};

	return (cmocka_run_group_tests(tests, rig_start, rig_server_stop));
}
