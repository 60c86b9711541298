/*
 * Assets listed and searched. Search is a range of an index for the longest
 * word typed, judged by the others as it is read; only where that finds
 * little are words looked for that differ by a letter, and judged here before
 * they are looked up.
 */
#include <stdio.h>
#include <string.h>

#include "market/asset.h"
#include "market/phrase.h"
#include "market/spelling.h"
#include "store/store.h"

#include "market_sql.h"

#define FEW		5	/* fewer hits: perhaps it was misspelt */
#define BEFORE_ALL	S("!")	/* the least symbol is more */
#define PAGES_ROWS	300	/* nobody reads more of a search */

struct spelling {
	int64_t	place;		/* of the term, from 1 */
	str	word;
};

static const struct field spelling_fields[] = {
	MUST(spelling, place, "Place of the term."),
	MUST(spelling, word, "What there is."),
	FIELDS_END
};

struct term {
	str	term;
};

static const struct field term_fields[] = {
	MUST(term, term, "Term."),
	FIELDS_END
};

/* ---- searching ----------------------------------------------------------- */

#define TEXTS(v, n)	MANY(K_STR, (v), (n))

#define WORDS_QUERY(w, j, from, limit, out)				\
	QUERY(&sql_asset_search, SHAPE(asset), (out),			\
	    TEXTS((j)->lead, (j)->leads), TEXTS((j)->like, (j)->likes),	\
	    TEXTS((j)->match, (j)->matches), STR((w)->kind),		\
	    STR((w)->exchange), STR((w)->currency), STR((w)->sector),	\
	    STR((w)->country), BOOL((w)->tracked), LONG(from), LONG(limit))

static enum err
phrase_read(struct flow *f, str text, struct phrase *out)
{
	const struct term *t;
	struct list terms;

	if (phrase_split(&f->arena, text, out))
		return (OK);
	TRY(store_rows(f, &sql_asset_terms, SHAPE(term), &terms, STR(text)));
	t = terms.v;
	for (out->n = 0; out->n < terms.n && out->n < PHRASE_TERMS; out->n++)
		out->term[out->n] = t[out->n].term;
	return (OK);
}

/* Which terms are words as they are typed; all of them: none of that counts,
 * as something was misspelt. */
static void
right_find(const struct phrase *p, const struct list *spellings,
    bool right[PHRASE_TERMS])
{
	const struct spelling *s = spellings->v;
	size_t i, n = 0;

	memset(right, 0, PHRASE_TERMS * sizeof(*right));
	for (i = 0; i < spellings->n; i++)
		if (spelling_distance(p->term[s[i].place - 1], s[i].word) == 0)
			right[s[i].place - 1] = true;
	for (i = 0; i < p->n; i++)
		n += right[i];
	if (n == p->n)
		memset(right, 0, PHRASE_TERMS * sizeof(*right));
}

/* Those words that are near enough, nearest first. */
static void
meant_choose(const struct phrase *p, const struct list *spellings,
    struct meant *m)
{
	const struct spelling *s = spellings->v;
	bool right[PHRASE_TERMS];
	size_t i, at, faults;

	right_find(p, spellings, right);
	m->n = 0;
	for (at = 0; at < p->n; at++)
		if (right[at]) {
			m->place[m->n] = at;
			m->word[m->n++] = p->term[at];
		}
	for (faults = 0; faults <= 2; faults++)
		for (i = 0; i < spellings->n && m->n < PHRASE_MEANT; i++) {
			at = (size_t)s[i].place - 1;
			if (right[at] ||
			    faults > spelling_faults(p->term[at].n) ||
			    spelling_distance(p->term[at], s[i].word) != faults)
				continue;
			m->place[m->n] = at;
			m->word[m->n++] = s[i].word;
		}
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

static void
words_judge(struct flow *f, const struct phrase *p, struct judge *out)
{
	struct meant m;

	phrase_mean(p, &m);
	judge_make(&f->arena, p, &m, out);
}

/* What may have been meant instead of the text's words: one word, or others. */
static enum err
misspelt_search(struct flow *f, const struct assets_wish *w,
    const struct phrase *p, int64_t limit, struct list *out)
{
	struct list joined, spellings, more;
	struct phrase one;
	struct judge j;
	struct meant m;

	phrase_join(&f->arena, p, &one);
	words_judge(f, &one, &j);
	TRY(store_batch(f, (const struct query[]){
	    QUERY(&sql_asset_spellings, SHAPE(spelling), &spellings,
		TEXTS(p->term, p->n)),
	    WORDS_QUERY(w, &j, 0, limit, &joined) }, p->n > 1 ? 2 : 1));
	if (p->n > 1)
		assets_append(&f->arena, out, &joined, limit);
	meant_choose(p, &spellings, &m);
	if (m.n == 0 || !meant_whole(&m, p))
		return (OK);
	judge_make(&f->arena, p, &m, &j);
	TRY(store_batch(f, (const struct query[]){
	    WORDS_QUERY(w, &j, 0, limit, &more) }, 1));
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

/* Those that are kept, and on the first page the tenant's own before them:
 * in one round trip. */
static enum err
kept_search(struct flow *f, const struct assets_wish *w,
    const struct phrase *p, bool first, int64_t from, int64_t limit,
    struct list *own, struct list *found)
{
	bool owned = first && unfiltered(w) && uuid_ok(f->who.tenant);
	struct judge j;

	words_judge(f, p, &j);
	*own = (struct list){ NULL, 0 };
	return (store_batch(f, (const struct query[]){
	    WORDS_QUERY(w, &j, from, limit + 1, found),
	    QUERY(&sql_private_search, SHAPE(asset), own, STR(w->q),
		LONG(limit)) }, owned ? 2 : 1));
}

static enum err
search_page(struct flow *f, const struct assets_wish *w, str cursor,
    int64_t limit, struct list *out, str *next)
{
	bool first = cursor.p == NULL;
	struct list found;
	struct phrase p;
	int64_t from = 0, room;

	if (!first && !str_long(cursor, &from))
		from = 0;
	TRY(phrase_read(f, w->q, &p));
	TRY(kept_search(f, w, &p, first, from, limit, out, &found));
	room = limit - (int64_t)out->n;
	if (found.n > (size_t)room && from + room < PAGES_ROWS)
		*next = arena_printf(&f->arena, "%lld",
		    (long long)(from + room));
	assets_append(&f->arena, out, &found, limit);
	if (!first || next->p != NULL)
		return (OK);
	if (out->n < FEW)
		TRY(misspelt_search(f, w, &p, limit, out));
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
