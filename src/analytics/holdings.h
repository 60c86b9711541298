/*
 * holdings: what is held, as analytics reads it. Inner header of analytics/.
 */
#ifndef BURSAR_ANALYTICS_HOLDINGS_H
#define BURSAR_ANALYTICS_HOLDINGS_H

#include "analytics/analytics.h"

struct held {
	str	symbol, name, kind, sector, currency;
	dec	quantity, cost, price, previous_close;
	instant	as_of;
};

extern const struct field held_fields[];

#endif
