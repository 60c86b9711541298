/*
 * A formula is a row of the one table: what it is called, what it takes,
 * what it answers, and the function that asks quant. A question is a line
 * read by such a row. Not for other rooms.
 */
#ifndef BURSAR_CALC_FORMULA_H
#define BURSAR_CALC_FORMULA_H

#include <jansson.h>
#include <stdint.h>
#include <stdio.h>

#include "base/arena.h"
#include "base/json.h"
#include "calc/gather.h"
#include "quant/quant.h"

enum {
	FORMULA_PARAMS_MAX = 8,
	FORMULA_OUTPUTS_MAX = 6
};

/* How an input is written; see README.md. */
enum shape_in {
	SHAPE_NUMBERS,		/* [1, 2.5, "3.10"] */
	SHAPE_RATE,		/* a number, a year's; or numbers, a period's */
	SHAPE_DAYS,		/* ["2024-01-02", …], ascending */
	SHAPE_VALUES,		/* numbers, or [{"date", "value"}, …] */
	SHAPE_FLOWS,		/* [{"date", "amount"}, …] */
	SHAPE_MANY,		/* {"A": [numbers], …} or [[numbers], …] */
	SHAPE_SEGMENTS		/* [{"weight", "return", "benchmark_…"}] */
};

#define INPUTS(X)				\
	X(IN_OPEN,	"open",		SHAPE_NUMBERS)	\
	X(IN_HIGH,	"high",		SHAPE_NUMBERS)	\
	X(IN_LOW,	"low",		SHAPE_NUMBERS)	\
	X(IN_CLOSE,	"close",	SHAPE_NUMBERS)	\
	X(IN_VOLUME,	"volume",	SHAPE_NUMBERS)	\
	X(IN_RETURNS,	"returns",	SHAPE_NUMBERS)	\
	X(IN_BENCHMARK,	"benchmark",	SHAPE_NUMBERS)	\
	X(IN_RISK_FREE,	"risk_free",	SHAPE_RATE)	\
	X(IN_VALUES,	"values",	SHAPE_VALUES)	\
	X(IN_DATES,	"dates",	SHAPE_DAYS)	\
	X(IN_FLOWS,	"flows",	SHAPE_FLOWS)	\
	X(IN_PARTS,	"contributions", SHAPE_MANY)	\
	X(IN_SEGMENTS,	"segments",	SHAPE_SEGMENTS)	\
	X(IN_PRICES,	"prices",	SHAPE_MANY)	\
	X(IN_COVARIANCE, "covariance",	SHAPE_MANY)	\
	X(IN_EXPECTED,	"expected",	SHAPE_NUMBERS)	\
	X(IN_LOWER,	"lower",	SHAPE_NUMBERS)	\
	X(IN_UPPER,	"upper",	SHAPE_NUMBERS)	\
	X(IN_BUDGET,	"budget",	SHAPE_NUMBERS)	\
	X(IN_FACTORS,	"factors",	SHAPE_MANY)	\
	X(IN_HELD,	"held",		SHAPE_NUMBERS)	\
	X(IN_TARGET,	"target",	SHAPE_NUMBERS)

#define INPUT_ID(id, name, shape)	id,
enum input { INPUTS(INPUT_ID) INPUT_COUNT };
#undef INPUT_ID

#define TAKES(id)	(UINT32_C(1) << (id))

struct param {
	const char		*name;		/* NULL ends the list */
	double			 min, max;
	double			 standard;	/* NaN: may be left out */
	bool			 whole;
	const char *const	*words;		/* then it is one of these */
};

struct question;

struct formula {
	const char		*name;
	const char		*doc;
	uint32_t		 must, may;	/* inputs, by TAKES() */
	struct param		 param[FORMULA_PARAMS_MAX + 1];
	const char		*output[FORMULA_OUTPUTS_MAX + 1];
	void			(*run)(struct question *q);
	/* What of quant it asks, if all of its kind are asked alike. */
	union {
		struct figure	(*numbers)(const double *, size_t);
		struct figure	(*pair)(const double *, const double *,
				    size_t);
		struct figure	(*series)(const struct series *);
		size_t		(*roll)(const struct series *, size_t,
				    double *);
		const struct indicator	*row;
		enum why	(*weigh)(struct question *,
				    const struct assets *, double *,
				    double *);
	} of;
};

struct column {
	double	*x;				/* NULL: not given */
	size_t	 n;
};

/* Several columns of one length, each with its name or NULL. */
struct many {
	double		**x;
	const char	**name;
	size_t		  count, n;
};

struct question {
	const struct gather	*gather;
	const struct formula	*formula;
	struct arena		*arena;
	json_t			*id;		/* NULL: none */
	double			 param[FORMULA_PARAMS_MAX];
	struct column		 in[INPUT_COUNT];
	double			 yield;		/* risk-free, or NaN */
	day			*on;		/* of values or dates */
	struct cashflow		*flows;		/* ascending */
	struct many		 many[INPUT_COUNT];
	struct segment		*segments;
	struct json		 answer;
	bool			 begun;
	FILE			*to;
	char			 fault[200];	/* empty: none */
};

/* Rows that are not indicators, ended by one without a name. */
extern const struct formula	formula_rows[];

/* ---- catalogue.c ------------------------------------------------- */

/* The table, ended by a row without a name; made at the first call. */
const struct formula	*formulas(void);
const struct formula	*formula_find(const char *name);
void			 formulas_print(FILE *to);
/* The word of an input. */
const char		*input_name(enum input id);
enum shape_in		 input_shape(enum input id);

/* ---- portfolios.c: rows about many assets, ended as the others --- */

extern const struct formula	portfolio_rows[];

/* ---- question.c -------------------------------------------------- */

/*
 * Reads a request by the row it names; false with q->fault set. `root`
 * must outlive the question.
 */
bool	 question_read(struct question *q, json_t *root);
/* The parameter's value, which the row has. */
double	 question_param(const struct question *q, const char *name);
/* The name of the i-th of several, or its number. */
const char	*many_name(struct question *q, const struct many *m,
		    size_t i);
/* Is the parameter this word? */
bool	 question_word(const struct question *q, const char *name,
	    const char *word);
bool	 question_has(const struct question *q, enum input id);
/* Doubles for an answer. */
double	*question_room(struct question *q, size_t n);

/* ---- verdict.c --------------------------------------------------- */

/* {"id": …, "error": …} instead of whatever was to be said. */
void	 verdict_fault(struct question *q);
/* "warnings", if there are any. */
void	 verdict_warnings(struct json *j, unsigned warnings);
/* "value", or null and "reason"; then "warnings". */
void	 verdict_figure(struct question *q, struct figure f);
/* One more figure beside it, null when it has none. */
void	 verdict_beside(struct question *q, const char *key, struct figure f);
/* The answer's other members: jw_key() and a value follow. */
struct json	*verdict_json(struct question *q);
/* "values": then a verdict_series for each output, then the end. */
void	 verdict_values(struct question *q);
/* `lead` times null, and the n numbers. */
void	 verdict_series(struct question *q, const char *name, size_t lead,
	    const double *x, size_t n);
void	 verdict_values_end(struct question *q, enum why why);
/* The line's end. */
void	 verdict_end(struct question *q);

/* ---- the functions of rows, a family a file ---------------------- */

#define RUNS(X)								\
	X(of_numbers) X(of_pair) X(of_series)				\
	X(annualised) X(downside_deviation) X(sortino) X(omega)		\
	X(best) X(worst) X(positive_share) X(gain_loss)			\
	X(profit_factor) X(max_drawdown) X(var) X(es) X(kupiec)		\
	X(summary)							\
	X(calmar)							\
	X(xirr) X(xnpv) X(twr) X(modified_dietz) X(monthly_returns)	\
	X(turnover)							\
	X(contribution) X(brinson)					\
	X(wealth) X(underwater) X(rolling_mean) X(rolling_volatility)	\
	X(rolling) X(indicator)						\
	X(weights) X(frontier) X(covariance_matrix)			\
	X(ledoit_wolf) X(regression) X(projection) X(rebalance)

#define RUN_DECLARE(name)	void	run_##name(struct question *q);
RUNS(RUN_DECLARE)
#undef RUN_DECLARE

/* The series a question is about; WHY_MISALIGNED if lengths differ. */
enum why	 question_series(const struct question *q, struct series *s);
/* WHY_OK if there are n or, with `before`, n + 1 dates, ascending; or none. */
enum why	 question_days(const struct question *q, size_t n, bool before);

#endif
