/*
 * gather: a list that grows in an arena while an answer is read, and what
 * every reader of answers needs. Inner header of feed/.
 */
#ifndef BURSAR_FEED_GATHER_H
#define BURSAR_FEED_GATHER_H

#include "feed/feed.h"
#include "feed/outbound.h"

struct gather {
	struct arena *arena;
	size_t size; /* of an element */
	size_t cap;
	struct list list;
};

#define GATHER(a, type) ((struct gather){ .arena = (a), .size = sizeof(type) })

/* A copy of `*element` at the end; the arena's limit is the list's. */
void gather_add(struct gather *g, const void *element);
/* Room for as many as `mark` stands in `text`: growing leaves what was before
 * behind in the arena, and some lists are as large as it may be. */
void gather_reserve(struct gather *g, str text, const char *mark);

/* Of an HTTP status, for providers that mean what they say. */
enum feed_answer status_answer(long status);
/* FEED_OK: the status is 200 and `*json` is JSON that was checked. */
enum feed_answer reply_json(const struct outbound_reply *r, str *json);

/*
 * Bars as their provider sent them become bars that can be believed: in
 * order, each day once (the last told), within from..to, high and low around
 * open and close. FEED_NONSENSE: a day to come, more than one in ten beyond
 * repair, or a price that leaps a hundredfold and stays there; what leaps and
 * comes back is left out.
 */
enum feed_answer bars_settle(struct list *bars, day from, day to, day today);
/* Without those that were not asked for; what has not come yet stays, for
 * whoever judges. */
void intraday_cut(struct list *bars, instant from, instant to, instant now);
/* Rates and points: in order, each once, within from..to. */
enum feed_answer rates_settle(struct list *rates, day from, day to, day today);
enum feed_answer dividends_settle(struct list *l, day from, day to);
enum feed_answer splits_settle(struct list *l, day from, day to);
enum feed_answer points_settle(struct list *points, day from, day to);
/* Too far from the last good price to be one? */
bool price_leaps(dec last, dec now);

/* 40000:10000 is 4:1. */
void split_reduce(struct split *s);

#endif
