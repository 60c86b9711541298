/*
 * The readers of base on any bytes: what is read must print and read back as
 * the same value, and what the JSON writer makes of any bytes must be one
 * string of valid UTF-8. To run it for five minutes:
 *
 *   clang -g -O1 -D_GNU_SOURCE -Isrc -fsanitize=fuzzer,address,undefined \
 *	-fno-sanitize-recover=all tests/fuzz/text_fuzz.c \
 *	$(ls src/base/[a-z]*.c | grep -v _test) -lm -o text_fuzz
 *   ./text_fuzz -max_total_time=300
 */
#include <stdlib.h>
#include <string.h>

#include "base/json.h"

#define MUST_HOLD(claim)	do { if (!(claim)) abort(); } while (0)

int	LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
check_instant(str s)
{
	char text[INSTANT_TEXT_MAX];
	instant t, back;
	size_t n;

	if (!instant_parse(s, &t))
		return;
	n = instant_print(t, text);
	MUST_HOLD(n < sizeof(text) && instant_parse((str){ text, n }, &back));
	MUST_HOLD(t.us == back.us);
}

static void
check_day(str s)
{
	char text[DAY_TEXT_MAX];
	day d;

	if (day_parse(s, &d))
		MUST_HOLD(str_eq(s, (str){ text, day_print(d, text) }));
}

static void
check_uuid(str s)
{
	char text[UUID_TEXT_MAX];
	uuid u;

	if (uuid_parse(s, &u))
		MUST_HOLD(str_eq_nocase(s, (str){ text,
		    uuid_print(u, text) }));
}

static void
check_parts(str s)
{
	size_t n = 0;
	str part;

	while (str_cut(&s, ',', &part))
		n += part.n + 1;
	MUST_HOLD(n > 0);
}

/* Quotes at the ends, and inside none that is not escaped. */
static void
check_json(str s)
{
	struct arena a;
	struct json j;
	size_t i;
	str text;

	arena_init(&a, 64 * 1024 * 1024, NULL, NULL);
	jw_init(&j, &a);
	jw_str(&j, s);
	text = jw_text(&j);
	MUST_HOLD(str_utf8(text));
	MUST_HOLD(text.p[0] == '"' && text.p[text.n - 1] == '"');
	for (i = 1; i < text.n - 1; i++) {
		MUST_HOLD((unsigned char)text.p[i] >= 0x20);
		MUST_HOLD(text.p[i] != '"');
		if (text.p[i] == '\\')
			i++;
	}
	MUST_HOLD(i == text.n - 1);
	if (str_utf8(s))
		MUST_HOLD(str_points(text) >= str_points(s) + 2);
	arena_drop(&a);
}

static void
check_long(str s)
{
	struct arena a;
	struct json j;
	int64_t n, back;

	if (!str_long(s, &n) || n == LONG_NONE)
		return;
	arena_init(&a, 64 * 1024, NULL, NULL);
	jw_init(&j, &a);
	jw_long(&j, n);
	MUST_HOLD(str_long(jw_text(&j), &back) && back == n);
	arena_drop(&a);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	str s = { size == 0 ? "" : (const char *)data, size };

	check_instant(s);
	check_day(s);
	check_uuid(s);
	check_long(s);
	check_parts(s);
	check_json(s);
	return (0);
}
