/*
 * ring: the events of this process in the order in which they are told, each
 * written once for all streams. A stream remembers how far it is; who comes
 * again with the mark of its last event goes on from there, also in another
 * process, because marks are the publication's own. Inner header of market/.
 */
#ifndef BURSAR_MARKET_RING_H
#define BURSAR_MARKET_RING_H

#include "market/board.h"

#define RING_EVENTS	8192	/* a power of two */
#define MARK_TEXT_MAX	32

/* The publication's number, and which of its events: the event's id. */
struct mark {
	uint64_t	seq;
	uint32_t	nth;
};

struct event {
	struct mark	 mark;
	struct place	*place;		/* NULL: for everybody */
	size_t		 n;
	char		 text[];
};

/* Numbers of those in the ring: ring_first() .. ring_end() - 1. */
uint64_t ring_first(void);
uint64_t ring_end(void);
const struct event *ring_event(uint64_t at);
/* It is its symbol's newest. */
bool	ring_newest(uint64_t at);

/*
 * A publication begins, whose number is `seq` after `before`. False: what
 * was published between is not known here. It is taken as a gap. One that
 * comes after what covers it was known is told under the last number.
 */
bool	ring_publication(uint64_t seq, uint64_t before);
/*
 * What was published until then is known from elsewhere, whether or not it
 * was heard; numbers are milliseconds, so that of a reading is the clock's
 * before it.
 */
void	ring_known(uint64_t until);
uint64_t ring_clock(void);
/* A symbol's event of this publication; takes over the caller's hold of the
 * place. */
void	ring_add(struct place *p, str name, str data);
/* What everybody is told; it has no mark. */
void	ring_say(str name, str data);

/* The last event's mark as an id. */
str	ring_mark(char text[MARK_TEXT_MAX]);
/*
 * Where to go on after the event of this id; false when it cannot be said,
 * because too much has happened since, or the id is none.
 */
bool	ring_after(str id, uint64_t *at);
void	ring_clear(void);

#endif
