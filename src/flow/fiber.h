/*
 * fiber: a stack of its own for a function, entered and left at will. The
 * stack is mapped with a page below it that may not be touched, so that an
 * overflow dies there and nowhere else. Inner header of flow/.
 */
#ifndef BURSAR_FLOW_FIBER_H
#define BURSAR_FLOW_FIBER_H

#include <stddef.h>

struct fiber;

/* A fiber ready to run `fn(arg)`; NULL when no stack could be mapped. */
struct fiber	*fiber_get(void (*fn)(void *), void *arg);
/* Give it back; only when it does not run and will not be entered again. */
void		 fiber_put(struct fiber *fb);
/* From the loop's stack into the fiber, until it leaves. */
void		 fiber_enter(struct fiber *fb);
/* From the fiber back to whoever entered it. */
void		 fiber_leave(struct fiber *fb);
/* As fiber_leave, from a fiber that will not be entered again. */
void		 fiber_exit(struct fiber *fb) __attribute__((noreturn));
/* Stacks mapped now, in use or pooled. */
size_t		 fiber_stacks(void);

#endif
