/*
 * price_file: one file of daily bars into the tables. Inner header of
 * market/.
 */
#ifndef BURSAR_MARKET_PRICE_FILE_H
#define BURSAR_MARKET_PRICE_FILE_H

#include "market/bar_file.h"
#include "market/market.h"

#define IMPORT_SYMBOLS_MAX	5000	/* of one file */
#define IMPORT_SPLITS_MAX	256

struct import_words {
	str	symbol;			/* STR_NONE: by column or file name */
	str	currency, kind;
	bool	adjusted_only;
	bool	replace;		/* simulated ones become real */
	bool	json;
};

struct tally {
	int64_t	rows, added, unchanged, corrected;
	int64_t	events;			/* dividends and splits */
	int64_t	skipped[BAR_FAULTS];
	size_t	symbols;
	char	symbol[LIMIT_SYMBOL_BYTES + 1];	/* the first one */
	str	*refused;		/* those of the simulated market */
	size_t	refused_n;
};

/*
 * Read a file and store what is good of it. E_INVALID or E_NOT_FOUND with
 * f->fault: it cannot be read as a file of bars. The tally is filled as far
 * as it went.
 */
enum err price_file_take(struct flow *f, const char *path,
	    const struct import_words *w, struct tally *out) MUSTCHECK;

#endif
