/*
 * What a route's function may ask of its call and answer to it.
 */
#include <string.h>

#include "http/exchange.h"
#include "http/text.h"

void
reply_status(struct call *c, int status)
{
	exchange_of(c)->status = status;
}

void
reply_header(struct call *c, const char *name, str value)
{
	struct exchange *ex = exchange_of(c);

	if (ex->header_count < HEADERS_MAX)
		ex->headers[ex->header_count++] =
		    (struct reply_row){ name, value };
}

str
call_reply_header(struct call *c, const char *name)
{
	struct exchange *ex = exchange_of(c);
	size_t i;

	for (i = 0; i < ex->header_count; i++)
		if (strcmp(ex->headers[i].name, name) == 0)
			return (ex->headers[i].value);
	return (STR_NONE);
}

void
reply_etag(struct call *c, str tag)
{
	exchange_of(c)->etag = arena_printf(&c->f->arena, "\"%.*s\"",
	    STR_ARG(tag));
}

static void
reply_json(struct exchange *ex, const struct json *j)
{
	ex->type = S("application/json; charset=utf-8");
	ex->text = jw_text(j);
}

static void
wrap_open(struct json *j, const struct route *r)
{
	if (!r->wrapped)
		return;
	jw_open(j);
	jw_key(j, "status");
	jw_z(j, "success");
	jw_key(j, "data");
}

enum err
reply(struct call *c, const void *record)
{
	struct json j;

	jw_init(&j, &c->f->arena);
	wrap_open(&j, c->route);
	jw_record(&j, c->route->reply, record);
	if (c->route->wrapped)
		jw_close(&j);
	reply_json(exchange_of(c), &j);
	return (OK);
}

/* A part of a target, without what would end it in a Link. */
static void
link_put(struct text *t, str part)
{
	size_t i;

	for (i = 0; i < part.n; i++)
		if (part.p[i] == '<' || part.p[i] == '>')
			text_printf(t, "%%%02X", part.p[i]);
		else
			text_put(t, (str){ part.p + i, 1 });
}

/* The same list from there on: what was asked, with another cursor. */
static void
link_next(struct call *c, str sealed)
{
	const struct exchange *ex = exchange_of(c);
	str query = ex->query, pair;
	struct text t;

	text_init(&t, &c->f->arena);
	text_put(&t, S("<"));
	link_put(&t, ex->path);
	text_put(&t, S("?"));
	while (str_cut(&query, '&', &pair)) {
		if (pair.n == 0 || str_starts(pair, S("cursor=")))
			continue;
		link_put(&t, pair);
		text_put(&t, S("&"));
	}
	text_printf(&t, "cursor=%.*s>; rel=\"next\"", STR_ARG(sealed));
	reply_header(c, "link", text_str(&t));
}

static void
page_write(struct json *j, struct call *c, const struct list *records,
    str next)
{
	str sealed = STR_NONE;

	if (next.p != NULL) {
		sealed = cursor_seal(exchange_of(c), next);
		link_next(c, sealed);
	}
	jw_open(j);
	jw_key(j, "items");
	jw_records(j, c->route->reply, records->v, records->n);
	jw_key(j, "next_cursor");
	jw_str(j, sealed);
	jw_close(j);
}

enum err
reply_many(struct call *c, const struct list *records, str next)
{
	struct json j;

	jw_init(&j, &c->f->arena);
	wrap_open(&j, c->route);
	if (c->route->page)
		page_write(&j, c, records, next);
	else
		jw_records(&j, c->route->reply, records->v, records->n);
	if (c->route->wrapped)
		jw_close(&j);
	reply_json(exchange_of(c), &j);
	return (OK);
}

enum err
reply_text(struct call *c, str text)
{
	struct exchange *ex = exchange_of(c);

	ex->type = c->route->type != NULL ? str_of(c->route->type) :
	    S("application/json; charset=utf-8");
	ex->text = text;
	return (OK);
}

enum err
reply_nothing(struct call *c)
{
	struct exchange *ex = exchange_of(c);

	ex->status = 204;
	ex->text = S("");
	return (OK);
}

str
call_cursor(struct call *c)
{
	return (exchange_of(c)->cursor);
}

int64_t
call_limit(struct call *c, int64_t fallback)
{
	int64_t limit;

	limit = exchange_of(c)->limit;
	return (limit > 0 ? limit : fallback);
}

/* Does a quoted tag name `current`, or a coding of it? */
static bool
tag_names(str tag, str current)
{
	str coding;

	if (tag.n < current.n + 2 || tag.p[0] != '"' ||
	    tag.p[tag.n - 1] != '"' ||
	    memcmp(tag.p + 1, current.p, current.n) != 0)
		return (false);
	coding = (str){ tag.p + 1 + current.n, tag.n - 2 - current.n };
	return (coding.n == 0 || str_eq(coding, S("-gzip")) ||
	    str_eq(coding, S("-br")));
}

/* RFC 9110, 13.1.1: strong comparison; a list of tags, or "*". What is
 * changed is the same whatever coding it was read in. */
enum err
call_match(struct call *c, str current)
{
	str list, tag;

	list = call_header(c, "if-match");
	if (list.p == NULL)
		return (flow_fault(c->f, E_PRECONDITION,
		    "send If-Match with the ETag of what you read"));
	while (str_cut(&list, ',', &tag)) {
		tag = str_trim(tag);
		if (str_eq(tag, S("*")) || tag_names(tag, current))
			return (OK);
	}
	return (flow_fault(c->f, E_STALE,
	    "it was changed since you read it: read it again"));
}

enum err
fault(struct call *c, const char *pointer, const char *code,
    const char *fmt, ...)
{
	struct exchange *ex = exchange_of(c);
	struct fault_row *row;
	va_list ap;

	if (ex->fault_err == OK)
		ex->fault_err = E_INVALID;
	if (ex->fault_count == FAULTS_MAX)
		return (ex->fault_err);
	row = &ex->faults[ex->fault_count++];
	row->pointer = arena_str(&c->f->arena, str_of(pointer));
	row->code = code;
	va_start(ap, fmt);
	row->detail = arena_vprintf(&c->f->arena, fmt, ap);
	va_end(ap);
	return (ex->fault_err);
}

enum err
faults(struct call *c)
{
	return (exchange_of(c)->fault_err);
}
