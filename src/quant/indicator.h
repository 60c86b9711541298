/*
 * Technical indicators as rows of one table. A row's definition is its step,
 * which costs the same whatever the window; a run over arrays goes by passes
 * over many bars, where the row has one, else it is a loop of steps. An
 * output array may be any of the input arrays. Include quant/quant.h, not
 * this.
 */
#ifndef BURSAR_QUANT_INDICATOR_H
#define BURSAR_QUANT_INDICATOR_H

#include <stdbool.h>
#include <stddef.h>

enum {
	INDICATOR_PARAMS_MAX = 4,
	INDICATOR_OUTPUTS_MAX = 5,
	INDICATOR_WINDOW_MAX = 1000,
	/* Doubles of state that no indicator exceeds. */
	INDICATOR_STATE_MAX = 16 * INDICATOR_WINDOW_MAX
};

/* Which arrays of struct bars an indicator reads. */
enum bar_part {
	BAR_OPEN = 1, BAR_HIGH = 2, BAR_LOW = 4, BAR_CLOSE = 8,
	BAR_VOLUME = 16,
	BAR_POSITIVE = 32	/* and the close must be above 0 */
};

struct bar {
	double	open, high, low, close, volume;
};

/* Columns of n bars, oldest first; a column not read may be NULL. */
struct bars {
	const double	*open, *high, *low, *close, *volume;
	size_t		 n;
};

struct pass;

struct indicator_param {
	const char	*name;		/* NULL ends the list */
	double		 min, max, standard;
	bool		 whole;		/* an integer, as a window is */
};

struct indicator {
	const char		*name;
	const char		*doc;
	unsigned		 reads;		/* BAR_ bits */
	struct indicator_param	 param[INDICATOR_PARAMS_MAX + 1];
	const char		*output[INDICATOR_OUTPUTS_MAX + 1];
	/*
	 * Bars until the first answer, that bar included; at least 1. An
	 * output that is an average of another is NaN a while longer.
	 */
	size_t			(*need)(const double *param);
	/* Doubles of state. */
	size_t			(*size)(const double *param);
	/*
	 * One bar more, every part finite; true once `out` was filled (NaN:
	 * no value there).
	 */
	bool			(*step)(double *state, const double *param,
				    const struct bar *bar, double *out);
	/*
	 * Bars of history a pass over many bars is given, and the pass; or
	 * NULL. Its answers are the steps' to 1e-12 of the largest number
	 * that went in (CCI, a ratio of differences: 1e-10).
	 */
	size_t			(*lead)(const double *param);
	void			(*pass)(const double *param,
				    struct pass *p);
};

/* The table, ended by a row whose name is NULL. */
extern const struct indicator quant_indicators[];

/* The row called `name`, or NULL. */
const struct indicator	*quant_indicator(const char *name);
/* Are these the row's parameters, each finite, whole and in range? */
bool	 quant_indicator_fits(const struct indicator *, const double *param);
void	 quant_indicator_defaults(const struct indicator *, double *param);

/*
 * A stream: start once, then step bar by bar. `state` is the caller's, of
 * size(param) doubles. `out` has one double for each output.
 */
void	 quant_indicator_start(const struct indicator *, const double *param,
	    double *state);
/*
 * The whole array: out[j][k] belongs to bar k + need(param) - 1. Answers
 * how many there are: n - need + 1, or 0 if n < need, the parameters do
 * not fit, or a column it reads is missing or not finite (or, where it says
 * so, not positive). An out[j] may be one of the columns of `in`.
 */
size_t	 quant_indicator_run(const struct indicator *, const double *param,
	    const struct bars *in, double *state, double *const *out);

#endif
