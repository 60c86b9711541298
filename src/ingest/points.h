/*
 * points: whether rates of exchange, dividends and splits are fit to be kept.
 * Pure. Lists come to order, each day once, the last told; what cannot be is
 * taken out of them and said. Inner header of ingest/.
 */
#ifndef BURSAR_INGEST_POINTS_H
#define BURSAR_INGEST_POINTS_H

#include "ingest/quality.h"

/* `kept`: the newest rate of each pair, in any order; struct fx_rate. */
void	rates_judge(struct arena *a, struct list *rates, day today,
	    const struct list *kept, struct quality *out);
/* `kept`: closes as paid on the day, ascending; struct kept_close. */
void	dividends_judge(struct arena *a, struct list *dividends,
	    const struct list *kept, struct quality *out);
void	splits_judge(struct arena *a, struct list *splits,
	    struct quality *out);

#endif
