/*
 * Flows: a fiber, an arena and a deadline, and the one wait below all other
 * waits. A flow runs until it parks; it is woken by whoever it waits for, by
 * its timer, or by flow_cancel.
 */
#include <assert.h>
#include <setjmp.h>
#include <stdlib.h>

#include "flow/fiber.h"
#include "flow/flow.h"
#include "flow/park.h"

const char *const role_names[] = {
	"none", "viewer", "member", "admin", "owner", NULL
};

static struct {
	struct flow	*first;		/* all that live */
	struct flow	*current;
	size_t		 count;
} flows;

/* A flow and what its fiber needs to unwind. */
struct frame {
	struct flow	 flow;		/* first */
	jmp_buf		 home;
	enum err	 left_with;
};

struct flow *
flow_current(void)
{
	return (flows.current);
}

size_t
flow_count(void)
{
	return (flows.count);
}

static void
flow_out_of_memory(void *arg)
{
	flow_leave(arg, E_MEMORY);
}

void
flow_leave(struct flow *f, enum err e)
{
	struct frame *fr = (struct frame *)f;

	assert(f == flows.current && e != OK);
	fr->left_with = e;
	longjmp(fr->home, 1);
}

void
flow_defer(struct flow *f, void (*fn)(void *), void *arg)
{
	assert(f->defer_count < LIMIT_FLOW_DEFERS);
	f->defers[f->defer_count].fn = fn;
	f->defers[f->defer_count++].arg = arg;
}

void
flow_undefer(struct flow *f, void (*fn)(void *), void *arg)
{
	size_t i;

	for (i = f->defer_count; i-- > 0;) {
		if (f->defers[i].fn != fn || f->defers[i].arg != arg)
			continue;
		for (f->defer_count--; i < f->defer_count; i++)
			f->defers[i] = f->defers[i + 1];
		return;
	}
}

static void
flow_undo(struct flow *f)
{
	while (f->defer_count > 0) {
		f->defer_count--;
		f->defers[f->defer_count].fn(f->defers[f->defer_count].arg);
	}
}

/* On the fiber. What it did is kept in the frame: locals that change
 * between setjmp and longjmp would be lost. */
static void
flow_main(void *arg)
{
	struct frame *fr = arg;
	struct flow *f = &fr->flow;

	if (setjmp(fr->home) == 0)
		fr->left_with = f->fn(f, f->arg);
	flow_undo(f);
	f->finished = true;
}

static void
flows_meter(void)
{
	meter_set(M_flows, (int64_t)flows.count);
	meter_set(M_flow_stacks, (int64_t)fiber_stacks());
}

static void
flow_free(struct flow *f)
{
	if (f->prev != NULL)
		f->prev->next = f->next;
	else
		flows.first = f->next;
	if (f->next != NULL)
		f->next->prev = f->prev;
	flows.count--;
	timer_stop(&f->timer);
	fiber_put(f->fiber);
	flows_meter();
	arena_drop(&f->arena);
	free(f);
}

static void
flow_end(struct flow *f)
{
	enum err e;

	e = ((struct frame *)f)->left_with;
	/* Whoever is told may need memory to say that there was none. */
	f->arena.limit += LIMIT_FLOW_END_BYTES;
	if (e == E_CANCELLED)
		meter_add(M_flows_cancelled_total, 1);
	if (e == E_DEADLINE)
		meter_add(M_flows_deadline_total, 1);
	if (f->done != NULL)
		f->done(f, f->arg, e);
	flow_free(f);
}

static void
flow_enter(struct flow *f)
{
	struct flow *outer;

	outer = flows.current;
	flows.current = f;
	fiber_enter(f->fiber);
	flows.current = outer;
	if (f->finished)
		flow_end(f);
}

/* Only on the loop's stack: a fiber is never entered from another one. */
static void
flow_resume(struct flow *f, enum err e)
{
	assert(f->parked);
	f->parked = false;
	f->woken = e;
	timer_stop(&f->timer);
	flow_enter(f);
}

static void
flow_ring(void *arg)
{
	struct flow *f = arg;

	flow_resume(f, f->cancelled && !f->uncut ? E_CANCELLED : f->woken);
}

struct flow *
flow_start(flow_fn fn, flow_done_fn done, void *arg, int64_t timeout_ms)
{
	struct frame *fr;
	struct flow *f;

	if (flows.count >= LIMIT_FLOWS ||
	    (fr = calloc(1, sizeof(*fr))) == NULL)
		return (NULL);
	f = &fr->flow;
	if ((f->fiber = fiber_get(flow_main, fr)) == NULL) {
		free(fr);
		return (NULL);
	}
	f->fn = fn;
	f->done = done;
	f->arg = arg;
	f->deadline_ms = mono_ms() + timeout_ms;
	f->timer.fn = flow_ring;
	f->timer.arg = f;
	arena_init(&f->arena, LIMIT_FLOW_ARENA_BYTES, flow_out_of_memory, f);
	f->next = flows.first;
	if (flows.first != NULL)
		flows.first->prev = f;
	flows.first = f;
	flows.count++;
	meter_add(M_flows_total, 1);
	flows_meter();
	if (flows.current == NULL) {
		flow_enter(f);
		return (f);
	}
	/* Begun inside another flow: runs when the loop comes round. */
	f->parked = true;
	f->woken = OK;
	timer_set(&f->timer, 0);
	return (f);
}

/* Park until woken; with `uncut`, neither deadline nor cancelling wakes. */
static enum err
flow_stop(struct flow *f, int64_t timer_ms, bool uncut)
{
	assert(f == flows.current);
	f->parked = true;
	f->uncut = uncut;
	f->woken = E_DEADLINE;
	if (!uncut)
		timer_set(&f->timer, timer_ms);
	fiber_leave(f->fiber);
	f->uncut = false;
	return (f->woken);
}

enum err
flow_park(struct flow *f)
{
	int64_t left_ms;

	if (f->cancelled)
		return (E_CANCELLED);
	left_ms = f->deadline_ms - mono_ms();
	if (left_ms <= 0)
		return (E_DEADLINE);
	return (flow_stop(f, left_ms, false));
}

void
flow_wake(struct flow *f)
{
	if (!f->parked)
		return;
	if (flows.current == NULL) {
		flow_resume(f, OK);
		return;
	}
	/* Woken by another flow: when the loop comes round. */
	f->woken = OK;
	timer_set(&f->timer, 0);
}

void
flow_cancel(struct flow *f)
{
	f->cancelled = true;
	if (f->parked && !f->uncut)
		timer_set(&f->timer, 0);
}

static void
flow_ready(void *arg, unsigned events)
{
	(void)events;
	flow_wake(arg);
}

enum err
flow_wait(struct flow *f, int fd, unsigned events)
{
	struct watch w = { .fd = fd, .fn = flow_ready, .arg = f };
	enum err e;

	watch_set(&w, events);
	e = flow_park(f);
	watch_set(&w, 0);
	return (e);
}

enum err
flow_sleep(struct flow *f, int64_t ms)
{
	int64_t left_ms;
	enum err e;

	if (f->cancelled)
		return (E_CANCELLED);
	left_ms = f->deadline_ms - mono_ms();
	if (left_ms <= 0)
		return (E_DEADLINE);
	e = flow_stop(f, ms < left_ms ? ms : left_ms, false);
	return (e == E_DEADLINE && ms < left_ms ? OK : e);
}

enum err
flow_park_uncut(struct flow *f)
{
	(void)flow_stop(f, 0, true);
	if (f->cancelled)
		return (E_CANCELLED);
	return (f->deadline_ms <= mono_ms() ? E_DEADLINE : OK);
}

enum err
flow_fault(struct flow *f, enum err e, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	f->fault = arena_vprintf(&f->arena, fmt, ap).p;
	va_end(ap);
	return (e);
}

/* ---- a flow run to its end, for tools and tests ------------------ */

struct run {
	flow_fn		 fn;
	void		*arg;
	enum err	 answer;
	bool		 over;
};

static enum err
run_begin(struct flow *f, void *arg)
{
	struct run *r = arg;

	return (r->fn(f, r->arg));
}

static void
run_end(struct flow *f, void *arg, enum err e)
{
	struct run *r = arg;

	(void)f;
	r->answer = e;
	r->over = true;
}

enum err
flow_run(flow_fn fn, void *arg, int64_t timeout_ms)
{
	struct run r = { .fn = fn, .arg = arg };

	assert(flows.current == NULL);
	if (flow_start(run_begin, run_end, &r, timeout_ms) == NULL)
		return (E_BUSY);
	while (!r.over)
		loop_step(-1);
	return (r.answer);
}
