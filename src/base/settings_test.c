/*
 * Settings: what wins, what is refused and in which words, and that what is
 * printed for people hides secrets and reads back.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/settings.h"
#include "base/str.h"

static char why[256];
static int file = -1;

/* Make `text` the settings file; it has no name in any directory. */
static void
file_is(const char *text)
{
	char path[64];

	file = memfd_create("settings", 0);
	assert_true(file >= 0);
	assert_int_equal(write(file, text, strlen(text)), strlen(text));
	snprintf(path, sizeof(path), "/proc/self/fd/%d", file);
	setenv("BURSAR_SETTINGS", path, 1);
}

static const char *const names[] = {
#define TEXT(member, env, fallback, secret, doc)	env,
#define WHOLE(member, env, fallback, lo, hi, doc)	env,
#define TRUTH(member, env, fallback, doc)		env,
#include "base/settings.def"
#undef TEXT
#undef WHOLE
#undef TRUTH
};

#define NAMES	(sizeof(names) / sizeof(names[0]))

static int
forget(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < NAMES; i++)
		unsetenv(names[i]);
	unsetenv("BURSAR_SETTINGS");
	if (file >= 0)
		close(file);
	file = -1;
	return (settings_load(why, sizeof(why)) == OK ? 0 : -1);
}

static void
assert_loads(void)
{
	why[0] = '\0';
	if (settings_load(why, sizeof(why)) != OK)
		fail_msg("%s", why);
}

static void
assert_refused(const char *because)
{
	why[0] = '\0';
	assert_int_equal(settings_load(why, sizeof(why)), E_INVALID);
	assert_string_equal(why, because);
}

static char *
printed(bool as_env)
{
	char *text = NULL;
	size_t n = 0;
	FILE *out = open_memstream(&text, &n);

	if (out == NULL)
		fail();
	settings_print(out, as_env);
	fclose(out);
	if (text == NULL)
		fail();
	return (text);
}

static void
without_anything_the_defaults_hold(void **state)
{
	(void)state;
	assert_loads();
	assert_string_equal(settings.listen, "127.0.0.1:8080");
	assert_int_equal(settings.workers, 2);
	assert_string_equal(settings.database_url, "");
	assert_int_equal(settings.rate_per_minute, 0);
}

static void
the_environment_sets(void **state)
{
	(void)state;
	setenv("BURSAR_LISTEN", "0.0.0.0:80", 1);
	setenv("BURSAR_WORKERS", "64", 1);
	setenv("BURSAR_FEED", "", 1);
	assert_loads();
	assert_string_equal(settings.listen, "0.0.0.0:80");
	assert_int_equal(settings.workers, 64);
	assert_string_equal(settings.feed, "");
}

static void
a_value_outlives_the_environment(void **state)
{
	(void)state;
	setenv("BURSAR_LISTEN", "0.0.0.0:80", 1);
	assert_loads();
	setenv("BURSAR_LISTEN", "changed", 1);
	assert_string_equal(settings.listen, "0.0.0.0:80");
}

static void
a_file_sets_and_the_environment_wins(void **state)
{
	(void)state;
	file_is("# a comment\n"
	    "\n"
	    "  BURSAR_LISTEN = [::1]:80  \r\n"
	    "BURSAR_WORKERS=3\n"
	    "BURSAR_WORKERS=4\n"
	    "BURSAR_TICK_MS=500\n"
	    "BURSAR_REDIS_URL=\"redis://a?b=c&d=#e\"\n"
	    "BURSAR_FEED='finnhub'\n"
	    "BURSAR_BENCHMARK=\n"
	    "POSTGRES_PASSWORD=not ours\n"
	    "BURSAR_HASH_JOBS=1");
	setenv("BURSAR_TICK_MS", "700", 1);
	assert_loads();
	assert_string_equal(settings.listen, "[::1]:80");
	assert_int_equal(settings.workers, 4);
	assert_int_equal(settings.tick_ms, 700);
	assert_string_equal(settings.redis_url, "redis://a?b=c&d=#e");
	assert_string_equal(settings.feed, "finnhub");
	assert_string_equal(settings.benchmark, "");
	assert_int_equal(settings.hash_jobs, 1);
}

static void
an_unknown_key_is_named_with_its_line(void **state)
{
	(void)state;
	file_is("# a comment\nBURSAR_LISTEN=x\nBURSAR_WORKER=3\n");
	assert_refused("BURSAR_WORKER in line 3 of the settings file is no "
	    "setting");
	/* Nothing of a bad file is taken. */
	assert_string_equal(settings.listen, "127.0.0.1:8080");
}

static void
an_unknown_variable_is_somebody_elses(void **state)
{
	(void)state;
	setenv("BURSAR_PORT", "tcp://10.0.0.1:80", 1);
	assert_loads();
	unsetenv("BURSAR_PORT");
}

static void
a_line_that_says_nothing_is_refused(void **state)
{
	(void)state;
	file_is("\nBURSAR_LISTEN\n");
	assert_refused("line 2 of the settings file is not KEY=value");
}

static void
a_line_too_long_is_refused(void **state)
{
	char text[6000];

	(void)state;
	memset(text, 'x', sizeof(text));
	text[sizeof(text) - 1] = '\0';
	memcpy(text, "BURSAR_LISTEN=", 14);
	file_is(text);
	assert_refused("line 1 of the settings file is longer than 4094 "
	    "bytes");
}

static void
a_missing_file_is_an_error(void **state)
{
	(void)state;
	setenv("BURSAR_SETTINGS", "/nowhere/settings.env", 1);
	assert_refused("BURSAR_SETTINGS: /nowhere/settings.env cannot be "
	    "opened: No such file or directory");
	setenv("BURSAR_SETTINGS", "/", 1);
	assert_refused("BURSAR_SETTINGS: the file cannot be read: Is a "
	    "directory");
}

static void
numbers_keep_their_bounds(void **state)
{
	static const char *const bad[] = {
		"0", "65", "-1", "", "two", "2.0", "2 ", "0x2",
		"99999999999999999999",
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		setenv("BURSAR_WORKERS", bad[i], 1);
		setenv("BURSAR_LISTEN", "never", 1);
		assert_refused("BURSAR_WORKERS must be a whole number from 1 "
		    "to 64");
		assert_int_equal(settings.workers, 2);
		assert_string_equal(settings.listen, "127.0.0.1:8080");
	}
	setenv("BURSAR_WORKERS", "1", 1);
	assert_loads();
	assert_int_equal(settings.workers, 1);
}

static void
a_reason_is_cut_to_its_room(void **state)
{
	char little[8];

	(void)state;
	setenv("BURSAR_WORKERS", "x", 1);
	assert_int_equal(settings_load(little, sizeof(little)), E_INVALID);
	assert_string_equal(little, "BURSAR_");
}

static void
secrets_are_masked(void **state)
{
	char *text;

	(void)state;
	setenv("BURSAR_SECRET", "hunter2", 1);
	setenv("BURSAR_TICK_MS", "12345", 1);
	assert_loads();
	text = printed(false);
	assert_null(strstr(text, "hunter2"));
	assert_non_null(strstr(text, "(set)"));
	assert_non_null(strstr(text, "12345"));
	assert_int_equal(strncmp(text, "name ", 5), 0);
	free(text);
	text = printed(true);
	assert_null(strstr(text, "hunter2"));
	assert_null(strstr(text, "12345"));
	free(text);
}

/* Each column begins below its heading. */
static void
the_table_is_aligned(void **state)
{
	str rest, line;
	size_t value, fallback;
	char *text;

	(void)state;
	setenv("BURSAR_LISTEN", "a.rather.long.name.example:12345", 1);
	assert_loads();
	text = printed(false);
	value = (size_t)(strstr(text, "value") - text);
	fallback = (size_t)(strstr(text, "default") - text);
	rest = str_of(text);
	while (str_cut(&rest, '\n', &line) && line.n > 0) {
		assert_true(line.n > fallback);
		assert_memory_equal(line.p + value - 2, "  ", 2);
		assert_memory_equal(line.p + fallback - 2, "  ", 2);
	}
	free(text);
}

/* The example, its comment signs taken off, is a file that sets nothing. */
static void
the_example_reads_back_as_the_defaults(void **state)
{
	struct settings before;
	char *text, *p;
	size_t set = 0;

	(void)state;
	assert_loads();
	before = settings;
	text = printed(true);
	for (p = text; (p = strstr(p, "#BURSAR_")) != NULL; set++)
		*p = ' ';
	assert_int_equal(set, NAMES);
	file_is(text);
	free(text);
	assert_loads();
#define TEXT(member, env, fallback, secret, doc)			\
	assert_string_equal(settings.member, before.member);
#define WHOLE(member, env, fallback, lo, hi, doc)			\
	assert_int_equal(settings.member, before.member);
#define TRUTH(member, env, fallback, doc)				\
	assert_int_equal(settings.member, before.member);
#include "base/settings.def"
#undef TEXT
#undef WHOLE
#undef TRUTH
}

#define TEST(f)	cmocka_unit_test_setup_teardown(f, forget, forget)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(without_anything_the_defaults_hold),
		TEST(the_environment_sets),
		TEST(a_value_outlives_the_environment),
		TEST(a_file_sets_and_the_environment_wins),
		TEST(an_unknown_key_is_named_with_its_line),
		TEST(an_unknown_variable_is_somebody_elses),
		TEST(a_line_that_says_nothing_is_refused),
		TEST(a_line_too_long_is_refused),
		TEST(a_missing_file_is_an_error),
		TEST(numbers_keep_their_bounds),
		TEST(a_reason_is_cut_to_its_room),
		TEST(secrets_are_masked),
		TEST(the_table_is_aligned),
		TEST(the_example_reads_back_as_the_defaults),
	};

	return (cmocka_run_group_tests(tests, NULL, NULL));
}
