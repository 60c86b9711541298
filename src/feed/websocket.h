/*
 * websocket: an open WebSocket to a server, as a client. Inner header of
 * feed/.
 */
#ifndef BURSAR_FEED_WEBSOCKET_H
#define BURSAR_FEED_WEBSOCKET_H

#include "feed/frame.h"
#include "flow/flow.h"

struct websocket;

/*
 * `url` is ws:// or wss:// with its path and query; ws only to this machine.
 * E_UPSTREAM: `*status` is what HTTP said, 0 when it said nothing.
 */
enum err websocket_open(struct flow *f, const char *url, int64_t timeout_ms,
    struct websocket **out, int *status) MUSTCHECK;
enum err websocket_say(struct flow *f, struct websocket *w, str text)
    MUSTCHECK;
/*
 * The next text, which stays until the next call. E_DEADLINE: none came in
 * `wait_ms`, and the connection goes on; E_UPSTREAM: it has ended.
 */
enum err websocket_hear(struct flow *f, struct websocket *w, int64_t wait_ms,
    str *text) MUSTCHECK;
/* When anything came last, on mono_ms()'s clock. */
int64_t websocket_heard_ms(const struct websocket *w);
/* Why it ended; for log lines. */
const char *websocket_why(const struct websocket *w);
/* Says goodbye if it still can; NULL is allowed. */
void websocket_close(struct flow *f, struct websocket *w);

#endif
