/*
 * column: a member of many records as an array of its own, for unnest. Inner
 * header of market/.
 */
#ifndef BURSAR_MARKET_COLUMN_H
#define BURSAR_MARKET_COLUMN_H

#include "flow/flow.h"
#include "store/store.h"

void	*column_of(struct flow *f, const void *records, size_t n,
	    size_t stride, size_t offset, size_t size);
/* One value n times. */
struct param	 column_same(struct flow *f, uuid u, size_t n);

#define COLUMN(k, v, n, member)						\
	MANY((k), column_of(f, (v), (n), sizeof((v)[0]),		\
	    (size_t)((const char *)&(v)[0].member - (const char *)(v)),	\
	    sizeof((v)[0].member)), (n))

#endif
