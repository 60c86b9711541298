/*
 * wish: one need with what is asked about, put to providers until one has it.
 * Inner header of feed/.
 */
#ifndef BURSAR_FEED_WISH_H
#define BURSAR_FEED_WISH_H

#include "feed/keys.h"
#include "feed/provider.h"

struct wish {
	enum feed_need need;
	str about; /* a symbol, a text, a CIK, an id */
	day from, to;
	int minutes;
	instant since, until;
	const struct identity_ask *asks;
	size_t asks_n;
	dec last;     /* last good price; DEC_NONE without one */

	struct quote *quote;
	struct profile *profile;
	struct company *company;
	struct list *list;
	str fingerprint; /* of the tenant's key that was used */
};

enum feed_answer wish_grant(
    struct flow *f, struct wish *w, struct feed_source *source);

/* Write down how a call went, for other processes to read. */
void health_tell(struct flow *f, struct guard *g);

#endif
