/*
 * holdings: what is held, as analytics reads it. Inner header of analytics/.
 */
#ifndef BURSAR_ANALYTICS_HOLDINGS_H
#define BURSAR_ANALYTICS_HOLDINGS_H

#include "analytics/analytics.h"

struct held {
	str	symbol, name, kind, sector, currency;
	dec	quantity, cost_base, price, previous_close;
	str	own;		/* the portfolio's currency */
	dec	rate;		/* of it for one; none */
	instant	as_of;
};

extern const struct field held_fields[];

/* In the portfolio's currency. */
dec	held_worth(const struct held *h);

#endif
