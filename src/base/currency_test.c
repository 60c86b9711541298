/* Currencies, their places and their quote units. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "base/dec.h"

static void
places_follow_iso_4217(void **state)
{
	static const struct {
		const char	*code;
		int		 places;
	} cases[] = {
		{ "EUR", 2 }, { "USD", 2 }, { "AED", 2 }, { "ZWL", 2 },
		{ "MGA", 2 }, { "MRU", 2 }, { "CHF", 2 }, { "ZWG", 2 },
		{ "JPY", 0 }, { "BIF", 0 }, { "XPF", 0 }, { "KRW", 0 },
		{ "BHD", 3 }, { "TND", 3 }, { "KWD", 3 },
		{ "CLF", 4 }, { "UYW", 4 },
		{ "XAU", -1 }, { "XXX", -1 }, { "XTS", -1 },
		{ "ABC", -1 }, { "", -1 }, { "EU", -1 }, { "EURO", -1 },
		{ "eur", -1 }, { "UR ", -1 }, { " EU", -1 }, { NULL, -1 },
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		assert_int_equal(currency_places(str_of(cases[i].code)),
		    cases[i].places);
}

/* A code out of order would not be found by every search. */
static void
the_list_has_as_many_codes_as_it_seems(void **state)
{
	int found[5] = { 0 }, places;
	char code[4] = "AAA";

	(void)state;
	for (code[0] = 'A'; code[0] <= 'Z'; code[0]++)
		for (code[1] = 'A'; code[1] <= 'Z'; code[1]++)
			for (code[2] = 'A'; code[2] <= 'Z'; code[2]++) {
				places = currency_places(str_of(code));
				if (places >= 0)
					found[places]++;
			}
	assert_int_equal(found[0], 17);
	assert_int_equal(found[1], 0);
	assert_int_equal(found[2], 145);
	assert_int_equal(found[3], 7);
	assert_int_equal(found[4], 2);
}

static void
pence_are_a_hundredth_of_a_pound(void **state)
{
	static const char *const cases[][2] = {
		{ "GBX", "GBP" }, { "GBp", "GBP" }, { "ZAc", "ZAR" },
		{ "ILA", "ILS" },
	};
	dec factor, d;
	str major;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		assert_true(currency_minor(str_of(cases[i][0]), &major,
		    &factor));
		assert_true(str_eqz(major, cases[i][1]));
		assert_int_equal(dec_parse(S("0.01"), &d), OK);
		assert_true(dec_eq(factor, d));
		assert_int_equal(currency_places(major), 2);
	}
	assert_false(currency_minor(S("GBP"), &major, &factor));
	assert_false(currency_minor(S("ZAC"), &major, &factor));
	assert_false(currency_minor(STR_NONE, &major, &factor));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(places_follow_iso_4217),
		cmocka_unit_test(the_list_has_as_many_codes_as_it_seems),
		cmocka_unit_test(pence_are_a_hundredth_of_a_pound),
	};

	return (cmocka_run_group_tests(tests, NULL, NULL));
}
