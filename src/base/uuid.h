/*
 * uuid: 16 bytes; the all-zero one means "none". Ids are version 7
 * (RFC 9562): they sort by the millisecond they were made in.
 */
#ifndef BURSAR_BASE_UUID_H
#define BURSAR_BASE_UUID_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/str.h"

typedef struct {
	uint8_t	b[16];
} uuid;

#define UUID_NONE	((uuid){ { 0 } })
#define UUID_TEXT_MAX	37

uuid	uuid_new(void);		/* version 7, from the kernel's random */
bool	uuid_ok(uuid u);		/* not UUID_NONE */
bool	uuid_eq(uuid a, uuid b);
/* 8-4-4-4-12 hex, either case. */
bool	uuid_parse(str s, uuid *out);
size_t	uuid_print(uuid u, char out[UUID_TEXT_MAX]);
/* `n` bytes from the kernel; aborts if it has none to give. */
void	random_bytes(void *out, size_t n);

#endif
