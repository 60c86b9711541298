/*
 * `bursar prices import`: files of daily bars into the market, and an exact
 * account of what became of every row.
 */
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "base/json.h"
#include "market/desk.h"
#include "market/instrument.h"
#include "market/price_file.h"
#include "market/ticker.h"
#include "store/store.h"

static const char usage[] =
    "bursar prices import [WORDS] FILE…\n"
    "  reads daily bars from CSV files: date, open, high, low, close, and\n"
    "  volume, adjusted close, dividends, splits and name where told\n"
    "  --symbol X        they are of this instrument; otherwise the column\n"
    "                    Name or Ticker says, or the file's name: X_….csv\n"
    "  --currency USD    of instruments that are new\n"
    "  --kind stock      of instruments that are new\n"
    "  --adjusted-only   take files that have adjusted closes and no more\n"
    "  --replace         what was of the simulated market becomes real\n"
    "  --json            the account as JSON\n"
    "bursar prices export --symbol X …: bars as CSV\n"
    "bursar prices backfill SYMBOL… [--from DAY] [--wait]: from providers\n";

/* ---- the account --------------------------------------------------------- */

static void
tally_add(struct tally *sum, const struct tally *t)
{
	size_t i;

	sum->rows += t->rows;
	sum->added += t->added;
	sum->unchanged += t->unchanged;
	sum->corrected += t->corrected;
	sum->events += t->events;
	sum->symbols += t->symbols;
	for (i = 0; i < BAR_FAULTS; i++)
		sum->skipped[i] += t->skipped[i];
}

static int64_t
tally_skipped(const struct tally *t)
{
	int64_t n = 0;
	size_t i;

	for (i = 0; i < BAR_FAULTS; i++)
		n += t->skipped[i];
	return (n);
}

static const char *
reasons_print(FILE *out, const struct tally *t, const char *mark)
{
	size_t i;

	for (i = 0; i < BAR_FAULTS; i++) {
		if (t->skipped[i] == 0)
			continue;
		fprintf(out, "%s%lld %s", mark, (long long)t->skipped[i],
		    bar_fault_names[i]);
		mark = ", ";
	}
	return (mark);
}

static void
tally_print(FILE *out, const char *what, const struct tally *t)
{
	fprintf(out, "%s: ", what);
	if (t->symbols == 1 && t->symbol[0] != '\0')
		fprintf(out, "%s, ", t->symbol);
	else if (t->symbols > 0)
		fprintf(out, "%zu symbols, ", t->symbols);
	fprintf(out, "%lld rows: %lld new, %lld unchanged, %lld corrected, "
	    "%lld skipped", (long long)t->rows, (long long)t->added,
	    (long long)t->unchanged, (long long)t->corrected,
	    (long long)tally_skipped(t));
	fputs(reasons_print(out, t, " (")[0] == ',' ? ")" : "", out);
	if (t->events > 0)
		fprintf(out, "; %lld dividends and splits",
		    (long long)t->events);
	fprintf(out, "\n");
}

static void
tally_write(struct json *j, const struct tally *t)
{
	size_t i;

	jw_key(j, "symbols");
	jw_long(j, (int64_t)t->symbols);
	jw_key(j, "rows");
	jw_long(j, t->rows);
	jw_key(j, "new");
	jw_long(j, t->added);
	jw_key(j, "unchanged");
	jw_long(j, t->unchanged);
	jw_key(j, "corrected");
	jw_long(j, t->corrected);
	jw_key(j, "skipped");
	jw_long(j, tally_skipped(t));
	jw_key(j, "events");
	jw_long(j, t->events);
	jw_key(j, "reasons");
	jw_open(j);
	for (i = 0; i < BAR_FAULTS; i++) {
		if (t->skipped[i] == 0)
			continue;
		jw_key(j, bar_fault_names[i]);
		jw_long(j, t->skipped[i]);
	}
	jw_close(j);
}

/* ---- files --------------------------------------------------------------- */

struct account {
	struct json	json;
	struct tally	total;
	int		files, failed;
};

static void
file_account(struct account *a, const char *path, const struct tally *t,
    const char *fault, bool json)
{
	FILE *out = json ? stderr : stdout;
	size_t i;

	if (fault == NULL || t->rows > 0)
		tally_print(out, path, t);
	fflush(out);
	if (fault != NULL)
		fprintf(stderr, "%s: %s\n", path, fault);
	if (!json)
		return;
	jw_open(&a->json);
	jw_key(&a->json, "file");
	jw_z(&a->json, path);
	jw_key(&a->json, "symbol");
	jw_str(&a->json, t->symbols == 1 ? str_of(t->symbol) : STR_NONE);
	jw_key(&a->json, "refused");
	jw_array(&a->json);
	for (i = 0; i < t->refused_n; i++)
		jw_str(&a->json, t->refused[i]);
	jw_array_end(&a->json);
	jw_key(&a->json, "error");
	jw_str(&a->json, str_of(fault));
	tally_write(&a->json, t);
	jw_close(&a->json);
}

static const char *
fault_words(const struct flow *f, enum err e)
{
	if (e == OK)
		return (NULL);
	return (f->fault != NULL ? f->fault : err_row(e)->title);
}

/* All that were passed over by name, whatever became of the others. */
static enum err
refused_fault(struct flow *f, const struct tally *t)
{
	size_t i, n = 0, size = t->refused_n * (LIMIT_SYMBOL_BYTES + 2) + 1;
	char *names = arena_alloc(&f->arena, size);

	for (i = 0; i < t->refused_n; i++)
		n += (size_t)snprintf(names + n, size - n, "%s%.*s",
		    i > 0 ? ", " : "", STR_ARG(t->refused[i]));
	return (flow_fault(f, E_CONFLICT, "%s %s of the simulated market and "
	    "left out: say --replace, or another --symbol", names,
	    t->refused_n > 1 ? "are" : "is"));
}

/* What is wrong with a file that could be read. */
static enum err
tally_judge(struct flow *f, const struct import_words *w,
    const struct tally *t)
{
	if (t->refused_n > 0)
		return (refused_fault(f, t));
	if (t->rows == 0 || t->rows > tally_skipped(t))
		return (OK);
	return (flow_fault(f, E_INVALID, "nothing of it could be imported%s",
	    t->skipped[BAR_NO_RANGE] == t->rows && !w->adjusted_only ?
	    ": it has closes alone, which --adjusted-only takes" : ""));
}

static void
file_import(struct flow *f, const char *path, const struct import_words *w,
    struct account *a)
{
	struct tally t;
	enum err e;

	f->fault = NULL;
	e = price_file_take(f, path, w, &t);
	a->files++;
	if (e == OK)
		e = tally_judge(f, w, &t);
	a->failed += e != OK;
	tally_add(&a->total, &t);
	file_account(a, path, &t, fault_words(f, e), w->json);
}

static int
files_import(struct flow *f, char **paths, int n,
    const struct import_words *w)
{
	struct account a = { .files = 0 };
	struct arena memory;
	int i;

	arena_init(&memory, 64 * 1024 * 1024, NULL, NULL);
	jw_init(&a.json, &memory);
	jw_open(&a.json);
	jw_key(&a.json, "files");
	jw_array(&a.json);
	for (i = 0; i < n; i++)
		file_import(f, paths[i], w, &a);
	jw_array_end(&a.json);
	jw_key(&a.json, "total");
	jw_open(&a.json);
	tally_write(&a.json, &a.total);
	jw_close(&a.json);
	jw_close(&a.json);
	if (w->json)
		printf("%.*s\n", STR_ARG(jw_text(&a.json)));
	else if (n > 1)
		tally_print(stdout, "total", &a.total);
	arena_drop(&memory);
	if (a.total.added + a.total.corrected > 0 && bars_told(f) != OK)
		fprintf(stderr, "portfolios will be brought up to date by the "
		    "server\n");
	return (a.failed == 0 ? 0 : 1);
}

/* ---- words --------------------------------------------------------------- */

static const char *
words_check(const struct import_words *w, int files)
{
	if (files == 0)
		return ("which files?");
	if (w->symbol.p != NULL && !symbol_ok(w->symbol))
		return ("--symbol: letters, digits, . ^ = -");
	if (currency_places(w->currency) < 0)
		return ("--currency: none that is known");
	if (w->kind.n == 0 || w->kind.n > 20)
		return ("--kind: stock, etf, index, crypto");
	return (NULL);
}

/* Takes words off the front; what is left are files. False: not a word. */
static bool
words_read(struct import_words *w, int *argc, char ***argv)
{
	const struct {
		const char	*word;
		str		*text;
		bool		*flag;
	} known[] = {
		{ "--symbol", &w->symbol, NULL },
		{ "--currency", &w->currency, NULL },
		{ "--kind", &w->kind, NULL },
		{ "--adjusted-only", NULL, &w->adjusted_only },
		{ "--replace", NULL, &w->replace },
		{ "--json", NULL, &w->json },
	};
	char **files = *argv;
	size_t i;
	int left;

	for (left = 0; *argc > 0; ++*argv, --*argc) {
		if (strncmp(**argv, "--", 2) != 0) {
			files[left++] = **argv;
			continue;
		}
		for (i = 0; i < sizeof(known) / sizeof(known[0]); i++)
			if (strcmp(**argv, known[i].word) == 0)
				break;
		if (i == sizeof(known) / sizeof(known[0]) ||
		    (known[i].text != NULL && *argc < 2))
			return (false);
		if (known[i].flag != NULL)
			*known[i].flag = true;
		else {
			++*argv, --*argc;
			*known[i].text = str_of(**argv);
		}
	}
	*argv = files;
	*argc = left;
	return (true);
}

/* Folders are not looked into: which of their files was meant? */
static const char *
folder_among(char **paths, int n)
{
	struct stat st;
	int i;

	for (i = 0; i < n; i++)
		if (stat(paths[i], &st) == 0 && S_ISDIR(st.st_mode))
			return (paths[i]);
	return (NULL);
}

static int
words_import(struct flow *f, int argc, char **argv)
{
	struct import_words w = { .symbol = STR_NONE, .currency = S("USD"),
	    .kind = S("stock") };
	char symbol[LIMIT_SYMBOL_BYTES + 1];
	const char *why;
	enum err e;

	if (!words_read(&w, &argc, &argv)) {
		fputs(usage, stderr);
		return (2);
	}
	if (w.symbol.p != NULL && symbol_read(w.symbol, symbol).p != NULL)
		w.symbol = str_of(symbol);
	if ((why = words_check(&w, argc)) != NULL) {
		fprintf(stderr, "bursar: %s\n", why);
		return (2);
	}
	if ((why = folder_among(argv, argc)) != NULL) {
		fprintf(stderr, "bursar: %s is a folder: say %s/*.csv\n",
		    why, why);
		return (2);
	}
	if ((e = store_await(f)) != OK) {
		fprintf(stderr, "bursar: %s\n", fault_words(f, e));
		return (1);
	}
	return (files_import(f, argv, argc, &w));
}

int
market_prices(struct flow *f, int argc, char **argv)
{
	if (argc > 0 && strcmp(argv[0], "export") == 0)
		return (prices_export(f, argc - 1, argv + 1));
	if (argc > 0 && strcmp(argv[0], "backfill") == 0)
		return (prices_backfill(f, argc - 1, argv + 1));
	if (argc > 0 && strcmp(argv[argc - 1], "--help") == 0) {
		fputs(usage, stdout);
		return (0);
	}
	if (argc > 0 && strcmp(argv[0], "import") == 0)
		return (words_import(f, argc - 1, argv + 1));
	fputs(usage, stderr);
	return (2);
}
