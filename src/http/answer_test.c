/*
 * Which variant of an answer is sent, and the headers it is sent with.
 */
#include <zlib.h>

#include "http/visit.h"

static const struct route things = { .method = GET, .path = "/things" };

static char long_text[200000];

/* A text of n bytes that compresses. */
static str
text_of(size_t n)
{
	size_t i;

	for (i = 0; i < n; i++)
		long_text[i] = "0123456789abcdef"[i * i % 15];
	return ((str){ long_text, n });
}

static int
begin(void **state)
{
	visit_begin(state);
	visit.call.route = &things;
	visit.type = S("application/json");
	visit.text = S("{}");
	visit_flow.who.role = ROLE_VIEWER;
	return (0);
}

static str
unzipped(str text)
{
	static char out[300000];
	z_stream z = { .next_in = (Bytef *)(uintptr_t)text.p,
	    .avail_in = (uInt)text.n, .next_out = (Bytef *)out,
	    .avail_out = sizeof(out) };

	assert_int_equal(inflateInit2(&z, 15 + 16), Z_OK);
	assert_int_equal(inflate(&z, Z_FINISH), Z_STREAM_END);
	inflateEnd(&z);
	return ((str){ out, z.total_out });
}

/* ---- validators -------------------------------------------------- */

static void
a_read_has_a_tag_and_a_write_has_none(void **state)
{
	(void)state;
	answer_shape(&visit);
	assert_true(str_eq(visit.etag, text_tag(&visit_flow.arena, S("{}"))));
	visit.etag = STR_NONE;
	visit.method = POST;
	answer_shape(&visit);
	assert_null(visit.etag.p);
	visit.method = GET;
	visit.status = 204;
	answer_shape(&visit);
	assert_null(visit.etag.p);
}

static void
the_functions_own_tag_stays(void **state)
{
	(void)state;
	reply_etag(&visit.call, S("v7"));
	answer_shape(&visit);
	IS(visit.etag, "\"v7\"");
}

static int
status_with(const char *if_none_match)
{
	begin(NULL);
	visit_field("if-none-match", if_none_match);
	reply_etag(&visit.call, S("v7"));
	answer_shape(&visit);
	return (visit.status);
}

static void
what_the_client_has_is_not_sent_again(void **state)
{
	(void)state;
	assert_int_equal(status_with("\"v7\""), 304);
	assert_int_equal(visit.text.n, 0);
	assert_int_equal(status_with("W/\"v7\""), 304);
	assert_int_equal(status_with("*"), 304);
	assert_int_equal(status_with("\"v6\", W/\"v7\" , \"v8\""), 304);
	assert_int_equal(status_with("\"v6\""), 200);
	assert_int_equal(status_with("v7"), 200);
	assert_int_equal(status_with("\"v7-gzip\""), 200);
	assert_int_equal(status_with(""), 200);
	visit_begin(NULL);
	visit_field("if-none-match", "*");
	visit.method = POST;
	visit.etag = S("\"v7\"");
	answer_shape(&visit);
	assert_int_equal(visit.status, 200);
}

/* ---- compression ------------------------------------------------- */

static void
a_long_text_is_compressed_and_has_its_own_tag(void **state)
{
	str plain = text_of(3000);

	(void)state;
	visit_field("accept-encoding", "gzip");
	reply_etag(&visit.call, S("v7"));
	visit.text = plain;
	answer_shape(&visit);
	IS(visit.coding, "gzip");
	IS(visit.etag, "\"v7-gzip\"");
	assert_true(visit.text.n < 1000);
	assert_true(str_eq(unzipped(visit.text), plain));
}

static void
compressing_again_and_again_gives_the_same(void **state)
{
	int i;

	(void)state;
	for (i = 0; i < 50; i++) {
		begin(NULL);
		visit_field("accept-encoding", "gzip");
		visit.text = text_of(2000 + (size_t)i * 100);
		answer_shape(&visit);
		assert_true(str_eq(unzipped(visit.text),
		    text_of(2000 + (size_t)i * 100)));
	}
}

static void
a_compressed_text_that_is_known_is_not_compressed(void **state)
{
	(void)state;
	visit_field("accept-encoding", "gzip");
	visit_field("if-none-match", "\"v7-gzip\"");
	reply_etag(&visit.call, S("v7"));
	visit.text = text_of(3000);
	answer_shape(&visit);
	assert_int_equal(visit.status, 304);
	IS(visit.etag, "\"v7-gzip\"");
	assert_false(has(answer_block(&visit), "content-encoding"));
	assert_false(has(answer_block(&visit), "\ncontent-type"));
}

static void
some_texts_stay_as_they_are(void **state)
{
	(void)state;
	visit_field("accept-encoding", "gzip");
	visit.text = text_of(1023);
	answer_shape(&visit);
	assert_null(visit.coding.p);

	visit.text = text_of(3000);	/* a log-in's tokens */
	visit.method = POST;
	visit_flow.who.role = ROLE_NONE;
	answer_shape(&visit);
	assert_null(visit.coding.p);

	visit.method = GET;		/* what anybody may read */
	answer_shape(&visit);
	IS(visit.coding, "gzip");
}

static enum err
shape_flow(struct flow *f, void *arg)
{
	(void)arg;
	visit.call.f = f;
	visit.text = text_of(150000);
	visit_field("accept-encoding", "gzip");
	answer_shape(&visit);
	IS(visit.coding, "gzip");
	assert_true(str_eq(unzipped(visit.text), text_of(150000)));
	return (OK);
}

static void
a_very_long_text_is_compressed_beside_the_loop(void **state)
{
	(void)state;
	settings.hash_jobs = 1;
	loop_open();
	assert_int_equal(flow_run(shape_flow, NULL, 5000), OK);
	job_close();
	loop_close();
	visit.call.f = &visit_flow;
}

/* ---- headers ----------------------------------------------------- */

static void
every_answer_has_the_fixed_headers(void **state)
{
	static const char *const parts[] = { " GMT\r\ncache-control: no-store",
	    "\r\nx-request-id: id-1\r\n", "\r\nvary: accept-encoding\r\n",
	    "\r\nx-content-type-options: nosniff\r\n",
	    "\r\ncontent-security-policy: default-src 'self'",
	    "\r\ncontent-type: application/json" };
	str block = answer_block(&visit);
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(parts) / sizeof(parts[0]); i++)
		assert_true(has(block, parts[i]));
	assert_int_equal(block.p[block.n], 0);
	assert_int_not_equal(block.p[block.n - 1], '\n');
	assert_false(has(block, "strict-transport"));
	assert_false(has(block, "etag"));
}

static void
under_https_there_is_hsts(void **state)
{
	(void)state;
	settings.public_url = "https://bursar.example";
	assert_true(has(answer_block(&visit),
	    "\r\nstrict-transport-security: max-age=31536000"));
	assert_true(has(answer_bare_block(&visit_flow.arena, S("x"), false),
	    "\r\nstrict-transport-security: max-age=31536000"));
}

static void
a_value_cannot_end_its_line(void **state)
{
	(void)state;
	reply_header(&visit.call, "location", S("/a\r\nset-cookie: b\nc\rd"));
	visit.request_id = S("x\r\ny");
	assert_true(has(answer_block(&visit),
	    "\r\nlocation: /a  set-cookie: b c d"));
	assert_true(has(answer_block(&visit), "\r\nx-request-id: x  y\r\n"));
}

static void
what_may_be_kept_is_said(void **state)
{
	(void)state;
	visit.etag = S("\"v7\"");
	assert_true(has(answer_block(&visit),
	    "cache-control: private, no-cache\r\n"));
	visit.caching = "public";
	assert_true(has(answer_block(&visit), "cache-control: public\r\n"));
}

static void
nothing_has_no_type(void **state)
{
	(void)state;
	visit.status = 204;
	assert_false(has(answer_block(&visit), "\ncontent-type"));
}

static void
a_bare_problem_has_them_too(void **state)
{
	str block = answer_bare_block(&visit_flow.arena, S("id-2"), true);

	(void)state;
	assert_true(has(block, "\r\nx-request-id: id-2\r\n"));
	assert_true(has(block, "\r\ncache-control: no-store\r\n"));
	assert_true(has(block, "\r\nretry-after: 1"));
	assert_true(has(block, "\r\ncontent-type: application/problem+json"));
	assert_false(has(answer_bare_block(&visit_flow.arena, S("x"), false),
	    "retry-after"));
}

#define T(name)	cmocka_unit_test_setup_teardown(name, begin, visit_end)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		T(a_read_has_a_tag_and_a_write_has_none),
		T(the_functions_own_tag_stays),
		T(what_the_client_has_is_not_sent_again),
		T(a_long_text_is_compressed_and_has_its_own_tag),
		T(compressing_again_and_again_gives_the_same),
		T(a_compressed_text_that_is_known_is_not_compressed),
		T(some_texts_stay_as_they_are),
		T(a_very_long_text_is_compressed_beside_the_loop),
		T(every_answer_has_the_fixed_headers),
		T(under_https_there_is_hsts),
		T(a_value_cannot_end_its_line),
		T(what_may_be_kept_is_said),
		T(nothing_has_no_type),
		T(a_bare_problem_has_them_too),
	};

	return (cmocka_run_group_tests(tests, NULL, NULL));
}
