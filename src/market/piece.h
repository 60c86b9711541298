/*
 * piece: a piece of a long flow's work, with memory of its own that is
 * dropped at the piece's end, so that a flow may go over more rows than its
 * arena would hold. Inner header of market/.
 */
#ifndef BURSAR_MARKET_PIECE_H
#define BURSAR_MARKET_PIECE_H

#include "flow/flow.h"

struct piece;

/* From here on f->arena is the piece's. Not nested. */
struct piece	*piece_begin(struct flow *f);
/* The flow's own arena again; f->fault is carried over. */
void		 piece_end(struct piece *p);

#endif
