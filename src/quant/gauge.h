/*
 * The functions the rows of the indicator table point to, a family a file.
 * Each sets out[] in the order of the row's outputs. Not for other rooms.
 */
#ifndef BURSAR_QUANT_GAUGE_H
#define BURSAR_QUANT_GAUGE_H

#include "quant/window.h"

typedef size_t	gauge_count(const double *param);
typedef bool	gauge_step(double *state, const double *param,
		    const struct bar *bar, double *out);

/* gauge.c: what most rows need. */
gauge_count	need_one, need_two, need_window, need_window_more;
gauge_count	size_ring, size_previous;

static inline double
ema_alpha(double w)
{
	return (2 / (w + 1));
}

/* gauge_trend.c */
/* An average of an average: `deep` of them, each fed by the one before. */
bool		ema_chain(double *state, double w, int deep, double x,
		    double *e);
gauge_count	sma_size, ema_size, wma_size, dema_need, dema_size;
gauge_count	tema_need, tema_size;
gauge_count	macd_need, macd_size, slope_size;
gauge_step	sma_step, ema_step, wma_step, dema_step, tema_step, macd_step;
gauge_step	slope_step;

/* gauge_momentum.c */
gauge_count	rsi_size, stochastic_need, stochastic_size, williams_r_size;
gauge_count	cci_size, adx_size, stochastic_rsi_need, stochastic_rsi_size;
gauge_count	ultimate_need, ultimate_size;
gauge_step	return_step, momentum_step, roc_step, rsi_step;
gauge_step	stochastic_step, williams_r_step, cci_step, adx_step;
gauge_step	stochastic_rsi_step, ultimate_step;

/* gauge_spread.c */
/* Wilder's average of true ranges; 2 + EMA_SIZE doubles. */
bool		atr_push(double *state, double w, const struct bar *bar,
		    double *out);
gauge_count	deviation_size, volatility_size, atr_size, donchian_size;
gauge_step	deviation_step, z_score_step, bollinger_step;
gauge_step	volatility_step, true_range_step, atr_step, donchian_step;

/* gauge_adaptive.c */
gauge_count	hma_need, hma_size, kama_size, trix_need, trix_size;
gauge_step	hma_step, kama_step, trix_step;

/* gauge_channel.c */
gauge_count	keltner_need, keltner_size, ichimoku_need, ichimoku_size;
gauge_count	aroon_size;
gauge_step	keltner_step, ichimoku_step, aroon_step;

/* parabolic.c */
gauge_count	sar_size;
gauge_step	sar_step;

/* gauge_volume.c */
gauge_count	obv_size, vwap_size, mfi_size, ad_size, money_flow_size;
gauge_count	chaikin_need, chaikin_size;
gauge_step	obv_step, vwap_step, mfi_step, ad_step, money_flow_step;
gauge_step	chaikin_step;

/* The close before this one: false at the first bar. Two doubles. */
static inline bool
previous(double *state, double x, double *before)
{
	bool seen = state[0] != 0;

	*before = state[1];
	state[0] = 1;
	state[1] = x;
	return (seen);
}

static inline double
bar_typical(const struct bar *b)
{
	return ((b->high + b->low + b->close) / 3);
}

/* The widest of the day's range and the gaps from the close before. */
static inline double
bar_true_range(const struct bar *b, double before)
{
	return (fmax(b->high - b->low,
	    fmax(fabs(b->high - before), fabs(b->low - before))));
}

#endif
