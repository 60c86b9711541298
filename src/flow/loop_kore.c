/*
 * The loop under Kore: its descriptor is one more descriptor of Kore's, and
 * whenever it has something to do, it does all of it.
 */
#include <sys/epoll.h>

#include <kore/kore.h>

#include "flow/flow.h"

#define LOOP_EVENT_TYPE	200	/* none of Kore's own */

static void
attached_step(void *arg, int error)
{
	struct kore_event *evt = arg;

	(void)error;
	evt->flags = 0;
	loop_step(0);
}

void
loop_attach(void)
{
	static struct kore_event evt = {
		.type = LOOP_EVENT_TYPE, .handle = attached_step
	};

	kore_platform_event_schedule(loop_fd(), EPOLLIN, 0, &evt);
}
