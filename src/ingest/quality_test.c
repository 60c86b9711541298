/*
 * What passes the gates and what is said of it.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "ingest/quality.h"

#define BARS 60

static struct arena arena;
static struct daily_bar bars[BARS];
static size_t bars_n;
static struct quality_ask ask;
static struct quality q;

static dec
d(const char *text)
{
	dec out = DEC_NONE;

	assert_int_equal(dec_parse(str_of(text), &out), OK);
	return (out);
}

static struct daily_bar
flat(day on, const char *price)
{
	return ((struct daily_bar){ on, d(price), d(price), d(price),
	    d(price), d("1000") });
}

static bool
weekdays(const void *calendar, day on)
{
	(void)calendar;
	return (day_weekday(on) < 5);
}

/* Sixty sessions from Monday 2024-01-01 that move a little each day. */
static int
quiet(void **state)
{
	char price[DEC_TEXT_MAX];
	day on = day_of(2024, 1, 1);

	(void)state;
	arena_init(&arena, 1 << 20, NULL, NULL);
	for (bars_n = 0; bars_n < BARS; on = day_add(on, 1)) {
		if (!weekdays(NULL, on))
			continue;
		dec_print(dec_units(10000 + (int64_t)(bars_n * 37 % 11) * 10,
		    2), price);
		bars[bars_n++] = flat(on, price);
	}
	ask = (struct quality_ask){
		.from = bars[0].day, .to = bars[BARS - 1].day,
		.open_on = weekdays
	};
	return (0);
}

static int
drop(void **state)
{
	(void)state;
	arena_drop(&arena);
	return (0);
}

static struct kept_close kept[BARS];

/* The newest that is kept is of the Friday before. */
static void
keep(const char *close)
{
	kept[0] = (struct kept_close){ day_of(2023, 12, 29), d(close) };
	ask.kept = kept;
	ask.kept_n = 1;
}

static void
judge(void)
{
	quality_judge(&arena, &ask, bars, bars_n, &q);
}

/* On how many days, by a gate's name. */
static int64_t
said(const char *gate)
{
	size_t i;

	for (i = 0; i < q.doubts_n; i++)
		if (strcmp(gates[q.doubts[i].gate].name, gate) == 0)
			return (q.doubts[i].days);
	return (0);
}

static day
said_on(const char *gate)
{
	size_t i;

	for (i = 0; i < q.doubts_n; i++)
		if (strcmp(gates[q.doubts[i].gate].name, gate) == 0)
			return (q.doubts[i].on);
	return (DAY_NONE);
}

/* Only this was found, and `stay` bars stay. */
static void
only(const char *gate, int64_t days, size_t stay)
{
	judge();
	if (gate == NULL)
		assert_int_equal(q.doubts_n, 0);
	else {
		assert_int_equal(said(gate), days);
		assert_int_equal(q.doubts_n, 1);
	}
	assert_int_equal(q.n, stay);
}

/* Field by field: what lies between fields is nobody's. */
static void
same_bars(const struct daily_bar *a, const struct daily_bar *b, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++)
		assert_true(day_cmp(a[i].day, b[i].day) == 0 &&
		    dec_eq(a[i].open, b[i].open) &&
		    dec_eq(a[i].high, b[i].high) &&
		    dec_eq(a[i].low, b[i].low) &&
		    dec_eq(a[i].close, b[i].close) &&
		    dec_eq(a[i].volume, b[i].volume));
}

/* ---- what is good stays ------------------------------------------ */

static void
quiet_bars_pass(void **state)
{
	(void)state;
	only(NULL, 0, BARS);
	assert_false(q.refused);
	same_bars(q.bars, bars, BARS);
}

static void
crash_of_a_third_passes(void **state)
{
	size_t i;

	(void)state;
	for (i = 30; i < BARS; i++)
		bars[i] = flat(bars[i].day, i % 2 ? "66" : "66.5");
	only(NULL, 0, BARS);
}

static void
noise_of_an_adjusted_price_is_mended(void **state)
{
	(void)state;
	bars[4].high = d("100.399999");
	bars[4].close = d("100.4");
	bars[4].open = d("100.4");
	bars[4].low = d("100.400001");
	only(NULL, 0, BARS);
	assert_true(dec_eq(q.bars[4].high, d("100.4")));
	assert_true(dec_eq(q.bars[4].low, d("100.4")));
}

static void
price_that_is_not_told_is_the_closes(void **state)
{
	(void)state;
	bars[9].open = bars[9].high = bars[9].low = DEC_NONE;
	bars[9].volume = DEC_NONE;
	only(NULL, 0, BARS);
	assert_true(dec_eq(q.bars[9].high, bars[9].close));
	assert_int_equal(dec_sign(q.bars[9].volume), 0);
}

/* ---- a bar is dropped -------------------------------------------- */

static void
close_that_is_missing_drops_its_bar(void **state)
{
	(void)state;
	bars[5].close = DEC_NONE;
	judge();
	assert_int_equal(said("no_close"), 1);
	assert_int_equal(said("missing"), 1);
	assert_int_equal(day_cmp(said_on("missing"), bars[5].day), 0);
	assert_int_equal(q.n, BARS - 1);
}

static void
prices_not_above_zero_are_dropped(void **state)
{
	(void)state;
	bars[3].close = d("0");
	bars[4].low = d("-1");
	bars[5].volume = d("-1");
	judge();
	assert_int_equal(said("negative"), 3);
	assert_int_equal(q.n, BARS - 3);
}

static void
tomorrow_is_dropped(void **state)
{
	(void)state;
	ask.to = bars[BARS - 3].day;
	only("future", 2, BARS - 2);
}

static void
high_below_low_is_dropped(void **state)
{
	(void)state;
	bars[7].high = d("90");
	bars[8].low = d("101.2");
	judge();
	assert_int_equal(said("inverted"), 2);
	assert_int_equal(q.n, BARS - 2);
}

static void
pence_among_pounds_are_dropped(void **state)
{
	(void)state;
	bars[20] = flat(bars[20].day, "10050");
	bars[21] = flat(bars[21].day, "10050");
	bars[40] = flat(bars[40].day, "1.005");
	judge();
	assert_int_equal(said("hundredfold"), 3);
	assert_int_equal(said("jump") + said("split"), 0);
	assert_int_equal(q.n, BARS - 3);
}

static void
first_and_last_bar_are_judged_by_the_others(void **state)
{
	(void)state;
	bars[0] = flat(bars[0].day, "10050");
	bars[BARS - 1] = flat(bars[BARS - 1].day, "1");
	judge();
	assert_int_equal(said("hundredfold"), 2);
	assert_int_equal(q.n, BARS - 2);
}

/* ---- a batch is refused ------------------------------------------ */

static void
batch_in_another_unit_is_refused(void **state)
{
	(void)state;
	keep("1.0012");
	judge();
	assert_true(q.refused);
	assert_int_equal(q.n, 0);
	assert_int_equal(said("scale"), 1);
	keep("10012");
	judge();
	assert_true(q.refused);
	keep("100.12");
	only(NULL, 0, BARS);
}

/* Neither what a day's own neighbours nor what is kept would show. */
static void
leap_that_stays_refuses_the_batch(void **state)
{
	const struct split hundred = { bars[30].day, 1, 100 };
	size_t i;

	(void)state;
	for (i = 30; i < BARS; i++)
		bars[i] = flat(bars[i].day, i % 2 ? "10010" : "10020");
	judge();
	assert_true(q.refused);
	assert_int_equal(said("scale"), 1);
	assert_int_equal(day_cmp(said_on("scale"), bars[30].day), 0);
	ask.splits = &hundred;
	ask.splits_n = 1;
	only(NULL, 0, BARS);
}

static void
many_that_cannot_be_refuse_the_batch(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < 6; i++)		/* one in ten is borne */
		bars[i * 9].low = d("0");
	judge();
	assert_false(q.refused);
	assert_int_equal(q.n, BARS - 6);
	bars[55].close = d("0");
	judge();
	assert_true(q.refused);
	assert_int_equal(said("broken"), 1);
	bars_n = 3;			/* two of three are few */
	bars[1].low = d("0");
	judge();
	assert_false(q.refused);
	bars_n = 1;			/* nothing is left */
	judge();
	assert_true(q.refused);
}

static void
split_of_a_hundred_is_no_other_unit(void **state)
{
	const struct split hundred = { bars[0].day, 1, 100 };

	(void)state;
	keep("1.0012");
	ask.splits = &hundred;
	ask.splits_n = 1;
	only(NULL, 0, BARS);
}

static void
kept_days_told_by_one_factor_refuse_the_batch(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < 5; i++)
		kept[i] = (struct kept_close){ bars[i].day,
		    dec_mul(bars[i].close, dec_of(4)) };
	ask.kept = kept;
	ask.kept_n = 5;
	judge();
	assert_true(q.refused);
	assert_int_equal(said("rescaled"), 1);
	/* One that differs is a correction, not another scale. */
	kept[2].close = bars[2].close;
	only(NULL, 0, BARS);
	for (i = 0; i < 5; i++)
		kept[i].close = dec_mul(bars[i].close, d("1.01"));
	only(NULL, 0, BARS);
}

static void
many_missing_closes_refuse_the_batch(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < 3; i++)		/* one in twenty is borne */
		bars[i * 9].close = DEC_NONE;
	judge();
	assert_false(q.refused);
	bars[50].close = DEC_NONE;
	judge();
	assert_true(q.refused);
	assert_int_equal(said("no_closes"), 1);
}

static void
nothing_at_all_is_said(void **state)
{
	(void)state;
	bars_n = 0;
	judge();
	assert_true(q.refused);
	assert_int_equal(said("empty"), 1);
	assert_int_equal(said("missing"), BARS);
	ask.from = ask.to = day_of(2024, 1, 6);		/* a Saturday */
	only(NULL, 0, 0);
	assert_false(q.refused);
}

/* ---- a note ------------------------------------------------------ */

static void
days_are_put_in_order_and_the_last_of_one_counts(void **state)
{
	struct daily_bar first = bars[0];

	(void)state;
	bars[0] = bars[BARS - 1];
	bars[BARS - 1] = first;
	bars[30].day = bars[31].day;
	judge();
	assert_int_equal(said("unsorted"), 1);
	assert_int_equal(said("twice"), 1);
	assert_int_equal(said("missing"), 1);
	assert_int_equal(q.n, BARS - 1);
	assert_int_equal(day_cmp(q.bars[0].day, first.day), 0);
	assert_true(dec_eq(q.bars[30].close, bars[31].close));
}

static void
weekend_and_gap_are_said(void **state)
{
	(void)state;
	bars[4].day = day_add(bars[4].day, 1);	/* Friday to Saturday */
	judge();
	assert_int_equal(said("closed"), 1);
	assert_int_equal(said("missing"), 1);
	assert_int_equal(q.n, BARS);
}

static bool
before_february(const void *calendar, day on)
{
	(void)calendar;
	return (day_cmp(on, day_of(2024, 2, 1)) < 0);
}

static void
days_of_which_nothing_is_known_are_not_missed(void **state)
{
	(void)state;
	bars[40].close = bars[41].close = DEC_NONE;
	judge();
	assert_int_equal(said("missing"), 2);
	ask.known_on = before_february;
	judge();
	assert_int_equal(said("missing"), 0);
	assert_int_equal(q.n, BARS - 2);
}

static void
jump_and_unknown_split_are_told_apart(void **state)
{
	const struct split known = { bars[30].day, 4, 1 };
	size_t i;

	(void)state;
	for (i = 30; i < BARS; i++)
		bars[i] = flat(bars[i].day, i % 2 ? "25" : "25.2");
	only("split", 1, BARS);
	assert_int_equal(day_cmp(said_on("split"), bars[30].day), 0);
	ask.splits = &known;
	ask.splits_n = 1;
	only(NULL, 0, BARS);
	ask.splits_n = 0;
	for (i = 30; i < BARS; i++)
		bars[i] = flat(bars[i].day, i % 2 ? "180" : "181");
	only("jump", 1, BARS);
}

static void
standstill_is_said_from_the_fifth_day_on(void **state)
{
	size_t i;

	(void)state;
	for (i = 10; i < 14; i++)
		bars[i] = flat(bars[i].day, "100.55");
	only(NULL, 0, BARS);
	bars[14] = flat(bars[14].day, "100.55");
	only("flat", 1, BARS);
	assert_int_equal(day_cmp(said_on("flat"), bars[10].day), 0);
}

static void
volume_beyond_reason_is_said(void **state)
{
	(void)state;
	bars[BARS - 1].volume = d("50001");
	only("volume", 1, BARS);
	bars[BARS - 1].volume = d("50000");
	only(NULL, 0, BARS);
}

/* ---- laws -------------------------------------------------------- */

static void
order_of_arrival_does_not_matter(void **state)
{
	struct daily_bar sorted[BARS], x;
	size_t i, j, round;

	(void)state;
	bars[20] = flat(bars[20].day, "10050");
	bars[33].high = d("1");
	judge();
	assert_int_equal(q.n, BARS - 2);
	memcpy(sorted, q.bars, q.n * sizeof(x));
	srand(7);
	for (round = 0; round < 50; round++) {
		for (i = BARS - 1; i > 0; i--) {
			j = (size_t)rand() % (i + 1);
			x = bars[i];
			bars[i] = bars[j];
			bars[j] = x;
		}
		judge();
		assert_int_equal(q.n, BARS - 2);
		same_bars(q.bars, sorted, q.n);
	}
}

/* What passed passes again, without another word on a bar. */
static void
what_passed_passes_again(void **state)
{
	struct daily_bar good[BARS];
	size_t n, i;

	(void)state;
	bars[20] = flat(bars[20].day, "10050");
	bars[2].close = DEC_NONE;
	bars[33].high = d("1");
	judge();
	n = q.n;
	memcpy(good, q.bars, n * sizeof(good[0]));
	quality_judge(&arena, &ask, good, n, &q);
	assert_int_equal(q.n, n);
	for (i = 0; i < q.doubts_n; i++)
		assert_int_equal(gates[q.doubts[i].gate].does, GATE_NOTE);
}

int
main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, quiet, drop)
	const struct CMUnitTest tests[] = {
		T(quiet_bars_pass),
		T(crash_of_a_third_passes),
		T(noise_of_an_adjusted_price_is_mended),
		T(price_that_is_not_told_is_the_closes),
		T(close_that_is_missing_drops_its_bar),
		T(prices_not_above_zero_are_dropped),
		T(tomorrow_is_dropped),
		T(high_below_low_is_dropped),
		T(pence_among_pounds_are_dropped),
		T(first_and_last_bar_are_judged_by_the_others),
		T(batch_in_another_unit_is_refused),
		T(leap_that_stays_refuses_the_batch),
		T(many_that_cannot_be_refuse_the_batch),
		T(split_of_a_hundred_is_no_other_unit),
		T(kept_days_told_by_one_factor_refuse_the_batch),
		T(many_missing_closes_refuse_the_batch),
		T(nothing_at_all_is_said),
		T(days_are_put_in_order_and_the_last_of_one_counts),
		T(weekend_and_gap_are_said),
		T(days_of_which_nothing_is_known_are_not_missed),
		T(jump_and_unknown_split_are_told_apart),
		T(standstill_is_said_from_the_fifth_day_on),
		T(volume_beyond_reason_is_said),
		T(order_of_arrival_does_not_matter),
		T(what_passed_passes_again),
	};

	return (cmocka_run_group_tests(tests, NULL, NULL));
}
