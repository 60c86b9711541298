/*
 * dial: what making a connection and keeping one share. Inner header of
 * link.c and dial.c.
 */
#ifndef BURSAR_CACHE_DIAL_H
#define BURSAR_CACHE_DIAL_H

#include "cache/link.h"

void dial_begin(struct link *l);
void dial_resolve(struct link *l);   /* look again whether it is done */
void dial_connected(struct link *l); /* or not: the socket knows */

/* Append a command and its ask; nothing is sent yet. */
struct ask *link_queue(struct link *l, int argc, const char **argv,
    const size_t *argn, ask_fn fn, void *arg);
/* Send what can be sent; false when the link was lost over it. */
bool link_flush(struct link *l);
/* Watch for what the state wants. */
void link_watch(struct link *l);
/* Set the timer for the oldest ask. */
void link_timer_set(struct link *l);
/* The descriptor's event. */
void link_event(void *arg, unsigned events);

#endif
