/*
 * Which secrets are taken, and that each purpose gets a key of its own.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>
#include <sodium.h>

#include "auth/credential.h"
#include "base/settings.h"

static bool
taken(const char *text)
{
	struct secret s;

	return (secret_read(str_of(text), &s) == NULL);
}

static void
random_bytes_are_taken_as_hex_and_as_base64(void **state)
{
	static const int variants[] = {
		sodium_base64_VARIANT_ORIGINAL,
		sodium_base64_VARIANT_ORIGINAL_NO_PADDING,
		sodium_base64_VARIANT_URLSAFE,
		sodium_base64_VARIANT_URLSAFE_NO_PADDING
	};
	unsigned char raw[64];
	char text[200];
	struct secret s;
	size_t i, v, n;

	(void)state;
	for (i = 0; i < 2000; i++) {
		n = 32 + i % 33;
		random_bytes(raw, n);
		sodium_bin2hex(text, sizeof(text), raw, n);
		assert_null(secret_read(str_of(text), &s));
		assert_int_equal(s.n, n);
		assert_memory_equal(s.b, raw, n);
		for (v = 0; v < 4; v++) {
			sodium_bin2base64(text, sizeof(text), raw, n,
			    variants[v]);
			assert_null(secret_read(str_of(text), &s));
			assert_int_equal(s.n, n);
			assert_memory_equal(s.b, raw, n);
		}
	}
}

static void
one_byte_too_few_is_refused(void **state)
{
	unsigned char raw[32];
	char text[100];

	(void)state;
	random_bytes(raw, sizeof(raw));
	sodium_bin2hex(text, sizeof(text), raw, 31);
	assert_false(taken(text));
	sodium_bin2base64(text, sizeof(text), raw, 31,
	    sodium_base64_VARIANT_ORIGINAL);
	assert_false(taken(text));
	/* 32 hex digits are 16 bytes, however they are looked at. */
	sodium_bin2hex(text, sizeof(text), raw, 16);
	assert_false(taken(text));
}

static void
what_people_make_up_is_refused(void **state)
{
	static const char *const made_up[] = {
		"", " ", "secret", "changeme", "dev-secret-change-me",
		"a longer sentence is still no random secret, sorry",
		"not base64 at all !!! not hex !!!!!",
		"00000000000000000000000000000000"
		    "00000000000000000000000000000000",
		"ffffffffffffffffffffffffffffffff"
		    "ffffffffffffffffffffffffffffffff",
		"000102030405060708090a0b0c0d0e0f"
		    "101112131415161718191a1b1c1d1e1f",
		"fefcfaf8f6f4f2f0eeeceae8e6e4e2e0"
		    "dedcdad8d6d4d2d0cecccac8c6c4c2c0",
		"0f1e2d3c4b5a69788796a5b4c3d2e1f0"
		    "0f1e2d3c4b5a69788796a5b4c3d2e1f0",
		"deadbeefdeadbeefdeadbeefdeadbeef"
		    "deadbeefdeadbeefdeadbeefdeadbeef",
		"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
		"correcthorsebatterystaplecorrecthorsebatterystapleish",
		"thequickbrownfoxjumpsoverthelazydogandrunsaway",
		"ThisIsMySecretForBursarAndNobodyKnowsIt0123456789abc",
		"ChangeMeChangeMeChangeMeChangeMeChangeMeChangeMe",
		/* base64 of "the secret of this installation is this" */
		"dGhlIHNlY3JldCBvZiB0aGlzIGluc3RhbGxhdGlvbiBpcyB0aGlz",
		/* base64 of "my dog has no nose, how does he smell??" */
		"bXkgZG9nIGhhcyBubyBub3NlLCBob3cgZG9lcyBoZSBzbWVsbD8/",
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(made_up) / sizeof(made_up[0]); i++)
		if (taken(made_up[i]))
			fail_msg("taken: %s", made_up[i]);
}

static void
the_reason_does_not_tell_the_secret(void **state)
{
	char why[200];

	(void)state;
	settings.secret_file = "";
	settings.secret = "dev-secret-change-me";
	assert_false(auth_open(why, sizeof(why)));
	assert_non_null(strstr(why, "BURSAR_SECRET"));
	assert_null(strstr(why, "change"));
}

static void
purposes_and_secrets_do_not_share_keys(void **state)
{
	struct secret a = { .b = { 1 }, .n = 32 }, b = { .b = { 2 }, .n = 32 };
	unsigned char k[4][KEY_BYTES];

	(void)state;
	secret_derive(&a, "jwt", k[0]);
	secret_derive(&a, "cursor", k[1]);
	secret_derive(&b, "jwt", k[2]);
	secret_derive(&a, "jwt", k[3]);
	assert_memory_not_equal(k[0], k[1], KEY_BYTES);
	assert_memory_not_equal(k[0], k[2], KEY_BYTES);
	assert_memory_equal(k[0], k[3], KEY_BYTES);
}

/* ---- from a file ------------------------------------------------- */

static char path[64];

static void
file_write(const char *text)
{
	FILE *fp = fopen(path, "w");

	assert_non_null(fp);
	fputs(text, fp);
	fclose(fp);
}

static int
file_make(void **state)
{
	int fd;

	(void)state;
	strcpy(path, P_tmpdir "/bursar-secret.XXXXXX");
	if ((fd = mkstemp(path)) == -1)
		return (-1);
	close(fd);
	settings.secret_file = path;
	return (0);
}

static int
file_remove(void **state)
{
	(void)state;
	settings.secret_file = "";
	return (unlink(path));
}

#define ONE	"9c1f5ae0b7d34482c6a1907e5d2bf813"	\
		"6a4e70d9ce158b3f2d7096a4b1c8e35f"
#define TWO	"71b20c9ff5e84d3a06c7d91e48ab5f62"	\
		"308ed4c1759bfa16e20d83c4b79f5a2e"

static void
a_file_may_end_with_a_line_end(void **state)
{
	unsigned char with[KEY_BYTES], without[KEY_BYTES];
	char why[200];

	(void)state;
	file_write(ONE "\n");
	assert_true(auth_open(why, sizeof(why)));
	auth_key("cursor", with);
	settings.secret_file = "";
	settings.secret = ONE;
	assert_true(auth_open(why, sizeof(why)));
	auth_key("cursor", without);
	assert_memory_equal(with, without, KEY_BYTES);
}

/* The newest first: it signs, and the one before is still believed. */
static void
a_second_line_is_the_secret_before(void **state)
{
	struct claims c = { .who = { .tenant = uuid_new(),
		.user = uuid_new(), .session = uuid_new(),
		.role = ROLE_VIEWER }, .id = uuid_new(), .issued_s = 1000,
		.expires_s = 1900 }, out;
	str before, after;
	struct arena a;
	char why[200];

	(void)state;
	arena_init(&a, 1 << 20, NULL, NULL);
	file_write(ONE "\n");
	assert_true(auth_open(why, sizeof(why)));
	before = token_issue(&a, &c);
	file_write(TWO "\n" ONE "\n");
	assert_true(auth_open(why, sizeof(why)));
	after = token_issue(&a, &c);
	assert_false(str_eq(before, after));
	assert_true(token_read(&a, before, 1000, &out));
	assert_true(token_read(&a, after, 1000, &out));
	file_write(TWO "\n");
	assert_true(auth_open(why, sizeof(why)));
	assert_false(token_read(&a, before, 1000, &out));
	assert_true(token_read(&a, after, 1000, &out));
	arena_drop(&a);
}

static void
an_empty_weak_or_missing_file_is_refused(void **state)
{
	char why[200];

	(void)state;
	file_write("");
	assert_false(auth_open(why, sizeof(why)));
	file_write("changeme\n");
	assert_false(auth_open(why, sizeof(why)));
	file_write(ONE "\nchangeme\n");
	assert_false(auth_open(why, sizeof(why)));
	settings.secret_file = "/nonexistent/secret";
	assert_false(auth_open(why, sizeof(why)));
	assert_non_null(strstr(why, "/nonexistent/secret"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(random_bytes_are_taken_as_hex_and_as_base64),
		cmocka_unit_test(one_byte_too_few_is_refused),
		cmocka_unit_test(what_people_make_up_is_refused),
		cmocka_unit_test(the_reason_does_not_tell_the_secret),
		cmocka_unit_test(purposes_and_secrets_do_not_share_keys),
		cmocka_unit_test_setup_teardown(a_file_may_end_with_a_line_end,
		    file_make, file_remove),
		cmocka_unit_test_setup_teardown(
		    a_second_line_is_the_secret_before, file_make,
		    file_remove),
		cmocka_unit_test_setup_teardown(
		    an_empty_weak_or_missing_file_is_refused, file_make,
		    file_remove),
	};

	return (cmocka_run_group_tests(tests, NULL, NULL));
}
