/*
 * `bursar prices export` and `bursar indicators …`, and the words that all
 * commands of this room are told. Exit codes: 0 done, 1 something was not, 2
 * not understood.
 */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/json.h"
#include "market/desk.h"
#include "market/fold.h"
#include "market/prices.h"
#include "store/store.h"

#include "market_sql.h"

#define PAGE		200
#define PROGRESS_EVERY	20

/* ---- words --------------------------------------------------------------- */

static bool
word_take(struct told *t, const char *word, const char *value, bool *used)
{
	const struct {
		const char	*word;
		str		*text;
		bool		*flag;
	} known[] = {
		{ "--symbol", &t->symbol, NULL }, { "--q", &t->q, NULL },
		{ "--kind", &t->kind, NULL }, { "--need", &t->need, NULL },
		{ "--currency", &t->currency, NULL },
		{ "--from", &t->from, NULL }, { "--to", &t->to, NULL },
		{ "--interval", &t->interval, NULL },
		{ "--limit", &t->limit, NULL },
		{ "--adjusted", NULL, &t->adjusted },
		{ "--tracked", NULL, &t->tracked },
		{ "--json", NULL, &t->json }, { "--wait", NULL, &t->wait },
	};
	size_t i;

	*used = false;
	for (i = 0; i < sizeof(known) / sizeof(known[0]); i++) {
		if (strcmp(word, known[i].word) != 0)
			continue;
		if (known[i].flag != NULL)
			*known[i].flag = true;
		else if (value == NULL)
			return (false);
		else {
			*known[i].text = str_of(value);
			*used = true;
		}
		return (true);
	}
	return (false);
}

bool
desk_words(struct told *t, int argc, char **argv)
{
	bool used;
	int i;

	memset(t, 0, sizeof(*t));
	t->rest = argv;
	for (i = 0; i < argc; i++) {
		if (strncmp(argv[i], "--", 2) != 0) {
			t->rest[t->rest_n++] = argv[i];
			continue;
		}
		if (!word_take(t, argv[i], i + 1 < argc ? argv[i + 1] : NULL,
		    &used))
			return (false);
		i += used;
	}
	return (true);
}

int
desk_refuse(const char *usage)
{
	fputs(usage, stderr);
	return (2);
}

bool
desk_help(const char *usage, int argc, char **argv)
{
	if (argc < 1 || strcmp(argv[argc - 1], "--help") != 0)
		return (false);
	fputs(usage, stdout);
	return (true);
}

int
desk_fail(const struct flow *f, enum err e)
{
	fprintf(stderr, "bursar: %s\n", f->fault != NULL ? f->fault :
	    err_row(e)->title);
	return (1);
}

bool
desk_day(str text, day fallback, day *out)
{
	*out = fallback;
	return (text.p == NULL || day_parse(text, out));
}

/* ---- prices -------------------------------------------------------------- */

static const char export_usage[] =
    "bursar prices export --symbol X [WORDS]\n"
    "  writes an asset's bars to standard output as CSV\n"
    "  --from, --to DAY  the range; everything when absent\n"
    "  --interval 1d     1m 5m 15m 30m 1h 1d 1w 1mo\n"
    "  --adjusted        prices in what a share has become since\n"
    "  --currency EUR    converted by each day's rate\n"
    "  --json            as JSON\n";

int
prices_export(struct flow *f, int argc, char **argv)
{
	struct prices_wish w = { .interval = INTERVAL_1D, .limit = LONG_NONE,
	    .points = LONG_NONE };
	struct instrument in;
	struct list bars;
	struct told t;
	enum err e;
	char *text;

	if (desk_help(export_usage, argc, argv))
		return (0);
	if (!desk_words(&t, argc, argv) || t.rest_n > 0 ||
	    t.symbol.p == NULL ||
	    !desk_day(t.from, day_of(1900, 1, 1), &w.from) ||
	    !desk_day(t.to, day_of(2099, 12, 31), &w.to) ||
	    (t.interval.p != NULL && (w.interval =
	    enum_of(interval_names, t.interval)) == ENUM_NONE))
		return (desk_refuse(export_usage));
	w.adjusted = t.adjusted;
	w.currency = t.currency;
	if ((e = store_await(f)) == OK)
		e = market_find(f, t.symbol, &in);
	if (e == E_NOT_FOUND)
		e = flow_fault(f, e, "no asset has this symbol");
	if (e == OK)
		e = prices_read(f, &in, &w, &bars);
	if (e != OK)
		return (desk_fail(f, e));
	text = ARENA_MANY(&f->arena, prices_bytes(&bars), char);
	fwrite(text, 1, t.json ? prices_json(f, &bars, text) :
	    prices_csv(f, &bars, text), stdout);
	if (t.json)
		putchar('\n');
	return (fflush(stdout) == 0 && !ferror(stdout) ? 0 : 1);
}

/* ---- indicators ---------------------------------------------------------- */

static const char indicators_usage[] =
    "bursar indicators list SYMBOL…\n"
    "bursar indicators update [SYMBOL…]\n"
    "  brings stored indicators up to date: of all real assets that have\n"
    "  bars, or of some\n"
    "  --json            one object a line\n";

static enum err
folds_print(struct flow *f, const struct instrument *in, bool json)
{
	const struct folded *k;
	struct list rows;
	struct json j;
	size_t i;

	TRY(folds_list(f, in->id, &rows));
	for (i = 0, k = rows.v; i < rows.n; i++) {
		jw_init(&j, &f->arena);
		jw_record(&j, SHAPE(folded), &k[i]);
		if (json)
			printf("%.*s\n", STR_ARG(jw_text(&j)));
		else
			printf("%-16.*s %.*s%.*s %lld bars%s\n",
			    STR_ARG(in->symbol), STR_ARG(k[i].name),
			    STR_ARG(k[i].params), (long long)k[i].bars,
			    k[i].current ? "" : ", behind");
	}
	return (OK);
}

struct sum {
	int64_t	assets, steps, failed;
};

static void
fold_one(struct flow *f, uuid id, str symbol, const struct told *t,
    struct sum *sum)
{
	struct piece *p = piece_begin(f);
	int64_t steps = 0;
	enum err e;

	f->fault = NULL;
	e = folds_update(f, id, &steps);
	piece_end(p);
	sum->assets++;
	sum->steps += steps;
	if (e != OK) {
		sum->failed++;
		fprintf(stderr, "%.*s: %s\n", STR_ARG(symbol),
		    err_row(e)->title);
	} else if (t->json)
		printf("{\"symbol\":\"%.*s\",\"steps\":%lld}\n",
		    STR_ARG(symbol), (long long)steps);
	if (isatty(STDERR_FILENO) && sum->assets % PROGRESS_EVERY == 0)
		fprintf(stderr, "\r%lld assets, %lld steps\r",
		    (long long)sum->assets, (long long)sum->steps);
}

struct whom {
	uuid	id;
	str	symbol;
};

static const struct field whom_fields[] = {
	MUST(whom, id, "Instrument."),
	MUST(whom, symbol, "Ticker."),
	FIELDS_END
};

/* A page of assets at a time, each with memory of its own. */
static enum err
folds_all(struct flow *f, const struct told *t, struct sum *sum)
{
	uuid after = UUID_NONE;
	struct list rows;
	size_t i;

	do {
		TRY(store_rows(f, &sql_fold_whom, SHAPE(whom), &rows,
		    UUID(after), LONG(PAGE)));
		for (i = 0; i < rows.n; i++) {
			const struct whom *w = (const struct whom *)rows.v + i;

			fold_one(f, w->id, w->symbol, t, sum);
			after = w->id;
		}
	} while (rows.n == PAGE);
	return (OK);
}

static int
indicators_each(struct flow *f, const struct told *t, bool update,
    struct sum *sum)
{
	struct instrument in;
	int i, code = 0;
	enum err e;

	for (i = 0; i < t->rest_n; i++) {
		f->fault = NULL;
		e = market_find(f, str_of(t->rest[i]), &in);
		if (e == OK && update)
			fold_one(f, in.id, in.symbol, t, sum);
		else if (e == OK)
			e = folds_print(f, &in, t->json);
		if (e != OK)
			code = desk_fail(f, e);
	}
	return (code);
}

int
market_indicators(struct flow *f, int argc, char **argv)
{
	struct sum sum = { 0, 0, 0 };
	struct told t;
	bool update;
	enum err e;
	int code = 0;

	if (desk_help(indicators_usage, argc, argv))
		return (0);
	if (argc < 1 || !desk_words(&t, argc - 1, argv + 1))
		return (desk_refuse(indicators_usage));
	update = strcmp(argv[0], "update") == 0;
	if (!update && (strcmp(argv[0], "list") != 0 || t.rest_n == 0))
		return (desk_refuse(indicators_usage));
	if ((e = store_await(f)) != OK)
		return (desk_fail(f, e));
	if (t.rest_n > 0)
		code = indicators_each(f, &t, update, &sum);
	else if ((e = folds_all(f, &t, &sum)) != OK)
		return (desk_fail(f, e));
	if (update && !t.json)
		printf("%lld assets: %lld steps, %lld failed\n",
		    (long long)sum.assets, (long long)sum.steps,
		    (long long)sum.failed);
	return (sum.failed > 0 ? 1 : code);
}
