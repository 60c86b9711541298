/*
 * subscribe: the second connection, which only listens. Inner header of
 * cache/.
 */
#ifndef BURSAR_CACHE_SUBSCRIBE_H
#define BURSAR_CACHE_SUBSCRIBE_H

#include "cache/link.h"

void subscribe_open(const struct redis_url *url, int64_t timeout_ms);
void subscribe_close(void);

#endif
