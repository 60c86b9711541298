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

/* Without those that were not asked for. What has not come yet stays, for
 * whoever judges. */
void bars_cut(struct list *bars, day from, day to, day today);
void intraday_cut(struct list *bars, instant from, instant to, instant now);
void rates_cut(struct list *rates, day from, day to, day today);
/* Announced ones lie ahead: here no day is too late. */
void dividends_cut(struct list *l, day from, day to);
void splits_cut(struct list *l, day from, day to);
/* In order, each day once, within from..to. */
void points_settle(struct list *points, day from, day to);
/* Too far from the last good price to be one? */
bool price_leaps(dec last, dec now);

/* 40000:10000 is 4:1. */
void split_reduce(struct split *s);

#endif
