/*
 * Stored indicators: whatever way the bars came, one by one or all at once,
 * corrected or adjusted, what is stored is what a run over the whole series
 * answers.
 */
#include <math.h>

#include "market/fold.h"
#include "market/stand.h"
#include "market/study.h"

#define DAYS	300

static struct instrument acme;
static struct daily_bar bars[DAYS];

static enum err
acme_flow(struct flow *f, void *arg)
{
	const struct profile p = { .symbol = S("ACME"), .name = S("Acme"),
	    .kind = S("stock"), .currency = S("USD"), .source = S("test") };

	(void)arg;
	return (market_profile_put(f, S("ACME"), &p, &acme));
}

static int
begin(void **state)
{
	uint64_t x = 88172645463325252u;
	int64_t close;
	size_t i;

	if (fresh(state) != 0)
		return (-1);
	assert_int_equal(in_flow(acme_flow, NULL), OK);
	for (i = 0; i < DAYS; i++) {
		x ^= x << 13;
		x ^= x >> 7;
		x ^= x << 17;
		close = 500 + (int64_t)(x % 200);
		bars[i] = (struct daily_bar){ day_add(day_of(2023, 1, 2),
		    (int)i), dec_of(close - 1), dec_of(close + 4),
		    dec_of(close - 3), dec_of(close), dec_of(1000) };
	}
	return (0);
}

struct stretch {
	size_t	from, n;
	int64_t	steps;
};

static enum err
bring_flow(struct flow *f, void *arg)
{
	const struct stretch *s = arg;
	struct put_count count;

	return (market_bars_put(f, &acme, bars + s->from, s->n, S("test"),
	    &count));
}

static void
bring(size_t from, size_t n)
{
	struct stretch s = { from, n, 0 };

	assert_int_equal(in_flow(bring_flow, &s), OK);
}

static enum err
macd_flow(struct flow *f, void *arg)
{
	const struct indicator *row = quant_indicator("macd");
	double param[INDICATOR_PARAMS_MAX];

	(void)arg;
	quant_indicator_defaults(row, param);
	TRY(fold_add(f, acme.id, row, param));
	return (folds_update(f, acme.id, NULL));
}

/* What a run over the whole adjusted series says of an indicator, against
 * what is stored, to the last bit that text holds. */
struct check {
	const char	*name;
	str		 params;
	size_t		 n;
};

struct value_row {
	day	day;
	double	close, high, low, open, volume, v1, v2, v3;
	bool	kept;
};

static const struct field value_row_fields[] = {
	MUST(value_row, day, "Day."),
	MUST(value_row, close, "Close."),
	MUST(value_row, high, "High."),
	MUST(value_row, low, "Low."),
	MUST(value_row, open, "Open."),
	MUST(value_row, volume, "Volume."),
	MAY(value_row, v1, "First."),
	MAY(value_row, v2, "Second."),
	MAY(value_row, v3, "Third."),
	MUST(value_row, kept, "Stored."),
	FIELDS_END
};

static const struct sql sql_check = { .name = "fold_check", .global = true,
    .params = 2, .text =
    "select p.day, coalesce(adjusted_close, close)::float8 as close,"
    " high::float8 * coalesce(adjusted_close / close, 1)::float8 as high,"
    " low::float8 * coalesce(adjusted_close / close, 1)::float8 as low,"
    " open::float8 * coalesce(adjusted_close / close, 1)::float8 as open,"
    " volume::float8 as volume, v.v1, v.v2, v.v3, v.day is not null as kept"
    " from bursar.prices_daily p join bursar.indicators k"
    " on k.instrument_id = p.instrument_id and k.name = $1"
    " left join bursar.indicator_values v on v.indicator_id = k.id"
    " and v.day = p.day where p.instrument_id = $2 order by p.day" };

static enum err
check_flow(struct flow *f, void *arg)
{
	struct check *c = arg;
	const struct indicator *row = quant_indicator(c->name);
	double param[INDICATOR_PARAMS_MAX], out[INDICATOR_OUTPUTS_MAX];
	double *state;
	const struct value_row *v;
	struct list rows;
	struct bar b;
	size_t i;

	quant_indicator_defaults(row, param);
	state = ARENA_MANY(&f->arena, row->size(param), double);
	quant_indicator_start(row, param, state);
	TRY(store_rows(f, &sql_check, SHAPE(value_row), &rows,
	    STR(str_of(c->name)), UUID(acme.id)));
	for (i = c->n = 0, v = rows.v; i < rows.n; i++) {
		b = (struct bar){ v[i].open, v[i].high, v[i].low, v[i].close,
		    v[i].volume };
		out[1] = out[2] = NAN;
		assert_int_equal(row->step(state, param, &b, out), v[i].kept);
		if (!v[i].kept)
			continue;
		c->n++;
		assert_true(out[0] == v[i].v1 ||
		    (isnan(out[0]) && isnan(v[i].v1)));
		assert_true(row->output[1] == NULL || out[1] == v[i].v2 ||
		    (isnan(out[1]) && isnan(v[i].v2)));
	}
	return (OK);
}

static void
assert_stored(const char *name, size_t n)
{
	struct check c = { .name = name };

	assert_int_equal(in_flow(check_flow, &c), OK);
	assert_int_equal(c.n, n);
}

static void
assert_all(size_t days)
{
	assert_stored("sma", days - 19);
	assert_stored("ema", days - 19);
	assert_stored("rsi", days - 14);
	assert_stored("return", days - 1);
	assert_stored("volatility", days - 20);
}

static void
bars_one_by_one_are_bars_all_at_once(void **state)
{
	size_t i;

	(void)state;
	bring(0, 250);
	assert_all(250);
	for (i = 250; i < 260; i++)
		bring(i, 1);
	assert_all(260);
	bring(260, 40);
	assert_all(300);
	ASSERT_TOLD("select string_agg(distinct bars || ' ' || last_day, ',') "
	    "as what from bursar.indicators", "300 2023-10-28");
}

static void
a_corrected_past_is_folded_anew(void **state)
{
	(void)state;
	bring(0, 100);
	bars[50].close = dec_of(600);
	bars[50].high = dec_of(900);
	bars[50].low = dec_of(1);
	bring(50, 1);
	assert_all(100);
}

static void
a_hole_that_is_filled_is_folded_anew(void **state)
{
	(void)state;
	bring(0, 60);
	bring(70, 30);
	bring(60, 10);
	assert_all(100);
}

static enum err
split_flow(struct flow *f, void *arg)
{
	const struct split s = { day_of(2023, 2, 10), 3, 1 };
	const struct dividend d = { day_of(2023, 3, 1), dec_of(5) };
	struct put_count count;

	(void)arg;
	return (market_actions_put(f, &acme, &d, 1, &s, 1, &count));
}

static void
events_change_what_is_stored(void **state)
{
	(void)state;
	bring(0, 90);
	assert_int_equal(in_flow(split_flow, NULL), OK);
	assert_all(90);
	bring(90, 5);
	assert_all(95);
}

static void
one_more_is_stored_and_kept_up(void **state)
{
	(void)state;
	bring(0, 80);
	assert_int_equal(in_flow(macd_flow, NULL), OK);
	assert_stored("macd", 80 - 25);
	bring(80, 3);
	assert_stored("macd", 83 - 25);
	assert_all(83);
}

static enum err
steps_flow(struct flow *f, void *arg)
{
	return (folds_update(f, acme.id, arg));
}

static void
nothing_new_takes_no_step(void **state)
{
	int64_t steps = -1;

	(void)state;
	bring(0, 120);
	assert_int_equal(in_flow(steps_flow, &steps), OK);
	assert_int_equal(steps, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(bars_one_by_one_are_bars_all_at_once,
		    begin),
		cmocka_unit_test_setup(nothing_new_takes_no_step, begin),
		cmocka_unit_test_setup(a_corrected_past_is_folded_anew, begin),
		cmocka_unit_test_setup(a_hole_that_is_filled_is_folded_anew,
		    begin),
		cmocka_unit_test_setup(events_change_what_is_stored, begin),
		cmocka_unit_test_setup(one_more_is_stored_and_kept_up, begin),
	};

	return (cmocka_run_group_tests(tests, start, stop));
}
