/*
 * The table of indicators and what runs a row of it: its batch, where it has
 * one, else a loop of its steps.
 */
#include <string.h>

#include "quant/gauge.h"

#define WINDOW(least, standard)	\
	{ "window", least, INDICATOR_WINDOW_MAX, standard, true }
#define COUNT(name, standard)	\
	{ name, 1, INDICATOR_WINDOW_MAX, standard, true }
#define BAR_HLC		(BAR_HIGH | BAR_LOW | BAR_CLOSE)

/* Name, what it says; what it reads; parameters; outputs; functions. */
const struct indicator quant_indicators[] = {
	{ "return", "Change of the close since the bar before, a fraction.",
	    BAR_CLOSE | BAR_POSITIVE, { { 0 } }, { "return" },
	    need_two, size_previous, return_step, NULL },
	{ "sma", "Simple moving average of the close.",
	    BAR_CLOSE, { WINDOW(1, 20) }, { "sma" },
	    need_window, sma_size, sma_step, quant_sma },
	{ "ema", "Exponential average, seeded with the first simple one.",
	    BAR_CLOSE, { WINDOW(1, 20) }, { "ema" },
	    need_window, ema_size, ema_step, quant_ema },
	{ "wma", "Average weighted 1, 2, .. up to the latest close.",
	    BAR_CLOSE, { WINDOW(1, 14) }, { "wma" },
	    need_window, wma_size, wma_step, NULL },
	{ "dema", "Double exponential average: 2 E - E(E).",
	    BAR_CLOSE, { WINDOW(1, 20) }, { "dema" },
	    dema_need, dema_size, dema_step, NULL },
	{ "tema", "Triple exponential average: 3 E - 3 E(E) + E(E(E)).",
	    BAR_CLOSE, { WINDOW(1, 20) }, { "tema" },
	    tema_need, tema_size, tema_step, NULL },
	{ "hma", "Hull's average: of 2 fast less slow, weighted.",
	    BAR_CLOSE, { WINDOW(2, 20) }, { "hma" },
	    hma_need, hma_size, hma_step, NULL },
	{ "kama", "Kaufman's average, faster the straighter the close goes.",
	    BAR_CLOSE, { WINDOW(1, 10), COUNT("fast", 2), COUNT("slow", 30) },
	    { "kama" }, need_window_more, kama_size, kama_step, NULL },
	{ "trix", "Change of a triple exponential average, in percent.",
	    BAR_CLOSE, { WINDOW(1, 15), COUNT("signal", 9) },
	    { "trix", "signal" }, trix_need, trix_size, trix_step, NULL },
	{ "macd", "Fast less slow exponential average, and its average.",
	    BAR_CLOSE, { COUNT("fast", 12), COUNT("slow", 26),
	    COUNT("signal", 9) }, { "macd", "signal", "histogram" },
	    macd_need, macd_size, macd_step, NULL },
	{ "slope", "Straight line through the closes: rise a bar, and fit.",
	    BAR_CLOSE, { WINDOW(2, 14) }, { "slope", "r_squared" },
	    need_window, size_ring, slope_step, NULL },
	{ "momentum", "Change of the close over the window.",
	    BAR_CLOSE, { WINDOW(1, 14) }, { "momentum" },
	    need_window_more, size_ring, momentum_step, NULL },
	{ "roc", "Rate of change over the window, in percent.",
	    BAR_CLOSE | BAR_POSITIVE, { WINDOW(1, 14) }, { "roc" },
	    need_window_more, size_ring, roc_step, NULL },
	{ "rsi", "Wilder's relative strength index, 0 to 100.",
	    BAR_CLOSE, { WINDOW(1, 14) }, { "rsi" },
	    need_window_more, rsi_size, rsi_step, quant_rsi },
	{ "stochastic", "Where the close lies in its range, 0 to 100.",
	    BAR_HLC, { WINDOW(1, 14), COUNT("smooth", 3),
	    COUNT("signal", 3) }, { "k", "d" },
	    stochastic_need, stochastic_size, stochastic_step, NULL },
	{ "stochastic_rsi", "Where the RSI lies in its range, 0 to 100.",
	    BAR_CLOSE, { WINDOW(1, 14), COUNT("stochastic", 14),
	    COUNT("smooth", 3), COUNT("signal", 3) }, { "k", "d" },
	    stochastic_rsi_need, stochastic_rsi_size, stochastic_rsi_step,
	    NULL },
	{ "ultimate", "Buying pressure over three windows, 0 to 100.",
	    BAR_HLC, { COUNT("fast", 7), COUNT("middle", 14),
	    COUNT("slow", 28) }, { "ultimate" },
	    ultimate_need, ultimate_size, ultimate_step, NULL },
	{ "aroon", "How long ago the window's high and low were, 0 to 100.",
	    BAR_HIGH | BAR_LOW, { WINDOW(1, 25) },
	    { "up", "down", "oscillator" },
	    need_window_more, aroon_size, aroon_step, NULL },
	{ "williams_r", "How far below the range's top, -100 to 0.",
	    BAR_HLC, { WINDOW(1, 14) }, { "williams_r" },
	    need_window, williams_r_size, williams_r_step, NULL },
	{ "cci", "Typical price from its mean, in 0.015 mean deviations.",
	    BAR_HLC, { WINDOW(2, 20) }, { "cci" },
	    need_window, size_ring, cci_step, NULL },
	{ "adx", "Wilder's directional lines and their trend's strength.",
	    BAR_HLC, { WINDOW(1, 14) }, { "plus_di", "minus_di", "adx" },
	    need_window_more, adx_size, adx_step, NULL },
	{ "deviation", "Population deviation of the close.",
	    BAR_CLOSE, { WINDOW(2, 14) }, { "deviation" },
	    need_window, deviation_size, deviation_step,
	    quant_roll_deviation },
	{ "z_score", "Population deviations from the window's mean.",
	    BAR_CLOSE, { WINDOW(2, 14) }, { "z_score" },
	    need_window, deviation_size, z_score_step, NULL },
	{ "bollinger", "Mean, and bands so many deviations about it.",
	    BAR_CLOSE, { WINDOW(2, 20), { "width", 0.1, 10, 2, false } },
	    { "middle", "upper", "lower", "percent_b", "bandwidth" },
	    need_window, deviation_size, bollinger_step, NULL },
	{ "volatility", "Annual sample deviation of the window's returns.",
	    BAR_CLOSE | BAR_POSITIVE, { WINDOW(2, 20),
	    { "periods", 1, 366, 252, true } }, { "volatility" },
	    need_window_more, volatility_size, volatility_step, NULL },
	{ "true_range", "The bar's range, gaps from the close before included.",
	    BAR_HLC, { { 0 } }, { "true_range" },
	    need_two, size_previous, true_range_step, NULL },
	{ "atr", "Wilder's average true range, and in percent of the close.",
	    BAR_HLC, { WINDOW(1, 14) }, { "atr", "atr_percent" },
	    need_window_more, atr_size, atr_step, NULL },
	{ "keltner", "Exponential average, and bands of Wilder's ranges.",
	    BAR_HLC, { WINDOW(1, 20), { "width", 0.1, 10, 2, false },
	    COUNT("atr", 10) }, { "middle", "upper", "lower" },
	    keltner_need, keltner_size, keltner_step, NULL },
	{ "ichimoku", "Middles of ranges; the spans as drawn at this bar, "
	    "known `shift` bars before.",
	    BAR_HIGH | BAR_LOW, { COUNT("conversion", 9), COUNT("base", 26),
	    COUNT("span", 52), COUNT("shift", 26) },
	    { "conversion", "base", "span_a", "span_b" },
	    ichimoku_need, ichimoku_size, ichimoku_step, NULL },
	{ "sar", "Wilder's parabolic stop, and the trend, 1 or -1.",
	    BAR_HIGH | BAR_LOW, { { "step", 0.001, 1, 0.02, false },
	    { "most", 0.001, 1, 0.2, false } }, { "sar", "trend" },
	    need_two, sar_size, sar_step, NULL },
	{ "donchian", "Highest high and lowest low of the bars before.",
	    BAR_HIGH | BAR_LOW, { WINDOW(1, 20) },
	    { "upper", "middle", "lower" },
	    need_window_more, donchian_size, donchian_step, NULL },
	{ "obv", "Volume added on rising closes, taken off on falling.",
	    BAR_CLOSE | BAR_VOLUME, { { 0 } }, { "obv" },
	    need_one, obv_size, obv_step, NULL },
	{ "vwap", "Volume-weighted typical price since the first bar.",
	    BAR_HLC | BAR_VOLUME, { { 0 } }, { "vwap" },
	    need_one, vwap_size, vwap_step, NULL },
	{ "ad", "Accumulation and distribution of volume.",
	    BAR_HLC | BAR_VOLUME, { { 0 } }, { "ad" },
	    need_one, ad_size, ad_step, NULL },
	{ "chaikin_money_flow", "Accumulated share of the window's volume.",
	    BAR_HLC | BAR_VOLUME, { WINDOW(1, 20) }, { "chaikin_money_flow" },
	    need_window, money_flow_size, money_flow_step, NULL },
	{ "chaikin", "Fast less slow exponential average of `ad`.",
	    BAR_HLC | BAR_VOLUME, { COUNT("fast", 3), COUNT("slow", 10) },
	    { "chaikin" }, chaikin_need, chaikin_size, chaikin_step, NULL },
	{ "mfi", "Money flow index: rising share of traded money, 0 to 100.",
	    BAR_HLC | BAR_VOLUME, { WINDOW(1, 14) }, { "mfi" },
	    need_window_more, mfi_size, mfi_step, NULL },
	{ 0 }
};

size_t
need_one(const double *param)
{
	(void)param;
	return (1);
}

size_t
need_two(const double *param)
{
	(void)param;
	return (2);
}

size_t
need_window(const double *param)
{
	return ((size_t)param[0]);
}

size_t
need_window_more(const double *param)
{
	return ((size_t)param[0] + 1);
}

size_t
size_ring(const double *param)
{
	return (ring_size(param[0]));
}

size_t
size_previous(const double *param)
{
	(void)param;
	return (2);
}

const struct indicator *
quant_indicator(const char *name)
{
	const struct indicator *row;

	for (row = quant_indicators; row->name != NULL; row++)
		if (strcmp(row->name, name) == 0)
			return (row);
	return (NULL);
}

bool
quant_indicator_fits(const struct indicator *row, const double *param)
{
	const struct indicator_param *p;

	for (p = row->param; p->name != NULL; p++, param++)
		if (!(*param >= p->min && *param <= p->max) ||
		    (p->whole && floor(*param) != *param))
			return (false);
	return (true);
}

void
quant_indicator_defaults(const struct indicator *row, double *param)
{
	const struct indicator_param *p;

	for (p = row->param; p->name != NULL; p++)
		*param++ = p->standard;
}

void
quant_indicator_start(const struct indicator *row, const double *param,
    double *state)
{
	memset(state, 0, row->size(param) * sizeof(*state));
}

/* Is a column there and finite, if it is read at all? */
static bool
column_ok(const double *x, size_t n, bool read)
{
	return (!read || (x != NULL && numbers_ok(x, n)));
}

static bool
bars_ok(const struct bars *in, unsigned reads)
{
	if (!column_ok(in->open, in->n, reads & BAR_OPEN) ||
	    !column_ok(in->high, in->n, reads & BAR_HIGH) ||
	    !column_ok(in->low, in->n, reads & BAR_LOW) ||
	    !column_ok(in->close, in->n, reads & BAR_CLOSE) ||
	    !column_ok(in->volume, in->n, reads & BAR_VOLUME))
		return (false);
	for (size_t i = 0; (reads & BAR_POSITIVE) && i < in->n; i++)
		if (in->close[i] <= 0)
			return (false);
	return (true);
}

static struct bar
bars_at(const struct bars *in, unsigned reads, size_t i)
{
	return ((struct bar){
	    .open = reads & BAR_OPEN ? in->open[i] : 0,
	    .high = reads & BAR_HIGH ? in->high[i] : 0,
	    .low = reads & BAR_LOW ? in->low[i] : 0,
	    .close = reads & BAR_CLOSE ? in->close[i] : 0,
	    .volume = reads & BAR_VOLUME ? in->volume[i] : 0,
	});
}

/* What ran out of range has no value. */
static size_t
run_batch(const struct indicator *row, const double *param,
    const struct bars *in, double *out)
{
	size_t n = row->batch(in->close, in->n, (size_t)param[0], out);

	for (size_t k = 0; k < n; k++)
		out[k] = isfinite(out[k]) ? out[k] : NAN;
	return (n);
}

size_t
quant_indicator_run(const struct indicator *row, const double *param,
    const struct bars *in, double *state, double *const *out)
{
	double answer[INDICATOR_OUTPUTS_MAX];
	struct bar bar;
	size_t n = 0;

	if (!quant_indicator_fits(row, param) || !bars_ok(in, row->reads))
		return (0);
	if (row->batch != NULL)
		return (run_batch(row, param, in, out[0]));
	quant_indicator_start(row, param, state);
	for (size_t i = 0; i < in->n; i++) {
		bar = bars_at(in, row->reads, i);
		if (!row->step(state, param, &bar, answer))
			continue;
		for (size_t j = 0; j < INDICATOR_OUTPUTS_MAX &&
		    row->output[j] != NULL; j++)
			out[j][n] = isfinite(answer[j]) ? answer[j] : NAN;
		n++;
	}
	return (n);
}
