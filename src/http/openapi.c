/*
 * openapi.json: a walk over the same rows that the router, the decoder and
 * the encoder walk, so that it cannot say anything else than they do.
 */
#include <stdio.h>
#include <string.h>

#include "http/schema.h"

static void
pair(struct json *j, const char *key, const char *value)
{
	jw_key(j, key);
	jw_z(j, value);
}

/* ---- operations -------------------------------------------------- */

static void
parameter(struct json *j, const char *in, const char *name, bool must,
    const struct field *fd, const char *doc)
{
	jw_open(j);
	pair(j, "name", name);
	pair(j, "in", in);
	jw_key(j, "required");
	jw_bool(j, must);
	if (doc != NULL)
		pair(j, "description", doc);
	jw_key(j, "schema");
	if (fd != NULL) {
		struct field plain = *fd;

		plain.null = false;
		schema_field(j, &plain);
	} else
		jw_raw(j, S("{\"type\":\"string\"}"));
	jw_close(j);
}

static void
parameters_page(struct json *j)
{
	static const struct field limit = {
		.name = "limit", .kind = K_LONG, .ranged = true, .min = 1,
		.max = LIMIT_PAGE_ROWS, .doc = "Most items in the answer."
	};

	parameter(j, "query", "limit", false, &limit, NULL);
	parameter(j, "query", "cursor", false, NULL,
	    "next_cursor of the page before.");
}

static void
parameters_write(struct json *j, const struct route *r)
{
	const struct field *fd;

	jw_key(j, "parameters");
	jw_array(j);
	if (r->params != NULL)
		for (fd = r->params->fields; fd->name != NULL; fd++)
			parameter(j, "path", fd->name, true, fd, fd->doc);
	if (r->query != NULL)
		for (fd = r->query->fields; fd->name != NULL; fd++)
			parameter(j, "query", fd->name, fd->must, fd,
			    fd->doc);
	if (r->page)
		parameters_page(j);
	if (r->once)
		parameter(j, "header", "Idempotency-Key", false, NULL,
		    "The same key and body give the same answer again, for "
		    "24 hours.");
	if (r->match)
		parameter(j, "header", "If-Match", true, NULL,
		    "The ETag of what you read.");
	jw_array_end(j);
}

/* A media type is named without its parameters. */
static void
content(struct json *j, const char *type)
{
	str rest = str_of(type), plain;

	(void)str_cut(&rest, ';', &plain);
	jw_key(j, "content");
	jw_open(j);
	jw_key(j, arena_z(j->arena, plain));
	jw_open(j);
	jw_key(j, "schema");
}

static void
content_end(struct json *j)
{
	jw_close(j);
	jw_close(j);
}

static void
body_write(struct json *j, const struct route *r)
{
	if (r->body == NULL)
		return;
	jw_key(j, "requestBody");
	jw_open(j);
	jw_key(j, "required");
	jw_bool(j, true);
	jw_key(j, "content");
	jw_open(j);
	jw_key(j, "application/json");
	jw_open(j);
	jw_key(j, "schema");
	schema_ref(j, r->body->name);
	jw_close(j);
	if (r->form) {
		jw_key(j, "application/x-www-form-urlencoded");
		jw_open(j);
		jw_key(j, "schema");
		schema_ref(j, r->body->name);
		jw_close(j);
	}
	jw_close(j);
	jw_close(j);
}

static void
reply_array(struct json *j, const struct route *r)
{
	jw_open(j);
	pair(j, "type", "array");
	jw_key(j, "items");
	schema_ref(j, r->reply->name);
	jw_close(j);
}

static void
page_schema(struct json *j, const struct route *r)
{
	jw_open(j);
	pair(j, "type", "object");
	jw_key(j, "additionalProperties");
	jw_bool(j, false);
	jw_key(j, "required");
	jw_raw(j, S("[\"items\",\"next_cursor\"]"));
	jw_key(j, "properties");
	jw_open(j);
	jw_key(j, "items");
	reply_array(j, r);
	jw_key(j, "next_cursor");
	jw_raw(j, S("{\"type\":[\"string\",\"null\"]}"));
	jw_close(j);
	jw_close(j);
}

static void
reply_schema(struct json *j, const struct route *r)
{
	if (r->page)
		page_schema(j, r);
	else if (r->many)
		reply_array(j, r);
	else
		schema_ref(j, r->reply->name);
}

static void
reply_write(struct json *j, const struct route *r)
{
	char status[8];

	snprintf(status, sizeof(status), "%d",
	    r->status != 0 ? r->status : r->reply == NULL &&
	    r->type == NULL && !r->stream ? 204 : 200);
	jw_key(j, "responses");
	jw_open(j);
	jw_key(j, status);
	jw_open(j);
	pair(j, "description", r->summary);
	if (r->reply != NULL) {
		content(j, "application/json");
		if (r->wrapped)
			jw_raw(j, arena_printf(j->arena,
			    "{\"type\":\"object\","
			    "\"additionalProperties\":false,"
			    "\"required\":[\"status\","
			    "\"data\"],\"properties\":{\"status\":{\"const\":"
			    "\"success\"},\"data\":{\"$ref\":\"#/components/"
			    "schemas/%s\"}}}", r->reply->name));
		else
			reply_schema(j, r);
		content_end(j);
	} else if (r->type != NULL || r->stream) {
		content(j, r->stream ? "text/event-stream" : r->type);
		jw_raw(j, str_starts(str_of(r->type), S("application/json")) ?
		    S("{\"type\":\"object\"}") :
		    S("{\"type\":\"string\"}"));
		content_end(j);
	}
	jw_close(j);
	jw_key(j, "default");
	jw_open(j);
	pair(j, "description", "What went wrong.");
	content(j, "application/problem+json");
	schema_ref(j, "problem");
	content_end(j);
	jw_close(j);
	jw_close(j);
}

static void
operation_write(struct json *j, const struct capability *cap,
    const struct route *r)
{
	static const char *const verbs[] = {
		"", "get", "post", "put", "patch", "delete"
	};
	static const char *const needs[] = {
		"", "nobody", "anybody", "viewer", "member", "admin", "owner"
	};

	jw_key(j, verbs[r->method]);
	jw_open(j);
	jw_key(j, "tags");
	jw_array(j);
	jw_z(j, cap->name);
	jw_array_end(j);
	pair(j, "operationId", r->id);
	pair(j, "summary", r->summary);
	pair(j, "x-need", needs[r->need]);
	if (r->need == NEED_NOBODY) {
		jw_key(j, "security");
		jw_raw(j, S("[]"));
	}
	parameters_write(j, r);
	body_write(j, r);
	reply_write(j, r);
	jw_close(j);
}

/* All rows of one path together, in the order of its first. */
static bool
path_first(size_t i)
{
	size_t k;

	for (k = 0; k < i; k++)
		if (!route_entries[k].route->plain && strcmp(
		    route_entries[k].route->path,
		    route_entries[i].route->path) == 0)
			return (false);
	return (!route_entries[i].route->plain);
}

static void
paths_write(struct json *j)
{
	size_t i, k;

	jw_key(j, "paths");
	jw_open(j);
	for (i = 0; i < route_count; i++) {
		if (!path_first(i))
			continue;
		jw_key(j, route_entries[i].route->path);
		jw_open(j);
		for (k = i; k < route_count; k++)
			if (!route_entries[k].route->plain && strcmp(
			    route_entries[k].route->path,
			    route_entries[i].route->path) == 0)
				operation_write(j, route_entries[k].cap,
				    route_entries[k].route);
		jw_close(j);
	}
	jw_close(j);
}

static void
tags_write(struct json *j)
{
	const struct capability *last;
	size_t i;

	jw_key(j, "tags");
	jw_array(j);
	for (i = 0, last = NULL; i < route_count; i++) {
		if (route_entries[i].cap == last)
			continue;
		last = route_entries[i].cap;
		jw_open(j);
		pair(j, "name", last->name);
		pair(j, "description", last->doc);
		jw_close(j);
	}
	jw_array_end(j);
}

static void
components_write(struct json *j)
{
	static const char problem[] = "{\"type\":\"object\","
	    "\"additionalProperties\":false,\"required\":[\"type\","
	    "\"title\",\"status\",\"detail\",\"instance\",\"request_id\"],"
	    "\"properties\":{\"type\":{\"type\":\"string\"},\"title\":{"
	    "\"type\":\"string\"},\"status\":{\"type\":\"integer\"},"
	    "\"detail\":{\"type\":\"string\"},\"instance\":{\"type\":"
	    "\"string\"},\"request_id\":{\"type\":\"string\"},\"errors\":{"
	    "\"type\":\"array\",\"items\":{\"type\":\"object\","
	    "\"additionalProperties\":false,\"required\":[\"pointer\","
	    "\"code\",\"detail\"],\"properties\":{\"pointer\":{\"type\":"
	    "\"string\"},\"code\":{\"type\":\"string\"},\"detail\":{"
	    "\"type\":\"string\"}}}}}}";
	struct schemas all = { .n = 0 };
	size_t i;

	for (i = 0; i < route_count; i++) {
		if (route_entries[i].route->plain)
			continue;
		schema_gather(&all, route_entries[i].route->body);
		schema_gather(&all, route_entries[i].route->reply);
	}
	jw_key(j, "components");
	jw_open(j);
	jw_key(j, "securitySchemes");
	jw_raw(j, S("{\"password\":{\"type\":\"oauth2\",\"flows\":{"
	    "\"password\":{\"tokenUrl\":\"/api/v1/auth/token\",\"scopes\":{}}"
	    "}},\"bearer\":{\"type\":\"http\",\"scheme\":\"bearer\","
	    "\"bearerFormat\":\"JWT\"}}"));
	jw_key(j, "schemas");
	jw_open(j);
	for (i = 0; i < all.n; i++)
		schema_shape(j, all.of[i]);
	jw_key(j, "problem");
	jw_raw(j, S(problem));
	jw_close(j);
	jw_close(j);
}

str
http_openapi(struct arena *a)
{
	struct json j;

	jw_init(&j, a);
	jw_open(&j);
	pair(&j, "openapi", "3.1.0");
	jw_key(&j, "info");
	jw_raw(&j, S("{\"title\":\"Bursar\",\"version\":\"1\",\"description\""
	    ":\"Portfolios, prices, returns and risk.\"}"));
	jw_key(&j, "servers");
	jw_raw(&j, S("[{\"url\":\"/api/v1\"}]"));
	jw_key(&j, "security");
	jw_raw(&j, S("[{\"bearer\":[]},{\"password\":[]}]"));
	tags_write(&j);
	paths_write(&j);
	components_write(&j);
	jw_close(&j);
	return (text_indent(a, jw_text(&j)));
}
