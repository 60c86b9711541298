/*
 * Events in a ring of fixed size; the oldest goes when a new one comes. What
 * is known without gap begins after `floor`: the mark of what was dropped
 * last, or of what was published before this process listened.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "market/ring.h"

#define FUTURE	60000	/* marks grow like milliseconds: so far, a minute */

static struct {
	struct event	*events[RING_EVENTS];
	uint64_t	 first, end;
	struct mark	 floor, last;
} ring;

static int
mark_cmp(struct mark a, struct mark b)
{
	if (a.seq != b.seq)
		return (a.seq < b.seq ? -1 : 1);
	return (a.nth < b.nth ? -1 : a.nth > b.nth);
}

uint64_t
ring_first(void)
{
	return (ring.first);
}

uint64_t
ring_end(void)
{
	return (ring.end);
}

const struct event *
ring_event(uint64_t at)
{
	return (ring.events[at & (RING_EVENTS - 1)]);
}

bool
ring_newest(uint64_t at)
{
	const struct event *e = ring_event(at);

	return (e->place != NULL && e->place->newest == at + 1);
}

static void
ring_drop(void)
{
	struct event **e = &ring.events[ring.first++ & (RING_EVENTS - 1)];

	if (mark_cmp(ring.floor, (*e)->mark) < 0)
		ring.floor = (*e)->mark;
	place_release((*e)->place);
	free(*e);
	*e = NULL;
}

/* ---- writing ----------------------------------------------------- */

/* A clock was put back: what was told before cannot be gone on from. */
static void
ring_begin_anew(uint64_t seq, uint64_t before)
{
	while (ring.first < ring.end)
		ring_drop();
	ring.floor = (struct mark){ before, UINT32_MAX };
	ring.last = (struct mark){ seq, 0 };
}

bool
ring_publication(uint64_t seq, uint64_t before)
{
	bool first = ring.last.seq == 0, whole;

	if (seq + FUTURE < ring.last.seq) {
		ring_begin_anew(seq, before);
		return (false);
	}
	if (seq <= ring.last.seq)
		return (true);
	whole = first || (before > 0 && before <= ring.last.seq);
	/* Before the first there may have been any. */
	if (first || !whole)
		ring.floor = (struct mark){ first ? seq - 1 : before,
		    UINT32_MAX };
	ring.last = (struct mark){ seq, 0 };
	return (whole);
}

uint64_t
ring_clock(void)
{
	return ((uint64_t)(instant_now().us / 1000));
}

void
ring_known(uint64_t until)
{
	if (ring.last.seq == 0)
		ring.floor = (struct mark){ until - 1, UINT32_MAX };
	if (until > ring.last.seq)
		ring.last = (struct mark){ until, 0 };
}

static void
ring_put(struct place *p, const char *id, str name, str data)
{
	size_t room = strlen(id) + name.n + data.n + 32;
	struct event *e;

	if ((e = malloc(sizeof(*e) + room)) == NULL) {
		place_release(p);
		return;
	}
	if (ring.end - ring.first == RING_EVENTS)
		ring_drop();
	e->mark = ring.last;
	e->place = p;
	e->n = (size_t)snprintf(e->text, room,
	    "%sevent: %.*s\ndata: %.*s\n\n", id, STR_ARG(name), STR_ARG(data));
	ring.events[ring.end++ & (RING_EVENTS - 1)] = e;
	if (p != NULL)
		p->newest = ring.end;
}

void
ring_add(struct place *p, str name, str data)
{
	char id[MARK_TEXT_MAX + 8], text[MARK_TEXT_MAX];

	ring.last.nth++;
	snprintf(id, sizeof(id), "id: %s\n", ring_mark(text).p);
	ring_put(p, id, name, data);
}

void
ring_say(str name, str data)
{
	ring_put(NULL, "", name, data);
}

/* ---- marks ------------------------------------------------------- */

str
ring_mark(char text[MARK_TEXT_MAX])
{
	int n = snprintf(text, MARK_TEXT_MAX, "%" PRIu64 "-%" PRIu32,
	    ring.last.seq, ring.last.nth);

	return ((str){ text, (size_t)n });
}

static bool
mark_read(str id, struct mark *out)
{
	int64_t seq, nth;
	str part;

	if (!str_cut(&id, '-', &part) || !str_long(part, &seq) ||
	    !str_long(id, &nth) || seq < 0 || nth < 0 || nth > UINT32_MAX)
		return (false);
	*out = (struct mark){ (uint64_t)seq, (uint32_t)nth };
	return (true);
}

/* The first whose mark is later; marks never fall along the ring. */
static uint64_t
ring_search(struct mark m)
{
	uint64_t low = ring.first, high = ring.end, middle;

	while (low < high) {
		middle = low + (high - low) / 2;
		if (mark_cmp(ring_event(middle)->mark, m) <= 0)
			low = middle + 1;
		else
			high = middle;
	}
	return (low);
}

bool
ring_after(str id, uint64_t *at)
{
	struct mark m;

	if (!mark_read(id, &m) || mark_cmp(m, ring.floor) < 0 ||
	    m.seq > ring.last.seq + FUTURE)
		return (false);
	*at = ring_search(m);
	return (true);
}

void
ring_clear(void)
{
	while (ring.first < ring.end)
		ring_drop();
	memset(&ring, 0, sizeof(ring));
}
