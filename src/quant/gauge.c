/*
 * The table of indicators and what runs a row of it: its batch, where it has
 * one, else a loop of its steps.
 */
#include <string.h>

#include "quant/batch.h"

#define WINDOW(least, standard)	\
	{ "window", least, INDICATOR_WINDOW_MAX, standard, true }
#define COUNT(name, standard)	\
	{ name, 1, INDICATOR_WINDOW_MAX, standard, true }
#define BAR_HLC		(BAR_HIGH | BAR_LOW | BAR_CLOSE)

/* Name, what it says; what it reads; parameters; outputs; functions. */
const struct indicator quant_indicators[] = {
	{ "return", "Change of the close since the bar before, a fraction.",
	    BAR_CLOSE | BAR_POSITIVE, { { 0 } }, { "return" },
	    need_two, size_previous, return_step,
	    lead_one, return_pass },
	{ "sma", "Simple moving average of the close.",
	    BAR_CLOSE, { WINDOW(1, 20) }, { "sma" },
	    need_window, sma_size, sma_step,
	    lead_window_less, sma_pass },
	{ "ema", "Exponential average, seeded with the first simple one.",
	    BAR_CLOSE, { WINDOW(1, 20) }, { "ema" },
	    need_window, ema_size, ema_step,
	    lead_none, ema_pass },
	{ "wma", "Average weighted 1, 2, .. up to the latest close.",
	    BAR_CLOSE, { WINDOW(1, 14) }, { "wma" },
	    need_window, wma_size, wma_step,
	    lead_window_less, wma_pass },
	{ "dema", "Double exponential average: 2 E - E(E).",
	    BAR_CLOSE, { WINDOW(1, 20) }, { "dema" },
	    dema_need, dema_size, dema_step,
	    lead_none, dema_pass },
	{ "tema", "Triple exponential average: 3 E - 3 E(E) + E(E(E)).",
	    BAR_CLOSE, { WINDOW(1, 20) }, { "tema" },
	    tema_need, tema_size, tema_step,
	    lead_none, tema_pass },
	{ "hma", "Hull's average: of 2 fast less slow, weighted.",
	    BAR_CLOSE, { WINDOW(2, 20) }, { "hma" },
	    hma_need, hma_size, hma_step,
	    hma_lead, hma_pass },
	{ "kama", "Kaufman's average, faster the straighter the close goes.",
	    BAR_CLOSE, { WINDOW(1, 10), COUNT("fast", 2), COUNT("slow", 30) },
	    { "kama" }, need_window_more, kama_size, kama_step,
	    lead_window, kama_pass },
	{ "trix", "Change of a triple exponential average, in percent.",
	    BAR_CLOSE, { WINDOW(1, 15), COUNT("signal", 9) },
	    { "trix", "signal" }, trix_need, trix_size, trix_step,
	    lead_none, trix_pass },
	{ "macd", "Fast less slow exponential average, and its average.",
	    BAR_CLOSE, { COUNT("fast", 12), COUNT("slow", 26),
	    COUNT("signal", 9) }, { "macd", "signal", "histogram" },
	    macd_need, macd_size, macd_step,
	    lead_none, macd_pass },
	{ "slope", "Straight line through the closes: rise a bar, and fit.",
	    BAR_CLOSE, { WINDOW(2, 14) }, { "slope", "r_squared" },
	    need_window, slope_size, slope_step,
	    lead_window_less, slope_pass },
	{ "momentum", "Change of the close over the window.",
	    BAR_CLOSE, { WINDOW(1, 14) }, { "momentum" },
	    need_window_more, size_ring, momentum_step,
	    lead_window, momentum_pass },
	{ "roc", "Rate of change over the window, in percent.",
	    BAR_CLOSE | BAR_POSITIVE, { WINDOW(1, 14) }, { "roc" },
	    need_window_more, size_ring, roc_step,
	    lead_window, roc_pass },
	{ "rsi", "Wilder's relative strength index, 0 to 100.",
	    BAR_CLOSE, { WINDOW(1, 14) }, { "rsi" },
	    need_window_more, rsi_size, rsi_step,
	    lead_one, rsi_pass },
	{ "stochastic", "Where the close lies in its range, 0 to 100.",
	    BAR_HLC, { WINDOW(1, 14), COUNT("smooth", 3),
	    COUNT("signal", 3) }, { "k", "d" },
	    stochastic_need, stochastic_size, stochastic_step,
	    stochastic_lead, stochastic_pass },
	{ "stochastic_rsi", "Where the RSI lies in its range, 0 to 100.",
	    BAR_CLOSE, { WINDOW(1, 14), COUNT("stochastic", 14),
	    COUNT("smooth", 3), COUNT("signal", 3) }, { "k", "d" },
	    stochastic_rsi_need, stochastic_rsi_size, stochastic_rsi_step,
	    stochastic_rsi_lead, stochastic_rsi_pass },
	{ "ultimate", "Buying pressure over three windows, 0 to 100.",
	    BAR_HLC, { COUNT("fast", 7), COUNT("middle", 14),
	    COUNT("slow", 28) }, { "ultimate" },
	    ultimate_need, ultimate_size, ultimate_step,
	    ultimate_lead, ultimate_pass },
	{ "aroon", "How long ago the window's high and low were, 0 to 100.",
	    BAR_HIGH | BAR_LOW, { WINDOW(1, 25) },
	    { "up", "down", "oscillator" },
	    need_window_more, aroon_size, aroon_step,
	    lead_window, aroon_pass },
	{ "williams_r", "How far below the range's top, -100 to 0.",
	    BAR_HLC, { WINDOW(1, 14) }, { "williams_r" },
	    need_window, williams_r_size, williams_r_step,
	    lead_window_less, williams_r_pass },
	{ "cci", "Typical price from its mean, in 0.015 mean deviations.",
	    BAR_HLC, { WINDOW(2, 20) }, { "cci" },
	    need_window, cci_size, cci_step,
	    lead_window_less, cci_pass },
	{ "adx", "Wilder's directional lines and their trend's strength.",
	    BAR_HLC, { WINDOW(1, 14) }, { "plus_di", "minus_di", "adx" },
	    need_window_more, adx_size, adx_step,
	    lead_one, adx_pass },
	{ "deviation", "Population deviation of the close.",
	    BAR_CLOSE, { WINDOW(2, 14) }, { "deviation" },
	    need_window, deviation_size, deviation_step,
	    lead_window_less, deviation_pass },
	{ "z_score", "Population deviations from the window's mean.",
	    BAR_CLOSE, { WINDOW(2, 14) }, { "z_score" },
	    need_window, deviation_size, z_score_step,
	    lead_window_less, z_score_pass },
	{ "bollinger", "Mean, and bands so many deviations about it.",
	    BAR_CLOSE, { WINDOW(2, 20), { "width", 0.1, 10, 2, false } },
	    { "middle", "upper", "lower", "percent_b", "bandwidth" },
	    need_window, deviation_size, bollinger_step,
	    lead_window_less, bollinger_pass },
	{ "volatility", "Annual sample deviation of the window's returns.",
	    BAR_CLOSE | BAR_POSITIVE, { WINDOW(2, 20),
	    { "periods", 1, 366, 252, true } }, { "volatility" },
	    need_window_more, volatility_size, volatility_step,
	    lead_window, volatility_pass },
	{ "true_range", "The bar's range, gaps from the close before included.",
	    BAR_HLC, { { 0 } }, { "true_range" },
	    need_two, size_previous, true_range_step,
	    lead_one, true_range_pass },
	{ "atr", "Wilder's average true range, and in percent of the close.",
	    BAR_HLC, { WINDOW(1, 14) }, { "atr", "atr_percent" },
	    need_window_more, atr_size, atr_step,
	    lead_one, atr_pass },
	{ "keltner", "Exponential average, and bands of Wilder's ranges.",
	    BAR_HLC, { WINDOW(1, 20), { "width", 0.1, 10, 2, false },
	    COUNT("atr", 10) }, { "middle", "upper", "lower" },
	    keltner_need, keltner_size, keltner_step,
	    lead_one, keltner_pass },
	{ "ichimoku", "Middles of ranges; the spans as drawn at this bar, "
	    "known `shift` bars before.",
	    BAR_HIGH | BAR_LOW, { COUNT("conversion", 9), COUNT("base", 26),
	    COUNT("span", 52), COUNT("shift", 26) },
	    { "conversion", "base", "span_a", "span_b" },
	    ichimoku_need, ichimoku_size, ichimoku_step,
	    ichimoku_lead, ichimoku_pass },
	{ "sar", "Wilder's parabolic stop, and the trend, 1 or -1.",
	    BAR_HIGH | BAR_LOW, { { "step", 0.001, 1, 0.02, false },
	    { "most", 0.001, 1, 0.2, false } }, { "sar", "trend" },
	    need_two, sar_size, sar_step,
	    lead_none, sar_pass },
	{ "donchian", "Highest high and lowest low of the bars before.",
	    BAR_HIGH | BAR_LOW, { WINDOW(1, 20) },
	    { "upper", "middle", "lower" },
	    need_window_more, donchian_size, donchian_step,
	    lead_window, donchian_pass },
	{ "obv", "Volume added on rising closes, taken off on falling.",
	    BAR_CLOSE | BAR_VOLUME, { { 0 } }, { "obv" },
	    need_one, obv_size, obv_step,
	    lead_one, obv_pass },
	{ "vwap", "Volume-weighted typical price since the first bar.",
	    BAR_HLC | BAR_VOLUME, { { 0 } }, { "vwap" },
	    need_one, vwap_size, vwap_step,
	    lead_none, vwap_pass },
	{ "ad", "Accumulation and distribution of volume.",
	    BAR_HLC | BAR_VOLUME, { { 0 } }, { "ad" },
	    need_one, ad_size, ad_step,
	    lead_none, ad_pass },
	{ "chaikin_money_flow", "Accumulated share of the window's volume.",
	    BAR_HLC | BAR_VOLUME, { WINDOW(1, 20) }, { "chaikin_money_flow" },
	    need_window, money_flow_size, money_flow_step,
	    lead_window_less, money_flow_pass },
	{ "chaikin", "Fast less slow exponential average of `ad`.",
	    BAR_HLC | BAR_VOLUME, { COUNT("fast", 3), COUNT("slow", 10) },
	    { "chaikin" }, chaikin_need, chaikin_size, chaikin_step,
	    lead_none, chaikin_pass },
	{ "mfi", "Money flow index: rising share of traded money, 0 to 100.",
	    BAR_HLC | BAR_VOLUME, { WINDOW(1, 14) }, { "mfi" },
	    need_window_more, mfi_size, mfi_step,
	    lead_window, mfi_pass },
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

static bool
run_whole(const struct indicator *row, const double *param,
    const struct bars *in, double *state, double *const *out)
{
	double *mine[INDICATOR_OUTPUTS_MAX] = { NULL };
	size_t need = row->need(param), lead;

	if (row->pass == NULL || (lead = row->lead(param)) > PASS_LEAD_MAX)
		return (false);
	for (size_t j = 0; j < INDICATOR_OUTPUTS_MAX &&
	    row->output[j] != NULL; j++)
		mine[j] = out[j];
	batch_run(row->pass, lead, need, param,
	    &(struct bars){
		.high = row->reads & BAR_HIGH ? in->high : NULL,
		.low = row->reads & BAR_LOW ? in->low : NULL,
		.close = row->reads & BAR_CLOSE ? in->close : NULL,
		.volume = row->reads & BAR_VOLUME ? in->volume : NULL,
		.n = in->n }, state, mine);
	return (true);
}

static size_t
run_steps(const struct indicator *row, const double *param,
    const struct bars *in, double *state, double *const *out)
{
	double answer[INDICATOR_OUTPUTS_MAX];
	struct bar bar;
	size_t n = 0;

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

size_t
quant_indicator_run(const struct indicator *row, const double *param,
    const struct bars *in, double *state, double *const *out)
{
	size_t need;

	if (!quant_indicator_fits(row, param) || !bars_ok(in, row->reads))
		return (0);
	need = row->need(param);
	if (in->n < need)
		return (0);
	quant_indicator_start(row, param, state);
	if (run_whole(row, param, in, state, out))
		return (in->n - need + 1);
	return (run_steps(row, param, in, state, out));
}
