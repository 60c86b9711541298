/*
 * What a request says of who sent it: as much as can be believed.
 */
#include "http/visit.h"

/* ---- fields ------------------------------------------------------ */

static void
a_field_that_is_absent_is_none(void **state)
{
	(void)state;
	assert_null(call_header(&visit.call, "accept").p);
	visit_field("Accept", "");
	assert_non_null(call_header(&visit.call, "accept").p);
	visit.req = NULL;
	assert_null(call_header(&visit.call, "accept").p);
}

static void
lines_of_one_name_are_one_list(void **state)
{
	(void)state;
	visit_field("If-Match", "\"a\"");
	visit_field("Accept", "x");
	visit_field("if-match", "\"b\"");
	visit_field("Cookie", "a=1");
	visit_field("cookie", "b=2");
	IS(call_header(&visit.call, "if-match"), "\"a\", \"b\"");
	IS(call_header(&visit.call, "cookie"), "a=1; b=2");
	IS(call_cookie(&visit.call, "b"), "2");
}

static void
cookies_are_found_by_their_whole_name(void **state)
{
	(void)state;
	visit_field("cookie", "sid2=no; xsid=no; sid=a=b; sid=c; flag");
	IS(call_cookie(&visit.call, "sid"), "a=b");
	assert_null(call_cookie(&visit.call, "si").p);
	assert_null(call_cookie(&visit.call, "flag").p);
	assert_null(call_cookie(&visit.call, "absent").p);
}

static void
a_request_keeps_its_name_if_it_is_one(void **state)
{
	static const char *const bad[] = { "", "a b", "a\"b", "a\nb",
	    "\xc3\xa9",
	    "12345678901234567890123456789012345678901234567890123456789012345"
	};
	size_t i;

	(void)state;
	visit_field("x-request-id", "aZ09._-");
	IS(client_request_id(&visit.call), "aZ09._-");
	for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		visit_fields_drop();
		visit_field("x-request-id", bad[i]);
		assert_int_equal(client_request_id(&visit.call).n, 36);
	}
}

static void
a_trace_has_a_number(void **state)
{
	static const char *const bad[] = { "", "00-0af7651916cd43dd8448eb211c8"
	    "0319c-b7ad6b7169203331-0", "00-00000000000000000000000000000000-"
	    "b7ad6b7169203331-01", "00-0AF7651916cd43dd8448eb211c80319c-"
	    "b7ad6b7169203331-01", "00_0af7651916cd43dd8448eb211c80319c-"
	    "b7ad6b7169203331-01" };
	size_t i;

	(void)state;
	visit_field("traceparent", "00-0af7651916cd43dd8448eb211c80319c-"
	    "b7ad6b7169203331-01");
	IS(client_trace(&visit.call), "0af7651916cd43dd8448eb211c80319c");
	for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		visit_fields_drop();
		visit_field("traceparent", bad[i]);
		assert_null(client_trace(&visit.call).p);
	}
}

/* ---- addresses --------------------------------------------------- */

static str
address(const char *text)
{
	return (address_read(&visit_flow.arena, str_of(text)));
}

static void
addresses_have_one_spelling(void **state)
{
	(void)state;
	IS(address("192.0.2.7"), "192.0.2.7");
	IS(address(" 192.0.2.7:80 "), "192.0.2.7");
	IS(address("2001:DB8:0::7"), "2001:db8::7");
	IS(address("[2001:db8::7]"), "2001:db8::7");
	IS(address("[2001:db8::7]:80"), "2001:db8::7");
	IS(address("::ffff:192.0.2.7"), "192.0.2.7");
}

static void
what_is_no_address_is_none(void **state)
{
	static const char *const bad[] = { "", " ", "unknown", "_hidden",
	    "1.2.3", "1.2.3.4.5", "256.1.1.1", ":", "::g", "[", "[::1", "]",
	    "[]:1",
	    "1.2.3.4 5", "2001:db8:0:0:0:0:0:0:0:0:0:0:0:0:0:0:0:0:0:1" };
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		assert_null(address(bad[i]).p);
}

static void
strangers_are_not_believed(void **state)
{
	(void)state;
	visit_field("x-forwarded-for", "198.51.100.1");
	IS(client_address(&visit.call), "192.0.2.1");
	settings.trusted_proxies = "192.0.2.2";
	IS(client_address(&visit.call), "192.0.2.1");
}

static void
proxies_are_believed_from_the_end(void **state)
{
	(void)state;
	settings.trusted_proxies = "192.0.2.2, 192.0.2.1";
	IS(client_address(&visit.call), "192.0.2.1");
	visit_field("x-forwarded-for", "203.0.113.1, 198.51.100.1");
	IS(client_address(&visit.call), "198.51.100.1");
	visit_field("X-Forwarded-For", "198.51.100.2, 192.0.2.2");
	IS(client_address(&visit.call), "198.51.100.2");
	visit_field("X-Forwarded-For", "nonsense");
	IS(client_address(&visit.call), "192.0.2.1");
}

static void
an_ipv6_peer_that_is_ipv4_is_called_so(void **state)
{
	(void)state;
	visit_con.family = AF_INET6;
	inet_pton(AF_INET6, "::ffff:192.0.2.9",
	    &visit_con.addr.ipv6.sin6_addr);
	IS(client_address(&visit.call), "192.0.2.9");
	inet_pton(AF_INET6, "2001:db8::1", &visit_con.addr.ipv6.sin6_addr);
	IS(client_address(&visit.call), "2001:db8::1");
	visit_con.family = AF_UNIX;
	IS(client_address(&visit.call), "local");
}

/* ---- what it takes ----------------------------------------------- */

static const char *
coding(const char *accepted)
{
	str got;

	visit_fields_drop();
	if (accepted != NULL)
		visit_field("accept-encoding", accepted);
	got = client_coding(&visit, true, true);
	return (got.p == NULL ? "" : got.p);
}

static void
the_coding_it_likes_best(void **state)
{
	static const struct {
		const char *accepted, *coding;
	} rows[] = {
		{ NULL, "" }, { "", "" }, { "gzip", "gzip" }, { "br", "br" },
		{ "gzip, br", "br" }, { "gzip;q=1, br;q=0.9", "gzip" },
		{ "GZIP ; q=0.3", "gzip" }, { "*", "br" }, { "*;q=0", "" },
		{ "br;q=0, *;q=0.1", "gzip" }, { "gzip;q=0.000", "" },
		{ "gzip;q=0.001", "gzip" }, { "identity, gzip;q=0.9", "" },
		{ "identity;q=0.5, gzip;q=0.5", "gzip" }, { "deflate", "" },
		{ "gzip;x=y;q=0", "" }, { "gzip;q=zero", "gzip" },
		{ ",,;,gzip", "gzip" }, { "xgzip, gzipx", "" },
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		assert_string_equal(coding(rows[i].accepted),
		    rows[i].coding);
	visit_fields_drop();
	visit_field("accept-encoding", "br");
	assert_null(client_coding(&visit, true, false).p);
	assert_null(client_coding(&visit, false, false).p);
}

static bool
accepts(const char *accept)
{
	visit_fields_drop();
	if (accept != NULL)
		visit_field("accept", accept);
	return (client_accepts(&visit, S("text/plain; charset=utf-8")));
}

static void
the_most_exact_range_decides(void **state)
{
	(void)state;
	assert_true(accepts(NULL));
	assert_true(accepts(""));
	assert_true(accepts("text/plain"));
	assert_true(accepts("TEXT/Plain;q=0.1"));
	assert_true(accepts("text/*"));
	assert_true(accepts("image/png, */*;q=0.01"));
	assert_true(accepts("text/*;q=0, text/plain"));
	assert_false(accepts("text/html"));
	assert_false(accepts("text/plain;q=0"));
	assert_false(accepts("text/plain;q=0, */*"));
	assert_false(accepts("text/*;q=0.0, */*"));
	assert_false(accepts("text"));
	assert_false(accepts("nonsense"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		V(a_field_that_is_absent_is_none),
		V(lines_of_one_name_are_one_list),
		V(cookies_are_found_by_their_whole_name),
		V(a_request_keeps_its_name_if_it_is_one),
		V(a_trace_has_a_number),
		V(addresses_have_one_spelling),
		V(what_is_no_address_is_none),
		V(strangers_are_not_believed),
		V(proxies_are_believed_from_the_end),
		V(an_ipv6_peer_that_is_ipv4_is_called_so),
		V(the_coding_it_likes_best),
		V(the_most_exact_range_decides),
	};

	return (cmocka_run_group_tests(tests, NULL, NULL));
}
