/*
 * Texts that answers share: there as long as anybody holds them, and
 * compressed once.
 */
#include "http/visit.h"

#include "http/sheet.h"

static const struct route things = { .method = GET, .path = "/things" };

static char long_text[60000];

static int
begin(void **state)
{
	visit_begin(state);
	memset(long_text, 'x', sizeof(long_text));
	visit.call.route = &things;
	visit_flow.who.role = ROLE_VIEWER;
	return (0);
}

static void
a_text_stays_while_an_answer_holds_it(void **state)
{
	struct sheet *s = sheet_new(S("told"));

	(void)state;
	assert_int_equal(reply_sheet(&visit.call, s), OK);
	sheet_drop(s);
	answer_shape(&visit);
	IS(visit.text, "told");
	assert_true(visit.lasting);
	sheet_drop(visit.sheet);
}

static void
another_answer_lets_the_first_go(void **state)
{
	struct sheet *a = sheet_new(S("a")), *b = sheet_new(S("b"));

	(void)state;
	assert_int_equal(reply_sheet(&visit.call, a), OK);
	assert_int_equal(reply_sheet(&visit.call, b), OK);
	sheet_drop(a);
	sheet_drop(b);
	IS(visit.text, "b");
	sheet_drop(visit.sheet);
}

static void
it_is_compressed_once(void **state)
{
	struct sheet *s = sheet_new((str){ long_text, sizeof(long_text) });
	str kept;
	int i;

	(void)state;
	for (i = 0; i < 3; i++) {
		begin(NULL);
		visit_field("accept-encoding", "gzip");
		assert_int_equal(reply_sheet(&visit.call, s), OK);
		answer_shape(&visit);
		IS(visit.coding, "gzip");
		kept = sheet_gzip(s);
		assert_true(kept.p != NULL && kept.n < sizeof(long_text) / 4);
		assert_int_equal(visit.text.n, kept.n);
		assert_memory_equal(visit.text.p, kept.p, kept.n);
		assert_true(i == 0 || (visit.text.p == kept.p &&
		    visit.lasting));
		sheet_drop(visit.sheet);
	}
	begin(NULL);
	assert_int_equal(reply_sheet(&visit.call, s), OK);
	answer_shape(&visit);
	assert_null(visit.coding.p);
	assert_int_equal(visit.text.n, sizeof(long_text));
	sheet_drop(visit.sheet);
	sheet_drop(s);
}

static void
what_is_known_is_not_sent(void **state)
{
	struct sheet *s = sheet_new(S("told"));

	(void)state;
	visit_field("if-none-match", "\"v7\"");
	reply_etag(&visit.call, S("v7"));
	assert_int_equal(reply_sheet(&visit.call, s), OK);
	answer_shape(&visit);
	assert_int_equal(visit.status, 304);
	assert_int_equal(visit.text.n, 0);
	sheet_drop(visit.sheet);
	sheet_drop(s);
}

#define T(name)	cmocka_unit_test_setup_teardown(name, begin, visit_end)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		T(a_text_stays_while_an_answer_holds_it),
		T(another_answer_lets_the_first_go),
		T(it_is_compressed_once),
		T(what_is_known_is_not_sent),
	};

	return (cmocka_run_group_tests(tests, NULL, NULL));
}
