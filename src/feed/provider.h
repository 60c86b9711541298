/*
 * provider: one row for each provider there is, and what a call to one needs
 * to know. Inner header of feed/.
 */
#ifndef BURSAR_FEED_PROVIDER_H
#define BURSAR_FEED_PROVIDER_H

#include "feed/feed.h"
#include "feed/guard.h"
#include "feed/outbound.h"

enum key_use { KEY_NONE, KEY_MAY, KEY_MUST };

struct provider;

/* Whom is asked, by which flow, with whose key. */
struct asking {
	struct flow *f;
	const struct provider *p;
	enum feed_need need;
	str key; /* empty without one; never in a log line */
	struct guard *guard;
	bool called;	  /* it was admitted */
	int64_t pause_ms; /* leave it alone for so long; 0: as usual */
};

/* What a provider does not do is NULL. Answers need not be in order, nor
 * within the range that was asked for: see bars_cut. */
struct provider {
	const char *name;
	const char *doc;
	enum key_use key;
	bool named_only; /* asked only where settings.providers names it */
	bool unshared;	 /* its licence forbids sharing, unless settled */
	bool raw_bars;	 /* as paid on the day, not in units after splits */
	bool raw_dividends;
	const char *const *key_setting;
	const char *key_name;
	const char *const *address; /* what it cannot be asked without */
	const char *address_name;
	struct limits limits;
	int64_t body_max; /* 0: OUTBOUND_BODY_BYTES_MAX */

	enum feed_answer (*quote)(struct asking *, str, struct quote *);
	enum feed_answer (*profile)(struct asking *, str, struct profile *);
	enum feed_answer (*search)(struct asking *, str, struct list *);
	enum feed_answer (*symbols)(struct asking *, str, struct list *);
	enum feed_answer (*bars)(
	    struct asking *, str, day, day, struct list *);
	enum feed_answer (*intraday)(
	    struct asking *, str, int, instant, instant, struct list *);
	enum feed_answer (*dividends)(
	    struct asking *, str, day, day, struct list *);
	enum feed_answer (*splits)(
	    struct asking *, str, day, day, struct list *);
	enum feed_answer (*fx)(struct asking *, day, day, struct list *);
	enum feed_answer (*facts)(struct asking *, str, struct list *);
	enum feed_answer (*filings)(
	    struct asking *, str, struct company *, struct list *);
	enum feed_answer (*metrics)(struct asking *, str, struct list *);
	enum feed_answer (*identify)(struct asking *,
	    const struct identity_ask *, size_t, struct list *);
	enum feed_answer (*series)(
	    struct asking *, str, day, day, struct list *);
};

/* All there are; ends with NULL. */
extern const struct provider *const providers[];
extern const struct provider provider_simulated, provider_finnhub,
    provider_alphavantage, provider_yahoo, provider_frankfurter, provider_ecb,
    provider_sec, provider_openfigi, provider_fred, provider_csv;

/* NULL when there is none of that name. */
const struct provider *provider_of(str name);
/* Does it answer this need at all? */
bool provider_answers(const struct provider *p, enum feed_need need);
/* May it be asked, going by the settings? Keys are another matter. */
bool provider_enabled(const struct provider *p);
/* The installation's key; empty without one. */
str provider_key(const struct provider *p);
/* May what one tenant's key brought be shown to another? */
bool provider_shares(const struct provider *p);
/* The n-th to ask for a need, from 0; NULL after the last. */
const struct provider *provider_at(enum feed_need need, size_t n);
/* Is `word` in a comma-separated list? */
bool list_names(const char *list, const char *word);

/* ---- calls ------------------------------------------------------- */

/*
 * Admission, the call, its status: FEED_OK when an HTTP answer came, whatever
 * its status says. `headers` as for outbound_get.
 */
enum feed_answer ask_get(struct asking *a, const char *url,
    const char *const *headers, struct outbound_reply *r);
enum feed_answer ask_post(struct asking *a, const char *url,
    const char *const *headers, str body, struct outbound_reply *r);
/* The guard of the installation's calls, and of a key's of that fingerprint. */
struct guard *guard_shared(const struct provider *p);
struct guard *guard_own(const struct provider *p, str fingerprint);
/* Forget refusals and failures: another key, another try. */
void guards_forget(void);

#endif
