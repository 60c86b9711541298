/*
 * Answers that were written: told again for the same question and state
 * alone, and never more of them than there is room for.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "market/rendered.h"

static char big[RENDERED_BYTES / 8];

static str
key_of(char out[32], int i)
{
	return ((str){ out, (size_t)snprintf(out, 32, "key %d", i) });
}

static void
put(str key, str state, str text)
{
	struct sheet *s = sheet_new(text);

	rendered_put(key, state, s);
	sheet_drop(s);
}

static size_t
text_of(const char *key, const char *state)
{
	return (sheet_text(rendered_get(str_of(key), str_of(state))).n);
}

static int
begin(void **state)
{
	(void)state;
	rendered_drop();
	return (0);
}

static void
a_text_is_told_for_its_question_and_state_alone(void **state)
{
	const str text = { big, RENDERED_LEAST };

	(void)state;
	put(S("a"), S("1"), text);
	assert_int_equal(text_of("a", "1"), RENDERED_LEAST);
	assert_null(rendered_get(S("a"), S("2")));
	assert_null(rendered_get(S("b"), S("1")));
	put(S("a"), S("2"), (str){ big, RENDERED_LEAST + 1 });
	assert_null(rendered_get(S("a"), S("1")));
	assert_int_equal(text_of("a", "2"), RENDERED_LEAST + 1);
}

static void
small_ones_are_written_anew(void **state)
{
	(void)state;
	put(S("a"), S("1"), (str){ big, RENDERED_LEAST - 1 });
	assert_null(rendered_get(S("a"), S("1")));
}

static void
what_is_asked_for_stays_when_room_runs_out(void **state)
{
	const size_t n = RENDERED_BYTES / 64;
	char text[32];
	int i, kept = 0;

	(void)state;
	for (i = 0; i < 300; i++) {
		(void)rendered_get(S("dear"), S("1"));
		if (rendered_get(S("dear"), S("1")) == NULL)
			put(S("dear"), S("1"), (str){ big, n });
		put(key_of(text, i), S("1"), (str){ big, n });
	}
	for (i = 0; i < 300; i++)
		kept += rendered_get(key_of(text, i), S("1")) != NULL;
	assert_true(kept > 0 && kept < 64);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(
		    a_text_is_told_for_its_question_and_state_alone, begin),
		cmocka_unit_test_setup(small_ones_are_written_anew, begin),
		cmocka_unit_test_setup(
		    what_is_asked_for_stays_when_room_runs_out, begin),
	};

	return (cmocka_run_group_tests(tests, NULL, begin));
}
