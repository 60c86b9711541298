/*
 * Assets listed and searched. Search is a range of an index for each word
 * typed; only where that finds little are words looked for that differ by a
 * letter, and judged here before they are looked up.
 */
#include <stdio.h>
#include <string.h>

#include "market/asset.h"
#include "market/spelling.h"
#include "store/store.h"

#include "market_sql.h"

#define FEW		5	/* fewer hits: perhaps it was misspelt */
#define MEANT_MAX	24	/* words a text is taken for */
#define BEFORE_ALL	S("!")	/* the least symbol is more */
#define PAGES_ROWS	1000	/* nobody reads more of a search */

struct spelling {
	int64_t	grp;		/* which of the terms */
	str	term;
	str	word;
	int64_t	terms;		/* how many there are */
};

static const struct field spelling_fields[] = {
	MUST(spelling, grp, "Place of the term."),
	MUST(spelling, term, "What was typed."),
	MUST(spelling, word, "What there is."),
	MUST(spelling, terms, "Of the text."),
	FIELDS_END
};

/* ---- searching ----------------------------------------------------------- */

/* Words by group; text STR_NONE when they are given. */
struct meant {
	int64_t	grp[MEANT_MAX];
	str	word[MEANT_MAX];
	size_t	n;
};

static enum err
words_search(struct flow *f, const struct assets_wish *w, str q,
    const struct meant *m, int64_t from, int64_t limit, struct list *out)
{
	return (store_rows(f, &sql_asset_search, SHAPE(asset), out, STR(q),
	    MANY(K_LONG, m->grp, m->n), MANY(K_STR, m->word, m->n),
	    STR(w->kind), STR(w->exchange), STR(w->currency), STR(w->sector),
	    STR(w->country), BOOL(w->tracked), LONG(from), LONG(limit)));
}

/* Those words that are near enough, nearest first. */
static void
meant_choose(const struct list *spellings, struct meant *m)
{
	const struct spelling *s = spellings->v;
	size_t i, faults;

	m->n = 0;
	for (faults = 0; faults <= 2; faults++)
		for (i = 0; i < spellings->n && m->n < MEANT_MAX; i++) {
			if (faults > spelling_faults(s[i].term.n) ||
			    spelling_distance(s[i].term, s[i].word) != faults)
				continue;
			m->grp[m->n] = s[i].grp;
			m->word[m->n++] = s[i].word;
		}
}

/* Each of the text's terms may mean something. */
static bool
meant_whole(const struct meant *m, int64_t terms)
{
	int64_t grp;
	size_t i;

	for (grp = 1; grp <= terms; grp++) {
		for (i = 0; i < m->n && m->grp[i] != grp; i++)
			;
		if (i == m->n)
			return (false);
	}
	return (true);
}

static bool
listed(const struct asset *v, size_t n, str symbol)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (str_eq(v[i].symbol, symbol))
			return (true);
	return (false);
}

/* More assets after those that are there, up to so many. */
static void
assets_append(struct arena *a, struct list *out, const struct list *more,
    int64_t limit)
{
	const struct asset *m = more->v;
	struct asset *v = ARENA_MANY(a, out->n + more->n, struct asset);
	size_t i;

	if (out->n > 0)
		memcpy(v, out->v, out->n * sizeof(*v));
	out->v = v;
	for (i = 0; i < more->n && out->n < (size_t)limit; i++)
		if (!listed(v, out->n, m[i].symbol))
			v[out->n++] = m[i];
}

/* What may have been meant instead of the text's words. */
static enum err
misspelt_search(struct flow *f, const struct assets_wish *w, int64_t limit,
    struct list *out)
{
	struct list spellings, more;
	struct meant m;

	TRY(store_rows(f, &sql_asset_spellings, SHAPE(spelling), &spellings,
	    STR(w->q)));
	meant_choose(&spellings, &m);
	if (m.n == 0 || !meant_whole(&m,
	    ((const struct spelling *)spellings.v)->terms))
		return (OK);
	TRY(words_search(f, w, STR_NONE, &m, 0, limit, &more));
	assets_append(&f->arena, out, &more, limit);
	return (OK);
}

/* ---- beside what is kept ------------------------------------------------- */

static bool
unfiltered(const struct assets_wish *w)
{
	return (w->kind.p == NULL && w->exchange.p == NULL &&
	    w->currency.p == NULL && w->sector.p == NULL &&
	    w->country.p == NULL && !w->tracked);
}

/* What the provider finds; that it fails is no failure of ours. */
static void
provider_search(struct flow *f, str q, int64_t limit, struct list *out)
{
	const struct match *m;
	struct list found, more;
	struct asset *v;
	size_t i;

	if (feed_search(f, q, &found) != FEED_OK)
		return;
	m = found.v;
	v = ARENA_MANY(&f->arena, found.n, struct asset);
	for (i = 0; i < found.n; i++)
		v[i] = (struct asset){ .symbol = m[i].symbol,
		    .name = m[i].name, .kind = m[i].kind,
		    .simulated = feed_current()->simulated };
	more = (struct list){ v, found.n };
	assets_append(&f->arena, out, &more, limit);
}

static enum err
own_search(struct flow *f, const struct assets_wish *w, int64_t limit,
    struct list *out)
{
	*out = (struct list){ NULL, 0 };
	if (!unfiltered(w) || !uuid_ok(f->who.tenant))
		return (OK);
	return (store_rows(f, &sql_private_search, SHAPE(asset), out,
	    STR(w->q), LONG(limit)));
}

/* ---- pages --------------------------------------------------------------- */

static enum err
search_page(struct flow *f, const struct assets_wish *w, str cursor,
    int64_t limit, struct list *out, str *next)
{
	const struct meant none = { .n = 0 };
	struct list found;
	int64_t from = 0;

	if (cursor.p != NULL && !str_long(cursor, &from))
		from = 0;
	*out = (struct list){ NULL, 0 };
	if (from == 0)
		TRY(own_search(f, w, limit, out));
	TRY(words_search(f, w, w->q, &none, from, limit + 1, &found));
	if (found.n > (size_t)limit && from + limit < PAGES_ROWS)
		*next = arena_printf(&f->arena, "%lld",
		    (long long)(from + limit));
	assets_append(&f->arena, out, &found, limit);
	if (from > 0 || next->p != NULL)
		return (OK);
	if (out->n < FEW)
		TRY(misspelt_search(f, w, limit, out));
	if (out->n < (size_t)limit && unfiltered(w))
		provider_search(f, w->q, limit, out);
	return (OK);
}

static enum err
symbol_page(struct flow *f, const struct assets_wish *w, str cursor,
    int64_t limit, struct list *out, str *next)
{
	struct list found;

	*out = (struct list){ NULL, 0 };
	if (cursor.p == NULL)
		TRY(own_search(f, w, limit, out));
	TRY(store_rows(f, &sql_asset_page, SHAPE(asset), &found, STR(cursor),
	    STR(w->kind), STR(w->exchange), STR(w->currency),
	    STR(w->sector), STR(w->country), BOOL(w->tracked),
	    LONG(limit - (int64_t)out->n + 1)));
	if (out->n + found.n > (size_t)limit) {
		found.n = (size_t)limit - out->n;
		*next = found.n == 0 ? BEFORE_ALL :
		    ((const struct asset *)found.v)[found.n - 1].symbol;
	}
	assets_append(&f->arena, out, &found, limit);
	return (OK);
}

enum err
assets_list(struct flow *f, const struct assets_wish *w, str cursor,
    int64_t limit, struct list *out, str *next)
{
	*next = STR_NONE;
	return (w->q.p != NULL ? search_page(f, w, cursor, limit, out, next) :
	    symbol_page(f, w, cursor, limit, out, next));
}
