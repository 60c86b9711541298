/*
 * Sessions of a tracked instrument, by the exchange that it says it is on.
 */
#include "ingest/session.h"

#define SETTLE_MINUTES	60
#define BAR_SETTLE_US	(60 * INT64_C(1000000))	/* told a while later */
#define DAYS_BACK	14

const struct exchange *
session_exchange(const struct tracked *t)
{
	return (exchange_find(t->mic, t->exchange, t->kind));
}

bool
session_on(const void *tracked, day d)
{
	return (exchange_open_on(session_exchange(tracked), d));
}

bool
session_known(const void *tracked, day d)
{
	const struct exchange *x = session_exchange(tracked);

	return (x->weekdays_only || exchange_knows(x, d));
}

day
session_last(const struct tracked *t, instant now)
{
	return (exchange_last_session(session_exchange(t), now,
	    SETTLE_MINUTES));
}

instant
session_bar_last(const struct tracked *t, int minutes, instant now)
{
	const struct exchange *x = session_exchange(t);
	int64_t step = minutes * INT64_C(60000000), end;
	day d = day_add(day_of_instant(now), 1);
	instant from, to;
	int i;

	for (i = 0; i < DAYS_BACK && step > 0; i++, d = day_add(d, -1)) {
		if (!exchange_session(x, d, &from, &to))
			continue;
		end = now.us - BAR_SETTLE_US < to.us ? now.us - BAR_SETTLE_US
						     : to.us;
		if (from.us + step <= end)
			return ((instant){ from.us +
			    ((end - from.us) / step - 1) * step });
	}
	return (INSTANT_NONE);
}
