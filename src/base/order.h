/*
 * order: elements of any size put in order, equal ones as they stood.
 */
#ifndef BURSAR_BASE_ORDER_H
#define BURSAR_BASE_ORDER_H

#include <stddef.h>

typedef int (*order_fn)(const void *, const void *);

void	order_stable(void *v, size_t n, size_t size, order_fn cmp);
/* Of neighbours that are equal the last stays; how many remain. */
size_t	order_once(void *v, size_t n, size_t size, order_fn cmp);

#endif
