/*
 * stream: what the life of a stream and the life of its session share. Inner
 * header of http/.
 */
#ifndef BURSAR_HTTP_STREAM_H
#define BURSAR_HTTP_STREAM_H

#include "http/exchange.h"

/* The streams of one session. */
struct sitting {
	struct sitting	*next;		/* of those with its hash */
	struct who	 who;
	struct stream	*first;
	bool		 over;		/* the session is: they end soon */
};

struct stream {
	struct stream		*prev, *next;	/* of its sitting */
	struct sitting		*sitting;
	struct connection	*con;	/* NULL until the answer has begun */
	void			*arg;
	void			(*closed)(struct stream *, void *);
	void			(*ready)(struct stream *, void *);
	char			*early;	/* sent before it has */
	size_t			 early_n;
	int64_t			 stuck_ms;	/* since when; 0: it takes */
	bool			 leaving;	/* was told why */
};

/* ---- sitting.c --------------------------------------------------- */

/* A new stream becomes one of its session's; false: there is no memory. */
bool	sitting_join(struct stream *s, const struct who *who);
void	sitting_leave(struct stream *s);
/* The timer that looks which sessions go on. */
void	sitting_start(void);

/* ---- stream.c ---------------------------------------------------- */

/* A client that reads nothing, or not even why it was cut. */
void	stream_overdue(struct stream *s, int64_t now);

#endif
