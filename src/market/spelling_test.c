/*
 * What was typed and what was meant.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

#include "market/spelling.h"

static void
one_letter_wrong_is_one_fault(void **state)
{
	static const struct {
		const char	*typed, *word;
		size_t		 faults;
	} cases[] = {
		{ "apple", "apple", 0 }, { "app", "apple", 0 },
		{ "", "apple", 0 }, { "aple", "apple", 1 },
		{ "appple", "apple", 1 }, { "appke", "apple", 1 },
		{ "aplpe", "apple", 1 }, { "micrsof", "microsoft", 1 },
		{ "mircosfot", "microsoft", 2 }, { "apple", "app", 2 },
		{ "tesla", "apple", 4 },
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		assert_int_equal(spelling_distance(str_of(cases[i].typed),
		    str_of(cases[i].word)), cases[i].faults);
}

static void
long_words_may_have_two(void **state)
{
	(void)state;
	assert_int_equal(spelling_faults(3), 0);
	assert_int_equal(spelling_faults(4), 1);
	assert_int_equal(spelling_faults(8), 2);
}

static void
what_is_too_long_is_nothing(void **state)
{
	static const char many[SPELLING_MAX + 2];

	(void)state;
	assert_int_equal(spelling_distance((str){ many, SPELLING_MAX + 1 },
	    S("a")), SPELLING_MAX);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(one_letter_wrong_is_one_fault),
		cmocka_unit_test(long_words_may_have_two),
		cmocka_unit_test(what_is_too_long_is_nothing),
	};

	return (cmocka_run_group_tests(tests, NULL, NULL));
}
