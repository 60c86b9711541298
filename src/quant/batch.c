/*
 * Whole arrays at once: what takes an array through a row's passes, and the
 * few indicators that are asked for by name. The outputs may overwrite the
 * inputs, because a pass reads a copy.
 */
#include <string.h>

#include "quant/batch.h"

size_t
stage_ema(double *ema, double w, double alpha, const double *x, size_t from,
    size_t n, double *out)
{
	size_t seen = (size_t)ema[0], valid;

	if (from >= n)
		return (n);
	span_ema(ema, w, alpha, x + from, n - from, out + from);
	valid = from + (seen < (size_t)w ? (size_t)w - seen - 1 : 0);
	return (valid > n ? n : valid);
}

WIDE void
pass_put(struct pass *p, size_t j, const double *x, size_t valid)
{
	double *out = p->out[j];
	size_t i;

	for (i = p->from; i < valid && i < p->n; i++)
		*out++ = NAN;
	x += i;
	/* A number less itself is nothing; what is not finite is NaN. */
	for (size_t k = 0; i + k < p->n; k++)
		out[k] = x[k] - x[k] == 0 ? x[k] : NAN;
}

size_t
lead_none(const double *param)
{
	(void)param;
	return (0);
}

size_t
lead_one(const double *param)
{
	(void)param;
	return (1);
}

size_t
lead_window(const double *param)
{
	return ((size_t)param[0]);
}

size_t
lead_window_less(const double *param)
{
	return ((size_t)param[0] - 1);
}

/* ---- passes ------------------------------------------------------ */

/*
 * A column of the next pass: the last bars of the one before, which may be
 * overwritten by now where they came from, and m more. Without history there
 * is nothing to keep: an answer goes no further than the bars it is of, and
 * a pass puts its answers when it has read them.
 */
static const double *
column_next(const double *x, size_t m, const struct pass *p, size_t lead,
    bool keeps, double *room)
{
	if (x == NULL || !keeps)
		return (x);
	memmove(room, room + p->n - lead, lead * sizeof(*x));
	memcpy(room + lead, x, m * sizeof(*x));
	return (room);
}

#define COLUMN(name, room)	\
	p.name = column_next(in->name == NULL ? NULL : in->name + at, m, &p, \
	    lead, lead_most > 0, room)

void
batch_run(batch_pass *run, size_t lead_most, size_t need, const double *param,
    const struct bars *in, double *carry, double *const *out)
{
	double room[4][PASS_ROOM];
	struct pass p = { .carry = carry };
	size_t base, lead, m;

	for (size_t at = 0; at < in->n; at += m) {
		lead = at < lead_most ? at : lead_most;
		base = at - lead;
		m = in->n - at < PASS_ROOM - lead ? in->n - at :
		    PASS_ROOM - lead;
		COLUMN(high, room[0]);
		COLUMN(low, room[1]);
		COLUMN(close, room[2]);
		COLUMN(volume, room[3]);
		p.n = lead + m;
		p.fresh = lead;
		p.from = at >= need - 1 ? lead : need - 1 - base;
		for (size_t j = 0; j < INDICATOR_OUTPUTS_MAX; j++)
			p.out[j] = out[j] == NULL ? NULL :
			    out[j] + (base + p.from - (need - 1));
		run(param, &p);
	}
}

/* ---- by name ----------------------------------------------------- */

size_t
quant_sma(const double *x, size_t n, size_t w, double *out)
{
	if (w < 1 || w > INDICATOR_WINDOW_MAX || n < w)
		return (0);
	span_mean(x, n, w, out);
	return (n - w + 1);
}

size_t
quant_ema(const double *x, size_t n, size_t w, double *out)
{
	double ema[EMA_SIZE] = { 0 }, alpha = ema_alpha((double)w), first = 0;

	if (w < 1 || n < w)
		return (0);
	for (size_t i = 0; i < w; i++)
		ema_push(ema, (double)w, alpha, x[i], &first);
	out[0] = first;
	span_ema(ema, (double)w, alpha, x + w, n - w, out + 1);
	return (n - w + 1);
}

/* Of `in->close` alone, into one output. */
static size_t
batch_of_closes(batch_pass *run, size_t lead, size_t need, double w,
    const double *x, size_t n, double *out)
{
	double carry[2 + 2 * EMA_SIZE] = { 0 };
	double *outs[INDICATOR_OUTPUTS_MAX] = { out };
	struct bars in = { .close = x, .n = n };

	batch_run(run, lead, need, &w, &in, carry, outs);
	return (n - need + 1);
}

size_t
quant_rsi(const double *x, size_t n, size_t w, double *out)
{
	if (w < 1 || n < w + 1)
		return (0);
	return (batch_of_closes(rsi_pass, 1, w + 1, (double)w, x, n, out));
}

WIDE static void
roots(const double *squares, size_t n, double by, double *out)
{
	for (size_t k = 0; k < n; k++)
		out[k] = sqrt(squares[k] * by);
}

size_t
quant_roll_deviation(const double *x, size_t n, size_t w, double *out)
{
	double mean[PASS_ROOM], squares[PASS_ROOM];
	size_t count, m;

	if (w < 2 || w > INDICATOR_WINDOW_MAX || n < w)
		return (0);
	count = n - w + 1;
	for (size_t at = 0; at < count; at += m) {
		m = count - at < PASS_ROOM ? count - at : PASS_ROOM;
		span_spread(x + at, m + w - 1, w, mean, squares);
		roots(squares, m, 1 / (double)w, out + at);
	}
	return (count);
}
