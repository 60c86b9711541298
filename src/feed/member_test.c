/* Numbers of an object, digit for digit. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "feed/member.h"

static const char *
read_c(const char *json)
{
	static char text[DEC_TEXT_MAX];
	dec d;

	switch (member_dec(str_of(json), "c", &d)) {
	case MEMBER_NULL:
		return ("none");
	case MEMBER_WRONG:
		return ("wrong");
	case MEMBER_NUMBER:
		break;
	}
	dec_print(d, text);
	return (text);
}

static void
price_is_read_as_it_was_sent(void **state)
{
	(void)state;
	assert_string_equal(read_c("{\"c\":308.82,\"d\":3}"), "308.82");
	assert_string_equal(
	    read_c("{\"c\":125.85669708251953}"), "125.85669708251953");
	assert_string_equal(read_c(" { \"d\" : 1 , \"c\" : -0.10 } "), "-0.1");
	assert_string_equal(read_c("{\"c\":0}"), "0");
	assert_string_equal(
	    read_c("{\"c\":4535749.272209372}"), "4535749.272209372");
}

static void
exponents_are_worked_out(void **state)
{
	(void)state;
	assert_string_equal(read_c("{\"c\":1.5e3}"), "1500");
	assert_string_equal(read_c("{\"c\":15E-1}"), "1.5");
	assert_string_equal(read_c("{\"c\":-1.25e-3}"), "-0.00125");
	assert_string_equal(read_c("{\"c\":1e+2}"), "100");
	assert_string_equal(read_c("{\"c\":12.345e1}"), "123.45");
	assert_string_equal(read_c("{\"c\":1e-18}"), "0.000000000000000001");
	assert_string_equal(read_c("{\"c\":12e-1}"), "1.2");
	assert_string_equal(read_c("{\"c\":12e-2}"), "0.12");
	assert_string_equal(read_c("{\"c\":12e-3}"), "0.012");
}

static void
places_beyond_eighteen_are_cut(void **state)
{
	(void)state;
	assert_string_equal(
	    read_c("{\"c\":0.1234567890123456789}"), "0.123456789012345678");
	assert_string_equal(read_c("{\"c\":1.00000000000000000000001}"), "1");
	assert_string_equal(read_c("{\"c\":1e-30}"), "0");
	assert_string_equal(
	    read_c("{\"c\":3.1415926535897932384626433832795"
		   "0288419716939937510582097494459230781640628620899}"),
	    "3.141592653589793238");
}

static void
what_is_no_number_is_wrong(void **state)
{
	(void)state;
	assert_string_equal(read_c("{\"c\":\"308\"}"), "wrong");
	assert_string_equal(read_c("{\"c\":true}"), "wrong");
	assert_string_equal(read_c("{\"c\":[1]}"), "wrong");
	assert_string_equal(read_c("{\"c\":{\"c\":1}}"), "wrong");
	assert_string_equal(read_c("{\"c\":1e400}"), "wrong");
	assert_string_equal(read_c("{\"c\":1e40}"), "wrong");
	assert_string_equal(read_c("{\"c\":1e99999999999999999999}"), "wrong");
	assert_string_equal(read_c("{\"c\":NaN}"), "wrong");
}

static void
absence_and_null_are_none(void **state)
{
	(void)state;
	assert_string_equal(read_c("{}"), "none");
	assert_string_equal(read_c("{\"d\":1}"), "none");
	assert_string_equal(read_c("{\"c\":null}"), "none");
	assert_string_equal(read_c("[1]"), "none");
	assert_string_equal(read_c(""), "none");
}

static void
only_the_top_level_counts(void **state)
{
	(void)state;
	assert_string_equal(read_c("{\"x\":{\"c\":1},\"c\":2}"), "2");
	assert_string_equal(read_c("{\"x\":[{\"c\":1},\"}\"],\"c\":2}"), "2");
	assert_string_equal(read_c("{\"x\":\"\\\"c\\\":1,\",\"c\":2}"), "2");
	assert_string_equal(read_c("{\"x\":\"\\\\\",\"c\":3}"), "3");
	assert_string_equal(read_c("{\"c\":1,\"c\":2}"), "2");
}

static void
depth_is_counted_outside_strings(void **state)
{
	(void)state;
	assert_int_equal(member_depth(S("1")), 0);
	assert_int_equal(member_depth(S("{\"a\":[1,{\"b\":2}]}")), 3);
	assert_int_equal(member_depth(S("{\"a\":\"[[[[\\\"[\"}")), 1);
	assert_int_equal(member_depth(S("[[[[[[")), 6);
	assert_int_equal(member_depth(S("]]]]{")), 1);
}

static void
text_cut_short_is_read_to_its_end(void **state)
{
	static const char whole[] = "{\"x\":\"\\\"\",\"c\":[1,{\"y\":2}]}";
	char *copy;
	dec d;

	(void)state;
	for (size_t n = 0; n < sizeof(whole); n++) {
		/* Of its very size, so that a sanitizer sees one too far. */
		copy = malloc(n > 0 ? n : 1);
		assert_non_null(copy);
		memcpy(copy, whole, n);
		assert_int_not_equal(
		    member_dec((str){ copy, n }, "c", &d), MEMBER_NUMBER);
		(void)member_depth((str){ copy, n });
		free(copy);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(price_is_read_as_it_was_sent),
		cmocka_unit_test(exponents_are_worked_out),
		cmocka_unit_test(places_beyond_eighteen_are_cut),
		cmocka_unit_test(what_is_no_number_is_wrong),
		cmocka_unit_test(absence_and_null_are_none),
		cmocka_unit_test(text_cut_short_is_read_to_its_end),
		cmocka_unit_test(depth_is_counted_outside_strings),
		cmocka_unit_test(only_the_top_level_counts),
	};

	return (cmocka_run_group_tests(tests, NULL, NULL));
}
