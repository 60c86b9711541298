/*
 * `bursar prices export|backfill`, `bursar assets …`, `bursar indicators …`.
 * Exit codes: 0 done, 1 something was not, 2 not understood.
 */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/json.h"
#include "market/asset.h"
#include "market/desk.h"
#include "market/fold.h"
#include "market/prices.h"
#include "store/store.h"

#include "market_sql.h"

#define LINES_MAX	200
#define PROGRESS_EVERY	20
#define WAIT_MS		500

/* ---- words --------------------------------------------------------------- */

/* All that any of these may be told. */
struct told {
	str	symbol, q, kind, currency, need, from, to, interval, limit;
	bool	adjusted, json, tracked, wait;
	char	**rest;
	int	rest_n;
};

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

static bool
words_take(struct told *t, int argc, char **argv)
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

static int
not_understood(const char *usage)
{
	fputs(usage, stderr);
	return (2);
}

/* --help comes last; the help is what was asked for, so it is the output. */
static bool
helped(const char *usage, int argc, char **argv)
{
	if (argc < 1 || strcmp(argv[argc - 1], "--help") != 0)
		return (false);
	fputs(usage, stdout);
	return (true);
}

static int
failed(const struct flow *f, enum err e)
{
	fprintf(stderr, "bursar: %s\n", f->fault != NULL ? f->fault :
	    err_row(e)->title);
	return (1);
}

/* A day that was told, or `fallback`; false: it is none. */
static bool
day_told(str text, day fallback, day *out)
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

	if (helped(export_usage, argc, argv))
		return (0);
	if (!words_take(&t, argc, argv) || t.rest_n > 0 ||
	    t.symbol.p == NULL ||
	    !day_told(t.from, day_of(1900, 1, 1), &w.from) ||
	    !day_told(t.to, day_of(2099, 12, 31), &w.to) ||
	    (t.interval.p != NULL && (w.interval =
	    enum_of(interval_names, t.interval)) == ENUM_NONE))
		return (not_understood(export_usage));
	w.adjusted = t.adjusted;
	w.currency = t.currency;
	if ((e = store_await(f)) == OK)
		e = market_find(f, t.symbol, &in);
	if (e == E_NOT_FOUND)
		e = flow_fault(f, e, "no asset has this symbol");
	if (e == OK)
		e = prices_read(f, &in, &w, &bars);
	if (e != OK)
		return (failed(f, e));
	text = ARENA_MANY(&f->arena, prices_bytes(&bars), char);
	fwrite(text, 1, t.json ? prices_json(f, &bars, text) :
	    prices_csv(f, &bars, text), stdout);
	if (t.json)
		putchar('\n');
	return (fflush(stdout) == 0 && !ferror(stdout) ? 0 : 1);
}

/* ---- assets -------------------------------------------------------------- */

static const char assets_usage[] =
    "bursar assets list [--q TEXT] [--kind K] [--currency C] [--tracked]\n"
    "                   [--limit N]\n"
    "bursar assets track|backfill SYMBOL… [--need N] [--from DAY]\n"
    "bursar assets untrack SYMBOL… [--need N]\n"
    "  needs: daily intraday events profile fundamentals identity\n"
    "  --json            one object a line\n";

static void
asset_print(struct arena *a, const struct asset *v, bool json)
{
	struct json j;

	if (!json) {
		printf("%-16.*s %-10.*s %-4.*s %.*s\n", STR_ARG(v->symbol),
		    STR_ARG(v->kind), STR_ARG(v->currency),
		    STR_ARG(v->name));
		return;
	}
	jw_init(&j, a);
	jw_record(&j, SHAPE(asset), v);
	printf("%.*s\n", STR_ARG(jw_text(&j)));
}

static int
assets_print(struct flow *f, const struct told *t)
{
	const struct assets_wish w = { .q = t->q, .kind = t->kind,
	    .currency = t->currency, .tracked = t->tracked };
	int64_t limit = LINES_MAX;
	struct list list;
	enum err e;
	size_t i;
	str next;

	if (t->limit.p != NULL && (!str_long(t->limit, &limit) || limit < 1 ||
	    limit > LINES_MAX))
		return (not_understood(assets_usage));
	if ((e = store_await(f)) == OK)
		e = assets_list(f, &w, STR_NONE, limit, &list, &next);
	if (e != OK)
		return (failed(f, e));
	for (i = 0; i < list.n; i++)
		asset_print(&f->arena, (const struct asset *)list.v + i,
		    t->json);
	return (0);
}

static enum err
asset_track(struct flow *f, uuid id, const struct told *t, day from,
    bool wanted)
{
	static const str usual[] = { S("daily"), S("events"), S("profile") };
	size_t i;

	if (t->need.p != NULL)
		return (market_track(f, id, t->need, from, wanted));
	for (i = 0; i < sizeof(usual) / sizeof(usual[0]); i++)
		TRY(market_track(f, id, usual[i], from, wanted));
	return (OK);
}

static int
assets_track(struct flow *f, const char *what, const struct told *t,
    const char *usage)
{
	struct instrument in;
	int i, code = 0;
	enum err e;
	day from;

	if (t->rest_n == 0 || !day_told(t->from, DAY_NONE, &from) ||
	    (t->need.p != NULL &&
	    enum_of(track_needs, t->need) == ENUM_NONE))
		return (not_understood(usage));
	if ((e = store_await(f)) != OK)
		return (failed(f, e));
	for (i = 0; i < t->rest_n; i++) {
		f->fault = NULL;
		e = market_require(f, str_of(t->rest[i]), &in);
		if (e == OK)
			e = what[0] == 'u' ?
			    market_untrack(f, in.id, t->need) :
			    asset_track(f, in.id, t, from, what[0] == 'b');
		if (e != OK)
			code = failed(f, e);
		else if (!t->json)
			printf("%s: %s\n", t->rest[i], what);
		else
			printf("{\"symbol\":\"%.*s\",\"done\":\"%s\"}\n",
			    STR_ARG(in.symbol), what);
	}
	return (code);
}

int
market_assets(struct flow *f, int argc, char **argv)
{
	struct told t;

	if (helped(assets_usage, argc, argv))
		return (0);
	if (argc < 1 || !words_take(&t, argc - 1, argv + 1))
		return (not_understood(assets_usage));
	if (strcmp(argv[0], "list") == 0)
		return (t.rest_n == 0 ? assets_print(f, &t) :
		    not_understood(assets_usage));
	if (strcmp(argv[0], "track") == 0 ||
	    strcmp(argv[0], "untrack") == 0 ||
	    strcmp(argv[0], "backfill") == 0)
		return (assets_track(f, argv[0], &t, assets_usage));
	return (not_understood(assets_usage));
}

/* ---- daily bars that are asked for --------------------------------------- */

static const char backfill_usage[] =
    "bursar prices backfill SYMBOL… [--from DAY] [--wait] [--json]\n"
    "  asks for daily bars since that day; a worker brings them\n"
    "  --wait            till it has tried them all, and says how far it is\n";

struct standing {
	str	symbol;
	bool	pending;
	day	watermark;
	str	last_error;
};

static const struct field standing_fields[] = {
	MUST(standing, symbol, "Ticker."),
	MUST(standing, pending, "Not tried since it was asked for."),
	MAY(standing, watermark, "The last day that is kept."),
	MAY(standing, last_error, "Why it failed."),
	FIELDS_END
};

/* 0: all were brought; 1: some were not. */
static int
standings_told(const struct list *all)
{
	const struct standing *v = all->v;
	int code = 0;
	size_t i;

	for (i = 0; i < all->n; i++) {
		if (v[i].last_error.p == NULL)
			continue;
		fprintf(stderr, "bursar: %.*s: %.*s\n", STR_ARG(v[i].symbol),
		    STR_ARG(v[i].last_error));
		code = 1;
	}
	return (code);
}

static enum err
standings_read(struct flow *f, const struct told *t, struct list *out,
    size_t *done)
{
	str *symbols = ARENA_MANY(&f->arena, (size_t)t->rest_n, str);
	const struct standing *v;
	size_t i;

	for (i = 0; i < (size_t)t->rest_n; i++)
		symbols[i] = str_of(t->rest[i]);
	TRY(store_rows(f, &sql_track_standing, SHAPE(standing), out,
	    MANY(K_STR, symbols, (size_t)t->rest_n)));
	for (v = out->v, *done = i = 0; i < out->n; i++)
		*done += !v[i].pending;
	return (OK);
}

static int
backfill_wait(struct flow *f, const struct told *t)
{
	struct list all;
	struct piece *p;
	size_t done;
	int code;
	enum err e;

	for (;;) {
		p = piece_begin(f);
		e = standings_read(f, t, &all, &done);
		if (e == OK && isatty(STDERR_FILENO))
			fprintf(stderr, "\r%zu of %zu", done, all.n);
		code = e != OK ? failed(f, e) : done < all.n ? -1 :
		    standings_told(&all);
		piece_end(p);
		if (code >= 0)
			break;
		if (flow_sleep(f, WAIT_MS) != OK)
			return (1);
	}
	if (isatty(STDERR_FILENO))
		fputc('\n', stderr);
	return (code);
}

int
prices_backfill(struct flow *f, int argc, char **argv)
{
	struct told t;
	int code;

	if (helped(backfill_usage, argc, argv))
		return (0);
	if (!words_take(&t, argc, argv) || t.need.p != NULL)
		return (not_understood(backfill_usage));
	t.need = S("daily");
	code = assets_track(f, "backfill", &t, backfill_usage);
	return (code != 0 || !t.wait ? code : backfill_wait(f, &t));
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
		    UUID(after), LONG(LINES_MAX)));
		for (i = 0; i < rows.n; i++) {
			const struct whom *w = (const struct whom *)rows.v + i;

			fold_one(f, w->id, w->symbol, t, sum);
			after = w->id;
		}
	} while (rows.n == LINES_MAX);
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
			code = failed(f, e);
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

	if (helped(indicators_usage, argc, argv))
		return (0);
	if (argc < 1 || !words_take(&t, argc - 1, argv + 1))
		return (not_understood(indicators_usage));
	update = strcmp(argv[0], "update") == 0;
	if (!update && (strcmp(argv[0], "list") != 0 || t.rest_n == 0))
		return (not_understood(indicators_usage));
	if ((e = store_await(f)) != OK)
		return (failed(f, e));
	if (t.rest_n > 0)
		code = indicators_each(f, &t, update, &sum);
	else if ((e = folds_all(f, &t, &sum)) != OK)
		return (failed(f, e));
	if (update && !t.json)
		printf("%lld assets: %lld steps, %lld failed\n",
		    (long long)sum.assets, (long long)sum.steps,
		    (long long)sum.failed);
	return (sum.failed > 0 ? 1 : code);
}
