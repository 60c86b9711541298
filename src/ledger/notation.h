/*
 * notation: a history as text, a line for each thing that was done, which
 * people can read, write and send. Stories are told in it and made-up pasts
 * are printed in it. It reads and writes; it judges nothing that is told.
 * README.md has its lines. Inner header of ledger/.
 */
#ifndef BURSAR_LEDGER_NOTATION_H
#define BURSAR_LEDGER_NOTATION_H

#include "ledger/ledger.h"

#define NOTATION_LINE_MAX	2000	/* bytes activity_print may need */
#define NOTATION_WHY_MAX	160

/* A line that says something; what follows "->" is left to the reader. */
struct page_line {
	size_t	 number;	/* from 1 */
	char	**w;		/* its words, ended by NULL */
	day	 on;		/* DAY_NONE: it begins with another word */
	size_t	 activity;	/* index, or PAGE_NONE */
};

#define PAGE_NONE	((size_t)-1)

struct page_method {
	day			from;
	enum cost_method	method;
};

struct page_currency {
	const char	*code;
	int		 places;
	struct closes	 rates;		/* base currency for one */
};

struct page_security {
	const char	*name;
	struct security	 terms;
};

struct page {
	struct arena		*mem;
	struct page_line	*lines;
	size_t			 line_n;
	struct activity		*a;		/* origin: its index */
	size_t			 n;
	const char		**names;	/* of activities, or NULL */
	struct page_currency	*currencies;	/* [0] is the base */
	size_t			 currency_n;
	struct page_security	*securities;
	struct closes		*closes;	/* by security */
	size_t			 security_n;
	struct page_method	*methods;
	size_t			 method_n;
	day			*days;		/* of closes and worths */
	size_t			 day_n;
	day			 since;
	bool			 margin;
	size_t			 wrong_line;	/* when it cannot be read */
	char			 wrong[NOTATION_WHY_MAX];
};

/*
 * False: p->wrong says why p->wrong_line is not understood. Lines that begin
 * with none of the notation's own words are left to the reader.
 */
bool	page_read(struct page *p, struct arena *mem, str text);
/* An account of these terms, in which nothing was done yet. */
struct account *page_account(const struct page *p, struct arena *mem);
/* The market's days and closes. */
struct calendar page_calendar(const struct page *p);
/* Index of a security or a currency; PAGE_NONE when there is none. */
size_t	page_security(const struct page *p, const char *name);
size_t	page_currency(const struct page *p, const char *code);

/*
 * The line that tells this activity; terminated, its length. A page names
 * what it is about; without one it is about I0, I1 .. and C0, C1 ...
 */
size_t	activity_print(const struct page *p, const struct activity *a,
	    char out[NOTATION_LINE_MAX]);

#endif
