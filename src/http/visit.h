/*
 * For this room's tests: one request made by hand, with header fields, a
 * client's address and a flow that has an arena and no fiber. Kore is not
 * there, so nothing is sent.
 */
#ifndef BURSAR_HTTP_VISIT_H
#define BURSAR_HTTP_VISIT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <arpa/inet.h>
#include <cmocka.h>
#include <kore/kore.h>
#include <kore/http.h>

#include "base/settings.h"
#include "http/exchange.h"

#define UNUSED	__attribute__((unused))

static struct flow visit_flow;
static struct exchange visit;
static struct http_request visit_req;
static struct connection visit_con;
static struct http_header visit_lines[32];
static size_t visit_count;

/* A request anew: GET of /api/v1/things, from 192.0.2.1, without fields. */
static UNUSED int
visit_begin(void **state)
{
	(void)state;
	arena_drop(&visit_flow.arena);
	memset(&visit_flow, 0, sizeof(visit_flow));
	memset(&visit, 0, sizeof(visit));
	memset(&visit_req, 0, sizeof(visit_req));
	memset(&visit_con, 0, sizeof(visit_con));
	visit_count = 0;
	arena_init(&visit_flow.arena, LIMIT_FLOW_ARENA_BYTES, NULL, NULL);
	TAILQ_INIT(&visit_req.req_headers);
	TAILQ_INIT(&visit_con.send_queue);
	visit_con.family = AF_INET;
	inet_pton(AF_INET, "192.0.2.1", &visit_con.addr.ipv4.sin_addr);
	visit_req.owner = &visit_con;
	visit.req = &visit_req;
	visit.call.exchange = &visit;
	visit.call.f = &visit_flow;
	visit.method = GET;
	visit.status = 200;
	visit.path = S("/api/v1/things");
	visit.request_id = S("id-1");
	settings.public_url = "";
	settings.trusted_proxies = "";
	return (0);
}

static UNUSED int
visit_end(void **state)
{
	(void)state;
	arena_drop(&visit_flow.arena);
	return (0);
}

static UNUSED void
visit_field(const char *name, const char *value)
{
	struct http_header *line = &visit_lines[visit_count++];

	line->header = (char *)(uintptr_t)name;
	line->value = (char *)(uintptr_t)value;
	TAILQ_INSERT_TAIL(&visit_req.req_headers, line, list);
}

/* The request again, with other fields. */
static UNUSED void
visit_fields_drop(void)
{
	TAILQ_INIT(&visit_req.req_headers);
	visit_count = 0;
}

static UNUSED bool
has(str text, const char *part)
{
	return (memmem(text.p, text.n, part, strlen(part)) != NULL);
}

#define IS(s, z)	assert_true(str_eqz((s), (z)))
#define V(name)		cmocka_unit_test_setup_teardown(name, visit_begin, \
			    visit_end)

#endif
