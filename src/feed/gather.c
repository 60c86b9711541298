/*
 * Growing lists, and the first look at an answer: its status, and whether it
 * is JSON at all.
 */
#include <string.h>

#include "feed/readers.h"

void
gather_add(struct gather *g, const void *element)
{
	size_t cap = g->cap > 0 ? g->cap * 2 : 64;
	char *v;

	if (g->list.n == g->cap) {
		v = arena_array(g->arena, cap, g->size);
		if (g->list.n > 0)
			memcpy(v, g->list.v, g->list.n * g->size);
		g->list.v = v;
		g->cap = cap;
	}
	memcpy((char *)g->list.v + g->list.n++ * g->size, element, g->size);
}

void
gather_reserve(struct gather *g, str text, const char *mark)
{
	size_t n = strlen(mark), left = text.n;
	const char *p = text.p, *at;

	while (left > 0 && (at = memmem(p, left, mark, n)) != NULL) {
		g->cap++;
		left -= (size_t)(at - p) + n;
		p = at + n;
	}
	if (g->cap > 0)
		g->list.v = arena_array(g->arena, g->cap, g->size);
}

enum feed_answer
status_answer(long status)
{
	switch (status) {
	case 200:
		return (FEED_OK);
	case 401:
		return (FEED_KEY);
	case 403:
		return (FEED_NOT_ENTITLED);
	case 404:
		return (FEED_NO_DATA);
	case 429:
		return (FEED_RATE_LIMITED);
	default:
		return (FEED_UPSTREAM);
	}
}

enum feed_answer
reply_json(const struct outbound_reply *r, str *json)
{
	enum feed_answer a = status_answer(r->status);

	*json = str_trim(r->body);
	return (a == FEED_OK && !view_valid(*json) ? FEED_NONSENSE : a);
}

str
read_name(struct arena *a, str v)
{
	return (view_str(a, v, 200));
}
