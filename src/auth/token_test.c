/*
 * Access tokens: what is accepted, and everything that must not be. Most
 * attacks here are signed with the real key: they show that the signature is
 * not the only thing that is looked at.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <jwt.h>
#include <sodium.h>

#include "auth/credential.h"
#include "base/settings.h"

#define NOW	INT64_C(1750000000)

static const unsigned char key[KEY_BYTES] = "0123456789abcdef0123456789abcde";
static struct arena arena;
static struct claims good;
static str token, head, body;	/* of the good one; head and body decoded */

/* ---- making tokens by hand --------------------------------------- */

static str
b64(str s)
{
	size_t size = sodium_base64_encoded_len(s.n,
	    sodium_base64_VARIANT_URLSAFE_NO_PADDING);
	char *p = arena_alloc(&arena, size);

	sodium_bin2base64(p, size, (const unsigned char *)s.p, s.n,
	    sodium_base64_VARIANT_URLSAFE_NO_PADDING);
	return (str_of(p));
}

static str
unb64(str s)
{
	char *p = arena_alloc(&arena, s.n + 1);
	size_t n;

	assert_int_equal(sodium_base642bin((unsigned char *)p, s.n, s.p, s.n,
	    NULL, &n, NULL, sodium_base64_VARIANT_URLSAFE_NO_PADDING), 0);
	return ((str){ p, n });
}

static str
mac(const unsigned char *k, size_t n, str text)
{
	crypto_auth_hmacsha256_state st;
	unsigned char out[32];

	crypto_auth_hmacsha256_init(&st, k, n);
	crypto_auth_hmacsha256_update(&st, (const unsigned char *)text.p,
	    text.n);
	crypto_auth_hmacsha256_final(&st, out);
	return (b64((str){ (char *)out, 32 }));
}

static str
join(str h, str b, str m)
{
	return (arena_printf(&arena, "%.*s.%.*s.%.*s", STR_ARG(h), STR_ARG(b),
	    STR_ARG(m)));
}

/* Signed with the real key. */
static str
made(str h, str b)
{
	str text = arena_printf(&arena, "%.*s.%.*s", STR_ARG(b64(h)),
	    STR_ARG(b64(b)));

	return (arena_printf(&arena, "%.*s.%.*s", STR_ARG(text),
	    STR_ARG(mac(key, sizeof(key), text))));
}

/* `text` with the first `old` in it replaced. */
static str
swapped(str text, const char *old, const char *new)
{
	const char *z = arena_z(&arena, text), *at = strstr(z, old);

	if (at == NULL)
		fail_msg("no %s in %s", old, z);
	return (arena_printf(&arena, "%.*s%s%s", (int)(at - z), z, new,
	    at + strlen(old)));
}

static bool
accepted_at(str t, int64_t now_s)
{
	struct claims out;

	return (token_read(&arena, t, now_s, &out));
}

static bool
accepted(str t)
{
	return (accepted_at(t, NOW));
}

static bool
accepted_head(const char *old, const char *new)
{
	return (accepted(made(swapped(head, old, new), body)));
}

static bool
accepted_body(const char *old, const char *new)
{
	return (accepted(made(head, swapped(body, old, new))));
}

static int
setup(void **state)
{
	str rest, part;

	(void)state;
	if (sodium_init() == -1)
		return (-1);
	arena_init(&arena, 1 << 22, NULL, NULL);
	token_keys_clear();
	token_key_add(key);
	good = (struct claims){ .who = { .tenant = uuid_new(),
		.user = uuid_new(), .session = uuid_new(),
		.role = ROLE_MEMBER }, .id = uuid_new(), .issued_s = NOW - 10,
		.expires_s = NOW + 600 };
	token = token_issue(&arena, &good);
	rest = token;
	assert_true(str_cut(&rest, '.', &part));
	head = unb64(part);
	assert_true(str_cut(&rest, '.', &part));
	body = unb64(part);
	return (0);
}

static int
teardown(void **state)
{
	(void)state;
	arena_drop(&arena);
	return (0);
}

/* ---- what is accepted -------------------------------------------- */

static void
a_token_reads_back(void **state)
{
	struct claims out;

	(void)state;
	assert_true(token_read(&arena, token, NOW, &out));
	assert_memory_equal(&out.who, &good.who, sizeof(out.who));
	assert_true(uuid_eq(out.id, good.id));
	assert_int_equal(out.issued_s, good.issued_s);
	assert_int_equal(out.expires_s, good.expires_s);
	assert_true(token.n < 800);
}

/* Otherwise no refusal below would prove anything. */
static void
a_token_made_by_hand_is_accepted(void **state)
{
	(void)state;
	assert_true(accepted(made(head, body)));
	assert_true(str_eq(made(head, body), token));
}

/* The same bytes are a valid HS256 signature to libjwt. */
static void
libjwt_agrees_on_the_signature(void **state)
{
	str plain = S("{\"alg\":\"HS256\"}");
	jwt_t *j;
	str text;

	(void)state;
	text = made(plain, body);
	assert_int_equal(jwt_decode(&j, text.p, key, sizeof(key)), 0);
	assert_int_equal(jwt_get_alg(j), JWT_ALG_HS256);
	assert_string_equal(jwt_get_grant(j, "aud"), "bursar-api");
	jwt_free(j);
	assert_false(accepted(text));
}

static void
the_header_says_what_it_must(void **state)
{
	(void)state;
	assert_non_null(strstr(head.p, "\"alg\":\"HS256\""));
	assert_non_null(strstr(head.p, "\"typ\":\"at+jwt\""));
	assert_non_null(strstr(head.p, "\"kid\":\""));
	assert_null(strstr(head.p, "0123456789abcdef"));
}

static void
each_role_reads_back(void **state)
{
	struct claims c = good, out;
	int role;

	(void)state;
	for (role = ROLE_VIEWER; role <= ROLE_OWNER; role++) {
		c.who.role = (enum role)role;
		assert_true(token_read(&arena, token_issue(&arena, &c), NOW,
		    &out));
		assert_int_equal(out.who.role, role);
	}
	c.who.role = ROLE_NONE;
	assert_false(accepted(token_issue(&arena, &c)));
}

/* ---- headers ----------------------------------------------------- */

static void
no_other_algorithm_is_accepted(void **state)
{
	static const char *const algs[] = {
		"none", "None", "nOnE", "NONE", "", "HS384", "HS512",
		"RS256", "ES256", "PS256", "EdDSA", "hs256", "HS256 "
	};
	str h, m = mac(key, sizeof(key), S("x"));
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(algs) / sizeof(algs[0]); i++) {
		h = swapped(head, "HS256", algs[i]);
		assert_false(accepted(made(h, body)));
		assert_false(accepted(join(b64(h), b64(body), S(""))));
		assert_false(accepted(join(b64(h), b64(body), m)));
	}
	assert_false(accepted_head("\"HS256\"", "null"));
	assert_false(accepted_head("\"alg\":\"HS256\",", ""));
}

static void
an_unknown_key_id_has_no_fallback(void **state)
{
	static const char *const kids[] = {
		"../../dev/null", "/etc/passwd", "' or 1=1--", "", "00000000",
		"x'; select pg_sleep(3)--", "\\u0000"
	};
	const char *kid = strstr(head.p, "\"kid\":\"") + 7;
	const char *old = arena_printf(&arena, "%.8s", kid).p;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(kids) / sizeof(kids[0]); i++)
		assert_false(accepted_head(old, kids[i]));
	assert_false(accepted_head(arena_printf(&arena, "\"%s\"", old).p,
	    "7"));
	assert_false(accepted_head(arena_printf(&arena, "\"kid\":\"%s\",",
	    old).p, ""));
}

static void
nothing_may_be_added_to_the_header(void **state)
{
	static const char *const more[] = {
		"{\"jku\":\"http://127.0.0.1:1/\",", "{\"x5u\":\"http://a/\",",
		"{\"jwk\":{\"kty\":\"oct\",\"k\":\"eA\"},", "{\"x5c\":[],",
		"{\"crit\":[\"x\"],", "{\"b64\":false,\"crit\":[\"b64\"],",
		"{\"alg\":\"none\",", "{\"cty\":\"JWT\",", "{ "
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(more) / sizeof(more[0]); i++)
		assert_false(accepted_head("{", more[i]));
	assert_false(accepted_head("}", ",\"alg\":\"none\"}"));
}

static void
tokens_of_another_kind_are_not_access_tokens(void **state)
{
	static const char *const types[] = {
		"JWT", "rt+jwt", "at+JWT", "", "application/at+jwt"
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(types) / sizeof(types[0]); i++)
		assert_false(accepted_head("at+jwt", types[i]));
	assert_false(accepted_head(",\"typ\":\"at+jwt\"", ""));
}

/* ---- signatures -------------------------------------------------- */

static void
other_keys_are_refused(void **state)
{
	static const char *const public[] = {
		"", "secret", "0123456789abcdef",
		"-----BEGIN PUBLIC KEY-----\n-----END PUBLIC KEY-----\n"
	};
	str text = (str){ token.p, token.n - 44 };
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(public) / sizeof(public[0]); i++)
		assert_false(accepted(arena_printf(&arena, "%.*s.%.*s",
		    STR_ARG(text), STR_ARG(mac((const unsigned char *)
		    public[i], strlen(public[i]), text)))));
}

static void
no_bit_of_a_token_may_change(void **state)
{
	char *bent = arena_z(&arena, token);
	size_t i;
	int bit;

	(void)state;
	for (i = 0; i < token.n; i++)
		for (bit = 0; bit < 8; bit++) {
			bent[i] ^= (char)(1 << bit);
			if (accepted((str){ bent, token.n }))
				fail_msg("bit %d of byte %zu", bit, i);
			bent[i] ^= (char)(1 << bit);
		}
	assert_true(accepted((str){ bent, token.n }));
}

static void
a_token_cannot_be_cut_short(void **state)
{
	size_t n;

	(void)state;
	for (n = 0; n < token.n; n++)
		assert_false(accepted((str){ token.p, n }));
}

static void
nothing_can_be_added_to_a_token(void **state)
{
	static const char *const after[] = {
		"=", "==", ".", ".x", " ", "\n", "A", ".eyJ9.x"
	};
	static const char *const before[] = { " ", ".", "=", "\t" };
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(after) / sizeof(after[0]); i++)
		assert_false(accepted(arena_printf(&arena, "%.*s%s",
		    STR_ARG(token), after[i])));
	for (i = 0; i < sizeof(before) / sizeof(before[0]); i++)
		assert_false(accepted(arena_printf(&arena, "%s%.*s",
		    before[i], STR_ARG(token))));
	assert_false(accepted((str){ token.p, token.n + 1 }));
}

static void
the_payload_is_strict_base64(void **state)
{
	static const char *const tails[] = { "=", "==", " ", ".", "+", "\n" };
	str text, h = b64(head), b = b64(body);
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(tails) / sizeof(tails[0]); i++) {
		text = arena_printf(&arena, "%.*s.%.*s%s", STR_ARG(h),
		    STR_ARG(b), tails[i]);
		assert_false(accepted(arena_printf(&arena, "%.*s.%.*s",
		    STR_ARG(text), STR_ARG(mac(key, sizeof(key), text)))));
	}
}

static void
shapes_that_are_no_token_are_refused(void **state)
{
	static const char *const shapes[] = {
		"", ".", "..", "...", "a.b.c", "a.b.c.d.e", "null", "{}",
		"............................................",
		"eyJhbGciOiJIUzI1NiJ9.e30."
	};
	str h = b64(head);
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(shapes) / sizeof(shapes[0]); i++)
		assert_false(accepted(str_of(shapes[i])));
	/* A header and a signature with nothing, or less, between them. */
	assert_false(accepted(made(head, S(""))));
	assert_false(accepted(arena_printf(&arena, "%.*s.%.*s", STR_ARG(h),
	    STR_ARG(mac(key, sizeof(key), h)))));
}

/* ---- claims ------------------------------------------------------ */

static const char *
member(const char *name)
{
	const char *at = strstr(body.p,
	    arena_printf(&arena, "\"%s\":", name).p);
	size_t n = strcspn(at, ",}");

	return (arena_printf(&arena, "%.*s", (int)n, at).p);
}

static void
a_token_lasts_as_long_as_it_says(void **state)
{
	(void)state;
	assert_true(accepted_at(token, good.expires_s - 1));
	assert_false(accepted_at(token, good.expires_s));
	assert_false(accepted_at(token, good.expires_s + 1));
	assert_true(accepted_at(token, good.issued_s - 60));
	assert_false(accepted_at(token, good.issued_s - 61));
	assert_false(accepted_at(token, 0));
}

static void
no_token_lasts_longer_than_the_longest(void **state)
{
	struct claims c = good;

	(void)state;
	c.expires_s = c.issued_s + 900;
	assert_true(accepted(token_issue(&arena, &c)));
	c.expires_s = c.issued_s + 901;
	assert_false(accepted(token_issue(&arena, &c)));
	c.expires_s = INT64_C(253402300799);
	assert_false(accepted(token_issue(&arena, &c)));
	c.issued_s = -5;
	assert_false(accepted(token_issue(&arena, &c)));
	c.issued_s = INT64_MIN;
	c.expires_s = INT64_MAX;
	assert_false(accepted(token_issue(&arena, &c)));
}

static void
numbers_must_be_whole_numbers(void **state)
{
	static const char *const names[] = { "exp", "iat" };
	static const char *const values[] = {
		"\"1750000500\"", "1750000500.0", "1.75000050e9", "1e300",
		"null", "true", "[1750000500]", "{}", "-1", "0",
		"01750000500", "99999999999999999999"
	};
	const char *old;
	size_t i, k;

	(void)state;
	for (k = 0; k < 2; k++) {
		old = member(names[k]);
		for (i = 0; i < sizeof(values) / sizeof(values[0]); i++)
			if (accepted_body(old, arena_printf(&arena,
			    "\"%s\":%s", names[k], values[i]).p))
				fail_msg("%s %s", names[k], values[i]);
	}
}

static void
no_claim_may_be_missing(void **state)
{
	static const char *const names[] = {
		"aud", "exp", "iat", "iss", "jti", "role", "sid", "sub"
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		assert_false(accepted_body(arena_printf(&arena, "%s,",
		    member(names[i])).p, ""));
	assert_false(accepted_body(arena_printf(&arena, ",%s",
	    member("tenant")).p, ""));
}

static void
issuer_and_audience_must_be_ours(void **state)
{
	static const char *const names[] = { "iss", "aud" };
	static const char *const values[] = {
		"\"other\"", "\"\"", "null", "1", "[\"bursar\"]",
		"[\"bursar-api\"]", "\"BURSAR\"", "\"bursar \"",
		"\"BURSAR-API\""
	};
	size_t i, k;

	(void)state;
	for (k = 0; k < 2; k++)
		for (i = 0; i < sizeof(values) / sizeof(values[0]); i++)
			assert_false(accepted_body(member(names[k]),
			    arena_printf(&arena, "\"%s\":%s", names[k],
			    values[i]).p));
}

static void
the_issuer_is_the_public_address(void **state)
{
	str here;

	(void)state;
	settings.public_url = "https://bursar.example";
	here = token_issue(&arena, &good);
	assert_true(accepted(here));
	assert_false(accepted(token));
	settings.public_url = "";
	assert_false(accepted(here));
	assert_true(accepted(token));
}

static void
ids_and_roles_must_be_what_they_are(void **state)
{
	static const char *const names[] = {
		"sub", "tenant", "sid", "jti", "role"
	};
	static const char *const values[] = {
		"\"\"", "\"x\"", "null", "7", "[]", "{}", "\"none\"",
		"\"Owner\"", "\"0190A0B0-0000-7000-8000-00000000DEAD\""
	};
	size_t i, k;

	(void)state;
	for (k = 0; k < sizeof(names) / sizeof(names[0]); k++)
		for (i = 0; i < sizeof(values) / sizeof(values[0]); i++)
			assert_false(accepted_body(member(names[k]),
			    arena_printf(&arena, "\"%s\":%s", names[k],
			    values[i]).p));
}

static void
claims_that_we_never_write_are_refused(void **state)
{
	static const char *const more[] = {
		"{\"nbf\":1,", "{\"nbf\":\"soon\",", "{\"x\":1,",
		"{\"admin\":true,", "{ ", "{\"aaa\":{},"
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(more) / sizeof(more[0]); i++)
		assert_false(accepted_body("{", more[i]));
	assert_false(accepted_body("}", "} "));
	assert_false(accepted_body("}", "}}"));
}

static void
members_twice_are_refused(void **state)
{
	(void)state;
	assert_false(accepted_body("{", arena_printf(&arena, "{%s,",
	    member("role")).p));
	assert_false(accepted_body("}", ",\"role\":\"owner\"}"));
}

static void
a_payload_that_is_no_object_is_refused(void **state)
{
	static const char *const bodies[] = {
		"", "null", "[]", "\"x\"", "1", "{", "{}", "{}{}", "\xff\xfe"
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(bodies) / sizeof(bodies[0]); i++)
		assert_false(accepted(made(head, str_of(bodies[i]))));
	assert_false(accepted(made(head, (str){ body.p, body.n + 1 })));
}

static void
huge_and_deep_payloads_are_refused(void **state)
{
	char *p = arena_alloc(&arena, 100000);

	(void)state;
	memset(p, '[', 3000);
	assert_false(accepted(made(head, (str){ p, 2500 })));
	assert_false(accepted(made(head, arena_printf(&arena,
	    "{\"x\":%.*s,%s", 200, p, body.p + 1))));
	memset(p, 'a', 100000);
	assert_false(accepted((str){ p, 100000 }));
	assert_false(accepted(made(head, (str){ p, 70000 })));
}

int
main(void)
{
#define T(name)	cmocka_unit_test_setup_teardown(name, setup, teardown)
	const struct CMUnitTest tests[] = {
		T(a_token_reads_back), T(a_token_made_by_hand_is_accepted),
		T(libjwt_agrees_on_the_signature),
		T(the_header_says_what_it_must), T(each_role_reads_back),
		T(no_other_algorithm_is_accepted),
		T(an_unknown_key_id_has_no_fallback),
		T(nothing_may_be_added_to_the_header),
		T(tokens_of_another_kind_are_not_access_tokens),
		T(other_keys_are_refused), T(no_bit_of_a_token_may_change),
		T(a_token_cannot_be_cut_short),
		T(nothing_can_be_added_to_a_token),
		T(the_payload_is_strict_base64),
		T(shapes_that_are_no_token_are_refused),
		T(a_token_lasts_as_long_as_it_says),
		T(no_token_lasts_longer_than_the_longest),
		T(numbers_must_be_whole_numbers), T(no_claim_may_be_missing),
		T(issuer_and_audience_must_be_ours),
		T(the_issuer_is_the_public_address),
		T(ids_and_roles_must_be_what_they_are),
		T(claims_that_we_never_write_are_refused),
		T(members_twice_are_refused),
		T(a_payload_that_is_no_object_is_refused),
		T(huge_and_deep_payloads_are_refused),
	};

	return (cmocka_run_group_tests(tests, NULL, NULL));
}
