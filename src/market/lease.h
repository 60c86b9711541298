/*
 * lease: what one process of all may hold, for a while, over and over. Redis
 * keeps it, and a row of the database, which is asked when Redis cannot be.
 * Inner header of market/.
 */
#ifndef BURSAR_MARKET_LEASE_H
#define BURSAR_MARKET_LEASE_H

#include "flow/flow.h"

#define LEASE_MS	6000	/* a holder that is killed is missed so long */
#define LEASE_LOOK_MS	1000	/* how often it is renewed, or asked for */

struct lease {
	str	name;
	str	holder;		/* this process, and no other ever */
	int64_t	until_ms;	/* it holds till then; 0: it does not */
};

/* Take or renew it; afterwards lease_held() tells. */
void	lease_look(struct flow *f, struct lease *l);
bool	lease_held(const struct lease *l);

#endif
