/*
 * The small parts: passwords, refresh tokens, the cookie, and what log-ins
 * are counted by.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <sodium.h>

#include "auth/credential.h"
#include "base/settings.h"

static struct arena arena;

static int
setup(void **state)
{
	(void)state;
	if (sodium_init() == -1)
		return (-1);
	settings.hash_jobs = 2;
	arena_init(&arena, 1 << 20, NULL, NULL);
	password_open();
	loop_open();
	return (0);
}

static int
teardown(void **state)
{
	(void)state;
	job_close();
	loop_close();
	arena_drop(&arena);
	return (0);
}

/* ---- passwords --------------------------------------------------- */

struct trial {
	str	password, hash;
	bool	good;
	str	fresh;
	char	fresh_text[AUTH_HASH_MAX];
	int64_t	us;
};

static enum err
trial_flow(struct flow *f, void *arg)
{
	struct trial *t = arg;
	int64_t began = mono_us();

	TRY(password_check(f, t->password, t->hash, &t->good, &t->fresh));
	t->us = mono_us() - began;
	if (t->fresh.p != NULL)
		snprintf(t->fresh_text, sizeof(t->fresh_text), "%.*s",
		    STR_ARG(t->fresh));
	return (OK);
}

static struct trial
trial(str password, str hash)
{
	struct trial t = { .password = password, .hash = hash };

	assert_int_equal(flow_run(trial_flow, &t, 30000), OK);
	return (t);
}

static void
a_password_is_good_for_its_own_hash(void **state)
{
	char hash[AUTH_HASH_MAX], other[AUTH_HASH_MAX];
	struct trial t;

	(void)state;
	assert_true(auth_hash_password(S("correct horse"), hash));
	assert_true(auth_hash_password(S("correct horse"), other));
	assert_string_not_equal(hash, other);
	assert_true(str_starts(str_of(hash),
	    S("$argon2id$v=19$m=65536,t=2,p=1$")));
	t = trial(S("correct horse"), str_of(hash));
	assert_true(t.good);
	assert_null(t.fresh.p);
	assert_false(trial(S("correct horsE"), str_of(hash)).good);
	assert_false(trial(S(""), str_of(hash)).good);
}

/* Some hashes end at 72 bytes. */
static void
every_byte_of_a_long_password_counts(void **state)
{
	char hash[AUTH_HASH_MAX], text[1000];

	(void)state;
	memset(text, 'x', sizeof(text));
	assert_true(auth_hash_password((str){ text, 1000 }, hash));
	text[999] = 'y';
	assert_false(trial((str){ text, 1000 }, str_of(hash)).good);
}

static void
an_unknown_name_takes_as_long_and_is_never_good(void **state)
{
	char hash[AUTH_HASH_MAX];
	int64_t known, unknown;

	(void)state;
	assert_true(auth_hash_password(S("right"), hash));
	known = trial(S("wrong"), str_of(hash)).us;
	unknown = trial(S("wrong"), STR_NONE).us;
	assert_false(trial(S(""), STR_NONE).good);
	assert_true(unknown > known / 3 && known > unknown / 3);
}

static void
an_old_hash_is_made_anew_when_the_password_is_right(void **state)
{
	char old[AUTH_HASH_MAX];
	struct trial t;

	(void)state;
	assert_int_equal(crypto_pwhash_str(old, "right", 5,
	    crypto_pwhash_OPSLIMIT_MIN, crypto_pwhash_MEMLIMIT_MIN), 0);
	t = trial(S("wrong"), str_of(old));
	assert_false(t.good);
	assert_null(t.fresh.p);
	t = trial(S("right"), str_of(old));
	assert_true(t.good);
	assert_true(str_starts(str_of(t.fresh_text),
	    S("$argon2id$v=19$m=65536,")));
	assert_true(trial(S("right"), str_of(t.fresh_text)).good);
}

static enum err
place_holder(struct flow *f, void *arg)
{
	enum err e = password_place(f);

	(*(int *)arg) += e == OK;
	if (e != OK)
		return (e);
	return (flow_sleep(f, 20));
}

static void
places_are_few_and_given_back(void **state)
{
	bool stop = false;
	int round, i, taken;

	(void)state;
	for (round = 0; round < 2; round++) {
		for (i = taken = 0; i < 30; i++)
			assert_non_null(flow_start(place_holder, NULL, &taken,
			    1000));
		loop_run(&stop);
		assert_int_equal(taken, 10);
	}
}

/* ---- refresh tokens ---------------------------------------------- */

static void
refresh_tokens_are_43_characters_and_all_different(void **state)
{
	static char seen[500][OPAQUE_MAX];
	size_t i, k;

	(void)state;
	for (i = 0; i < 500; i++) {
		opaque_new(seen[i]);
		assert_int_equal(strlen(seen[i]), 43);
		for (k = 0; k < i; k++)
			assert_string_not_equal(seen[i], seen[k]);
	}
}

static void
a_successor_needs_token_salt_and_key(void **state)
{
	unsigned char key[KEY_BYTES] = { 1 }, salt[16] = { 2 };
	char one[OPAQUE_MAX], two[OPAQUE_MAX];

	(void)state;
	opaque_key(key);
	opaque_next(S("token"), salt, one);
	opaque_next(S("token"), salt, two);
	assert_string_equal(one, two);
	opaque_next(S("tokem"), salt, two);
	assert_string_not_equal(one, two);
	salt[15] = 1;
	opaque_next(S("token"), salt, two);
	assert_string_not_equal(one, two);
	salt[15] = 0;
	key[31] = 1;
	opaque_key(key);
	opaque_next(S("token"), salt, two);
	assert_string_not_equal(one, two);
}

static void
the_hash_of_a_token_is_not_the_token(void **state)
{
	char hash[HEX_MAX], again[HEX_MAX];

	(void)state;
	opaque_hash(S("abc"), hash);
	/* BLAKE2b-256 of "abc" */
	assert_string_equal(hash, "bddd813c634239723171ef3fee98579b"
	    "94964e3bb1cb3e427262c8c068d52319");
	opaque_hash(S("abd"), again);
	assert_string_not_equal(hash, again);
}

static void
hex_reads_exactly_what_was_printed(void **state)
{
	static const char *const wrong[] = {
		"", "00", "000102030405060708090a0b0c0d0e",
		"zz0102030405060708090a0b0c0d0e0f",
		"000102030405060708090a0b0c0d0e0f10",
		"000102030405060708090a0b0c0d0e0"
	};
	unsigned char raw[16], back[16];
	char text[33];
	size_t i;

	(void)state;
	random_bytes(raw, sizeof(raw));
	hex_print(raw, sizeof(raw), text);
	assert_true(hex_read(str_of(text), back, sizeof(back)));
	assert_memory_equal(raw, back, sizeof(raw));
	assert_false(hex_read(STR_NONE, back, sizeof(back)));
	for (i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
		assert_false(hex_read(str_of(wrong[i]), back, sizeof(back)));
}

/* ---- the cookie -------------------------------------------------- */

static void
the_cookie_is_for_this_host_and_no_script(void **state)
{
	(void)state;
	settings.refresh_token_s = 3600;
	settings.public_url = "";
	assert_string_equal(cookie_text(&arena, S("abc")).p,
	    "bursar_session=abc; Path=/; Max-Age=3600; HttpOnly; "
	    "SameSite=Strict");
	settings.public_url = "https://bursar.example";
	assert_string_equal(cookie_text(&arena, S("abc")).p,
	    "__Host-bursar_session=abc; Path=/; Max-Age=3600; HttpOnly; "
	    "SameSite=Strict; Secure");
	assert_string_equal(cookie_text(&arena, STR_NONE).p,
	    "__Host-bursar_session=; Path=/; Max-Age=0; HttpOnly; "
	    "SameSite=Strict; Secure");
	settings.public_url = "";
	assert_string_equal(cookie_text(&arena, STR_NONE).p,
	    "bursar_session=; Path=/; Max-Age=0; HttpOnly; SameSite=Strict");
}

static void
the_cookie_does_not_count_from_another_site(void **state)
{
	(void)state;
	assert_true(cookie_site_ours(STR_NONE));
	assert_true(cookie_site_ours(S("same-origin")));
	assert_true(cookie_site_ours(S("none")));
	assert_false(cookie_site_ours(S("cross-site")));
	assert_false(cookie_site_ours(S("same-site")));
	assert_false(cookie_site_ours(S("anything")));
}

/* ---- what log-ins are counted by --------------------------------- */

static void
an_ipv6_network_counts_as_one(void **state)
{
	static const struct {
		const char	*client, *network;
	} rows[] = {
		{ "127.0.0.1", "127.0.0.1" },
		{ "10.1.2.3", "10.1.2.3" },
		{ "2001:db8:1:2:3:4:5:6", "2001:db8:1:2::" },
		{ "2001:db8:1:2:ffff::1", "2001:db8:1:2::" },
		{ "2001:db8:1:3::1", "2001:db8:1:3::" },
		{ "::ffff:10.1.2.3", "::ffff:10.1.2.3" },
		{ "local", "local" },
		{ "", "" },
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		assert_true(str_eqz(login_network(&arena,
		    str_of(rows[i].client)), rows[i].network));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_password_is_good_for_its_own_hash),
		cmocka_unit_test(every_byte_of_a_long_password_counts),
		cmocka_unit_test(
		    an_unknown_name_takes_as_long_and_is_never_good),
		cmocka_unit_test(
		    an_old_hash_is_made_anew_when_the_password_is_right),
		cmocka_unit_test(places_are_few_and_given_back),
		cmocka_unit_test(
		    refresh_tokens_are_43_characters_and_all_different),
		cmocka_unit_test(a_successor_needs_token_salt_and_key),
		cmocka_unit_test(the_hash_of_a_token_is_not_the_token),
		cmocka_unit_test(hex_reads_exactly_what_was_printed),
		cmocka_unit_test(the_cookie_is_for_this_host_and_no_script),
		cmocka_unit_test(the_cookie_does_not_count_from_another_site),
		cmocka_unit_test(an_ipv6_network_counts_as_one),
	};

	return (cmocka_run_group_tests(tests, setup, teardown));
}
