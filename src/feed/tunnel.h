/*
 * tunnel: bytes to and from a server over TCP or TLS, made by libcurl so
 * that names, addresses and certificates are its matter. Inner header of
 * feed/.
 */
#ifndef BURSAR_FEED_TUNNEL_H
#define BURSAR_FEED_TUNNEL_H

#include "flow/flow.h"

struct tunnel;

/* To the host of an http or https address. E_UPSTREAM: it cannot be had. */
enum err tunnel_open(struct flow *f, const char *url, int64_t timeout_ms,
    struct tunnel **out) MUSTCHECK;
/* All of it. */
enum err tunnel_send(struct flow *f, struct tunnel *t, str text) MUSTCHECK;
/* At least one byte, or E_DEADLINE after `wait_ms`; E_UPSTREAM at its end. */
enum err tunnel_recv(struct flow *f, struct tunnel *t, int64_t wait_ms,
    char *p, size_t size, size_t *n) MUSTCHECK;
void tunnel_close(struct tunnel *t);

#endif
