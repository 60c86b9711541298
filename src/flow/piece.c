/*
 * Pieces of long work. What a piece leaves behind must have been copied out
 * of it: only the flow's fault is carried over.
 */
#include "flow/flow.h"

struct piece {
	struct flow	*f;
	struct arena	 kept;
};

/* Also when the flow unwinds: its own arena is the one it must drop. */
static void
piece_leave(void *arg)
{
	struct piece *p = arg;
	struct flow *f = p->f;
	struct arena own = f->arena;

	f->arena = p->kept;
	if (f->fault != NULL)
		f->fault = arena_z(&f->arena, str_of(f->fault));
	arena_drop(&own);
}

/* The piece lives in the flow's arena, which outlasts the fiber's frames. */
struct piece *
piece_begin(struct flow *f)
{
	struct piece *p = ARENA_NEW(&f->arena, struct piece);

	p->f = f;
	p->kept = f->arena;
	arena_init(&f->arena, p->kept.limit, p->kept.full, p->kept.full_arg);
	flow_defer(f, piece_leave, p);
	return (p);
}

void
piece_end(struct piece *p)
{
	flow_undefer(p->f, piece_leave, p);
	piece_leave(p);
}
