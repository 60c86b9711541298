/*
 * findings: doubts written down for people. Inner header of ingest/.
 */
#ifndef BURSAR_INGEST_FINDINGS_H
#define BURSAR_INGEST_FINDINGS_H

#include "ingest/quality.h"
#include "market/market.h"

/* All doubts of a batch about an instrument; UUID_NONE: about none. */
enum err findings_put(struct flow *f, uuid instrument,
	    const struct quality *q, str source) MUSTCHECK;
/* Days from..to of an instrument were told again and taken: what is not
 * doubted any more of what this source tells is settled. */
enum err findings_settle(struct flow *f, uuid instrument,
	    const struct quality *q, str source, day from, day to) MUSTCHECK;
/* The sentence of what refused the batch; STR_NONE: nothing did. */
str	findings_refusal(const struct quality *q);

#endif
