/*
 * Outputs in the place of inputs, over more bars than a pass takes: what a
 * pass writes must be nothing a later one reads.
 */
#include "quant/golden.h"

enum { BARS = 2600, COLUMNS = 5 };

static double column[COLUMNS][BARS], answer[COLUMNS][BARS];
static double state[INDICATOR_STATE_MAX];

static struct bars
walk(uint64_t seed)
{
	struct dice d = { seed };
	double x = 100;

	for (size_t i = 0; i < BARS; i++) {
		column[0][i] = x;
		x *= exp(0.02 * dice_normal(&d));
		column[1][i] = fmax(x, column[0][i]) * (1 + 0.01 *
		    dice_unit(&d));
		column[2][i] = fmin(x, column[0][i]) * (1 - 0.01 *
		    dice_unit(&d));
		column[3][i] = x;
		column[4][i] = floor(1e6 * dice_unit(&d));
	}
	return ((struct bars){ column[0], column[1], column[2], column[3],
	    column[4], BARS });
}

static void
overwrite(const struct indicator *row, const double *param)
{
	double *apart[INDICATOR_OUTPUTS_MAX], *over[INDICATOR_OUTPUTS_MAX];
	struct bars in;
	size_t n;

	for (size_t turn = 0; turn < COLUMNS; turn++) {
		for (size_t j = 0; j < INDICATOR_OUTPUTS_MAX; j++) {
			apart[j] = answer[j];
			over[j] = column[(j + turn) % COLUMNS];
		}
		in = walk(7);
		n = quant_indicator_run(row, param, &in, state, apart);
		assert_int_equal(n, BARS - row->need(param) + 1);
		assert_int_equal(quant_indicator_run(row, param, &in, state,
		    over), n);
		for (size_t j = 0; j < INDICATOR_OUTPUTS_MAX &&
		    row->output[j] != NULL; j++)
			assert_memory_equal(over[j], apart[j],
			    n * sizeof(double));
	}
}

static void
outputs_may_lie_where_inputs_did(void **state_)
{
	double param[INDICATOR_PARAMS_MAX];
	const struct indicator *row;

	(void)state_;
	for (row = quant_indicators; row->name != NULL; row++) {
		quant_indicator_defaults(row, param);
		overwrite(row, param);
		/* The least windows, some of which ask for no history. */
		for (size_t i = 0; row->param[i].name != NULL; i++)
			param[i] = row->param[i].min;
		overwrite(row, param);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(outputs_may_lie_where_inputs_did),
	};

	return (cmocka_run_group_tests(tests, NULL, NULL));
}
