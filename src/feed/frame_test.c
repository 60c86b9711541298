/*
 * WebSocket frames: the specification's own examples, messages cut anywhere,
 * and each way to break the protocol.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "feed/frame.h"

/* RFC 6455, 1.3 */
#define KEY    "dGhlIHNhbXBsZSBub25jZQ=="
#define ACCEPT "s3pPLMBiTxaQ9kYGzzhZRbK+xOo="

static struct arena a;
static struct frame_reader r;

static int
begin(void **state)
{
	(void)state;
	arena_init(&a, 16 << 20, NULL, NULL);
	return (0);
}

static int
end(void **state)
{
	(void)state;
	frame_drop(&r);
	arena_drop(&a);
	arena_pool_drop();
	return (0);
}

static int
answer(const char *fields)
{
	return (frame_answer(arena_printf(&a, "%s\r\n\r\n", fields), KEY));
}

#define GOOD                              \
	"HTTP/1.1 101 Switching\r\n"      \
	"Upgrade: websocket\r\n"          \
	"Connection: Upgrade\r\n"         \
	"Sec-WebSocket-Accept: " ACCEPT

static void
the_right_answer_to_a_key_opens(void **state)
{
	(void)state;
	assert_int_equal(answer(GOOD), 101);
	assert_int_equal(answer("HTTP/1.1 101 x\r\nupgrade:WebSocket\r\n"
				"CONNECTION: keep-alive , upgrade\r\n"
				"sec-websocket-accept:   " ACCEPT " "),
	    101);
}

static void
no_other_answer_opens(void **state)
{
	(void)state;
	assert_int_equal(answer(GOOD "x"), 0);
	assert_int_equal(answer(GOOD "\r\nSec-WebSocket-Extensions: x"), 0);
	assert_int_equal(answer(GOOD "\r\nSec-WebSocket-Protocol: x"), 0);
	assert_int_equal(answer("HTTP/1.1 101 x\r\nUpgrade: websocket\r\n"
				"Connection: Upgrade"), 0);
	assert_int_equal(answer("HTTP/1.1 101 x\r\nUpgrade: h2c\r\n"
				"Connection: Upgrade\r\n"
				"Sec-WebSocket-Accept: " ACCEPT), 0);
	assert_int_equal(answer("HTTP/1.1 101 x\r\nUpgrade: websocket\r\n"
				"Connection: Upgraded\r\n"
				"Sec-WebSocket-Accept: " ACCEPT), 0);
	assert_int_equal(answer("HTTP/1.1 429 Too Many"), 429);
	assert_int_equal(answer("HTTP/1.1 401"), 401);
	assert_int_equal(answer("HTTP/1.1 4"), 0);
	assert_int_equal(answer("HTTP/1.1 xyz"), 0);
	assert_int_equal(answer(""), 0);
	assert_int_equal(answer("SSH-2.0-x"), 0);
}

static void
each_question_has_a_key_of_its_own(void **state)
{
	char one[FRAME_KEY_BYTES], two[FRAME_KEY_BYTES];
	str q;

	(void)state;
	frame_key(one);
	frame_key(two);
	assert_int_equal(strlen(one), 24);
	assert_string_not_equal(one, two);
	q = frame_question(&a, S("ws.example:81"), S("/?token=x"), one);
	assert_true(str_starts(q, S("GET /?token=x HTTP/1.1\r\n"
				    "Host: ws.example:81\r\n")));
	assert_true(str_eqz(
	    (str){ q.p + q.n - 4, 4 }, "\r\n\r\n"));
}

/* ---- reading ----------------------------------------------------- */

static enum frame_kind
fed(const char *bytes, size_t n, str *payload)
{
	assert_true(frame_feed(&r, bytes, n));
	return (frame_next(&r, payload));
}

#define FED(lit, out) fed((lit), sizeof(lit) - 1, (out))

static void
the_specifications_examples_are_read(void **state)
{
	str p;

	(void)state;
	assert_int_equal(FED("\x81\x05Hello", &p), FRAME_TEXT);
	assert_true(str_eqz(p, "Hello"));
	assert_int_equal(FED("\x01\x03Hel", &p), FRAME_MORE);
	assert_int_equal(FED("\x89\x05Hello", &p), FRAME_PING);
	assert_true(str_eqz(p, "Hello"));
	assert_int_equal(FED("\x80\x02lo", &p), FRAME_TEXT);
	assert_true(str_eqz(p, "Hello"));
	assert_int_equal(FED("\x88\x02\x03\xe8", &p), FRAME_CLOSE);
	assert_int_equal(frame_close_code(p), 1000);
	assert_int_equal(frame_next(&r, &p), FRAME_MORE);
}

/* Three messages of every size around the lengths' limits, fed in pieces of
 * any size, come out as they went in. */
static void
it_does_not_matter_where_bytes_are_cut(void **state)
{
	static const size_t sizes[] = { 0, 1, 125, 126, 127, 65535, 65536 };
	static char bytes[3 * 70000], x[65536];
	size_t n, at, step, i, k, got;
	str p;

	(void)state;
	memset(x, 'x', sizeof(x));
	for (i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
		for (n = k = 0; k < 3; k++) {
			bytes[n++] = (char)0x81;
			if (sizes[i] < 126)
				bytes[n++] = (char)sizes[i];
			else if (sizes[i] < 65536) {
				bytes[n++] = 126;
				bytes[n++] = (char)(sizes[i] >> 8);
				bytes[n++] = (char)sizes[i];
			} else {
				memcpy(bytes + n,
				    "\x7f\0\0\0\0\0\x01\0\0", 9);
				n += 9;
			}
			memcpy(bytes + n, x, sizes[i]);
			n += sizes[i];
		}
		for (step = 1; step < n; step = step * 3 + 1) {
			for (at = got = 0; at < n; at += step) {
				assert_true(frame_feed(&r, bytes + at,
				    n - at < step ? n - at : step));
				while (frame_next(&r, &p) == FRAME_TEXT) {
					assert_int_equal(p.n, sizes[i]);
					got++;
				}
			}
			assert_int_equal(got, 3);
		}
	}
}

static void
what_breaks_the_protocol_is_told_by_its_code(void **state)
{
	static const struct {
		const char *bytes;
		size_t n;
		int code;
	} bad[] = {
#define B(lit, code) { lit, sizeof(lit) - 1, code }
		B("\x81\x85" "abcdHello", 1002),	  /* masked */
		B("\xc1\x00", 1002), B("\xa1\x00", 1002), /* reserved */
		B("\x83\x00", 1002), B("\x8b\x00", 1002), /* opcodes */
		B("\x80\x00", 1002),			  /* goes on */
		B("\x01\x01x\x81\x01x", 1002),		  /* begins anew */
		B("\x09\x00", 1002),			  /* control, cut */
		B("\x89\x7e\x00\x7e", 1002),		  /* and long */
		B("\x81\x7e\x00\x7d", 1002),		  /* lengths that */
		B("\x81\x7f\0\0\0\0\0\0\xff\xff", 1002),  /* could be less */
		B("\x81\x7f\x80\0\0\0\0\0\0\0", 1009),
		B("\x81\x7f\0\0\0\0\0\x10\0\x01", 1009),
		B("\x81\x02\xc3\x28", 1007), B("\x81\x01\xff", 1007),
		B("\x88\x01\x03", 1002), B("\x88\x02\x03\xed", 1002),
		B("\x88\x02\x00\x00", 1002), B("\x88\x03\x03\xe8\xff", 1002),
	};
	str p;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		frame_drop(&r);
		assert_int_equal(fed(bad[i].bytes, bad[i].n, &p), FRAME_WRONG);
		assert_int_equal(r.wrong, bad[i].code);
		/* And nothing is believed ever after. */
		assert_int_equal(FED("\x81\x01x", &p), FRAME_WRONG);
	}
}

static void
fragments_together_have_one_limit(void **state)
{
	static char part[65535 + 4];
	str p;
	size_t i;

	(void)state;
	memset(part, 'x', sizeof(part));
	memcpy(part, "\x01\x7e\xff\xff", 4);
	assert_int_equal(fed(part, sizeof(part), &p), FRAME_MORE);
	part[0] = 0;
	for (i = 1; i < 16; i++)
		assert_int_equal(fed(part, sizeof(part), &p), FRAME_MORE);
	assert_int_equal(fed(part, sizeof(part), &p), FRAME_WRONG);
	assert_int_equal(r.wrong, 1009);
}

/* ---- writing ----------------------------------------------------- */

static void
what_is_written_is_masked_and_read_again_without(void **state)
{
	static char x[60000];
	static const size_t sizes[] = { 0, 1, 5, 125, 126, 60000 };
	str f, p;
	size_t i, k, head;
	char *clear;

	(void)state;
	memset(x, 'x', sizeof(x));
	for (i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
		f = frame_write(&a, FRAME_TEXT, (str){ x, sizes[i] });
		head = sizes[i] < 126 ? 2 : 4;
		assert_int_equal(f.n, head + 4 + sizes[i]);
		assert_true(((unsigned char)f.p[1] & 0x80) != 0);
		clear = arena_alloc(&a, f.n);
		memcpy(clear, f.p, head);
		clear[1] &= 0x7f;
		for (k = 0; k < sizes[i]; k++)
			clear[head + k] =
			    f.p[head + 4 + k] ^ f.p[head + (k & 3)];
		assert_int_equal(fed(clear, head + sizes[i], &p), FRAME_TEXT);
		assert_true(str_eq(p, (str){ x, sizes[i] }) || sizes[i] == 0);
	}
	assert_int_equal(frame_close_code(frame_farewell(&a, 1009)), 1009);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
#define T(name) cmocka_unit_test_setup_teardown(name, begin, end)
		T(the_right_answer_to_a_key_opens),
		T(no_other_answer_opens),
		T(each_question_has_a_key_of_its_own),
		T(the_specifications_examples_are_read),
		T(it_does_not_matter_where_bytes_are_cut),
		T(what_breaks_the_protocol_is_told_by_its_code),
		T(fragments_together_have_one_limit),
		T(what_is_written_is_masked_and_read_again_without),
	};

	return (cmocka_run_group_tests(tests, NULL, NULL));
}
