/*
 * The one table: quant's indicators, so that one added there is answered
 * here, and the rows of formulas.c. It finds them and prints them.
 */
#include <string.h>

#include "calc/formula.h"
#include "calc/lines.h"

enum { FORMULAS_MAX = 200 };

/* Names of quant's indicators that the field has other words for. */
static const char *const renamed[][2] = {
	{ "stochastic", "stoch" }, { "deviation", "stddev" },
	{ "return", "daily_return" }, { "volatility", "close_volatility" },
};

/* Further words that are understood. */
static const char *const synonyms[][2] = {
	{ "stochastic", "stoch" }, { "stdev", "stddev" },
	{ "bb", "bollinger" }, { "zscore", "z_score" },
	{ "willr", "williams_r" }, { "annualized", "annualised" },
	{ "expected_shortfall", "es" }, { "cvar", "es" },
	{ "value_at_risk", "var" }, { "stoch_rsi", "stochastic_rsi" },
	{ "stochrsi", "stochastic_rsi" }, { "psar", "sar" },
	{ "parabolic_sar", "sar" }, { "adl", "ad" },
	{ "cmf", "chaikin_money_flow" }, { "chaikin_oscillator", "chaikin" },
	{ "adosc", "chaikin" }, { "ultimate_oscillator", "ultimate" },
	{ "ultosc", "ultimate" }, { "hierarchical_risk_parity", "hrp" },
	{ "ols", "regression" }, { "monte_carlo", "projection" },
};

#define COUNT_OF(a)	(sizeof(a) / sizeof((a)[0]))

static struct formula table[FORMULAS_MAX + 1];

static struct formula
formula_of_indicator(const struct indicator *row)
{
	struct formula f = { .name = row->name, .doc = row->doc,
	    .must = row->reads & ((1u << (IN_VOLUME + 1)) - 1),
	    .run = run_indicator, .of = { .row = row } };

	for (size_t i = 0; i < COUNT_OF(renamed); i++)
		if (strcmp(row->name, renamed[i][0]) == 0)
			f.name = renamed[i][1];
	for (size_t i = 0; row->param[i].name != NULL; i++) {
		f.param[i] = (struct param){ row->param[i].name,
		    row->param[i].min, row->param[i].max,
		    row->param[i].standard, row->param[i].whole, NULL };
		if (strcmp(f.param[i].name, "window") == 0)
			f.param[i].name = "period";
	}
	for (size_t i = 0; i < INDICATOR_OUTPUTS_MAX && row->output[i] != NULL;
	    i++)
		f.output[i] = row->output[i];
	return (f);
}

_Static_assert((int)BAR_OPEN == TAKES(IN_OPEN) &&
    (int)BAR_VOLUME == TAKES(IN_VOLUME), "a bar's parts are inputs 0 to 4");

const struct formula *
formulas(void)
{
	size_t n = 0;

	if (table[0].name != NULL)
		return (table);
	for (const struct indicator *row = quant_indicators;
	    row->name != NULL && n < FORMULAS_MAX; row++)
		table[n++] = formula_of_indicator(row);
	for (const struct formula *f = formula_rows; f->name != NULL &&
	    n < FORMULAS_MAX; f++)
		table[n++] = *f;
	for (const struct formula *f = portfolio_rows; f->name != NULL &&
	    n < FORMULAS_MAX; f++)
		table[n++] = *f;
	return (table);
}

const struct formula *
formula_find(const char *name)
{
	const struct formula *f;

	for (size_t i = 0; i < COUNT_OF(synonyms); i++)
		if (strcmp(name, synonyms[i][0]) == 0)
			name = synonyms[i][1];
	for (f = formulas(); f->name != NULL; f++)
		if (strcmp(f->name, name) == 0)
			return (f);
	return (NULL);
}

#define INPUT_ROW(id, name, shape)	[id] = { name, shape },
static const struct {
	const char	*name;
	enum shape_in	 shape;
} inputs[] = { INPUTS(INPUT_ROW) };
#undef INPUT_ROW

const char *
input_name(enum input id)
{
	return (inputs[id].name);
}

enum shape_in
input_shape(enum input id)
{
	return (inputs[id].shape);
}

/* ---- --list ------------------------------------------------------ */

static void
param_print(struct json *j, const struct param *p)
{
	jw_open(j);
	jw_key(j, "name");
	jw_z(j, p->name);
	if (p->words != NULL) {
		jw_key(j, "words");
		jw_array(j);
		for (size_t i = 0; p->words[i] != NULL; i++)
			jw_z(j, p->words[i]);
		jw_array_end(j);
		jw_key(j, "default");
		jw_z(j, p->words[(int)p->standard]);
	} else {
		jw_key(j, "whole");
		jw_bool(j, p->whole);
		jw_key(j, "min");
		jw_real(j, p->min);
		jw_key(j, "max");
		jw_real(j, p->max);
		jw_key(j, "default");
		jw_real(j, p->standard);
	}
	jw_close(j);
}

static void
inputs_print(struct json *j, const char *key, uint32_t which)
{
	jw_key(j, key);
	jw_array(j);
	for (enum input id = 0; id < INPUT_COUNT; id++)
		if (which & TAKES(id))
			jw_z(j, input_name(id));
	jw_array_end(j);
}

static void
formula_print(struct json *j, const struct formula *f)
{
	jw_open(j);
	jw_key(j, "name");
	jw_z(j, f->name);
	jw_key(j, "params");
	jw_array(j);
	for (const struct param *p = f->param; p->name != NULL; p++)
		param_print(j, p);
	jw_array_end(j);
	inputs_print(j, "inputs", f->must);
	inputs_print(j, "optional", f->may);
	jw_key(j, "outputs");
	jw_array(j);
	for (size_t i = 0; f->output[i] != NULL; i++)
		jw_z(j, f->output[i]);
	if (f->output[0] == NULL)
		jw_z(j, "value");
	jw_array_end(j);
	jw_key(j, "doc");
	jw_z(j, f->doc);
	jw_close(j);
}

void
formulas_print(FILE *to)
{
	const struct formula *f;
	struct arena a;
	struct json j;
	str text;

	arena_init(&a, LINE_MEMORY_BYTES_MAX, NULL, NULL);
	jw_init(&j, &a);
	jw_array(&j);
	for (f = formulas(); f->name != NULL; f++)
		formula_print(&j, f);
	jw_array_end(&j);
	text = jw_text(&j);
	fprintf(to, "%.*s\n", STR_ARG(text));
	arena_drop(&a);
}
