/*
 * record: quotes, profiles and matches as text, to be kept in Redis and in
 * memory. Reading believes nothing: what does not fit is as good as absent.
 * Inner header of feed/.
 */
#ifndef BURSAR_FEED_RECORD_H
#define BURSAR_FEED_RECORD_H

#include "feed/feed.h"

str record_quote(struct arena *a, const struct quote *q);
str record_profile(struct arena *a, const struct profile *p);
str record_matches(struct arena *a, const struct list *l);

/* Strings of the results point into `text`. */
bool record_quote_read(str text, struct quote *out);
bool record_profile_read(str text, struct profile *out);
bool record_matches_read(struct arena *a, str text, struct list *out);

#endif
