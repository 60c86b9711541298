/*
 * link: one connection to Redis that is kept up: found, greeted (AUTH,
 * SELECT, PING), and made again after a loss. Requests are pipelined; each
 * is answered exactly once. Inner header of cache/.
 */
#ifndef BURSAR_CACHE_LINK_H
#define BURSAR_CACHE_LINK_H

#include <sys/socket.h>

#include "cache/ask.h"
#include "cache/redis_url.h"
#include "flow/flow.h"

#define LINK_FAILURES_MAX 3   /* in a row before the link is dropped */
#define LINK_WAIT_MS_MIN  500 /* before the next try, doubling */
#define LINK_WAIT_MS_MAX  5000

enum link_state {
	LINK_IDLE, /* waits for its next try */
	LINK_RESOLVING,
	LINK_CONNECTING,
	LINK_GREETING, /* connected; not yet answered */
	LINK_UP
};

struct link {
	const char *name; /* for log lines */
	const struct redis_url *url;
	int64_t timeout_ms;
	/* All may be NULL: now up; lost or given up; a message that answers
	 * no request (without `push` that is nonsense: the link is lost). */
	void (*up)(struct link *);
	void (*down)(struct link *);
	void (*push)(struct link *, redisReply *);

	enum link_state state;
	struct watch watch;
	struct timer timer; /* retry, connecting, oldest ask, heartbeat */
	bool idle;          /* it is the heartbeat's */
	redisReader *reader;
	char *out;
	size_t out_n, out_cap;
	struct asks asks;
	unsigned failures; /* in a row */
	unsigned attempt;
	unsigned generation; /* of the connection */
	bool told;           /* that it is down, in the log */
	struct resolve *resolve;
	struct sockaddr_storage addr;
	socklen_t addr_n;
};

/* `l` has its first members set and is zero otherwise. */
void link_open(struct link *l);
/* Everybody who waits gets NULL. */
void link_close(struct link *l);
/*
 * Send one command. NULL when the link is not there or, after failures,
 * another request is already trying it.
 */
struct ask *link_ask(struct link *l, int argc, const char **argv,
    const size_t *argn, ask_fn fn, void *arg);
/* Send a command whose answer comes to `push`, if the link is up. */
void link_say(struct link *l, int argc, const char **argv, const size_t *argn);
/* An answer that made sense. */
void link_healthy(struct link *l);
/* Something that did not: drop the connection and try again later. */
void link_fail(struct link *l, const char *why);

/* Milliseconds to wait after so many failures in a row, without jitter. */
int64_t link_wait_ms(unsigned failures);

#endif
