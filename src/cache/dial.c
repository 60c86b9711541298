/*
 * Making a connection: look the name up, connect, say who we are, and hear a
 * PONG. Each step may fail the link, which tries again later.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/un.h>
#include <unistd.h>

#include "cache/dial.h"
#include "cache/resolve.h"

#define ARRAY_MAX     4096 /* elements of one reply */
#define RESOLVE_MS    5
#define RESOLVE_TRIES 1000

/* ---- greeting ---------------------------------------------------- */

static void
greeting_step(void *arg, redisReply *reply)
{
	struct link *l = arg;
	bool fine = reply != NULL && reply->type == REDIS_REPLY_STATUS;
	bool last = fine && strcmp(reply->str, "PONG") == 0;

	if (reply == NULL)
		return;
	if (!fine)
		link_fail(l,
		    reply->type == REDIS_REPLY_ERROR ? reply->str
						     : "greets strangely");
	freeReplyObject(reply);
	if (!last)
		return;
	l->state = LINK_UP;
	if (l->told)
		LOG(LOG_INFORM, "cache.up", LZ("link", l->name));
	l->told = false;
	link_timer_set(l);
	if (l->up != NULL)
		l->up(l);
}

static void
greet(struct link *l, const char *a, const char *b, const char *c)
{
	const char *argv[3] = { a, b, c };
	int argc = c != NULL ? 3 : b != NULL ? 2 : 1;
	size_t argn[3];

	for (int i = 0; i < argc; i++)
		argn[i] = strlen(argv[i]);
	if (link_queue(l, argc, argv, argn, greeting_step, l) == NULL)
		abort();
}

static void
link_greet(struct link *l)
{
	const struct redis_url *u = l->url;
	char db[12];

	if (u->password[0] != '\0' && u->user[0] != '\0')
		greet(l, "AUTH", u->user, u->password);
	else if (u->password[0] != '\0')
		greet(l, "AUTH", u->password, NULL);
	if (u->db != 0) {
		snprintf(db, sizeof(db), "%d", u->db);
		greet(l, "SELECT", db, NULL);
	}
	greet(l, "PING", NULL, NULL);
}

/* ---- reading replies --------------------------------------------- */

static redisReplyObjectFunctions reply_fns;
static void *(*array_make)(const redisReadTask *, int);

/* hiredis believes any length it is told, and walks it to free it. */
static void *
array_make_bounded(const redisReadTask *task, int n)
{
	return (n > ARRAY_MAX ? NULL : array_make(task, n));
}

static redisReader *
reader_new(void)
{
	redisReader *reader = redisReaderCreate();

	if (reader == NULL)
		abort();
	if (array_make == NULL) {
		reply_fns = *reader->fn;
		array_make = reply_fns.createArray;
		reply_fns.createArray = array_make_bounded;
	}
	reader->fn = &reply_fns;
	return (reader);
}

/* ---- connecting -------------------------------------------------- */

void
dial_connected(struct link *l)
{
	socklen_t n = sizeof(int);
	int error = 0;

	if (getsockopt(l->watch.fd, SOL_SOCKET, SO_ERROR, &error, &n) == -1 ||
	    error != 0) {
		link_fail(l, error != 0 ? strerror(error) : "no connection");
		return;
	}
	l->state = LINK_GREETING;
	link_flush(l);
}

static void
dial_connect(struct link *l)
{
	int fd = socket(
	    l->addr.ss_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);

	if (fd == -1 ||
	    (connect(fd, (struct sockaddr *)&l->addr, l->addr_n) == -1 &&
		errno != EINPROGRESS)) {
		link_fail(l, strerror(errno));
		if (fd != -1)
			close(fd);
		return;
	}
	l->state = LINK_CONNECTING;
	l->watch = (struct watch){ .fd = fd, .fn = link_event, .arg = l };
	l->reader = reader_new();
	link_greet(l);
	link_watch(l);
	timer_set(&l->timer, l->timeout_ms);
}

void
dial_resolve(struct link *l)
{
	if (resolve_busy(l->resolve)) {
		if (++l->attempt % RESOLVE_TRIES == 0)
			link_fail(l, "its name is not found in time");
		else
			timer_set(&l->timer, RESOLVE_MS);
		return;
	}
	if (!resolve_address(l->resolve, l->failures, &l->addr, &l->addr_n)) {
		link_fail(l, "its name is not known");
		return;
	}
	resolve_free(l->resolve);
	l->resolve = NULL;
	dial_connect(l);
}

void
dial_begin(struct link *l)
{
	struct sockaddr_un *un = (struct sockaddr_un *)&l->addr;

	l->state = LINK_RESOLVING;
	l->attempt = 0;
	if (l->url->host[0] != '\0') {
		l->resolve = resolve_new(l->url->host, l->url->port);
		if (l->resolve == NULL)
			link_fail(l, "its name cannot be looked up");
		else
			dial_resolve(l);
		return;
	}
	memset(&l->addr, 0, sizeof(l->addr));
	un->sun_family = AF_UNIX;
	memcpy(un->sun_path, l->url->path, strlen(l->url->path) + 1);
	l->addr_n = sizeof(*un);
	dial_connect(l);
}
