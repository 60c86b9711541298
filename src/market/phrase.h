/*
 * phrase: what is typed into a search, as terms, and as what an asset's
 * words are held against. Pure. Inner header of market/.
 */
#ifndef BURSAR_MARKET_PHRASE_H
#define BURSAR_MARKET_PHRASE_H

#include "base/arena.h"
#include "base/str.h"

#define PHRASE_TERMS	5	/* more say nothing more */
#define PHRASE_MEANT	24	/* words that it may mean */

struct phrase {
	str	term[PHRASE_TERMS];
	size_t	n;
};

/* Words by the place of the term they stand for. */
struct meant {
	size_t	place[PHRASE_MEANT];
	str	word[PHRASE_MEANT];
	size_t	n;
};

/* What an asset's words are held against. */
struct judge {
	str	lead[PHRASE_MEANT];	/* one of them begins a word */
	size_t	leads;
	str	like[PHRASE_TERMS];	/* all of them: patterns of LIKE */
	size_t	likes;
	str	match[PHRASE_TERMS];	/* all of them: regular expressions */
	size_t	matches;
};

/*
 * False: not ASCII; then the database splits it. Letters that it would fold
 * are folded: what search_split answers.
 */
bool	phrase_split(struct arena *a, str text, struct phrase *out);
/* All terms as one: what is written apart may be one word. */
void	phrase_join(struct arena *a, const struct phrase *p,
	    struct phrase *out);
/* Each term as itself. */
void	phrase_mean(const struct phrase *p, struct meant *out);
/* Does each term mean something? */
bool	meant_whole(const struct meant *m, const struct phrase *p);
/* The longest term leads, as it is likely to be the rarest. */
void	judge_make(struct arena *a, const struct phrase *p,
	    const struct meant *m, struct judge *out);

#endif
