/*
 * A search's text as terms, and terms as patterns. Terms are letters and
 * digits only, so none of them means anything else in a pattern.
 */
#include <ctype.h>

#include "market/phrase.h"

/* ---- terms --------------------------------------------------------------- */

/* What is written within a word and is no part of it. */
static bool
silent(char c)
{
	return (c == '&' || c == '\'');
}

static str
term_cut(struct arena *a, str text, size_t *at)
{
	char *p = arena_alloc(a, text.n - *at + 1);
	size_t n = 0;

	for (; *at < text.n; ++*at) {
		if (isalnum((unsigned char)text.p[*at]))
			p[n++] = (char)tolower((unsigned char)text.p[*at]);
		else if (!silent(text.p[*at]))
			break;
	}
	return ((str){ p, n });
}

bool
phrase_split(struct arena *a, str text, struct phrase *out)
{
	size_t i;
	str term;

	out->n = 0;
	for (i = 0; i < text.n; i++)
		if ((unsigned char)text.p[i] >= 0x80)
			return (false);
	for (i = 0; i < text.n && out->n < PHRASE_TERMS; i++) {
		term = term_cut(a, text, &i);
		if (term.n > 0)
			out->term[out->n++] = term;
	}
	return (true);
}

void
phrase_join(struct arena *a, const struct phrase *p, struct phrase *out)
{
	size_t i;

	out->term[0] = S("");
	for (i = 0; i < p->n; i++)
		out->term[0] = arena_printf(a, "%.*s%.*s",
		    STR_ARG(out->term[0]), STR_ARG(p->term[i]));
	out->n = p->n > 0;
}

/* ---- what they mean ------------------------------------------------------ */

void
phrase_mean(const struct phrase *p, struct meant *out)
{
	for (out->n = 0; out->n < p->n; out->n++) {
		out->place[out->n] = out->n;
		out->word[out->n] = p->term[out->n];
	}
}

static size_t
words_of(const struct meant *m, size_t place, str words[PHRASE_MEANT])
{
	size_t i, n = 0;

	for (i = 0; i < m->n; i++)
		if (m->place[i] == place)
			words[n++] = m->word[i];
	return (n);
}

bool
meant_whole(const struct meant *m, const struct phrase *p)
{
	str words[PHRASE_MEANT];
	size_t i;

	for (i = 0; i < p->n; i++)
		if (words_of(m, i, words) == 0)
			return (false);
	return (true);
}

static size_t
longest(const struct phrase *p)
{
	size_t i, best = 0;

	for (i = 1; i < p->n; i++)
		if (p->term[i].n > p->term[best].n)
			best = i;
	return (best);
}

/* "( one| other)": one of them begins a word. */
static str
match_make(struct arena *a, const str *words, size_t n)
{
	str text = S("(");
	size_t i;

	for (i = 0; i < n; i++)
		text = arena_printf(a, "%.*s %.*s%c", STR_ARG(text),
		    STR_ARG(words[i]), i + 1 < n ? '|' : ')');
	return (text);
}

void
judge_make(struct arena *a, const struct phrase *p, const struct meant *m,
    struct judge *out)
{
	size_t i, n, lead = longest(p);
	str words[PHRASE_MEANT];

	out->likes = out->matches = 0;
	out->leads = words_of(m, lead, out->lead);
	for (i = 0; i < p->n; i++) {
		if (i == lead)
			continue;
		n = words_of(m, i, words);
		if (n == 1)
			out->like[out->likes++] = arena_printf(a,
			    "%% %.*s%%", STR_ARG(words[0]));
		else if (n > 1)
			out->match[out->matches++] = match_make(a, words, n);
	}
}
