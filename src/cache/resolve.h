/*
 * resolve: a host name's addresses, found by the C library's own thread, so
 * that a name server that is silent holds up no loop. Inner header of cache/.
 */
#ifndef BURSAR_CACHE_RESOLVE_H
#define BURSAR_CACHE_RESOLVE_H

#include <stdbool.h>
#include <sys/socket.h>

struct resolve;

/* NULL when it cannot even be begun. */
struct resolve *resolve_new(const char *host, const char *port);
/* Still looking? */
bool resolve_busy(const struct resolve *r);
/* The address number `n`, counted round; false when there is none. */
bool resolve_address(const struct resolve *r, unsigned n,
    struct sockaddr_storage *addr, socklen_t *addr_n);
void resolve_free(struct resolve *r);

#endif
