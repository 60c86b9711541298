/*
 * The queue of requests under way. One that nobody waits for any more keeps
 * its place, because its reply will still come.
 */
#include <stdlib.h>

#include "cache/ask.h"

void
asks_init(struct asks *q)
{
	*q = (struct asks){ .last = &q->first };
}

void
asks_push(struct asks *q, struct ask *a)
{
	a->next = NULL;
	*q->last = a;
	q->last = &a->next;
	q->n++;
}

struct ask *
asks_pop(struct asks *q)
{
	struct ask *a = q->first;

	if (a == NULL)
		return (NULL);
	if ((q->first = a->next) == NULL)
		q->last = &q->first;
	q->n--;
	return (a);
}

struct ask *
asks_oldest(const struct asks *q)
{
	struct ask *a = q->first;

	while (a != NULL && a->late)
		a = a->next;
	return (a);
}

struct ask *
asks_take(struct asks *q)
{
	struct ask *all = q->first;

	asks_init(q);
	return (all);
}

void
ask_answer(struct ask *a, redisReply *reply)
{
	if (a->fn != NULL)
		a->fn(a->arg, reply);
	else if (reply != NULL)
		freeReplyObject(reply);
	free(a);
}

void
ask_answer_all(struct ask *a)
{
	struct ask *next;

	for (; a != NULL; a = next) {
		next = a->next;
		ask_answer(a, NULL);
	}
}
