/* Records as JSON, every kind of field. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/json.h"

static const char *const sides[] = { "buy", "sell", NULL };

struct leg {
	int	side;
	dec	amount;
};

static const struct field leg_fields[] = {
	MUST(leg, side, "Which way.", .names = sides),
	MUST(leg, amount, "How much."),
	FIELDS_END
};

struct deal {
	bool		open;
	int64_t		count;
	double		ratio;
	double		weight;
	str		note;
	dec		price;
	dec		shown;
	day		on;
	instant		at;
	uuid		id;
	struct leg	first;
	struct list	legs;
	struct list	marks;
	struct list	sides;
	str		extra;
};

static const struct field deal_fields[] = {
	MUST(deal, open, "Still open."),
	MAY(deal, count, "How many."),
	MAY(deal, ratio, "A ratio."),
	MAY(deal, weight, "A rounded one.", .number = 3),
	MAY(deal, note, "A remark."),
	MAY(deal, price, "A price."),
	MAY(deal, shown, "A price for people.", .number = 3),
	MAY(deal, on, "A day."),
	MAY(deal, at, "A moment."),
	MAY(deal, id, "An id."),
	MUST(deal, first, "One leg.", .shape = SHAPE(leg)),
	MUST(deal, legs, "More legs.", .shape = SHAPE(leg)),
	MUST(deal, marks, "Marks.", .of = K_REAL, .number = 2),
	MUST(deal, sides, "Sides.", .of = K_ENUM, .names = sides),
	JSON_TEXT(deal, extra, "Anything."),
	FIELDS_END
};

static struct arena arena;
static struct json j;

static int
begin(void **state)
{
	(void)state;
	arena_init(&arena, 1024 * 1024, NULL, NULL);
	jw_init(&j, &arena);
	return (0);
}

static int
end(void **state)
{
	(void)state;
	arena_drop(&arena);
	return (0);
}

static void
assert_text(const char *want)
{
	assert_string_equal(arena_z(&arena, jw_text(&j)), want);
	jw_init(&j, &arena);
}

static void
a_cleared_record_has_all_its_members(void **state)
{
	struct deal d;

	(void)state;
	shape_clear(SHAPE(deal), &d);
	jw_record(&j, SHAPE(deal), &d);
	assert_text("{\"open\":false,\"count\":null,\"ratio\":null,"
	    "\"weight\":null,\"note\":null,\"price\":null,\"shown\":null,"
	    "\"on\":null,\"at\":null,\"id\":null,"
	    "\"first\":{\"side\":null,\"amount\":null},"
	    "\"legs\":[],\"marks\":[],\"sides\":[],\"extra\":null}");
}

static void
a_full_record_is_written(void **state)
{
	struct leg legs[] = { { 0, dec_of(1) }, { 1, dec_units(25, 1) } };
	double marks[] = { 0.25, 0.35, 7, NAN };
	int both[] = { 1, 0, ENUM_NONE };
	struct deal d = {
		.open = true, .count = -5, .ratio = 0.5, .weight = 0.125,
		.note = S("a \"b\""), .price = dec_units(10050, 3),
		.shown = dec_units(10055, 3), .on = day_of(2024, 1, 2),
		.at = instant_of_unix(1), .id = { { [15] = 1 } },
		.first = { 1, dec_of(3) }, .legs = { legs, 2 },
		.marks = { marks, 4 }, .sides = { both, 3 },
		.extra = S("{\"x\":[]}"),
	};

	(void)state;
	jw_record(&j, SHAPE(deal), &d);
	assert_text("{\"open\":true,\"count\":-5,\"ratio\":0.5,"
	    "\"weight\":0.12,\"note\":\"a \\\"b\\\"\",\"price\":\"10.05\","
	    "\"shown\":10.06,\"on\":\"2024-01-02\","
	    "\"at\":\"1970-01-01T00:00:01Z\","
	    "\"id\":\"00000000-0000-0000-0000-000000000001\","
	    "\"first\":{\"side\":\"sell\",\"amount\":\"3\"},"
	    "\"legs\":[{\"side\":\"buy\",\"amount\":\"1\"},"
	    "{\"side\":\"sell\",\"amount\":\"2.5\"}],"
	    "\"marks\":[0.2,0.3,7,null],"
	    "\"sides\":[\"sell\",\"buy\",null],\"extra\":{\"x\":[]}}");
}

static void
records_are_a_list(void **state)
{
	struct leg legs[] = { { 0, dec_of(1) }, { 1, dec_of(2) } };

	(void)state;
	jw_records(&j, SHAPE(leg), legs, 2);
	assert_text("[{\"side\":\"buy\",\"amount\":\"1\"},"
	    "{\"side\":\"sell\",\"amount\":\"2\"}]");
	jw_records(&j, SHAPE(leg), NULL, 0);
	assert_text("[]");
}

static void
one_field_is_a_value(void **state)
{
	struct leg leg = { 1, dec_of(2) };

	(void)state;
	jw_field(&j, shape_field(SHAPE(leg), S("side")), &leg);
	assert_text("\"sell\"");
}

static void
a_real_past_a_decimals_range_is_written_whole(void **state)
{
	struct deal d;

	(void)state;
	shape_clear(SHAPE(deal), &d);
	d.weight = 1e30;
	jw_field(&j, shape_field(SHAPE(deal), S("weight")), &d);
	assert_text("1e+30");
	d.weight = -0.001;
	jw_field(&j, shape_field(SHAPE(deal), S("weight")), &d);
	assert_text("0");
}

struct lean {
	bool	stale;
	int64_t	age_s;
	dec	price;
	str	note;
};

static const struct field lean_fields[] = {
	MAY(lean, stale, "Old.", .sparse = true),
	MAY(lean, age_s, "Age.", .sparse = true),
	MAY(lean, price, "Price.", .sparse = true),
	MAY(lean, note, "Note."),
	FIELDS_END
};

static void
a_sparse_field_without_a_value_is_left_out(void **state)
{
	struct lean r;

	(void)state;
	shape_clear(SHAPE(lean), &r);
	jw_record(&j, SHAPE(lean), &r);
	assert_text("{\"note\":null}");
}

static void
a_sparse_field_with_a_value_is_there(void **state)
{
	struct lean r = { true, 7, dec_of(2), S("x") };

	(void)state;
	jw_record(&j, SHAPE(lean), &r);
	assert_text("{\"stale\":true,\"age_s\":7,\"price\":\"2\","
	    "\"note\":\"x\"}");
}

#define TEST(f)	cmocka_unit_test_setup_teardown(f, begin, end)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_cleared_record_has_all_its_members),
		TEST(a_full_record_is_written),
		TEST(records_are_a_list),
		TEST(one_field_is_a_value),
		TEST(a_sparse_field_without_a_value_is_left_out),
		TEST(a_sparse_field_with_a_value_is_there),
		TEST(a_real_past_a_decimals_range_is_written_whole),
	};

	return (cmocka_run_group_tests(tests, NULL, NULL));
}
