/*
 * A connection that only listens. NOTIFY is a hint and no more: whatever is
 * said while it is being made anew is lost, so its owner is told when it is
 * there again, and looks.
 */
#include <stdio.h>

#include "store/wire.h"

#define DIAL_MS		3000
#define AGAIN_MS	1000

static struct {
	PGconn		*pg;
	struct watch	 watch;
	struct timer	 timer;
	char		 text[80];
	bool		 sent;		/* LISTEN is under way or done */
	void		(*fn)(str payload);
} ear;

static void
ear_drop(void)
{
	watch_set(&ear.watch, 0);
	PQfinish(ear.pg);
	ear.pg = NULL;
	ear.sent = false;
}

static void
ear_again(void)
{
	ear_drop();
	timer_set(&ear.timer, AGAIN_MS);
}

/* The answer to LISTEN comes before what it lets through. */
static void
ear_answer(void)
{
	PGresult *r;

	while (!PQisBusy(ear.pg) && (r = PQgetResult(ear.pg)) != NULL) {
		if (PQresultStatus(r) == PGRES_COMMAND_OK) {
			timer_stop(&ear.timer);
			ear.fn(STR_NONE);
		}
		PQclear(r);
	}
}

static void
ear_hear(void *arg, unsigned events)
{
	PGnotify *n;

	(void)arg;
	(void)events;
	if (!PQconsumeInput(ear.pg) ||
	    PQstatus(ear.pg) == CONNECTION_BAD) {
		ear_again();
		return;
	}
	ear_answer();
	while (ear.pg != NULL && (n = PQnotifies(ear.pg)) != NULL) {
		ear.fn(str_of(n->extra));
		PQfreemem(n);
	}
}

static void
ear_dialling(void *arg, unsigned events)
{
	(void)arg;
	(void)events;
	watch_set(&ear.watch, 0);
	switch (PQconnectPoll(ear.pg)) {
	case PGRES_POLLING_OK:
		ear.watch.fd = PQsocket(ear.pg);
		ear.watch.fn = ear_hear;
		watch_set(&ear.watch, WATCH_READ);
		if (!PQsendQuery(ear.pg, ear.text))
			ear_again();
		break;
	case PGRES_POLLING_READING:
		ear.watch.fd = PQsocket(ear.pg);
		watch_set(&ear.watch, WATCH_READ);
		break;
	case PGRES_POLLING_WRITING:
		ear.watch.fd = PQsocket(ear.pg);
		watch_set(&ear.watch, WATCH_WRITE);
		break;
	default:
		ear_again();
		break;
	}
}

/* Also when LISTEN has not been answered in time. */
static void
ear_dial(void *arg)
{
	(void)arg;
	ear_drop();
	timer_set(&ear.timer, DIAL_MS);
	ear.pg = address_dial();
	if (PQstatus(ear.pg) == CONNECTION_BAD) {
		ear_again();
		return;
	}
	ear.watch.fd = PQsocket(ear.pg);
	ear.watch.fn = ear_dialling;
	watch_set(&ear.watch, WATCH_WRITE);
}

void
store_listen(const char *channel, void (*fn)(str payload))
{
	snprintf(ear.text, sizeof(ear.text), "listen %s", channel);
	ear.fn = fn;
	ear.timer.fn = ear_dial;
	ear_dial(NULL);
}

void
store_unlisten(void)
{
	ear_drop();
	timer_stop(&ear.timer);
}
