/*
 * redis_url: where a Redis is and as whom to speak to it, from
 * redis://[user:password@]host[:port][/db] or
 * unix://[user:password@]/path[?db=n]. Percent signs escape in user and
 * password. TLS (rediss://) is refused: Redis belongs on a private network.
 */
#ifndef BURSAR_CACHE_REDIS_URL_H
#define BURSAR_CACHE_REDIS_URL_H

#include <stdbool.h>

struct redis_url {
	char host[256]; /* empty: a socket at `path` */
	char port[6];
	char path[104];     /* as much as a sockaddr_un holds */
	char user[128];     /* empty: the default user */
	char password[512]; /* empty: none needed */
	int db;
};

bool redis_url_parse(const char *text, struct redis_url *out);

#endif
