/*
 * cache: Redis. What lives here can be lost at any time without harm. Every
 * call has a timeout; after several failures a breaker answers E_BUSY at
 * once and lets one try through now and then, so that a Redis that hangs
 * costs nobody more than one timeout.
 */
#ifndef BURSAR_CACHE_CACHE_H
#define BURSAR_CACHE_CACHE_H

#include "flow/flow.h"

enum cache_state { CACHE_OFF, CACHE_UP, CACHE_DOWN };

/* `url` as in BURSAR_REDIS_URL; empty means CACHE_OFF, every call E_BUSY.
 * Connecting goes on in the background, again and again. */
void	cache_open(const char *url, int64_t timeout_ms);
void	cache_close(void);
enum cache_state cache_state(void);

/* All: OK, E_BUSY (off, down or too slow), E_DEADLINE, E_CANCELLED. */

/* E_NOT_FOUND when there is no such key. */
enum err cache_get(struct flow *f, str key, str *value) MUSTCHECK;
/* One value (or STR_NONE) for each key. */
enum err cache_get_many(struct flow *f, const str *keys, size_t n,
	    str *values) MUSTCHECK;
/* ttl_ms > 0 */
enum err cache_set(struct flow *f, str key, str value, int64_t ttl_ms)
	    MUSTCHECK;
/* Set unless it exists; E_CONFLICT when it does. */
enum err cache_add(struct flow *f, str key, str value, int64_t ttl_ms)
	    MUSTCHECK;
enum err cache_delete(struct flow *f, str key) MUSTCHECK;
/* Delete only while it still holds `value` (to let go of a lock). */
enum err cache_delete_if(struct flow *f, str key, str value) MUSTCHECK;
/* Give it another `ttl_ms` while it still holds `value`; E_CONFLICT when it
 * does not. */
enum err cache_extend_if(struct flow *f, str key, str value, int64_t ttl_ms)
	    MUSTCHECK;
/*
 * Count one into a window that began with its first count; `*count` is how
 * many so far, `*left_ms` when the window ends.
 */
enum err cache_count(struct flow *f, str key, int64_t window_ms,
	    int64_t *count, int64_t *left_ms) MUSTCHECK;
enum err cache_publish(struct flow *f, str channel, str message) MUSTCHECK;
/*
 * The same, with "<number> <the number before> " put in front: the channel's
 * messages are numbered over all publishers, in the order in which they
 * arrive, by milliseconds or faster, so that numbers grow on after a loss.
 */
enum err cache_publish_numbered(struct flow *f, str channel, str message)
	    MUSTCHECK;
/*
 * `fn` for each message on the channel, on the loop's stack; kept up over
 * reconnections. Messages while disconnected are lost.
 */
void	cache_subscribe(const char *channel,
	    void (*fn)(void *arg, str message), void *arg);

#endif
