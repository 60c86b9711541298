/*
 * What the rows' batches share. A batch sees an array in passes: some bars
 * and, before them, as much history as the row asks for, copied, so that an
 * output may be any column. Not for other rooms.
 */
#ifndef BURSAR_QUANT_BATCH_H
#define BURSAR_QUANT_BATCH_H

#include "quant/gauge.h"
#include "quant/span.h"

enum {
	PASS_ROOM = 1024,	/* bars of a pass, history included */
	PASS_LEAD_MAX = 512	/* history; who needs more goes by steps */
};

/* Columns that the row does not read are not there. */
struct pass {
	const double	*high, *low, *close, *volume;
	size_t		 n;
	size_t		 fresh;	/* bars before this were seen before */
	size_t		 from;	/* the first with an answer; may be >= n */
	double		*carry;	/* size(param) doubles, at first zero */
	double		*out[INDICATOR_OUTPUTS_MAX];
};

typedef void	batch_pass(const double *param, struct pass *p);

/*
 * Stages of a pass: x[i] and out[i] are of bar i. They answer from which bar
 * on there are values; before it out is not written.
 */
typedef void	span_of_one(const double *x, size_t n, size_t w, double *out);

static inline size_t
stage(span_of_one *span, const double *x, size_t from, size_t n, double w,
    double *out)
{
	size_t valid = from + (size_t)w - 1;

	if (valid >= n)
		return (n);
	span(x + from, n - from, (size_t)w, out + valid);
	return (valid);
}

/* Every value from `from` on, which is the first not seen before. */
size_t	stage_ema(double *ema, double w, double alpha, const double *x,
	    size_t from, size_t n, double *out);
/* The j-th output; no value before `valid`, nor where x is not finite. */
void	pass_put(struct pass *p, size_t j, const double *x, size_t valid);

/*
 * The whole of `in` by passes of `run`, with `lead` bars of history, into
 * out[0 ..], of which those the row does not have are NULL. `need` and n
 * are such that there is an answer.
 */
void	batch_run(batch_pass *run, size_t lead, size_t need,
	    const double *param, const struct bars *in, double *carry,
	    double *const *out);

gauge_count	lead_none, lead_one, lead_window, lead_window_less;
gauge_count	hma_lead, stochastic_lead, stochastic_rsi_lead;
gauge_count	ultimate_lead, ichimoku_lead;

/* batch_trend.c */
batch_pass	return_pass, sma_pass, ema_pass, wma_pass, dema_pass;
batch_pass	tema_pass, hma_pass, kama_pass, trix_pass, macd_pass;
batch_pass	slope_pass, momentum_pass, roc_pass;

/* batch_momentum.c */
batch_pass	rsi_pass, stochastic_pass, stochastic_rsi_pass;
batch_pass	ultimate_pass, aroon_pass, williams_r_pass, cci_pass;
batch_pass	adx_pass;

/* batch_spread.c */
batch_pass	deviation_pass, z_score_pass, bollinger_pass;
batch_pass	volatility_pass, true_range_pass, atr_pass, keltner_pass;
batch_pass	ichimoku_pass, donchian_pass;
/* True ranges from bar 1 on. */
void		pass_ranges(const struct pass *p, double *restrict out);

/* parabolic.c */
batch_pass	sar_pass;

/* batch_volume.c */
batch_pass	obv_pass, vwap_pass, ad_pass, money_flow_pass, chaikin_pass;
batch_pass	mfi_pass;

#endif
