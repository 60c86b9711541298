/*
 * The loop: descriptors and timers of one process, on an epoll descriptor of
 * its own. Somebody drives it: Kore, for which loop_fd() is one descriptor
 * more (loop_kore.c), or loop_run() in tools and tests. It knows no flows.
 */
#include <assert.h>
#include <errno.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/timerfd.h>
#include <unistd.h>

#include "flow/flow.h"

#define EVENTS_PER_STEP	128

static struct {
	int		 fd;		/* epoll */
	int		 alarm_fd;	/* wakes whoever polls loop_fd() */
	int64_t		 alarm_at_ms;	/* 0: not armed */
	struct timer	**heap;		/* heap[1] is the earliest */
	size_t		 count, cap;
	struct epoll_event events[EVENTS_PER_STEP];
	int		 ready;		/* of events[], this step */
	int		 next;
	bool		 stepping;	/* timers are looked at when it ends */
} loop = { .fd = -1, .alarm_fd = -1 };

void
loop_open(void)
{
	struct epoll_event ev = { .events = EPOLLIN };

	if (loop.fd != -1)
		loop_close();
	loop.fd = epoll_create1(EPOLL_CLOEXEC);
	loop.alarm_fd = timerfd_create(CLOCK_MONOTONIC,
	    TFD_CLOEXEC | TFD_NONBLOCK);
	if (loop.fd == -1 || loop.alarm_fd == -1 ||
	    epoll_ctl(loop.fd, EPOLL_CTL_ADD, loop.alarm_fd, &ev) == -1)
		abort();
}

void
loop_close(void)
{
	if (loop.fd == -1)
		return;
	close(loop.fd);
	close(loop.alarm_fd);
	free(loop.heap);
	loop.fd = loop.alarm_fd = -1;
	loop.heap = NULL;
	loop.count = loop.cap = 0;
	loop.alarm_at_ms = 0;
}

int
loop_fd(void)
{
	return (loop.fd);
}

/* ---- descriptors ------------------------------------------------- */

void
watch_set(struct watch *w, unsigned events)
{
	struct epoll_event ev = { .data.ptr = w };
	int op, i;

	if (events == w->events)
		return;
	if (events & WATCH_READ)
		ev.events |= EPOLLIN | EPOLLRDHUP;
	if (events & WATCH_WRITE)
		ev.events |= EPOLLOUT;
	op = w->events == 0 ? EPOLL_CTL_ADD :
	    events == 0 ? EPOLL_CTL_DEL : EPOLL_CTL_MOD;
	w->events = events;
	if (epoll_ctl(loop.fd, op, w->fd, &ev) == -1 &&
	    !(op == EPOLL_CTL_DEL && (errno == EBADF || errno == ENOENT)))
		abort();
	if (events != 0)
		return;
	for (i = loop.next; i < loop.ready; i++)
		if (loop.events[i].data.ptr == w)
			loop.events[i].data.ptr = NULL;
}

static unsigned
watch_reported(uint32_t events)
{
	unsigned got;

	got = 0;
	if (events & (EPOLLIN | EPOLLRDHUP | EPOLLHUP | EPOLLERR))
		got |= WATCH_READ;
	if (events & (EPOLLOUT | EPOLLHUP | EPOLLERR))
		got |= WATCH_WRITE;
	if (events & (EPOLLHUP | EPOLLERR))
		got |= WATCH_ERROR;
	return (got);
}

/* ---- timers: a binary heap --------------------------------------- */

static void
heap_put(size_t slot, struct timer *t)
{
	loop.heap[slot] = t;
	t->slot = slot;
}

static void
heap_up(size_t slot, struct timer *t)
{
	while (slot > 1 && loop.heap[slot / 2]->at_ms > t->at_ms) {
		heap_put(slot, loop.heap[slot / 2]);
		slot /= 2;
	}
	heap_put(slot, t);
}

static void
heap_down(size_t slot, struct timer *t)
{
	size_t kid;

	while ((kid = slot * 2) <= loop.count) {
		if (kid < loop.count &&
		    loop.heap[kid + 1]->at_ms < loop.heap[kid]->at_ms)
			kid++;
		if (loop.heap[kid]->at_ms >= t->at_ms)
			break;
		heap_put(slot, loop.heap[kid]);
		slot = kid;
	}
	heap_put(slot, t);
}

void
timer_stop(struct timer *t)
{
	struct timer *last;
	size_t slot;

	if ((slot = t->slot) == 0)
		return;
	t->slot = 0;
	last = loop.heap[loop.count--];
	if (last == t)
		return;
	if (slot > 1 && loop.heap[slot / 2]->at_ms > last->at_ms)
		heap_up(slot, last);
	else
		heap_down(slot, last);
}

static void
heap_grow(void)
{
	size_t cap;
	struct timer **heap;

	cap = loop.cap == 0 ? 64 : loop.cap * 2;
	heap = realloc(loop.heap, cap * sizeof(*heap));
	if (heap == NULL)
		abort();
	loop.heap = heap;
	loop.cap = cap;
}

/*
 * The alarm is only for whoever polls loop_fd(): it is armed for the
 * earliest timer and left alone when that one is stopped, because an alarm
 * too many costs less than a system call for each request's deadline.
 */
static void
alarm_arm(int64_t at_ms)
{
	struct itimerspec when = { { 0, 0 }, { 0, 0 } };

	if (loop.alarm_at_ms != 0 && loop.alarm_at_ms <= at_ms)
		return;
	if (at_ms < 1)
		at_ms = 1;
	loop.alarm_at_ms = at_ms;
	when.it_value.tv_sec = at_ms / 1000;
	when.it_value.tv_nsec = at_ms % 1000 * 1000000;
	(void)timerfd_settime(loop.alarm_fd, TFD_TIMER_ABSTIME, &when, NULL);
}

void
timer_set(struct timer *t, int64_t in_ms)
{
	assert(t->fn != NULL);
	timer_stop(t);
	t->at_ms = mono_ms() + (in_ms < 0 ? 0 : in_ms);
	if (loop.count + 2 > loop.cap)
		heap_grow();
	heap_up(++loop.count, t);
	if (!loop.stepping)
		alarm_arm(loop.heap[1]->at_ms);
}

static void
timers_run(void)
{
	struct timer *t;
	int64_t now;
	size_t most;

	now = mono_ms();
	/* A timer that sets itself anew at 0 must not hold up the loop. */
	for (most = loop.count; most > 0 && loop.count > 0; most--) {
		t = loop.heap[1];
		if (t->at_ms > now)
			break;
		timer_stop(t);
		t->fn(t->arg);
	}
}

/* ---- steps ------------------------------------------------------- */

static int
wait_ms(int timeout_ms)
{
	int64_t left;

	if (loop.count == 0 || timeout_ms == 0)
		return (timeout_ms);
	left = loop.heap[1]->at_ms - mono_ms();
	if (left < 0)
		left = 0;
	if (timeout_ms >= 0 && left > timeout_ms)
		left = timeout_ms;
	return (left > 60000 ? 60000 : (int)left);
}

static void
alarm_hush(void)
{
	uint64_t times;

	if (read(loop.alarm_fd, &times, sizeof(times)) > 0)
		loop.alarm_at_ms = 0;
}

void
loop_step(int timeout_ms)
{
	struct watch *w;
	uint32_t events;

	loop.stepping = true;
	loop.next = 0;
	loop.ready = epoll_wait(loop.fd, loop.events, EVENTS_PER_STEP,
	    wait_ms(timeout_ms));
	while (loop.next < loop.ready) {
		events = loop.events[loop.next].events;
		w = loop.events[loop.next++].data.ptr;
		if (w != NULL)
			w->fn(w->arg, watch_reported(events));
		else
			alarm_hush();
	}
	loop.ready = 0;
	timers_run();
	loop.stepping = false;
	if (loop.count > 0)
		alarm_arm(loop.heap[1]->at_ms);
}

void
loop_run(const bool *stop)
{
	while ((stop == NULL || !*stop) && flow_count() > 0)
		loop_step(-1);
}
