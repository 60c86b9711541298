/*
 * bar_file: what a CSV file of daily bars says, line by line. Pure. Inner
 * header of market/.
 *
 * Columns are found by their names, in any order and case. A file that has
 * a date and otherwise only columns that are symbols is a wide one: adjusted
 * closes of many instruments.
 */
#ifndef BURSAR_MARKET_BAR_FILE_H
#define BURSAR_MARKET_BAR_FILE_H

#include "base/limits.h"
#include "feed/feed.h"

#define BAR_COLUMNS_MAX	64
#define BAR_LINE_BYTES	16384

enum bar_column {
	COLUMN_DATE, COLUMN_OPEN, COLUMN_HIGH, COLUMN_LOW, COLUMN_CLOSE,
	COLUMN_ADJUSTED, COLUMN_VOLUME, COLUMN_SYMBOL, COLUMN_DIVIDEND,
	COLUMN_SPLIT, COLUMN_GAIN, COLUMN_COUNT
};

/* Why a row is passed over; the order in which they are looked for. */
enum bar_fault {
	BAR_GOOD,
	BAR_WIDTH,		/* more or fewer cells than the header */
	BAR_DATE,
	BAR_INTRADAY,
	BAR_NO_RANGE,	/* no open, high, low in this file */
	BAR_EMPTY,
	BAR_NUMBER,
	BAR_SIGN,
	BAR_ORDER,
	BAR_SYMBOL,
	BAR_TWICE,
	BAR_OTHER_MARKET,
	BAR_FAULTS
};
extern const char *const bar_fault_names[BAR_FAULTS];

struct bar_file {
	int	at[COLUMN_COUNT];	/* place of a column, or -1 */
	size_t	columns;
	bool	wide;			/* every other column is a symbol */
	/* Take a file without open, high and low: all four are its close. */
	bool	adjusted_only;
	char	header[BAR_LINE_BYTES];
	str	names[BAR_COLUMNS_MAX];
};

struct bar_row {
	day	day;
	dec	open, high, low, close;
	dec	adjusted;		/* none: the file does not tell */
	dec	volume;
	str	symbol;			/* STR_NONE: the file's */
	dec	dividend;		/* zero: none */
	struct split split;		/* numerator 0: none */
};

/* The first line; NULL, or why this is no file of bars. */
const char *bar_file_open(struct bar_file *bf, const char *header);
/* Cut a line into cells, in place; how many there are, at most `most`. */
size_t	bar_cells(char *line, str *cells, size_t most);
/*
 * A row of a file that is not wide. On a fault of the prices the day, the
 * symbol and the events are told all the same.
 */
enum bar_fault bar_row_read(const struct bar_file *bf, const str *cells,
	    size_t n, struct bar_row *out);
/* One cell of a wide file's row; BAR_EMPTY: no price there. */
enum bar_fault bar_cell_read(const struct bar_file *bf, const str *cells,
	    size_t n, size_t column, struct bar_row *out);
/*
 * Prices that are told in units after splits, as they were paid before the
 * splits that came later; `splits` in any order.
 */
void	bar_row_unsplit(struct bar_row *r, const struct split *splits,
	    size_t n);
/*
 * A decimal as files have it: with an exponent, or with more than 18 places,
 * which are rounded half-even. False when it is none or beyond the range.
 */
bool	number_read(str s, dec *out);
/* YYYY-MM-DD, YYYYMMDD or M/D/YYYY, with a time or without. */
enum bar_fault day_read(str s, day *out);
/* A symbol in upper case; STR_NONE when it cannot be one. */
str	symbol_read(str s, char out[LIMIT_SYMBOL_BYTES + 1]);
/* "AAPL" of ".../AAPL_2004_2018.csv"; STR_NONE when it gives no symbol. */
str	symbol_of_path(const char *path, char out[LIMIT_SYMBOL_BYTES + 1]);

#endif
