/*
 * Indicators: those that are stored are read, all others are computed from
 * the adjusted bars as they are asked for, with any parameters.
 */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "market/candle.h"
#include "market/fold.h"
#include "market/routes.h"
#include "market/study.h"
#include "store/store.h"

#include "market_sql.h"

#define STUDY_DAYS_MAX	20000

/* ---- what is asked ------------------------------------------------------- */

struct study_query {
	str	symbol;
	int	name;
	int64_t	period;
	str	params;
	int	range;
	day	from, to;
};

static const struct field study_query_fields[] = {
	MUST(study_query, symbol, "Ticker.", .max = LIMIT_SYMBOL_BYTES,
	    .pattern = "symbol", .example = "\"AAPL\""),
	MUST(study_query, name, "Which one.", .names = study_names),
	MAY(study_query, period, "Days of its window; 20 or what is usual.",
	    .ranged = true, .min = 1, .max = STUDY_PERIOD_MAX),
	MAY(study_query, params, "Others of its parameters: fast=12,slow=26.",
	    .min = 1, .max = 200),
	MAY(study_query, range, "How far back from `to`; instead of `from`.",
	    .names = range_names),
	MAY(study_query, from, "First day; a year before `to` when absent."),
	MAY(study_query, to, "Last day; today when absent."),
	FIELDS_END
};

SHAPE_OF(study_query);

/* ---- what is answered ---------------------------------------------------- */

struct study_point {
	day		date;
	double		value;
	struct list	values;
};

static const struct field study_point_fields[] = {
	MUST(study_point, date, "Day."),
	MAY(study_point, value, "Value, of several the first; null where "
	    "there is none.", .number = 11),
	MUST(study_point, values, "Of each output, where there are several.",
	    .of = K_REAL),
	FIELDS_END
};

struct study_param {
	str	name;
	double	value;
};

static const struct field study_param_fields[] = {
	MUST(study_param, name, "Name."),
	MUST(study_param, value, "Value."),
	FIELDS_END
};

struct study {
	str		symbol;
	int		name;
	int64_t		period;
	struct list	params;
	struct list	outputs;
	bool		stored;
	struct list	items;
};

static const struct field study_fields[] = {
	MUST(study, symbol, "Ticker."),
	MUST(study, name, "Which one.", .names = study_names),
	MUST(study, period, "Days of its window; 1 if it has none."),
	MUST(study, params, "All its parameters.",
	    .shape = SHAPE(study_param)),
	MUST(study, outputs, "Names of its values.", .of = K_STR),
	MUST(study, stored, "Read as it was stored with the last bar."),
	MUST(study, items, "Days that have a value, oldest first.",
	    .shape = SHAPE(study_point)),
	FIELDS_END
};

SHAPE_OF(study);

/* A question that was understood. */
struct wanted {
	const struct indicator	*row;
	double			 param[INDICATOR_PARAMS_MAX];
	size_t			 outputs;
	size_t			 before;	/* bars */
};

static size_t
output_count(const struct indicator *row)
{
	size_t n;

	for (n = 0; n < INDICATOR_OUTPUTS_MAX && row->output[n] != NULL; n++)
		;
	return (n);
}

static enum err
wanted_read(struct call *c, const struct study_query *q,
    const struct instrument *in, struct study *out, struct wanted *w)
{
	double periods = str_eq(in->kind, S("crypto")) ? 365 : 252;
	size_t period = study_period(q->name, q->period);

	if (period == 0)
		return (fault(c, "?period", "out_of_range",
		    "%s does not have this one", study_names[q->name]));
	if (!study_params(q->name, period, periods, q->params, w->param))
		return (fault(c, "?params", "out_of_range",
		    "not parameters of %s", study_names[q->name]));
	w->row = study_indicator(q->name);
	w->outputs = output_count(w->row);
	w->before = q->params.p != NULL ? STUDY_BARS_MAX :
	    study_before(q->name, period);
	out->name = q->name;
	out->period = (int64_t)period;
	return (OK);
}

static void
study_describe(struct arena *a, const struct wanted *w, struct study *out)
{
	struct study_param *p = ARENA_MANY(a, INDICATOR_PARAMS_MAX,
	    struct study_param);
	str *names = ARENA_MANY(a, w->outputs, str);
	size_t i, n;

	for (n = 0; w->row->param[n].name != NULL; n++)
		p[n] = (struct study_param){ str_of(w->row->param[n].name),
		    w->param[n] };
	for (i = 0; i < w->outputs; i++)
		names[i] = str_of(w->row->output[i]);
	out->params = (struct list){ p, n };
	out->outputs = (struct list){ names, w->outputs };
}

/* One more day; of several outputs all must have a value. */
static void
point_add(struct arena *a, struct list *items, size_t outputs, day date,
    const double *v)
{
	struct study_point *p = (struct study_point *)items->v + items->n;
	size_t i;

	p->date = date;
	p->value = v[0];
	p->values = (struct list){ NULL, 0 };
	for (i = 0; outputs > 1 && i < outputs; i++)
		if (isnan(v[i]))
			return;
	if (outputs > 1) {
		p->values.v = ARENA_MANY(a, outputs, double);
		p->values.n = outputs;
		memcpy(p->values.v, v, outputs * sizeof(*v));
	}
	items->n++;
}

/* ---- stored -------------------------------------------------------------- */

struct fold_value {
	day	day;
	double	v1, v2, v3, v4, v5;
};

static const struct field fold_value_fields[] = {
	MUST(fold_value, day, "Day."),
	MAY(fold_value, v1, "First output."),
	MAY(fold_value, v2, "Second."),
	MAY(fold_value, v3, "Third."),
	MAY(fold_value, v4, "Fourth."),
	MAY(fold_value, v5, "Fifth."),
	FIELDS_END
};

static enum err
stored_read(struct call *c, const struct study_query *q, uuid instrument,
    const struct wanted *w, struct study *out)
{
	struct arena *a = &c->f->arena;
	const struct fold_value *v;
	struct folded found;
	struct list rows;
	size_t i, n;

	for (n = 0; w->row->param[n].name != NULL; n++)
		;
	TRY(store_row(c->f, &sql_fold_find, SHAPE(folded), &found,
	    UUID(instrument), STR(str_of(w->row->name)),
	    MANY(K_REAL, w->param, n)));
	TRY(store_rows(c->f, &sql_fold_values, SHAPE(fold_value), &rows,
	    LONG(found.id), DAY(q->from), DAY(q->to)));
	out->stored = true;
	out->items.v = ARENA_MANY(a, rows.n, struct study_point);
	for (i = 0, v = rows.v; i < rows.n; i++)
		point_add(a, &out->items, w->outputs, v[i].day,
		    (const double[]){ v[i].v1, v[i].v2, v[i].v3, v[i].v4,
		    v[i].v5 });
	return (OK);
}

/* ---- computed ------------------------------------------------------------ */

struct study_bar {
	day	day;
	double	open, high, low, close, volume;
};

static const struct field study_bar_fields[] = {
	MUST(study_bar, day, "Day."),
	MUST(study_bar, open, "Open."),
	MUST(study_bar, high, "High."),
	MUST(study_bar, low, "Low."),
	MUST(study_bar, close, "Close."),
	MUST(study_bar, volume, "Volume."),
	FIELDS_END
};

struct columns {
	double	*part[5];		/* open high low close volume */
	double	*out[INDICATOR_OUTPUTS_MAX];
};

static void
columns_make(struct arena *a, const struct list *rows, struct columns *k)
{
	const struct study_bar *b = rows->v;
	size_t i;

	for (i = 0; i < 5; i++)
		k->part[i] = ARENA_MANY(a, rows->n, double);
	for (i = 0; i < INDICATOR_OUTPUTS_MAX; i++)
		k->out[i] = ARENA_MANY(a, rows->n, double);
	for (i = 0; i < rows->n; i++) {
		k->part[0][i] = b[i].open;
		k->part[1][i] = b[i].high;
		k->part[2][i] = b[i].low;
		k->part[3][i] = b[i].close;
		k->part[4][i] = b[i].volume;
	}
}

static void
computed_points(struct arena *a, const struct wanted *w,
    const struct list *rows, day from, struct study *out)
{
	const struct study_bar *b = rows->v;
	double v[INDICATOR_OUTPUTS_MAX];
	struct columns k;
	struct bars in;
	size_t i, j, n, first;

	columns_make(a, rows, &k);
	in = (struct bars){ k.part[0], k.part[1], k.part[2], k.part[3],
	    k.part[4], rows->n };
	n = quant_indicator_run(w->row, w->param, &in,
	    ARENA_MANY(a, w->row->size(w->param), double), k.out);
	first = w->row->need(w->param) - 1;
	out->items.v = ARENA_MANY(a, n, struct study_point);
	for (i = 0; i < n; i++) {
		if (day_cmp(b[i + first].day, from) < 0)
			continue;
		for (j = 0; j < w->outputs; j++)
			v[j] = k.out[j][i];
		point_add(a, &out->items, w->outputs, b[i + first].day, v);
	}
}

static enum err
computed_read(struct call *c, const struct study_query *q, uuid instrument,
    const struct wanted *w, struct study *out)
{
	struct list rows;

	TRY(store_rows(c->f, &sql_study_bars, SHAPE(study_bar), &rows,
	    UUID(instrument), DAY(q->from), DAY(q->to),
	    LONG((int64_t)w->before), LONG(STUDY_DAYS_MAX)));
	computed_points(&c->f->arena, w, &rows, q->from, out);
	return (OK);
}

enum err
study_route(struct call *c)
{
	struct study_query *q = c->query;
	struct study out = { .stored = false };
	struct wanted w;
	struct instrument in;
	enum err e;

	TRY(asset_read(c, q->symbol, &in));
	TRY(wanted_read(c, q, &in, &out, &w));
	TRY(days_read(c, today_of(&in), q->range, RANGE_YEAR, &q->from,
	    &q->to));
	out.symbol = in.symbol;
	study_describe(&c->f->arena, &w, &out);
	e = stored_read(c, q, in.id, &w, &out);
	if (e == E_NOT_FOUND)
		e = computed_read(c, q, in.id, &w, &out);
	return (e == OK ? reply(c, &out) : e);
}

/* ---- the table ----------------------------------------------------------- */

struct catalogue_param {
	str	name;
	double	least, most, usual;
	bool	whole;
};

static const struct field catalogue_param_fields[] = {
	MUST(catalogue_param, name, "Name."),
	MUST(catalogue_param, least, "Least value."),
	MUST(catalogue_param, most, "Greatest value."),
	MUST(catalogue_param, usual, "What it is when absent."),
	MUST(catalogue_param, whole, "Whether it is a whole number."),
	FIELDS_END
};

struct catalogue_row {
	str		name, doc;
	struct list	params, outputs;
};

static const struct field catalogue_row_fields[] = {
	MUST(catalogue_row, name, "Name."),
	MUST(catalogue_row, doc, "What it says."),
	MUST(catalogue_row, params, "Its parameters.",
	    .shape = SHAPE(catalogue_param)),
	MUST(catalogue_row, outputs, "Names of its values.", .of = K_STR),
	FIELDS_END
};

SHAPE_OF(catalogue_row);

static void
catalogue_fill(struct arena *a, int study, struct catalogue_row *out)
{
	const struct indicator *row = study_indicator(study);
	const struct indicator_param *p = row->param;
	struct catalogue_param *v = ARENA_MANY(a, INDICATOR_PARAMS_MAX,
	    struct catalogue_param);
	str *names = ARENA_MANY(a, INDICATOR_OUTPUTS_MAX, str);
	size_t i, n;

	for (n = 0; p[n].name != NULL; n++)
		v[n] = (struct catalogue_param){ str_of(p[n].name), p[n].min,
		    p[n].max, p[n].standard, p[n].whole };
	for (i = 0; i < output_count(row); i++)
		names[i] = str_of(row->output[i]);
	*out = (struct catalogue_row){ str_of(study_names[study]),
	    str_of(row->doc), { v, n }, { names, i } };
}

enum err
catalogue_route(struct call *c)
{
	struct catalogue_row *rows;
	size_t i, n;

	for (n = 0; study_names[n] != NULL; n++)
		;
	rows = ARENA_MANY(&c->f->arena, n, struct catalogue_row);
	for (i = 0; i < n; i++)
		catalogue_fill(&c->f->arena, (int)i, &rows[i]);
	return (reply_many(c, &(struct list){ rows, n }, STR_NONE));
}

/* ---- which are stored ---------------------------------------------------- */

struct stored_row {
	str	name;
	str	params;
	int64_t	bars;
	day	last_day;
	bool	current;
};

static const struct field stored_row_fields[] = {
	MUST(stored_row, name, "Name."),
	MUST(stored_row, params, "Its parameters, in their order: {12,26,9}."),
	MUST(stored_row, bars, "Bars it was folded from."),
	MAY(stored_row, last_day, "The last of them."),
	MUST(stored_row, current, "Nothing has come since."),
	FIELDS_END
};

SHAPE_OF(stored_row);

struct store_in {
	int	name;
	str	params;
};

static const struct field store_in_fields[] = {
	MUST(store_in, name, "Which one.", .names = study_names),
	MAY(store_in, params, "Its parameters: fast=12,slow=26.",
	    .min = 1, .max = 200),
	FIELDS_END
};

SHAPE_OF(store_in);

static enum err
stored_reply(struct call *c, const struct instrument *in)
{
	const struct folded *k;
	struct stored_row *v;
	struct list rows;
	size_t i;

	TRY(folds_list(c->f, in->id, &rows));
	v = ARENA_MANY(&c->f->arena, rows.n, struct stored_row);
	for (i = 0, k = rows.v; i < rows.n; i++)
		v[i] = (struct stored_row){ k[i].name, k[i].params, k[i].bars,
		    k[i].last_day, k[i].current };
	return (reply_many(c, &(struct list){ v, rows.n }, STR_NONE));
}

static enum err
shared_read(struct call *c, struct instrument *out)
{
	str symbol = ((const struct symbol_path *)c->params)->symbol;

	return (symbol_private(symbol) ? E_NOT_FOUND :
	    asset_read(c, symbol, out));
}

enum err
stored_list_route(struct call *c)
{
	struct instrument in;

	TRY(shared_read(c, &in));
	return (stored_reply(c, &in));
}

static enum err
stored_params(struct call *c, const char *pointer, const struct instrument *in,
    int name, str params, double param[INDICATOR_PARAMS_MAX])
{
	double periods = str_eq(in->kind, S("crypto")) ? 365 : 252;

	if (!study_params(name, study_period(name, LONG_NONE), periods,
	    params, param))
		return (fault(c, pointer, "out_of_range",
		    "not parameters of %s", study_names[name]));
	return (OK);
}

enum err
stored_add_route(struct call *c)
{
	const struct store_in *body = c->body;
	double param[INDICATOR_PARAMS_MAX];
	struct instrument in;

	TRY(shared_read(c, &in));
	TRY(stored_params(c, "/params", &in, body->name, body->params,
	    param));
	TRY(fold_add(c->f, in.id, study_indicator(body->name), param));
	TRY(folds_update(c->f, in.id, NULL));
	return (stored_reply(c, &in));
}

enum err
stored_drop_route(struct call *c)
{
	const struct store_in *q = c->query;
	double param[INDICATOR_PARAMS_MAX];
	struct instrument in;

	TRY(shared_read(c, &in));
	TRY(stored_params(c, "?params", &in, q->name, q->params, param));
	TRY(fold_drop(c->f, in.id, study_indicator(q->name), param));
	return (reply_nothing(c));
}
