/*
 * gather: a request from standard input, of which arrays of numbers, of days,
 * or of a day and a number go straight into arrays, never held as text. What
 * is left is a small text in which each of them is ["@0"], ["@1"], .. Not for
 * other rooms.
 */
#ifndef BURSAR_CALC_GATHER_H
#define BURSAR_CALC_GATHER_H

#include <stdbool.h>
#include <stddef.h>

#include "base/day.h"

enum gathered_kind {
	GATHERED_NUMBERS,		/* [1, 2.5, "3.10"] */
	GATHERED_DAYS,			/* ["2024-01-02", ..] */
	GATHERED_VALUES,		/* [{"date": .., "value": ..}, ..] */
	GATHERED_FLOWS			/* [{"date": .., "amount": ..}, ..] */
};

struct gathered {
	enum gathered_kind	 kind;
	double			*x;	/* of all but days */
	day			*on;	/* of all but numbers */
	size_t			 n, room;
};

enum gather_fault {
	GATHER_OK, GATHER_LONG, GATHER_MEMORY, GATHER_KEY
};

struct gather {
	/* The line's text, without its columns. */
	char			*text;
	size_t			 n, room;
	struct gathered		*column;
	size_t			 count, column_room;
	size_t			 bytes;		/* of columns */
	enum gather_fault	 fault;
};

/*
 * The next line of standard input; false when there is none. An element
 * that is not of its column's kind ends it: that one and what follows stand
 * in the text behind the column's name. Under the key "id" nothing is
 * a column.
 */
bool	gather_line(struct gather *g);
/* Its columns are given back; the text's room is kept. */
void	gather_drop(struct gather *g);
/*
 * Reads a JSON number at p, which a byte that is none of a number's ends;
 * the byte after it, or NULL when it is not one or is infinite.
 */
const char	*gather_number(const char *p, double *out);

#endif
