/* Addresses that are read, and those that are refused. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "cache/redis_url.h"

static struct redis_url u;

static void
host_alone_gets_the_usual_port(void **state)
{
	(void)state;
	assert_true(redis_url_parse("redis://cache.internal", &u));
	assert_string_equal(u.host, "cache.internal");
	assert_string_equal(u.port, "6379");
	assert_string_equal(u.path, "");
	assert_string_equal(u.user, "");
	assert_string_equal(u.password, "");
	assert_int_equal(u.db, 0);
}

static void
all_parts_are_read(void **state)
{
	(void)state;
	assert_true(redis_url_parse("redis://me:s%40f%2Fe@h:7001/12", &u));
	assert_string_equal(u.host, "h");
	assert_string_equal(u.port, "7001");
	assert_string_equal(u.user, "me");
	assert_string_equal(u.password, "s@f/e");
	assert_int_equal(u.db, 12);
}

static void
password_alone_needs_no_user(void **state)
{
	(void)state;
	assert_true(redis_url_parse("redis://:pw:x@[::1]:6380/", &u));
	assert_string_equal(u.user, "");
	assert_string_equal(u.password, "pw:x");
	assert_string_equal(u.host, "::1");
	assert_string_equal(u.port, "6380");
	assert_true(redis_url_parse("redis://[fe80::1]", &u));
	assert_string_equal(u.host, "fe80::1");
}

static void
socket_may_name_a_database(void **state)
{
	(void)state;
	assert_true(redis_url_parse("unix:///run/redis/redis.sock", &u));
	assert_string_equal(u.path, "/run/redis/redis.sock");
	assert_string_equal(u.host, "");
	assert_true(redis_url_parse("unix://:pw@/run/r.sock?db=3", &u));
	assert_string_equal(u.path, "/run/r.sock");
	assert_string_equal(u.password, "pw");
	assert_int_equal(u.db, 3);
}

static void
what_is_not_an_address_is_refused(void **state)
{
	static const char *const bad[] = { "", "redis", "http://h",
		"rediss://h", "redis://", "redis://:6379",
		"redis://h:", "redis://h:0", "redis://h:65536", "redis://h:x",
		"redis://h/x", "redis://h/-1", "redis://h:6379/0/1",
		"redis://a%4@h", "redis://a%00@h", "redis://a:%zz@h",
		"redis://[::1", "redis://[::1]x", "unix://relative", "unix:///",
		"unix:///s?x=1", "unix:///s?db=x" };
	char text[800] = "unix:///";

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		if (redis_url_parse(bad[i], &u))
			fail_msg("%s", bad[i]);
	memset(text + 8, 'x', 110);
	assert_false(redis_url_parse(text, &u));
	memcpy(text, "redis://", 8);
	memset(text + 8, 'x', 600);
	assert_false(redis_url_parse(text, &u));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(host_alone_gets_the_usual_port),
		cmocka_unit_test(all_parts_are_read),
		cmocka_unit_test(password_alone_needs_no_user),
		cmocka_unit_test(socket_may_name_a_database),
		cmocka_unit_test(what_is_not_an_address_is_refused),
	};

	return (cmocka_run_group_tests(tests, NULL, NULL));
}
