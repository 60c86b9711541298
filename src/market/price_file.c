/*
 * A file of daily bars, in bounded memory: lines are read one by one and
 * stored a thousand rows a statement, each batch a piece of its own. A price
 * file is real, so rows about an instrument of the simulated market are
 * passed over unless it shall become a real one.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "market/fold.h"
#include "market/history.h"
#include "market/instrument.h"
#include "market/price_file.h"
#include "store/store.h"

#include "market_sql.h"

#define FIRST_DAY	(-25567)	/* 1900-01-01 */
#define DAYS_MAX	73049		/* .. 2099-12-31 */
#define FILE_BYTES	(192 * 1024 * 1024)
#define PROGRESS_ROWS	5000

/* An instrument of this file. */
struct series {
	str	symbol;
	uuid	id;
	bool	refused;		/* of the simulated market */
	uint8_t	seen[DAYS_MAX / 8 + 1];	/* a bit for each day that came */
};

struct price_file {
	struct flow			*f;
	const struct import_words	*words;
	struct tally			*tally;
	const char			*path;
	FILE				*fp;
	struct arena			 arena;	/* of the whole file */
	struct bar_file			 layout;
	char				 line[BAR_LINE_BYTES];
	str				 own;	/* symbol by word or name */
	struct series			**series;
	size_t				 series_n, series_at;
	struct bar_kept			*batch;
	size_t				 batch_n;
	struct split			 splits[IMPORT_SPLITS_MAX];
	size_t				 split_n;
};

/* ---- lines --------------------------------------------------------------- */

/* False at the end. A line that is too long is one that is no row. */
static bool
line_read(struct price_file *pf)
{
	size_t n;
	int c;

	if (fgets(pf->line, sizeof(pf->line), pf->fp) == NULL)
		return (false);
	n = strlen(pf->line);
	if (n + 1 < sizeof(pf->line) || pf->line[n - 1] == '\n')
		return (true);
	while ((c = getc(pf->fp)) != EOF && c != '\n')
		;
	strcpy(pf->line, "too long");
	return (true);
}

static bool
line_blank(const char *line)
{
	return (line[strspn(line, " \t\r\n")] == '\0');
}

static enum err
header_read(struct price_file *pf)
{
	const char *why;

	do {
		if (!line_read(pf))
			return (flow_fault(pf->f, E_INVALID, "%s",
			    ferror(pf->fp) ? strerror(errno) : "it is empty"));
	} while (line_blank(pf->line));
	pf->layout.adjusted_only = pf->words->adjusted_only;
	if ((why = bar_file_open(&pf->layout, pf->line)) != NULL)
		return (flow_fault(pf->f, E_INVALID, "%s", why));
	return (OK);
}

/* A file that tells splits tells its prices in units after them: those to
 * come must be known before the first row. */
static enum err
splits_ahead(struct price_file *pf)
{
	str cells[BAR_COLUMNS_MAX];
	struct bar_row row;
	size_t n;

	if (pf->layout.at[COLUMN_SPLIT] < 0)
		return (OK);
	while (line_read(pf)) {
		n = bar_cells(pf->line, cells, BAR_COLUMNS_MAX);
		(void)bar_row_read(&pf->layout, cells, n, &row);
		if (row.split.numerator == 0)
			continue;
		if (pf->split_n == IMPORT_SPLITS_MAX)
			return (flow_fault(pf->f, E_INVALID,
			    "more splits than any share has had"));
		pf->splits[pf->split_n++] = row.split;
	}
	if (fseek(pf->fp, 0, SEEK_SET) != 0)
		return (flow_fault(pf->f, E_INVALID,
		    "it has splits and cannot be read twice"));
	return (header_read(pf));
}

/* ---- instruments of the file --------------------------------------------- */

static enum err
series_store(struct price_file *pf, struct series *s)
{
	struct flow *f = pf->f;
	struct instrument in;

	instruments_forget();
	TRY(store_exec(f, &sql_instrument_add, NULL, UUID(uuid_new()),
	    STR(s->symbol), STR(pf->words->kind), STR(pf->words->currency)));
	TRY(market_find(f, s->symbol, &in));
	s->id = in.id;
	s->refused = in.simulated && !pf->words->replace;
	if (!in.simulated || s->refused)
		return (OK);
	TRY(store_begin(f));
	TRY(store_exec(f, &sql_bars_purge, NULL, UUID(in.id)));
	TRY(store_exec(f, &sql_dividends_purge, NULL, UUID(in.id)));
	TRY(store_exec(f, &sql_splits_purge, NULL, UUID(in.id)));
	TRY(store_exec(f, &sql_quote_purge, NULL, UUID(in.id)));
	TRY(store_exec(f, &sql_facts_purge, NULL, UUID(in.id)));
	TRY(store_exec(f, &sql_instrument_real, NULL, UUID(in.id),
	    STR(pf->words->kind), STR(pf->words->currency)));
	return (store_commit(f));
}

static enum err
series_add(struct price_file *pf, str symbol, struct series **out)
{
	struct series *s;
	struct piece *p;
	enum err e;

	if (pf->series_n == IMPORT_SYMBOLS_MAX)
		return (flow_fault(pf->f, E_INVALID, "more than %d symbols",
		    IMPORT_SYMBOLS_MAX));
	s = ARENA_NEW(&pf->arena, struct series);
	s->symbol = arena_str(&pf->arena, symbol);
	p = piece_begin(pf->f);
	e = series_store(pf, s);
	piece_end(p);
	TRY(e);
	pf->series_at = pf->series_n;
	pf->series[pf->series_n++] = *out = s;
	if (pf->tally->symbols++ == 0)
		snprintf(pf->tally->symbol, sizeof(pf->tally->symbol),
		    "%.*s", STR_ARG(symbol));
	return (OK);
}

/* Files hold an instrument's rows together, so the last one comes first. */
static enum err
series_find(struct price_file *pf, str symbol, struct series **out)
{
	size_t i, k;

	for (i = 0; i < pf->series_n; i++) {
		k = (pf->series_at + i) % pf->series_n;
		if (str_eq(pf->series[k]->symbol, symbol)) {
			pf->series_at = k;
			*out = pf->series[k];
			return (OK);
		}
	}
	return (series_add(pf, symbol, out));
}

/* Note a day; true when it came before, or is beyond all calendars. */
static bool
series_twice(struct series *s, day d)
{
	int32_t i = d.n - FIRST_DAY;
	bool seen;

	if (i < 0 || i >= DAYS_MAX)
		return (true);
	seen = s->seen[i / 8] & 1 << i % 8;
	s->seen[i / 8] |= (uint8_t)(1 << i % 8);
	return (seen);
}

/* ---- rows ---------------------------------------------------------------- */

static enum err
batch_flush(struct price_file *pf)
{
	struct put_count count;
	struct piece *p;
	enum err e;

	p = piece_begin(pf->f);
	e = bars_put(pf->f, pf->batch, pf->batch_n,
	    pf->words->adjusted_only ? S("import, adjusted") : S("import"),
	    &count);
	piece_end(p);
	TRY(e);
	pf->tally->added += count.added;
	pf->tally->corrected += count.corrected;
	pf->tally->unchanged += (int64_t)pf->batch_n - count.added -
	    count.corrected;
	pf->batch_n = 0;
	return (OK);
}

static enum err
events_store(struct price_file *pf, const struct series *s,
    const struct bar_row *r)
{
	const struct dividend d = { r->day, r->dividend };
	struct piece *p;
	enum err e;

	if (dec_sign(d.amount) <= 0 && r->split.numerator == 0)
		return (OK);
	p = piece_begin(pf->f);
	e = dividends_put(pf->f, s->id, &d, dec_sign(d.amount) > 0,
	    NULL);
	if (e == OK)
		e = splits_put(pf->f, s->id, &r->split,
		    r->split.numerator > 0, NULL);
	piece_end(p);
	pf->tally->events += (dec_sign(d.amount) > 0) +
	    (r->split.numerator > 0);
	return (e);
}

static enum bar_fault
row_fault(struct series *s, const struct bar_row *r)
{
	if (s->refused)
		return (BAR_OTHER_MARKET);
	return (series_twice(s, r->day) ? BAR_TWICE : BAR_GOOD);
}

static enum err
row_take(struct price_file *pf, enum bar_fault fault, struct bar_row *r)
{
	char upper[LIMIT_SYMBOL_BYTES + 1];
	struct series *s = NULL;
	str symbol = pf->own;

	pf->tally->rows++;
	if (fault == BAR_GOOD && symbol.p == NULL) {
		symbol = symbol_read(r->symbol, upper);
		if (symbol.p == NULL)
			fault = BAR_SYMBOL;
	}
	if (fault == BAR_GOOD) {
		TRY(series_find(pf, symbol, &s));
		fault = row_fault(s, r);
	}
	if (fault != BAR_GOOD) {
		pf->tally->skipped[fault]++;
		return (OK);
	}
	bar_row_unsplit(r, pf->splits, pf->split_n);
	TRY(events_store(pf, s, r));
	pf->batch[pf->batch_n++] = (struct bar_kept){ s->id, r->day, r->open,
	    r->high, r->low, r->close, r->adjusted, r->volume };
	return (pf->batch_n < BATCH_BARS ? OK : batch_flush(pf));
}

/* Each cell of a wide file that holds a price is a row. */
static enum err
cells_take(struct price_file *pf, const str *cells, size_t n)
{
	struct bar_row row;
	enum bar_fault fault;
	size_t i;

	for (i = 0; i < pf->layout.columns; i++) {
		if ((int)i == pf->layout.at[COLUMN_DATE])
			continue;
		fault = bar_cell_read(&pf->layout, cells, n, i, &row);
		if (fault != BAR_EMPTY)
			TRY(row_take(pf, fault, &row));
		if (fault == BAR_WIDTH)
			return (OK);
	}
	return (OK);
}

static void
progress(const struct price_file *pf)
{
	if (pf->tally->rows % PROGRESS_ROWS == 0 && isatty(STDERR_FILENO))
		fprintf(stderr, "\r%s: %lld rows\r", pf->path,
		    (long long)pf->tally->rows);
}

static enum err
rows_take(struct price_file *pf)
{
	str cells[BAR_COLUMNS_MAX + 1];
	struct bar_row row;
	enum bar_fault fault;
	size_t n;

	while (line_read(pf)) {
		if (line_blank(pf->line))
			continue;
		n = bar_cells(pf->line, cells, BAR_COLUMNS_MAX + 1);
		if (pf->layout.wide && pf->words->adjusted_only) {
			TRY(cells_take(pf, cells, n));
		} else {
			fault = bar_row_read(&pf->layout, cells, n, &row);
			TRY(row_take(pf, fault, &row));
		}
		progress(pf);
	}
	if (ferror(pf->fp))
		return (flow_fault(pf->f, E_INVALID, "%s", strerror(errno)));
	return (batch_flush(pf));
}

/* Who was passed over, kept beyond the file. */
static void
series_refused(const struct price_file *pf)
{
	struct tally *t = pf->tally;
	size_t i;

	t->refused = ARENA_MANY(&pf->f->arena, pf->series_n + 1, str);
	for (i = 0; i < pf->series_n; i++)
		if (pf->series[i]->refused)
			t->refused[t->refused_n++] = arena_str(
			    &pf->f->arena, pf->series[i]->symbol);
}

/* ---- a file -------------------------------------------------------------- */

/* Adjusted closes follow from events unless the file tells them; the quote
 * is the last close unless a younger one is kept. */
static enum err
series_finish(struct price_file *pf)
{
	struct piece *p;
	enum err e = OK;
	size_t i;

	for (i = 0; i < pf->series_n && e == OK; i++) {
		if (pf->series[i]->refused)
			continue;
		p = piece_begin(pf->f);
		if (pf->layout.at[COLUMN_ADJUSTED] < 0 && !pf->layout.wide)
			e = history_adjust(pf->f, pf->series[i]->id);
		if (e == OK)
			e = store_exec(pf->f, &sql_quote_close, NULL,
			    UUID(pf->series[i]->id));
		if (e == OK)
			e = folds_update(pf->f, pf->series[i]->id, NULL);
		piece_end(p);
	}
	return (e);
}

static enum err
file_read(struct price_file *pf)
{
	char name[LIMIT_SYMBOL_BYTES + 1];

	TRY(header_read(pf));
	pf->own = pf->words->symbol;
	if (pf->own.p == NULL && !pf->layout.wide &&
	    pf->layout.at[COLUMN_SYMBOL] < 0) {
		pf->own = arena_str(&pf->arena,
		    symbol_of_path(pf->path, name));
		if (pf->own.p == NULL)
			return (flow_fault(pf->f, E_INVALID, "its name gives "
			    "no symbol: say --symbol"));
	}
	TRY(splits_ahead(pf));
	TRY(rows_take(pf));
	return (series_finish(pf));
}

enum err
price_file_take(struct flow *f, const char *path,
    const struct import_words *w, struct tally *out)
{
	struct arena arena;
	struct price_file *pf;
	enum err e;

	*out = (struct tally){ 0 };
	arena_init(&arena, FILE_BYTES, NULL, NULL);
	pf = ARENA_NEW(&arena, struct price_file);
	pf->f = f;
	pf->words = w;
	pf->tally = out;
	pf->path = path;
	pf->series = ARENA_MANY(&arena, IMPORT_SYMBOLS_MAX, struct series *);
	pf->batch = ARENA_MANY(&arena, BATCH_BARS, struct bar_kept);
	pf->arena = arena;
	if ((pf->fp = fopen(path, "r")) == NULL)
		e = flow_fault(f, E_NOT_FOUND, "%s", strerror(errno));
	else {
		e = file_read(pf);
		fclose(pf->fp);
		series_refused(pf);
	}
	arena = pf->arena;
	arena_drop(&arena);
	return (e);
}
