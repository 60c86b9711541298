/*
 * What a route's function answers, becoming an answer or a problem.
 */
#include <jansson.h>

#include "http/visit.h"

struct thing {
	str	name;
	int64_t	n;
};

static const struct field thing_fields[] = {
	MUST(thing, name, "Name."), MAY(thing, n, "Number."), FIELDS_END
};

static const struct route one = { .path = "/things", .id = "one",
	.reply = SHAPE(thing) };
static const struct route many = { .path = "/things", .id = "many",
	.reply = SHAPE(thing), .many = true };
static const struct route paged = { .path = "/things", .id = "paged",
	.reply = SHAPE(thing), .page = true };
static const struct route wrapped = { .path = "/things", .id = "wrapped",
	.reply = SHAPE(thing), .wrapped = true };
static const struct route plain = { .path = "/things", .id = "plain",
	.type = "text/csv" };

static struct thing two_things[] = { { S("a"), 1 }, { S("b"), LONG_NONE } };
static const struct list two = { two_things, 2 };

/* ---- answers ----------------------------------------------------- */

static void
a_record_is_an_object(void **state)
{
	(void)state;
	visit.call.route = &one;
	assert_int_equal(reply(&visit.call, &two_things[0]), OK);
	IS(visit.text, "{\"name\":\"a\",\"n\":1}");
	IS(visit.type, "application/json; charset=utf-8");
	visit.call.route = &wrapped;
	assert_int_equal(reply(&visit.call, &two_things[1]), OK);
	IS(visit.text, "{\"status\":\"success\",\"data\":{\"name\":\"b\","
	    "\"n\":null}}");
}

static void
records_are_an_array_or_a_page(void **state)
{
	(void)state;
	visit.call.route = &many;
	assert_int_equal(reply_many(&visit.call, &two, STR_NONE), OK);
	IS(visit.text, "[{\"name\":\"a\",\"n\":1},{\"name\":\"b\","
	    "\"n\":null}]");
	visit.call.route = &paged;
	assert_int_equal(reply_many(&visit.call, &two, STR_NONE), OK);
	IS(visit.text, "{\"items\":[{\"name\":\"a\",\"n\":1},{\"name\":\"b\","
	    "\"n\":null}],\"next_cursor\":null}");
	assert_null(call_reply_header(&visit.call, "link").p);
}

static void
a_page_links_to_the_next_of_the_same_list(void **state)
{
	str link;

	(void)state;
	visit.call.route = &paged;
	visit.query = S("kind=buy&&cursor=old&limit=2&x=<y>&cursors=1");
	assert_int_equal(reply_many(&visit.call, &two, S("after b")), OK);
	link = call_reply_header(&visit.call, "link");
	assert_true(str_starts(link, S("</api/v1/things?kind=buy&limit=2&"
	    "x=%3Cy%3E&cursors=1&cursor=")));
	assert_true(has(link, ">; rel=\"next\""));
	assert_false(has(link, "old"));
	assert_true(has(visit.text, "\"next_cursor\":\""));
}

static void
a_text_has_its_routes_type(void **state)
{
	(void)state;
	visit.call.route = &plain;
	assert_int_equal(reply_text(&visit.call, S("a,b")), OK);
	IS(visit.type, "text/csv");
	visit.call.route = &one;
	assert_int_equal(reply_text(&visit.call, S("{}")), OK);
	IS(visit.type, "application/json; charset=utf-8");
	assert_int_equal(reply_nothing(&visit.call), OK);
	assert_int_equal(visit.status, 204);
	assert_int_equal(visit.text.n, 0);
}

static void
more_headers_than_there_is_room_for_are_left_out(void **state)
{
	int i;

	(void)state;
	for (i = 0; i < HEADERS_MAX + 5; i++)
		reply_header(&visit.call, i == 0 ? "first" : "x", S("y"));
	assert_int_equal(visit.header_count, HEADERS_MAX);
	IS(call_reply_header(&visit.call, "first"), "y");
	assert_null(call_reply_header(&visit.call, "none").p);
}

/* ---- preconditions ----------------------------------------------- */

static enum err
match(const char *sent)
{
	visit_fields_drop();
	visit_flow.fault = NULL;
	if (sent != NULL)
		visit_field("if-match", sent);
	return (call_match(&visit.call, S("v7")));
}

static void
a_precondition_names_what_was_read(void **state)
{
	static const char *const good[] = { "*", "\"v7\"", " \"v7\" ",
	    "\"v6\",\"v7\"", "\"v7-gzip\"", "\"v7-br\"", "W/\"v7\", \"v7\"" };
	static const char *const stale[] = { "", "v7", "\"v7", "v7\"",
	    "\"v70\"", "\"v7-\"", "\"v7-zip\"", "W/\"v7\"", "\"\"", "\"",
	    "\"v6\", \"v8\"" };
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(good) / sizeof(good[0]); i++)
		assert_int_equal(match(good[i]), OK);
	for (i = 0; i < sizeof(stale) / sizeof(stale[0]); i++)
		assert_int_equal(match(stale[i]), E_STALE);
	assert_int_equal(match(NULL), E_PRECONDITION);
	assert_non_null(visit_flow.fault);
}

/* ---- faults and problems ----------------------------------------- */

static json_t *
problem(enum err e)
{
	json_t *j;

	problem_write(&visit, e);
	j = json_loadb(visit.text.p, visit.text.n, JSON_REJECT_DUPLICATES,
	    NULL);
	assert_non_null(j);
	assert_int_equal(json_integer_value(json_object_get(j, "status")),
	    visit.status);
	return (j);
}

static const char *
member(json_t *j, const char *name)
{
	return (json_string_value(json_object_get(j, name)));
}

static void
a_problem_has_all_its_members(void **state)
{
	json_t *j = problem(E_NOT_FOUND);

	(void)state;
	assert_int_equal(visit.status, 404);
	IS(visit.type, "application/problem+json");
	assert_string_equal(member(j, "type"), "/docs/problems#not-found");
	assert_string_equal(member(j, "instance"), "/api/v1/things");
	assert_string_equal(member(j, "request_id"), "id-1");
	assert_non_null(member(j, "title"));
	assert_non_null(member(j, "detail"));
	assert_int_equal(json_object_size(j), 6);
	json_decref(j);
}

static void
every_error_can_be_told(void **state)
{
	json_t *j;
	int e;

	(void)state;
	for (e = OK + 1; e < ERR_COUNT; e++) {
		visit_end(NULL);
		visit_begin(NULL);
		j = problem((enum err)e);
		assert_true(member(j, "detail")[0] != '\0');
		json_decref(j);
	}
}

static void
faults_are_told_all_at_once(void **state)
{
	json_t *j, *errors;
	int i;

	(void)state;
	assert_int_equal(faults(&visit.call), OK);
	for (i = 0; i < FAULTS_MAX + 5; i++)
		assert_int_equal(fault(&visit.call, "/n", "code", "%d \"x\"\n",
		    i), E_INVALID);
	assert_int_equal(faults(&visit.call), E_INVALID);
	j = problem(E_INVALID);
	errors = json_object_get(j, "errors");
	assert_int_equal(json_array_size(errors), FAULTS_MAX);
	assert_string_equal(member(json_array_get(errors, 1), "detail"),
	    "1 \"x\"\n");
	assert_string_equal(member(j, "detail"), "0 \"x\"\n");
	json_decref(j);
}

static void
what_was_said_of_a_success_is_dropped(void **state)
{
	static const char *const gone[] = { "location", "link",
	    "idempotency-replayed" };
	static const char *const kept[] = { "retry-after", "ratelimit",
	    "set-cookie" };
	size_t i;

	(void)state;
	for (i = 0; i < 3; i++) {
		reply_header(&visit.call, gone[i], S("x"));
		reply_header(&visit.call, kept[i], S("30"));
	}
	visit.etag = S("\"v7\"");
	visit.coding = S("gzip");
	visit.endless = visit.lasting = true;
	json_decref(problem(E_BUSY));
	for (i = 0; i < 3; i++) {
		assert_null(call_reply_header(&visit.call, gone[i]).p);
		IS(call_reply_header(&visit.call, kept[i]), "30");
	}
	assert_null(visit.etag.p);
	assert_null(visit.coding.p);
	assert_false(visit.endless || visit.lasting);
	assert_string_equal(visit.caching, "no-store");
}

static void
a_problem_says_what_to_do_next(void **state)
{
	(void)state;
	json_decref(problem(E_UNAUTHENTICATED));
	IS(call_reply_header(&visit.call, "www-authenticate"),
	    "Bearer realm=\"bursar\"");
	visit_begin(NULL);
	visit.credential = true;
	json_decref(problem(E_UNAUTHENTICATED));
	IS(call_reply_header(&visit.call, "www-authenticate"),
	    "Bearer realm=\"bursar\", error=\"invalid_token\"");
	visit_begin(NULL);
	json_decref(problem(E_DEADLINE));
	IS(call_reply_header(&visit.call, "retry-after"), "1");
}

static void
where_people_reach_it_is_part_of_a_type(void **state)
{
	json_t *j;

	(void)state;
	settings.public_url = "https://bursar.example";
	j = problem(E_RATE);
	assert_string_equal(member(j, "type"),
	    "https://bursar.example/docs/problems#quota-exceeded");
	json_decref(j);
}

static void
a_bare_problem_has_all_members_too(void **state)
{
	static const struct {
		int status;
		const char *slug;
	} rows[] = {
		{ 400, "bad-request" }, { 408, "request-timeout" },
		{ 411, "length-required" }, { 413, "content-too-large" },
		{ 414, "uri-too-long" }, { 417, "expectation-failed" },
		{ 431, "headers-too-large" }, { 500, "internal" },
		{ 501, "not-implemented" }, { 503, "unavailable" },
		{ 505, "http-version" }, { 599, "bad-request" },
	};
	struct bare bare;
	json_t *j;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		bare = problem_bare(&visit_flow.arena, rows[i].status);
		j = json_loadb(bare.text.p, bare.text.n, 0, NULL);
		assert_int_equal(json_object_size(j), 6);
		assert_string_equal(strchr(member(j, "type"), '#') + 1,
		    rows[i].slug);
		assert_int_equal(json_integer_value(json_object_get(j,
		    "status")), rows[i].status);
		assert_true(has(bare.headers, member(j, "request_id")));
		assert_true(has(bare.headers, "retry-after") ==
		    (rows[i].status == 503));
		json_decref(j);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		V(a_record_is_an_object),
		V(records_are_an_array_or_a_page),
		V(a_page_links_to_the_next_of_the_same_list),
		V(a_text_has_its_routes_type),
		V(more_headers_than_there_is_room_for_are_left_out),
		V(a_precondition_names_what_was_read),
		V(a_problem_has_all_its_members),
		V(every_error_can_be_told),
		V(faults_are_told_all_at_once),
		V(what_was_said_of_a_success_is_dropped),
		V(a_problem_says_what_to_do_next),
		V(where_people_reach_it_is_part_of_a_type),
		V(a_bare_problem_has_all_members_too),
	};

	return (cmocka_run_group_tests(tests, NULL, NULL));
}
