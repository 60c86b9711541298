/*
 * getaddrinfo_a, asked now and then whether it is done. A numeric address
 * needs no looking up and is there at once.
 */
#include <netdb.h>
#include <stdlib.h>
#include <string.h>

#include "cache/resolve.h"

struct resolve {
	struct gaicb cb;
	struct addrinfo hints;
	char host[256];
	char port[6];
	bool looked_up; /* by the other thread */
};

struct resolve *
resolve_new(const char *host, const char *port)
{
	struct resolve *r = calloc(1, sizeof(*r));
	struct gaicb *list[1];

	if (r == NULL || strlen(host) >= sizeof(r->host) ||
	    strlen(port) >= sizeof(r->port)) {
		free(r);
		return (NULL);
	}
	memcpy(r->host, host, strlen(host));
	memcpy(r->port, port, strlen(port));
	r->hints.ai_socktype = SOCK_STREAM;
	r->hints.ai_flags = AI_NUMERICHOST;
	if (getaddrinfo(host, port, &r->hints, &r->cb.ar_result) == 0)
		return (r);
	r->hints.ai_flags = 0;
	r->looked_up = true;
	r->cb.ar_name = r->host;
	r->cb.ar_service = r->port;
	r->cb.ar_request = &r->hints;
	list[0] = &r->cb;
	if (getaddrinfo_a(GAI_NOWAIT, list, 1, NULL) != 0) {
		free(r);
		return (NULL);
	}
	return (r);
}

bool
resolve_busy(const struct resolve *r)
{
	return (r->looked_up &&
	    gai_error((struct gaicb *)&r->cb) == EAI_INPROGRESS);
}

bool
resolve_address(const struct resolve *r, unsigned n,
    struct sockaddr_storage *addr, socklen_t *addr_n)
{
	const struct addrinfo *a = r->cb.ar_result;
	unsigned count = 0;

	if (r->looked_up && gai_error((struct gaicb *)&r->cb) != 0)
		return (false);
	for (const struct addrinfo *i = a; i != NULL; i = i->ai_next)
		count++;
	if (count == 0)
		return (false);
	for (n %= count; n > 0; n--)
		a = a->ai_next;
	memcpy(addr, a->ai_addr, a->ai_addrlen);
	*addr_n = a->ai_addrlen;
	return (true);
}

/* What its thread still works on is left to it. */
void
resolve_free(struct resolve *r)
{
	if (r == NULL ||
	    (resolve_busy(r) && gai_cancel(&r->cb) == EAI_NOTCANCELED &&
		resolve_busy(r)))
		return;
	if (r->cb.ar_result != NULL)
		freeaddrinfo(r->cb.ar_result);
	free(r);
}
