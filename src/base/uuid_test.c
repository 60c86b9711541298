/* Ids: their text, and that new ones differ and sort by time. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/day.h"
#include "base/uuid.h"

static void
text_reads_back_in_either_case(void **state)
{
	static const char text[] = "0190163d-8694-739b-aea5-966c26f8ad91";
	char out[UUID_TEXT_MAX];
	uuid u, upper;

	(void)state;
	assert_true(uuid_parse(str_of(text), &u));
	assert_int_equal(u.b[0], 0x01);
	assert_int_equal(u.b[6], 0x73);
	assert_int_equal(u.b[15], 0x91);
	assert_int_equal(uuid_print(u, out), 36);
	assert_string_equal(out, text);
	assert_true(uuid_parse(S("0190163D-8694-739B-AEA5-966C26F8AD91"),
	    &upper));
	assert_true(uuid_eq(u, upper));
}

static void
other_text_is_refused(void **state)
{
	static const char *const bad[] = {
		"", "0190163d8694739baea5966c26f8ad91",
		"0190163d-8694-739b-aea5-966c26f8ad9",
		"0190163d-8694-739b-aea5-966c26f8ad911",
		"0190163d-8694-739b-aea5966c-26f8ad91",
		"0190163g-8694-739b-aea5-966c26f8ad91",
		"0190163\xff-8694-739b-aea5-966c26f8ad91",
		"{190163d-8694-739b-aea5-966c26f8ad9}",
		"0190163d-8694-739b-aea5-966c26f8ad @",
	};
	uuid u = UUID_NONE;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		assert_false(uuid_parse(str_of(bad[i]), &u));
	assert_false(uuid_parse(STR_NONE, &u));
	assert_false(uuid_ok(u));
}

/* Every byte value at every place; every other character is no digit. */
static void
all_bytes_are_told_apart(void **state)
{
	char text[UUID_TEXT_MAX];
	uuid u, back;
	int c, i;

	(void)state;
	for (i = 0; i < 16; i++)
		for (c = 1; c < 256; c++) {
			u = UUID_NONE;
			u.b[i] = (uint8_t)c;
			uuid_print(u, text);
			assert_true(uuid_parse(str_of(text), &back));
			assert_true(uuid_eq(u, back) && uuid_ok(back));
		}
	for (c = 0; c < 256; c++) {
		uuid_print(UUID_NONE, text);
		text[7] = (char)c;
		assert_int_equal(uuid_parse((str){ text, 36 }, &u),
		    c != 0 && strchr("0123456789abcdefABCDEF", c) != NULL);
	}
}

static void
new_ids_are_version_7_and_carry_the_time(void **state)
{
	int64_t before = instant_now().us / 1000, ms = 0;
	uuid u = uuid_new();
	int i;

	(void)state;
	for (i = 0; i < 6; i++)
		ms = ms << 8 | u.b[i];
	assert_true(ms >= before && ms <= instant_now().us / 1000);
	assert_int_equal(u.b[6] >> 4, 7);
	assert_int_equal(u.b[8] >> 6, 2);
}

static void
new_ids_differ(void **state)
{
	uuid ids[200];
	size_t i, k;

	(void)state;
	for (i = 0; i < 200; i++) {
		ids[i] = uuid_new();
		for (k = 0; k < i; k++)
			assert_false(uuid_eq(ids[i], ids[k]));
	}
}

static void
random_bytes_fill_exactly(void **state)
{
	unsigned char b[1026];
	size_t i, zeros = 0;

	(void)state;
	memset(b, 0, sizeof(b));
	b[0] = b[1025] = 0xa5;
	random_bytes(b + 1, 1024);
	assert_int_equal(b[0], 0xa5);
	assert_int_equal(b[1025], 0xa5);
	for (i = 1; i < 1025; i++)
		zeros += b[i] == 0;
	/* 4 are expected; 64 would be a miracle. */
	assert_in_range(zeros, 0, 64);
	random_bytes(NULL, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(text_reads_back_in_either_case),
		cmocka_unit_test(other_text_is_refused),
		cmocka_unit_test(all_bytes_are_told_apart),
		cmocka_unit_test(new_ids_are_version_7_and_carry_the_time),
		cmocka_unit_test(new_ids_differ),
		cmocka_unit_test(random_bytes_fill_exactly),
	};

	return (cmocka_run_group_tests(tests, NULL, NULL));
}
