/*
 * Stored indicators. Their rows are locked while they are folded, so two who
 * do it at once take the same steps once. Bars are read a few hundred at a
 * time, after the day that the one farthest behind has reached.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "market/column.h"
#include "market/fold.h"
#include "market/study.h"

#include "market_sql.h"

#define CHUNK_BARS	400
#define STORED_MAX	64	/* of an instrument */

const struct field folded_fields[] = {
	MUST(folded, id, "Id."),
	MUST(folded, name, "Name."),
	MUST(folded, params, "Parameters."),
	MUST(folded, bars, "Bars."),
	MAY(folded, last_day, "Last day."),
	MUST(folded, current, "Nothing has come since."),
	FIELDS_END
};

/* A stream as it is kept. */
struct stream_row {
	int64_t	id;
	str	name, params, state;
	int64_t	bars, series, now;	/* series: of its state, and by now */
	day	last_day;
};

static const struct field stream_row_fields[] = {
	MUST(stream_row, id, "Id."),
	MUST(stream_row, name, "Name."),
	MUST(stream_row, params, "Parameters."),
	MUST(stream_row, state, "State."),
	MUST(stream_row, bars, "Bars."),
	MUST(stream_row, series, "The series it was folded from."),
	MUST(stream_row, now, "The series by now."),
	MAY(stream_row, last_day, "Last day."),
	FIELDS_END
};

struct bar_row {
	day	day;
	double	open, high, low, close, volume;
};

static const struct field bar_row_fields[] = {
	MUST(bar_row, day, "Day."),
	MUST(bar_row, open, "Open."),
	MUST(bar_row, high, "High."),
	MUST(bar_row, low, "Low."),
	MUST(bar_row, close, "Close."),
	MUST(bar_row, volume, "Volume."),
	FIELDS_END
};

/* A stream as it runs. */
struct run {
	const struct indicator	*row;
	double			 param[INDICATOR_PARAMS_MAX];
	double			*state;
	size_t			 size;
	int64_t			 id, bars;
	day			 last_day;
	bool			 moved;
};

/* ---- arrays as text ------------------------------------------------------ */

/* "{1,NULL,2.5}" into at most n doubles; how many there were. */
static size_t
array_read(struct arena *a, str text, double *out, size_t n)
{
	const char *p = arena_z(a, text);
	char *end;
	size_t i;

	if (*p++ != '{' || *p == '}')
		return (0);
	for (i = 0; i < n; i++) {
		if (strncmp(p, "NULL", 4) == 0) {
			out[i] = NAN;
			p += 4;
		} else {
			out[i] = strtod(p, &end);
			p = end;
		}
		if (*p++ != ',')
			return (i + 1);
	}
	return (n);
}

static size_t
param_count(const struct indicator *row)
{
	size_t n;

	for (n = 0; row->param[n].name != NULL; n++)
		;
	return (n);
}

str
params_text_of(struct arena *a, const struct indicator *row,
    const double *param)
{
	char *text = ARENA_MANY(a, 32 * INDICATOR_PARAMS_MAX, char), *at = text;
	size_t i, n = param_count(row);

	*at++ = '{';
	for (i = 0; i < n; i++)
		at += sprintf(at, "%s%.15g", i > 0 ? "," : "", param[i]);
	*at++ = '}';
	return ((str){ text, (size_t)(at - text) });
}

/* ---- streams ------------------------------------------------------------- */

/* False: a row of another version's table. */
static bool
run_open(struct flow *f, const struct stream_row *s, struct run *r)
{
	char name[48];
	size_t n;

	snprintf(name, sizeof(name), "%.*s", STR_ARG(s->name));
	memset(r, 0, sizeof(*r));
	if ((r->row = quant_indicator(name)) == NULL)
		return (false);
	n = array_read(&f->arena, s->params, r->param, INDICATOR_PARAMS_MAX);
	if (n != param_count(r->row) ||
	    !quant_indicator_fits(r->row, r->param))
		return (false);
	r->id = s->id;
	r->size = r->row->size(r->param);
	r->state = ARENA_MANY(&f->arena, r->size, double);
	if (s->series == s->now && s->bars > 0 && array_read(&f->arena,
	    s->state, r->state, r->size) == r->size) {
		r->bars = s->bars;
		r->last_day = s->last_day;
		return (true);
	}
	quant_indicator_start(r->row, r->param, r->state);
	r->last_day = DAY_NONE;
	r->moved = true;
	return (true);
}

/* Values to be written, column by column. */
struct values {
	int64_t	*id;
	day	*day;
	double	*v[INDICATOR_OUTPUTS_MAX];
	size_t	 n;
};

static void
values_open(struct arena *a, struct values *v, size_t most)
{
	size_t i;

	v->n = 0;
	v->id = ARENA_MANY(a, most, int64_t);
	v->day = ARENA_MANY(a, most, day);
	for (i = 0; i < INDICATOR_OUTPUTS_MAX; i++)
		v->v[i] = ARENA_MANY(a, most, double);
}

static void
run_step(struct run *r, const struct bar_row *b, struct values *v)
{
	const struct bar bar = { b->open, b->high, b->low, b->close,
	    b->volume };
	double out[INDICATOR_OUTPUTS_MAX];
	size_t i;

	if (day_ok(r->last_day) && day_cmp(b->day, r->last_day) <= 0)
		return;
	for (i = 0; i < INDICATOR_OUTPUTS_MAX; i++)
		out[i] = NAN;
	r->bars++;
	r->last_day = b->day;
	r->moved = true;
	if (!r->row->step(r->state, r->param, &bar, out))
		return;
	v->id[v->n] = r->id;
	v->day[v->n] = b->day;
	for (i = 0; i < INDICATOR_OUTPUTS_MAX; i++)
		v->v[i][v->n] = out[i];
	v->n++;
}

static enum err
values_write(struct flow *f, const struct values *v)
{
	if (v->n == 0)
		return (OK);
	return (store_exec(f, &sql_fold_values_put, NULL,
	    MANY(K_LONG, v->id, v->n), MANY(K_DAY, v->day, v->n),
	    MANY(K_REAL, v->v[0], v->n), MANY(K_REAL, v->v[1], v->n),
	    MANY(K_REAL, v->v[2], v->n), MANY(K_REAL, v->v[3], v->n),
	    MANY(K_REAL, v->v[4], v->n)));
}

static enum err
chunk_fold(struct flow *f, uuid instrument, struct run *runs, size_t n,
    day *after, size_t *bars)
{
	const struct bar_row *b;
	struct values v;
	struct list rows;
	size_t i, k;

	TRY(store_rows(f, &sql_fold_bars, SHAPE(bar_row), &rows,
	    UUID(instrument), DAY(*after), LONG(CHUNK_BARS)));
	*bars = rows.n;
	values_open(&f->arena, &v, rows.n * n);
	for (i = 0, b = rows.v; i < rows.n; i++)
		for (k = 0; k < n; k++)
			run_step(&runs[k], &b[i], &v);
	if (rows.n > 0)
		*after = b[rows.n - 1].day;
	return (values_write(f, &v));
}

static enum err
runs_close(struct flow *f, const struct run *r, size_t n, int64_t series)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (r[i].moved)
			TRY(store_exec(f, &sql_fold_close, NULL,
			    LONG(r[i].id), MANY(K_REAL, r[i].state,
			    r[i].size), LONG(r[i].bars),
			    DAY(r[i].last_day), LONG(series)));
	return (OK);
}

/* In a transaction that holds the rows. */
static enum err
runs_fold(struct flow *f, uuid instrument, int64_t *steps)
{
	struct run runs[STORED_MAX];
	const struct stream_row *s;
	struct list rows;
	size_t i, n = 0, bars;
	day after;

	TRY(store_rows(f, &sql_fold_streams, SHAPE(stream_row), &rows,
	    UUID(instrument), LONG(STORED_MAX)));
	for (i = 0, s = rows.v; i < rows.n; i++) {
		if (!run_open(f, &s[i], &runs[n]))
			continue;
		if (!day_ok(runs[n].last_day))
			TRY(store_exec(f, &sql_fold_clear, NULL,
			    LONG(s[i].id)));
		n++;
	}
	if (n == 0)
		return (OK);
	after = runs[0].last_day;
	for (i = 1; i < n; i++)
		if (!day_ok(runs[i].last_day) ||
		    (day_ok(after) && day_cmp(runs[i].last_day, after) < 0))
			after = runs[i].last_day;
	do {
		TRY(chunk_fold(f, instrument, runs, n, &after, &bars));
		*steps += (int64_t)(bars * n);
	} while (bars == CHUNK_BARS);
	return (runs_close(f, runs, n, s[0].now));
}

static enum err
usual_add(struct flow *f, uuid instrument)
{
	double param[INDICATOR_PARAMS_MAX];
	struct instrument in;
	double periods;
	int i;

	TRY(store_row(f, &sql_instrument_of, SHAPE(instrument), &in,
	    UUID(instrument)));
	periods = str_eq(in.kind, S("crypto")) ? 365 : 252;
	for (i = 0; i < STUDIES_USUAL; i++) {
		if (!study_params(i, study_period(i, LONG_NONE), periods,
		    STR_NONE, param))
			return (E_INTERNAL);
		TRY(fold_add(f, instrument, study_indicator(i), param));
	}
	return (OK);
}

enum err
folds_update(struct flow *f, uuid instrument, int64_t *steps)
{
	int64_t taken = 0;

	TRY(store_begin(f));
	TRY(usual_add(f, instrument));
	TRY(runs_fold(f, instrument, &taken));
	if (steps != NULL)
		*steps = taken;
	return (store_commit(f));
}

/* ---- which are stored ---------------------------------------------------- */

enum err
fold_add(struct flow *f, uuid instrument, const struct indicator *row,
    const double *param)
{
	return (store_exec(f, &sql_fold_add, NULL, UUID(instrument),
	    STR(str_of(row->name)),
	    MANY(K_REAL, param, param_count(row))));
}

enum err
fold_drop(struct flow *f, uuid instrument, const struct indicator *row,
    const double *param)
{
	return (store_exec(f, &sql_fold_drop, NULL, UUID(instrument),
	    STR(str_of(row->name)),
	    MANY(K_REAL, param, param_count(row))));
}

enum err
folds_list(struct flow *f, uuid instrument, struct list *out)
{
	return (store_rows(f, &sql_fold_list, SHAPE(folded), out,
	    UUID(instrument)));
}
