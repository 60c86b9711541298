/*
 * CSV files of daily bars. Nothing is guessed: a number that is none, a
 * range that does not hold its open and close, a second price for a day are
 * faults with a name, and who reads the file counts them.
 */
#include <stdio.h>
#include <string.h>

#include "market/bar_file.h"

const char *const bar_fault_names[BAR_FAULTS] = {
	"good", "wrong number of cells", "bad date", "not a daily bar",
	"no OHLC", "empty price", "not a number", "price not positive",
	"high and low do not hold open and close", "bad symbol",
	"duplicate day", "of the simulated market",
};

static const struct {
	const char	*name;
	enum bar_column	 column;
} column_names[] = {
	{ "date", COLUMN_DATE }, { "datetime", COLUMN_DATE },
	{ "timestamp", COLUMN_DATE }, { "day", COLUMN_DATE },
	{ "open", COLUMN_OPEN }, { "high", COLUMN_HIGH },
	{ "low", COLUMN_LOW }, { "close", COLUMN_CLOSE },
	{ "adj close", COLUMN_ADJUSTED }, { "adjclose", COLUMN_ADJUSTED },
	{ "adj_close", COLUMN_ADJUSTED },
	{ "adjusted close", COLUMN_ADJUSTED },
	{ "adjusted_close", COLUMN_ADJUSTED },
	{ "volume", COLUMN_VOLUME }, { "name", COLUMN_SYMBOL },
	{ "ticker", COLUMN_SYMBOL }, { "symbol", COLUMN_SYMBOL },
	{ "dividends", COLUMN_DIVIDEND }, { "dividend", COLUMN_DIVIDEND },
	{ "stock splits", COLUMN_SPLIT }, { "splits", COLUMN_SPLIT },
	{ "capital gains", COLUMN_GAIN },
};

/* ---- lines --------------------------------------------------------------- */

/* A quoted cell, in place: a doubled quote mark is one. */
static char *
cell_unquote(char *p, str *out)
{
	char *to = ++p;

	out->p = to;
	for (; *p != '\0'; p++) {
		if (*p == '"' && *++p != '"')
			break;
		*to++ = *p;
	}
	out->n = (size_t)(to - out->p);
	return (p + strcspn(p, ","));
}

size_t
bar_cells(char *line, str *cells, size_t most)
{
	size_t n;
	char *p;

	line[strcspn(line, "\r\n")] = '\0';
	for (n = 0, p = line; n < most; p++) {
		if (*p == '"')
			p = cell_unquote(p, &cells[n]);
		else {
			cells[n].p = p;
			cells[n].n = strcspn(p, ",");
			p += cells[n].n;
		}
		cells[n] = str_trim(cells[n]);
		n++;
		if (*p == '\0')
			break;
	}
	return (n);
}

static int
column_of(str name)
{
	size_t i;

	for (i = 0; i < sizeof(column_names) / sizeof(column_names[0]); i++)
		if (str_eq_nocase(name, str_of(column_names[i].name)))
			return ((int)column_names[i].column);
	return (-1);
}

static const char *
header_judge(const struct bar_file *bf, size_t unknown)
{
	if (bf->at[COLUMN_DATE] < 0)
		return ("its first line names no date column");
	if (bf->columns < 2)
		return ("its first line names no prices");
	if (bf->wide && unknown + 1 != bf->columns)
		return ("its first line names neither prices nor symbols");
	return (NULL);
}

const char *
bar_file_open(struct bar_file *bf, const char *header)
{
	size_t i, unknown = 0;
	int column;

	if (strncmp(header, "\xef\xbb\xbf", 3) == 0)
		header += 3;
	snprintf(bf->header, sizeof(bf->header), "%s", header);
	bf->columns = bar_cells(bf->header, bf->names, BAR_COLUMNS_MAX);
	for (i = 0; i < COLUMN_COUNT; i++)
		bf->at[i] = -1;
	for (i = 0; i < bf->columns; i++) {
		column = column_of(bf->names[i]);
		if (column < 0)
			unknown++;
		else if (bf->at[column] >= 0)
			return ("its first line names a column twice");
		else
			bf->at[column] = (int)i;
	}
	bf->wide = bf->at[COLUMN_CLOSE] < 0 && bf->at[COLUMN_ADJUSTED] < 0;
	return (header_judge(bf, unknown));
}

/* ---- rows ---------------------------------------------------------------- */

static str
cell(const struct bar_file *bf, const str *cells, enum bar_column column)
{
	return (bf->at[column] < 0 ? STR_NONE : cells[bf->at[column]]);
}

static bool
nothing(str s)
{
	return (s.n == 0 || str_eq_nocase(s, S("nan")) ||
	    str_eq_nocase(s, S("null")) || str_eq_nocase(s, S("n/a")));
}

/* A price above zero. */
static enum bar_fault
price_read(str s, dec *out)
{
	if (nothing(s))
		return (BAR_EMPTY);
	if (!number_read(s, out))
		return (BAR_NUMBER);
	return (dec_sign(*out) > 0 ? BAR_GOOD : BAR_SIGN);
}

/* The worst of four prices: one that is empty tells more than its order. */
static enum bar_fault
prices_read(const struct bar_file *bf, const str *cells, struct bar_row *r)
{
	dec *const price[] = { &r->open, &r->high, &r->low, &r->close };
	enum bar_fault fault, first = BAR_GOOD;
	int i;

	for (i = 0; i < 4; i++) {
		fault = price_read(cell(bf, cells,
		    (enum bar_column)(COLUMN_OPEN + i)), price[i]);
		if (fault != BAR_GOOD && (first == BAR_GOOD || fault < first))
			first = fault;
	}
	if (first != BAR_GOOD)
		return (first);
	return (dec_cmp(r->low, dec_min(r->open, r->close)) <= 0 &&
	    dec_cmp(r->high, dec_max(r->open, r->close)) >= 0 ? BAR_GOOD :
	    BAR_ORDER);
}

/* All four prices are the one that there is. */
static enum bar_fault
close_read(const struct bar_file *bf, str s, struct bar_row *r)
{
	enum bar_fault fault;

	if (!bf->adjusted_only)
		return (BAR_NO_RANGE);
	if ((fault = price_read(s, &r->close)) != BAR_GOOD)
		return (fault);
	r->open = r->high = r->low = r->close;
	return (BAR_GOOD);
}

static enum bar_fault
volume_read(str s, dec *out)
{
	*out = DEC_ZERO;
	if (nothing(s))
		return (BAR_GOOD);
	return (number_read(s, out) && dec_sign(*out) >= 0 ? BAR_GOOD :
	    BAR_NUMBER);
}

/* 4 is 4 for 1, 0.1 is 1 for 10, 1.5 is 3 for 2. */
static void
split_read(str s, day on, struct split *out)
{
	__int128 a, b, rest;
	dec ratio;

	*out = (struct split){ on, 0, 1 };
	if (nothing(s) || !number_read(s, &ratio) || dec_sign(ratio) <= 0)
		return;
	a = ratio.v;
	b = dec_of(1).v;
	while (b != 0) {
		rest = a % b;
		a = b;
		b = rest;
	}
	if (ratio.v / a > INT64_MAX || ratio.v == dec_of(1).v)
		return;
	out->numerator = (int64_t)(ratio.v / a);
	out->denominator = (int64_t)(dec_of(1).v / a);
}

static void
dividend_read(str s, dec *sum)
{
	dec d;

	if (!nothing(s) && number_read(s, &d) && dec_sign(d) > 0)
		*sum = dec_add(*sum, d);
}

static void
events_read(const struct bar_file *bf, const str *cells, struct bar_row *r)
{
	r->dividend = DEC_ZERO;
	dividend_read(cell(bf, cells, COLUMN_DIVIDEND), &r->dividend);
	dividend_read(cell(bf, cells, COLUMN_GAIN), &r->dividend);
	split_read(cell(bf, cells, COLUMN_SPLIT), r->day, &r->split);
}

static bool
has_range(const struct bar_file *bf)
{
	return (bf->at[COLUMN_OPEN] >= 0 && bf->at[COLUMN_HIGH] >= 0 &&
	    bf->at[COLUMN_LOW] >= 0 && bf->at[COLUMN_CLOSE] >= 0);
}

enum bar_fault
bar_row_read(const struct bar_file *bf, const str *cells, size_t n,
    struct bar_row *out)
{
	enum bar_fault fault;
	str adjusted;

	*out = (struct bar_row){ .adjusted = DEC_NONE };
	if (n != bf->columns)
		return (BAR_WIDTH);
	fault = day_read(cell(bf, cells, COLUMN_DATE), &out->day);
	if (fault != BAR_GOOD)
		return (fault);
	out->symbol = cell(bf, cells, COLUMN_SYMBOL);
	events_read(bf, cells, out);
	adjusted = cell(bf, cells, COLUMN_ADJUSTED);
	fault = has_range(bf) ? prices_read(bf, cells, out) :
	    close_read(bf, bf->at[COLUMN_CLOSE] >= 0 ?
	    cell(bf, cells, COLUMN_CLOSE) : adjusted, out);
	if (fault == BAR_GOOD && bf->at[COLUMN_ADJUSTED] >= 0)
		fault = price_read(adjusted, &out->adjusted);
	if (fault == BAR_GOOD)
		fault = volume_read(cell(bf, cells, COLUMN_VOLUME),
		    &out->volume);
	return (fault);
}

enum bar_fault
bar_cell_read(const struct bar_file *bf, const str *cells, size_t n,
    size_t column, struct bar_row *out)
{
	enum bar_fault fault;

	*out = (struct bar_row){ .symbol = bf->names[column],
	    .adjusted = DEC_NONE, .volume = DEC_ZERO, .dividend = DEC_ZERO };
	if (n != bf->columns)
		return (BAR_WIDTH);
	fault = day_read(cell(bf, cells, COLUMN_DATE), &out->day);
	if (fault != BAR_GOOD)
		return (fault);
	return (close_read(bf, cells[column], out));
}

void
bar_row_unsplit(struct bar_row *r, const struct split *splits, size_t n)
{
	dec *const price[] = { &r->open, &r->high, &r->low, &r->close,
	    &r->dividend };
	size_t i, k;

	for (i = 0; i < n; i++) {
		if (day_cmp(splits[i].ex_day, r->day) <= 0)
			continue;
		for (k = 0; k < sizeof(price) / sizeof(price[0]); k++)
			*price[k] = dec_mul_div(*price[k],
			    dec_of(splits[i].numerator),
			    dec_of(splits[i].denominator));
		r->volume = dec_mul_div(r->volume,
		    dec_of(splits[i].denominator),
		    dec_of(splits[i].numerator));
	}
}
