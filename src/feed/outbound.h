/*
 * outbound: GET and POST over HTTPS, for providers; plain HTTP only to this
 * machine. Certificates are checked, redirects are not followed, no proxy is
 * taken from the environment, and a body that grows beyond its limit is cut
 * off while it comes. Inner header of feed/.
 */
#ifndef BURSAR_FEED_OUTBOUND_H
#define BURSAR_FEED_OUTBOUND_H

#include "flow/flow.h"

#define OUTBOUND_BODY_BYTES_MAX (2u << 20)

struct outbound_reply {
	long status; /* HTTP */
	str body;    /* the flow's */
};

struct outbound_call {
	const char *url;
	const char *const *headers; /* "Name: value" lines, NULL at the end */
	str body;		    /* posted unless STR_NONE */
	int64_t timeout_ms;
	size_t body_max; /* of the answer; 0: OUTBOUND_BODY_BYTES_MAX */
	/* Seconds of Retry-After, 0 when it is not told; or NULL. */
	int64_t *retry_after_s;
};

/* https, or http to 127.0.0.1, [::1] or localhost. */
bool outbound_may(const char *url);

/*
 * `headers` are "Name: value" lines ending with NULL. OK whenever an HTTP
 * answer came, whatever its status; E_UPSTREAM: unreachable, too slow, too
 * large; E_DEADLINE, E_CANCELLED.
 */
enum err outbound_get(struct flow *f, const char *url,
    const char *const *headers, int64_t timeout_ms,
    struct outbound_reply *out) MUSTCHECK;
/* The same, with all that can be said of a call. */
enum err outbound_call(struct flow *f, const struct outbound_call *call,
    struct outbound_reply *out) MUSTCHECK;
/* Percent-encode whatever is not a letter, a digit or one of "-._~". */
str outbound_escape(struct arena *a, str s);
/* Only when no flow is in outbound_get. */
void outbound_close(void);

#endif
