/*
 * demand: which symbols the streams of all processes watch. Each process
 * says what its own watch, every few seconds; what it said holds for a
 * while. Inner header of market/.
 */
#ifndef BURSAR_MARKET_DEMAND_H
#define BURSAR_MARKET_DEMAND_H

#include "base/field.h"
#include "flow/flow.h"

#define DEMAND_SYMBOLS	200	/* that can be asked for at once */

struct demanded {
	str	symbol;
	int64_t	watched;	/* by how many streams */
};

void	demand_start(void);
/* Tell the others what this process' streams watch. */
void	demand_tell(struct flow *f);
/* Struct demanded, most watched first, at most DEMAND_SYMBOLS. */
void	demand_gather(struct arena *a, struct list *out);
/* What a process said: "<name> <symbol> <count>,<symbol> <count>,…" */
void	demand_hear(void *arg, str message);

#endif
