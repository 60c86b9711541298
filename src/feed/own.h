/*
 * own: keys that tenants bring, and how the providers are. Part of feed.h.
 */
#ifndef BURSAR_FEED_OWN_H
#define BURSAR_FEED_OWN_H

#include "base/field.h"
#include "flow/flow.h"

/* ---- keys of f->who.tenant's own --------------------------------- */

/*
 * How keys are sealed: handed in by main.c, because the arrow points down. A
 * sealed text opens only in the context it was sealed in; a fingerprint is
 * 16 hex digits that tell nothing about the key.
 */
struct feed_vault {
	str	(*seal)(struct arena *a, str context, str plain);
	bool	(*unseal)(struct arena *a, str context, str sealed,
		    str *plain);
	str	(*fingerprint)(struct arena *a, str plain);
};
void	feed_seal_with(const struct feed_vault *v);

struct feed_key {
	str	provider;
	str	fingerprint;
	str	state;			/* unproven, good, refused */
	instant	set_at, checked_at;
};
extern const struct field feed_key_fields[];

/* List of struct feed_key. */
enum err feed_keys(struct flow *f, struct list *out) MUSTCHECK;
/*
 * Keep a key of the tenant's, in place of the one it had; what that one
 * brought goes. E_NOT_FOUND: no such provider takes a key. E_INVALID.
 */
enum err feed_key_put(struct flow *f, str provider, str key) MUSTCHECK;
/* Remove the key and everything it brought. E_NOT_FOUND. */
enum err feed_key_drop(struct flow *f, str provider) MUSTCHECK;

/*
 * A quote with a key of the tenant's own, kept a minute for that tenant
 * alone; the last good one with .stale when the provider fails. FEED_NOBODY:
 * the tenant has no key that brings quotes.
 */
enum feed_answer feed_quote_own(struct flow *f, str symbol,
	    struct quote *out);

/*
 * The same of a profile, kept a day, and of a search, kept an hour: list of
 * struct match, best first.
 */
enum feed_answer feed_profile_own(struct flow *f, str symbol,
	    struct profile *out);
enum feed_answer feed_search_own(struct flow *f, str text, struct list *out);

/* ---- how providers are ------------------------------------------- */

struct feed_budget {
	str	window;			/* second, minute, day, month */
	int64_t	calls;			/* allowed */
	int64_t	left;
};

struct feed_status {
	str		name, doc;
	struct list	needs;		/* of str */
	bool		enabled;	/* the settings let it be asked */
	bool		takes_key, has_key, needs_key;
	bool		shares;		/* what one tenant's key brought may
					   be shown to others */
	str		state;		/* off, no key, unused, up, failing,
					   down */
	instant		succeeded_at, failed_at;
	str		failure;	/* STR_NONE when there was none */
	struct list	budgets;	/* struct feed_budget, installation's
					   key */
};
extern const struct field feed_budget_fields[];
extern const struct field feed_status_fields[];

/* Every provider there is but the simulated one: list of feed_status. */
enum err feed_status(struct flow *f, struct list *out) MUSTCHECK;

#endif
