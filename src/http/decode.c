/*
 * Decoding: what was sent becomes the records that the row describes. All
 * faults are noted, not the first alone, and nothing is guessed: a member
 * that is not described is a fault.
 */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "http/exchange.h"
#include "http/value.h"

/* ---- percent-encoding -------------------------------------------- */

static int
hex_of(char c)
{
	if (c >= '0' && c <= '9')
		return (c - '0');
	if ((c | 32) >= 'a' && (c | 32) <= 'f')
		return ((c | 32) - 'a' + 10);
	return (-1);
}

/* False on a broken escape, a NUL or what is not UTF-8. */
bool
url_decode(struct arena *a, str in, bool plus, str *out)
{
	char *p;
	size_t i, n;

	p = arena_alloc(a, in.n + 1);
	for (i = n = 0; i < in.n; i++) {
		if (in.p[i] == '+' && plus)
			p[n++] = ' ';
		else if (in.p[i] != '%')
			p[n++] = in.p[i];
		else if (i + 2 < in.n && hex_of(in.p[i + 1]) >= 0 &&
		    hex_of(in.p[i + 2]) >= 0) {
			p[n++] = (char)(hex_of(in.p[i + 1]) * 16 +
			    hex_of(in.p[i + 2]));
			i += 2;
		} else
			return (false);
	}
	*out = (str){ p, n };
	return (memchr(p, '\0', n) == NULL && str_utf8(*out));
}

/* ---- path -------------------------------------------------------- */

/* A value that cannot be an id is the id of nothing: 404, not 422. */
static enum err
decode_path(struct exchange *ex)
{
	const struct shape *sh = ex->call.route->params;
	struct arena *a = &ex->call.f->arena;
	const struct field *fd;
	size_t i;
	str text;

	if (sh == NULL)
		return (OK);
	ex->call.params = arena_alloc(a, sh->size);
	shape_clear(sh, ex->call.params);
	for (i = 0; i < ex->segment_count; i++) {
		fd = &sh->fields[i];
		if (fd->name == NULL ||
		    !url_decode(a, ex->segments[i], false, &text) ||
		    value_of_text(a, fd, text, ex->call.params) != NULL)
			return (E_NOT_FOUND);
	}
	return (OK);
}

/* ---- query and form ---------------------------------------------- */

struct pairs {
	struct exchange		*ex;
	const struct shape	*sh;
	void			*record;
	const char		*mark;	/* before the name in a pointer */
	bool			 lax;	/* unknown names are passed over */
	bool			 paged;	/* limit and cursor are http's */
	str			 seen[LIMIT_QUERY_PARAMS];
	size_t			 count;
};

static void
pair_fault(struct pairs *p, str name, const char *code, const char *detail)
{
	struct arena *a = &p->ex->call.f->arena;

	(void)fault(&p->ex->call, arena_printf(a, "%s%.*s", p->mark,
	    STR_ARG(name)).p, code, "%s", detail);
}

static bool
pair_repeated(struct pairs *p, str name)
{
	size_t i;

	for (i = 0; i < p->count; i++)
		if (str_eq(p->seen[i], name))
			return (true);
	p->seen[p->count++] = name;
	return (false);
}

static void
pair_page(struct pairs *p, str name, str value)
{
	int64_t n;

	if (str_eq(name, S("cursor"))) {
		if (cursor_open(p->ex, value) != OK)
			pair_fault(p, name, "invalid",
			    "not a cursor of this list");
		return;
	}
	if (!str_long(value, &n) || n < 1 || n > LIMIT_PAGE_ROWS)
		pair_fault(p, name, "out_of_range", "a number from 1 to 200");
	else
		p->ex->limit = n;
}

static void
pair_decode(struct pairs *p, str name, str value)
{
	const struct field *fd;
	const char *why;

	if (p->count == LIMIT_QUERY_PARAMS) {
		pair_fault(p, S(""), "too_many", "too many parameters");
		return;
	}
	if (pair_repeated(p, name)) {
		pair_fault(p, name, "repeated", "given more than once");
		return;
	}
	if (p->paged && (str_eq(name, S("limit")) ||
	    str_eq(name, S("cursor")))) {
		pair_page(p, name, value);
		return;
	}
	fd = p->sh == NULL ? NULL : shape_field(p->sh, name);
	if (fd == NULL) {
		if (!p->lax)
			pair_fault(p, name, "unknown", "not known here");
		return;
	}
	why = value_of_text(&p->ex->call.f->arena, fd, value, p->record);
	if (why != NULL)
		pair_fault(p, name, value_code(why),
		    value_said(&p->ex->call.f->arena, fd, why).p);
}

static void
pairs_decode(struct pairs *p, str text)
{
	struct arena *a = &p->ex->call.f->arena;
	str pair, name, value;

	while (str_cut(&text, '&', &pair)) {
		if (pair.n == 0)
			continue;
		value = pair;
		if (!str_cut(&value, '=', &name))
			continue;
		if (value.p == NULL)
			value = S("");
		if (url_decode(a, name, true, &name) &&
		    url_decode(a, value, true, &value))
			pair_decode(p, name, value);
		else
			pair_fault(p, S(""), "encoding",
			    "not valid percent-encoding of UTF-8");
	}
}

static void
pairs_complete(struct pairs *p)
{
	const struct field *fd;
	size_t i;

	if (p->sh == NULL)
		return;
	for (fd = p->sh->fields; fd->name != NULL; fd++) {
		if (!fd->must)
			continue;
		for (i = 0; i < p->count; i++)
			if (str_eqz(p->seen[i], fd->name))
				break;
		if (i == p->count)
			pair_fault(p, str_of(fd->name), "required",
			    "is missing");
	}
}

static enum err
decode_query(struct exchange *ex)
{
	struct pairs p = { .ex = ex, .sh = ex->call.route->query,
	    .mark = "?", .paged = ex->call.route->page };

	if (p.sh != NULL) {
		p.record = arena_alloc(&ex->call.f->arena, p.sh->size);
		shape_clear(p.sh, p.record);
		ex->call.query = p.record;
	}
	ex->fault_err = E_BAD_REQUEST;
	pairs_decode(&p, ex->query);
	pairs_complete(&p);
	if (ex->fault_count > 0)
		return (E_BAD_REQUEST);
	ex->fault_err = OK;
	return (OK);
}

/* ---- body -------------------------------------------------------- */

static bool
type_is(str type, str want)
{
	str only;

	if (type.p == NULL || !str_cut(&type, ';', &only))
		return (false);
	return (str_eq_nocase(str_trim(only), want));
}

static enum err
decode_form(struct exchange *ex)
{
	struct pairs p = { .ex = ex, .sh = ex->call.route->body,
	    .record = ex->call.body, .mark = "/", .lax = true };

	pairs_decode(&p, ex->body);
	pairs_complete(&p);
	return (faults(&ex->call));
}

/* "; charset=utf-8", if a charset is said at all. */
static bool
type_utf8(str type)
{
	str one, name;

	while (type.p != NULL && str_cut(&type, ';', &one)) {
		if (!str_cut(&one, '=', &name) || one.p == NULL ||
		    !str_eq_nocase(str_trim(name), S("charset")))
			continue;
		one = str_trim(one);
		if (!str_eq_nocase(one, S("utf-8")) &&
		    !str_eq_nocase(one, S("\"utf-8\"")))
			return (false);
	}
	return (true);
}

static enum err
decode_media(struct exchange *ex, str type)
{
	struct call *c = &ex->call;
	str coding = call_header(c, "content-encoding");

	if (coding.p != NULL && !str_eq_nocase(coding, S("identity")))
		return (flow_fault(c->f, E_MEDIA,
		    "send the body as it is, without Content-Encoding"));
	if (!type_utf8(type))
		return (flow_fault(c->f, E_MEDIA, "send UTF-8"));
	if (type_is(type, S("application/json")) || ex->body.n == 0 ||
	    (c->route->form &&
	    type_is(type, S("application/x-www-form-urlencoded"))))
		return (OK);
	return (flow_fault(c->f, E_MEDIA, "send application/json"));
}

static enum err
decode_body(struct exchange *ex)
{
	const struct route *r = ex->call.route;
	str type;

	if (r->body == NULL)
		return (OK);
	ex->call.body = arena_alloc(&ex->call.f->arena, r->body->size);
	shape_clear(r->body, ex->call.body);
	type = call_header(&ex->call, "content-type");
	TRY(decode_media(ex, type));
	if (type_is(type, S("application/json")))
		return (body_decode(ex, ex->body));
	if (r->form && type_is(type, S("application/x-www-form-urlencoded")))
		return (decode_form(ex));
	return (body_decode(ex, S("{}")));
}

enum err
decode_all(struct exchange *ex)
{
	TRY(decode_path(ex));
	TRY(decode_query(ex));
	return (decode_body(ex));
}
