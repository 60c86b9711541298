/*
 * ask: the requests that Redis owes an answer, in the order of the wire.
 * Inner header of cache/.
 */
#ifndef BURSAR_CACHE_ASK_H
#define BURSAR_CACHE_ASK_H

#include <hiredis/hiredis.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* `reply` is the callee's to free; NULL: too late, or the link was lost.
 * On the loop's stack or, when a flow finds the link broken, on its own. */
typedef void (*ask_fn)(void *arg, redisReply *reply);

struct ask {
	struct ask *next;
	int64_t at_ms; /* when it is too late */
	ask_fn fn;     /* NULL: nobody waits any more */
	void *arg;
	bool late; /* and counted as such */
};

struct asks {
	struct ask *first, **last;
	size_t n;
};

void asks_init(struct asks *q);
void asks_push(struct asks *q, struct ask *a);
struct ask *asks_pop(struct asks *q); /* NULL when empty */
/* The first that is not late, or NULL. */
struct ask *asks_oldest(const struct asks *q);
/* All of them, linked by .next; the queue is empty then. */
struct ask *asks_take(struct asks *q);

/* Hand the reply over, or drop it, and free the ask. */
void ask_answer(struct ask *a, redisReply *reply);
/* The same with NULL for a run of asks. */
void ask_answer_all(struct ask *a);

#endif
