/* Records described once: kinds, sizes, "none" of each kind, look-ups. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/field.h"

static const char *const sides[] = { "buy", "sell", NULL };

struct place {
	str	name;
	int64_t	floor;
};

static const struct field place_fields[] = {
	MUST(place, name, "Where."),
	MAY(place, floor, "Which floor."),
	FIELDS_END
};

struct all {
	bool		truth;
	int64_t		whole;
	double		ratio;
	str		text;
	dec		amount;
	day		on;
	instant		at;
	uuid		id;
	int		side;
	struct place	place;
	struct list	places;
	struct list	amounts;
	str		extra;
};

static const struct field all_fields[] = {
	MUST(all, truth, "A claim."),
	MUST(all, whole, "A count."),
	MAY(all, ratio, "A ratio.", .number = 5),
	MAY(all, text, "A text.", .max = 10),
	MUST(all, amount, "An amount."),
	MUST(all, on, "A day."),
	MUST(all, at, "A moment."),
	MUST(all, id, "An id."),
	MUST(all, side, "A side.", .names = sides),
	MUST(all, place, "A place.", .shape = SHAPE(place)),
	MUST(all, places, "Places.", .shape = SHAPE(place)),
	MUST(all, amounts, "Amounts.", .of = K_DEC),
	JSON_TEXT(all, extra, "Anything."),
	FIELDS_END
};

static void
the_kind_comes_from_the_type(void **state)
{
	static const enum kind kinds[] = {
		K_BOOL, K_LONG, K_REAL, K_STR, K_DEC, K_DAY, K_INSTANT,
		K_UUID, K_ENUM, K_SHAPE, K_LIST, K_LIST, K_JSON,
	};
	size_t i;

	(void)state;
	for (i = 0; all_fields[i].name != NULL; i++)
		assert_int_equal(all_fields[i].kind, kinds[i]);
	assert_int_equal(i, sizeof(kinds) / sizeof(kinds[0]));
	assert_true(all_fields[0].must && !all_fields[0].null);
	assert_true(all_fields[2].null && !all_fields[2].must);
	assert_int_equal(all_fields[2].number, 5);
	assert_int_equal(all_fields[4].offset, offsetof(struct all, amount));
}

static void
a_cleared_record_holds_nothing(void **state)
{
	struct all r;

	(void)state;
	memset(&r, 0x5a, sizeof(r));
	shape_clear(SHAPE(all), &r);
	assert_false(r.truth);
	assert_true(r.whole == LONG_NONE);
	assert_true(isnan(r.ratio));
	assert_null(r.text.p);
	assert_false(dec_ok(r.amount));
	assert_int_equal(r.on.n, DAY_NONE.n);
	assert_true(r.at.us == INSTANT_NONE.us);
	assert_false(uuid_ok(r.id));
	assert_int_equal(r.side, ENUM_NONE);
	assert_null(r.place.name.p);
	assert_true(r.place.floor == LONG_NONE);
	assert_null(r.places.v);
	assert_int_equal(r.places.n, 0);
	assert_null(r.extra.p);
}

static void
fields_are_found_by_their_whole_name(void **state)
{
	(void)state;
	assert_ptr_equal(shape_field(SHAPE(all), S("truth")), all_fields);
	assert_string_equal(shape_field(SHAPE(all), S("extra"))->name,
	    "extra");
	assert_null(shape_field(SHAPE(all), S("tru")));
	assert_null(shape_field(SHAPE(all), S("truths")));
	assert_null(shape_field(SHAPE(all), S("")));
	assert_null(shape_field(SHAPE(all), STR_NONE));
}

static void
elements_know_their_size(void **state)
{
	(void)state;
	assert_int_equal(field_element_size(shape_field(SHAPE(all),
	    S("places"))), sizeof(struct place));
	assert_int_equal(field_element_size(shape_field(SHAPE(all),
	    S("amounts"))), sizeof(dec));
	assert_int_equal(kind_size(K_BOOL), sizeof(bool));
	assert_int_equal(kind_size(K_ENUM), sizeof(int));
	assert_int_equal(kind_size(K_LIST), sizeof(struct list));
	assert_int_equal(kind_size(K_JSON), sizeof(str));
}

static void
names_of_an_enumeration(void **state)
{
	(void)state;
	assert_int_equal(enum_of(sides, S("buy")), 0);
	assert_int_equal(enum_of(sides, S("sell")), 1);
	assert_int_equal(enum_of(sides, S("Sell")), ENUM_NONE);
	assert_int_equal(enum_of(sides, S("")), ENUM_NONE);
	assert_int_equal(enum_of(sides, STR_NONE), ENUM_NONE);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_kind_comes_from_the_type),
		cmocka_unit_test(a_cleared_record_holds_nothing),
		cmocka_unit_test(fields_are_found_by_their_whole_name),
		cmocka_unit_test(elements_know_their_size),
		cmocka_unit_test(names_of_an_enumeration),
	};

	return (cmocka_run_group_tests(tests, NULL, NULL));
}
