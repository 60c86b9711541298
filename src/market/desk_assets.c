/*
 * `bursar assets …` and `bursar prices backfill …`: what is kept up to date,
 * and what a worker shall bring.
 */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/json.h"
#include "market/asset.h"
#include "market/desk.h"
#include "store/store.h"

#include "market_sql.h"

#define LINES_MAX	200
#define WAIT_MS		500

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
		return (desk_refuse(assets_usage));
	if ((e = store_await(f)) == OK)
		e = assets_list(f, &w, STR_NONE, limit, &list, &next);
	if (e != OK)
		return (desk_fail(f, e));
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

	if (t->rest_n == 0 || !desk_day(t->from, DAY_NONE, &from) ||
	    (t->need.p != NULL &&
	    enum_of(track_needs, t->need) == ENUM_NONE))
		return (desk_refuse(usage));
	if ((e = store_await(f)) != OK)
		return (desk_fail(f, e));
	for (i = 0; i < t->rest_n; i++) {
		f->fault = NULL;
		e = market_require(f, str_of(t->rest[i]), &in);
		if (e == OK)
			e = what[0] == 'u' ?
			    market_untrack(f, in.id, t->need) :
			    asset_track(f, in.id, t, from, what[0] == 'b');
		if (e != OK)
			code = desk_fail(f, e);
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

	if (desk_help(assets_usage, argc, argv))
		return (0);
	if (argc < 1 || !desk_words(&t, argc - 1, argv + 1))
		return (desk_refuse(assets_usage));
	if (strcmp(argv[0], "list") == 0)
		return (t.rest_n == 0 ? assets_print(f, &t) :
		    desk_refuse(assets_usage));
	if (strcmp(argv[0], "track") == 0 ||
	    strcmp(argv[0], "untrack") == 0 ||
	    strcmp(argv[0], "backfill") == 0)
		return (assets_track(f, argv[0], &t, assets_usage));
	return (desk_refuse(assets_usage));
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
		code = e != OK ? desk_fail(f, e) : done < all.n ? -1 :
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

	if (desk_help(backfill_usage, argc, argv))
		return (0);
	if (!desk_words(&t, argc, argv) || t.need.p != NULL)
		return (desk_refuse(backfill_usage));
	t.need = S("daily");
	code = assets_track(f, "backfill", &t, backfill_usage);
	return (code != 0 || !t.wait ? code : backfill_wait(f, &t));
}
