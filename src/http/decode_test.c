/*
 * Decoding: bodies, queries, forms and paths into records, every fault with
 * its place and its code, and nothing guessed.
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "http/value.h"

static const char *const side_names[] = { "buy", "sell", NULL };

struct inner {
	str	street;
};

static const struct field inner_fields[] = {
	MUST(inner, street, "Street.", .max = 10),
	FIELDS_END
};

struct thing {
	str	name;
	str	symbol;
	str	currency;
	dec	price;
	dec	gain;
	int64_t	count;
	double	share;
	bool	open;
	day	on;
	instant	at;
	uuid	id;
	int	side;
	struct inner inner;
};

static const struct field thing_fields[] = {
	MUST(thing, name, "Name.", .min = 2, .max = 5),
	MAY(thing, symbol, "Symbol.", .pattern = "symbol"),
	MAY(thing, currency, "Currency.", .pattern = "currency"),
	MAY(thing, price, "Price.", .above_zero = true),
	MAY(thing, gain, "Gain.", .places = 2),
	MAY(thing, count, "Count.", .ranged = true, .min = 1, .max = 9),
	MAY(thing, share, "Share.", .ranged = true, .min = 0, .max = 1),
	MAY(thing, open, "Open."),
	MAY(thing, on, "Day."),
	MAY(thing, at, "Moment."),
	MAY(thing, id, "Id."),
	MAY(thing, side, "Side.", .names = side_names),
	MAY(thing, inner, "Inside.", .shape = SHAPE(inner)),
	FIELDS_END
};

struct page_query {
	str	symbol;
	day	from;
};

static const struct field page_query_fields[] = {
	MAY(page_query, symbol, "Symbol.", .pattern = "symbol"),
	MAY(page_query, from, "Day."),
	FIELDS_END
};

struct thing_path {
	uuid	thing;
	str	symbol;
};

static const struct field thing_path_fields[] = {
	MUST(thing_path, thing, "Id."),
	MUST(thing_path, symbol, "Symbol.", .pattern = "symbol"),
	FIELDS_END
};

static const struct route thing_route = {
	.id = "thing", .body = SHAPE(thing), .query = SHAPE(page_query),
	.page = true
};
static const struct route query_route = {
	.id = "thing", .query = SHAPE(page_query), .page = true
};
static const struct route path_route = {
	.id = "path", .params = SHAPE(thing_path)
};

/* One decoding in a flow of its own; what came of it, copied out. */
struct trial {
	const char		*body, *query;
	str			 segments[2];
	const struct route	*route;
	enum err		 answer;
	struct thing		 thing;
	struct thing_path	 path;
	struct page_query	 page;
	size_t			 faults;
	char			 pointers[8][40];
	const char		*codes[8];
	char			 detail[64];	/* of the first */
	char			 name[16], symbol[32];
};

static void
trial_keep(struct trial *t, const struct exchange *ex)
{
	size_t i;

	t->faults = ex->fault_count;
	if (t->faults > 0)
		snprintf(t->detail, sizeof(t->detail), "%.*s",
		    STR_ARG(ex->faults[0].detail));
	for (i = 0; i < ex->fault_count && i < 8; i++) {
		snprintf(t->pointers[i], sizeof(t->pointers[i]), "%.*s",
		    STR_ARG(ex->faults[i].pointer));
		t->codes[i] = ex->faults[i].code;
	}
	if (ex->call.body != NULL)
		t->thing = *(struct thing *)ex->call.body;
	if (ex->call.params != NULL)
		t->path = *(struct thing_path *)ex->call.params;
	if (ex->call.query != NULL)
		t->page = *(struct page_query *)ex->call.query;
	snprintf(t->name, sizeof(t->name), "%.*s", STR_ARG(t->thing.name));
	snprintf(t->symbol, sizeof(t->symbol), "%.*s",
	    STR_ARG(t->page.symbol.p != NULL ? t->page.symbol :
	    t->path.symbol.p != NULL ? t->path.symbol : t->thing.symbol));
}

static enum err
trial_flow(struct flow *f, void *arg)
{
	struct trial *t = arg;
	struct exchange ex = { .call.f = f, .call.route = t->route };

	ex.call.exchange = &ex;
	if (t->body != NULL) {
		ex.call.body = arena_alloc(&f->arena, sizeof(struct thing));
		shape_clear(SHAPE(thing), ex.call.body);
		t->answer = body_decode(&ex, str_of(t->body));
	} else {
		ex.query = str_of(t->query);
		ex.segments[0] = t->segments[0];
		ex.segments[1] = t->segments[1];
		ex.segment_count = t->segments[0].p != NULL ? 2 : 0;
		t->answer = decode_all(&ex);
	}
	trial_keep(t, &ex);
	return (OK);
}

static struct trial
trial_body(const char *body)
{
	struct trial t = { .body = body, .route = &thing_route };

	loop_open();
	assert_int_equal(flow_run(trial_flow, &t, 10000), OK);
	loop_close();
	return (t);
}

static struct trial
trial_query(const char *query)
{
	struct trial t = { .query = query, .route = &query_route };

	loop_open();
	assert_int_equal(flow_run(trial_flow, &t, 10000), OK);
	loop_close();
	return (t);
}

/* The first fault is this one, and the answer is not OK. */
static void
assert_fault(const struct trial *t, const char *pointer, const char *code)
{
	assert_int_not_equal(t->answer, OK);
	assert_true(t->faults > 0);
	assert_string_equal(t->pointers[0], pointer);
	assert_string_equal(t->codes[0], code);
}

static void
a_whole_body_is_read(void **state)
{
	struct trial t;

	(void)state;
	t = trial_body("{\"name\":\"abc\",\"symbol\":\"brk.b\",\"currency\":"
	    "\"USD\",\"price\":\"175.50\",\"gain\":-1.25,\"count\":7,"
	    "\"share\":0.5,\"open\":true,\"on\":\"2024-02-29\",\"at\":"
	    "\"2024-01-01T10:00:00Z\",\"id\":"
	    "\"01a1fcdf-2528-79d6-9eea-f3fa83bf9ab4\",\"side\":\"sell\","
	    "\"inner\":{\"street\":\"Elm\"}}");
	assert_int_equal(t.answer, OK);
	assert_string_equal(t.name, "abc");
	assert_string_equal(t.symbol, "BRK.B");
	assert_true(dec_eq(t.thing.price, dec_units(17550, 2)));
	assert_true(dec_eq(t.thing.gain, dec_units(-125, 2)));
	assert_int_equal(t.thing.count, 7);
	assert_true(t.thing.open);
	assert_int_equal(day_cmp(t.thing.on, day_of(2024, 2, 29)), 0);
	assert_int_equal(t.thing.side, 1);
	assert_int_equal(t.thing.inner.street.n, 3);
}

static void
what_is_absent_or_null_is_none(void **state)
{
	struct trial t;

	(void)state;
	t = trial_body("{\"name\":\"abc\",\"price\":null,\"on\":null}");
	assert_int_equal(t.answer, OK);
	assert_false(dec_ok(t.thing.price));
	assert_false(day_ok(t.thing.on));
	assert_true(isnan(t.thing.share));
	assert_int_equal(t.thing.side, ENUM_NONE);
	assert_null(t.thing.symbol.p);
}

static void
all_faults_are_told_at_once(void **state)
{
	struct trial t;

	(void)state;
	t = trial_body("{\"x\":1,\"price\":\"-1\",\"count\":\"7\","
	    "\"on\":\"2023-02-29\",\"side\":\"hold\"}");
	assert_int_equal(t.answer, E_INVALID);
	assert_int_equal(t.faults, 6);
	assert_string_equal(t.pointers[0], "/x");
	assert_string_equal(t.codes[0], "unknown");
	assert_string_equal(t.pointers[1], "/name");
	assert_string_equal(t.codes[1], "required");
}

static const struct {
	const char	*body, *pointer, *code;
} bad_values[] = {
	{ "{\"name\":\"a\"}", "/name", "too_short" },
	{ "{\"name\":\"abcdef\"}", "/name", "too_long" },
	{ "{\"name\":\"a\\u0007b\"}", "/name", "characters" },
	{ "{\"name\":5}", "/name", "type" },
	{ "{\"name\":null}", "/name", "type" },
	{ "{\"name\":[\"abc\"]}", "/name", "type" },
	{ "{\"name\":\"abc\",\"symbol\":\"A B\"}", "/symbol", "format" },
	{ "{\"name\":\"abc\",\"symbol\":\"\"}", "/symbol", "format" },
	{ "{\"name\":\"abc\",\"currency\":\"QQQ\"}", "/currency", "format" },
	{ "{\"name\":\"abc\",\"price\":\"0\"}", "/price", "out_of_range" },
	{ "{\"name\":\"abc\",\"price\":0}", "/price", "out_of_range" },
	{ "{\"name\":\"abc\",\"price\":\"NaN\"}", "/price", "format" },
	{ "{\"name\":\"abc\",\"price\":\"1e5\"}", "/price", "format" },
	{ "{\"name\":\"abc\",\"price\":\" 1\"}", "/price", "format" },
	{ "{\"name\":\"abc\",\"price\":\"+1\"}", "/price", "format" },
	{ "{\"name\":\"abc\",\"a/b~c\":1}", "/a~1b~0c", "unknown" },
	{ "{\"name\":\"abc\",\"price\":true}", "/price", "type" },
	{ "{\"name\":\"abc\",\"price\":\"0.0000000000000000001\"}", "/price",
	    "too_precise" },
	{ "{\"name\":\"abc\",\"price\":\"999999999999999999999999\"}",
	    "/price", "out_of_range" },
	{ "{\"name\":\"abc\",\"price\":0.1234567890123456}", "/price",
	    "too_precise" },
	{ "{\"name\":\"abc\",\"price\":1e400}", "/price", "out_of_range" },
	{ "{\"name\":\"abc\",\"gain\":\"0.001\"}", "/gain", "too_precise" },
	{ "{\"name\":\"abc\",\"count\":0}", "/count", "out_of_range" },
	{ "{\"name\":\"abc\",\"count\":1.5}", "/count", "format" },
	{ "{\"name\":\"abc\",\"share\":1.01}", "/share", "out_of_range" },
	{ "{\"name\":\"abc\",\"open\":\"true\"}", "/open", "type" },
	{ "{\"name\":\"abc\",\"open\":1}", "/open", "type" },
	{ "{\"name\":\"abc\",\"on\":20240101}", "/on", "type" },
	{ "{\"name\":\"abc\",\"at\":\"yesterday\"}", "/at", "format" },
	{ "{\"name\":\"abc\",\"id\":\"1\"}", "/id", "format" },
	{ "{\"name\":\"abc\",\"inner\":{\"street\":\"Elm\",\"no\":1}}",
	    "/inner/no", "unknown" },
	{ "{\"name\":\"abc\",\"inner\":\"Elm\"}", "/inner", "type" },
	{ "[]", "", "type" },
	{ "\"abc\"", "", "type" },
	{ "5", "", "type" },
};

static void
each_bad_value_names_its_member(void **state)
{
	struct trial t;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(bad_values) / sizeof(bad_values[0]); i++) {
		t = trial_body(bad_values[i].body);
		if (t.faults == 0 || strcmp(t.codes[0],
		    bad_values[i].code) != 0)
			print_message("%s\n", bad_values[i].body);
		assert_fault(&t, bad_values[i].pointer, bad_values[i].code);
		assert_int_equal(t.answer, E_INVALID);
	}
}

static const struct {
	const char	*body, *detail;
} told[] = {
	{ "{\"name\":\"a\"}", "shorter than 2 characters" },
	{ "{\"name\":\"abcdef\"}", "longer than 5 characters" },
	{ "{\"name\":7}", "must be a string" },
	{ "{\"name\":\"abc\",\"inner\":7}", "must be an object" },
	{ "{\"name\":\"abc\",\"open\":7}", "must be true or false" },
	{ "{\"name\":\"abc\",\"gain\":\"0.001\"}",
	    "more than 2 decimals" },
	{ "{\"name\":\"abc\",\"count\":10}", "must be from 1 to 9" },
	{ "{\"name\":\"abc\",\"side\":\"hold\"}",
	    "one of: buy, sell" },
	{ "{\"name\":\"abc\",\"price\":\"-1\"}",
	    "must be more than zero" },
};

static void
a_fault_tells_what_would_have_been_right(void **state)
{
	struct trial t;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(told) / sizeof(told[0]); i++) {
		t = trial_body(told[i].body);
		assert_string_equal(t.detail, told[i].detail);
	}
}

static const char *const not_json[] = {
	"", "{", "abc", "{\"name\":\"abc\"} x", "{\"name\":\"abc\",}",
	"{\"name\":\"abc\",\"name\":\"abc\"}", "{'name':'abc'}",
	"{\"name\":\"a\\u0000b\"}", "{\"name\":\"\xff\"}", "nul",
	"{\"name\":\"\\ud800\"}", "{\"price\":01}", "{\"price\":.5}",
	"{\"a\":[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]}",
};

static void
what_is_not_json_is_a_bad_request(void **state)
{
	struct trial t;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(not_json) / sizeof(not_json[0]); i++) {
		t = trial_body(not_json[i]);
		if (t.answer != E_BAD_REQUEST)
			print_message("%s\n", not_json[i]);
		assert_int_equal(t.answer, E_BAD_REQUEST);
	}
}

static void
numbers_inside_strings_are_left_alone(void **state)
{
	struct trial t;

	(void)state;
	t = trial_body("{\"name\":\"1e999\",\"inner\":"
	    "{\"street\":\"[[{\\\"\"}}");
	assert_int_equal(t.answer, OK);
}

static void
a_query_is_read(void **state)
{
	struct trial t;

	(void)state;
	t = trial_query("&symbol=brk%2Eb&&from=2024-01-01&limit=7&");
	assert_int_equal(t.answer, OK);
	assert_string_equal(t.symbol, "BRK.B");
	assert_int_equal(day_cmp(t.page.from, day_of(2024, 1, 1)), 0);
}

static const struct {
	const char	*query, *pointer, *code;
} bad_queries[] = {
	{ "x=1", "?x", "unknown" },
	{ "symbol=A&symbol=B", "?symbol", "repeated" },
	{ "limit=0", "?limit", "out_of_range" },
	{ "limit=201", "?limit", "out_of_range" },
	{ "limit=1e2", "?limit", "out_of_range" },
	{ "limit=1&limit=2", "?limit", "repeated" },
	{ "cursor=abc", "?cursor", "invalid" },
	{ "cursor=%00", "?", "encoding" },
	{ "from=yesterday", "?from", "format" },
	{ "symbol=%zz", "?", "encoding" },
	{ "symbol=%ff", "?", "encoding" },
	{ "=1", "?", "unknown" },
};

static void
each_bad_query_is_a_bad_request(void **state)
{
	struct trial t;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(bad_queries) / sizeof(bad_queries[0]); i++) {
		t = trial_query(bad_queries[i].query);
		if (t.faults == 0)
			print_message("%s\n", bad_queries[i].query);
		assert_fault(&t, bad_queries[i].pointer,
		    bad_queries[i].code);
		assert_int_equal(t.answer, E_BAD_REQUEST);
	}
}

/* Nobody hides a second value behind many names. */
static void
more_parameters_than_are_looked_at_are_refused(void **state)
{
	char query[2048];
	size_t i, n;

	(void)state;
	for (i = n = 0; i < LIMIT_QUERY_PARAMS + 8; i++)
		n += (size_t)snprintf(query + n, sizeof(query) - n,
		    "x%zu=1&", i);
	assert_int_equal(trial_query(query).answer, E_BAD_REQUEST);
	assert_int_equal(trial_query(query).faults, 32);
}

static struct trial
trial_path(str id, str symbol)
{
	struct trial t = { .route = &path_route, .segments = { id, symbol } };

	loop_open();
	assert_int_equal(flow_run(trial_flow, &t, 10000), OK);
	loop_close();
	return (t);
}

static void
a_path_that_is_no_id_is_the_id_of_nothing(void **state)
{
	const str id = S("01a1fcdf-2528-79d6-9eea-f3fa83bf9ab4");
	struct trial t;

	(void)state;
	t = trial_path(id, S("brk%2eb"));
	assert_int_equal(t.answer, OK);
	assert_string_equal(t.symbol, "BRK.B");
	assert_int_equal(trial_path(S("1"), S("A")).answer, E_NOT_FOUND);
	assert_int_equal(trial_path(id, S("A%20B")).answer, E_NOT_FOUND);
	assert_int_equal(trial_path(id, S("%")).answer, E_NOT_FOUND);
}

/* ---- JSON text that is no request's body ------------------------- */

struct order {
	str	kind;
	str	args;
};

static const struct field order_fields[] = {
	MUST(order, kind, "What."),
	JSON_TEXT(order, args, "With what; for somebody else to read."),
	FIELDS_END
};

static enum err
text_flow(struct flow *f, void *arg)
{
	struct order o;

	(void)arg;
	assert_int_equal(text_read(f, SHAPE(order), S("{\"kind\":\"a\","
	    "\"args\":{ \"b\" : [1, 0.1, 1e300, \"x\"], \"c\":{}}}"), &o), OK);
	assert_true(str_eq(o.kind, S("a")));
	assert_true(str_eq(o.args,
	    S("{\"b\":[1,0.1,1e300,\"x\"],\"c\":{}}")));
	assert_int_equal(text_read(f, SHAPE(order), S("{\"kind\":\"a\"}"),
	    &o), OK);
	assert_null(o.args.p);
	assert_int_equal(text_read(f, SHAPE(order), S("{\"args\":{}}"), &o),
	    E_INVALID);
	assert_string_equal(f->fault, "/kind is missing");
	assert_int_equal(text_read(f, SHAPE(order), S("{\"kind\":\"a\","
	    "\"args\":[1]}"), &o), E_INVALID);
	assert_int_equal(text_read(f, SHAPE(order), S("{\"kind\":"), &o),
	    E_BAD_REQUEST);
	assert_int_equal(text_read(f, SHAPE(order), S("[]"), &o), E_INVALID);
	return (OK);
}

static void
text_of_others_is_read_by_a_shape(void **state)
{
	(void)state;
	loop_open();
	assert_int_equal(flow_run(text_flow, NULL, 10000), OK);
	loop_close();
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_whole_body_is_read),
		cmocka_unit_test(what_is_absent_or_null_is_none),
		cmocka_unit_test(all_faults_are_told_at_once),
		cmocka_unit_test(each_bad_value_names_its_member),
		cmocka_unit_test(a_fault_tells_what_would_have_been_right),
		cmocka_unit_test(what_is_not_json_is_a_bad_request),
		cmocka_unit_test(numbers_inside_strings_are_left_alone),
		cmocka_unit_test(a_query_is_read),
		cmocka_unit_test(each_bad_query_is_a_bad_request),
		cmocka_unit_test(
		    more_parameters_than_are_looked_at_are_refused),
		cmocka_unit_test(a_path_that_is_no_id_is_the_id_of_nothing),
		cmocka_unit_test(text_of_others_is_read_by_a_shape),
	};

	return (cmocka_run_group_tests(tests, NULL, NULL));
}
