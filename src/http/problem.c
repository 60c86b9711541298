/*
 * Problems: every answer that is not what was asked for, as RFC 9457 says.
 * No SQL, no paths and no internals ever get here: the detail is what a
 * function said for people, or nothing.
 */
#include "base/settings.h"
#include "http/exchange.h"

static void
problem_type(struct json *j, const char *slug)
{
	jw_key(j, "type");
	jw_str(j, arena_printf(j->arena, "%s/docs/problems#%s",
	    settings.public_url != NULL ? settings.public_url : "", slug));
}

static void
problem_faults(struct json *j, const struct exchange *ex)
{
	size_t i;

	jw_key(j, "errors");
	jw_array(j);
	for (i = 0; i < ex->fault_count; i++) {
		jw_open(j);
		jw_key(j, "pointer");
		jw_str(j, ex->faults[i].pointer);
		jw_key(j, "code");
		jw_z(j, ex->faults[i].code);
		jw_key(j, "detail");
		jw_str(j, ex->faults[i].detail);
		jw_close(j);
	}
	jw_array_end(j);
}

/* Of what a function set before it failed, that which is still true. */
static void
problem_keeps(struct exchange *ex)
{
	static const char *const kept[] = {
		"retry-after", "ratelimit", "ratelimit-policy", "set-cookie",
		"allow", NULL
	};
	size_t i, n;

	for (i = n = 0; i < ex->header_count; i++)
		if (enum_of(kept, str_of(ex->headers[i].name)) != ENUM_NONE)
			ex->headers[n++] = ex->headers[i];
	ex->header_count = n;
}

static void
problem_headers(struct exchange *ex, enum err e)
{
	struct call *c = &ex->call;

	problem_keeps(ex);
	if (e == E_UNAUTHENTICATED)
		reply_header(c, "www-authenticate", ex->credential ?
		    S("Bearer realm=\"bursar\", error=\"invalid_token\"") :
		    S("Bearer realm=\"bursar\""));
	if ((e == E_BUSY || e == E_DEADLINE || e == E_UPSTREAM ||
	    e == E_MEMORY) && call_reply_header(c, "retry-after").p == NULL)
		reply_header(c, "retry-after", S("1"));
	if (e == E_METHOD && ex->node != NULL)
		reply_header(c, "allow",
		    router_allow(&c->f->arena, ex->node));
}

/* What a function said for people, or what can be said without it. */
static str
problem_detail(const struct exchange *ex, enum err e)
{
	if (ex->call.f->fault != NULL)
		return (str_of(ex->call.f->fault));
	if (ex->fault_count > 0)
		return (ex->faults[0].detail);
	if (e == E_NOT_FOUND)
		return (S("there is nothing here, or it is not yours"));
	return (str_of(err_row(e)->title));
}

static void
problem_begin(struct json *j, struct arena *a, const struct err_row *row,
    int status, str detail)
{
	jw_init(j, a);
	jw_open(j);
	problem_type(j, row->slug);
	jw_key(j, "title");
	jw_z(j, row->title);
	jw_key(j, "status");
	jw_long(j, status);
	jw_key(j, "detail");
	jw_str(j, detail);
}

static void
problem_origin(struct json *j, str instance, str request_id)
{
	jw_key(j, "instance");
	jw_str(j, instance);
	jw_key(j, "request_id");
	jw_str(j, request_id);
}

/* What was answered so far is dropped. */
void
problem_write(struct exchange *ex, enum err e)
{
	const struct err_row *row = err_row(e);
	struct json j;

	problem_headers(ex, e);
	problem_begin(&j, &ex->call.f->arena, row, row->status,
	    problem_detail(ex, e));
	problem_origin(&j, ex->path, ex->request_id);
	if (ex->fault_count > 0)
		problem_faults(&j, ex);
	jw_close(&j);
	ex->status = row->status;
	ex->type = S("application/problem+json");
	ex->text = jw_text(&j);
	ex->etag = ex->coding = STR_NONE;
	ex->lasting = ex->endless = false;
	ex->caching = "no-store";
}

static const struct err_row *
row_of_status(int status)
{
	int e;

	for (e = OK + 1; e < ERR_COUNT; e++)
		if (err_row((enum err)e)->status == status)
			return (err_row((enum err)e));
	return (err_row(E_BAD_REQUEST));
}

/* Where the path is not known, the occurrence is named by its number. */
struct bare
problem_bare(struct arena *a, int status)
{
	const struct err_row *row = row_of_status(status);
	char id[UUID_TEXT_MAX];
	struct json j;

	uuid_print(uuid_new(), id);
	problem_begin(&j, a, row, status, str_of(row->status == 400 ?
	    "the request could not be read as HTTP/1.1" : row->title));
	problem_origin(&j, arena_printf(a, "urn:uuid:%s", id), str_of(id));
	jw_close(&j);
	return ((struct bare){ answer_bare_block(a, str_of(id),
	    status == 503), jw_text(&j) });
}
