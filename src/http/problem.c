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

static void
problem_headers(struct exchange *ex, enum err e)
{
	struct call *c = &ex->call;

	if (e == E_UNAUTHENTICATED)
		reply_header(c, "www-authenticate", ex->credential ?
		    S("Bearer realm=\"bursar\", error=\"invalid_token\"") :
		    S("Bearer realm=\"bursar\""));
	if ((e == E_BUSY || e == E_DEADLINE || e == E_UPSTREAM ||
	    e == E_MEMORY) && STR_NONE.p == call_reply_header(c,
	    "retry-after").p)
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

/* What was answered so far is dropped; headers such as Retry-After stay. */
void
problem_write(struct exchange *ex, enum err e)
{
	const struct err_row *row = err_row(e);
	struct json j;

	problem_headers(ex, e);
	jw_init(&j, &ex->call.f->arena);
	jw_open(&j);
	problem_type(&j, row->slug);
	jw_key(&j, "title");
	jw_z(&j, row->title);
	jw_key(&j, "status");
	jw_long(&j, row->status);
	jw_key(&j, "detail");
	jw_str(&j, problem_detail(ex, e));
	jw_key(&j, "instance");
	jw_str(&j, ex->path);
	jw_key(&j, "request_id");
	jw_str(&j, ex->request_id);
	if (ex->fault_count > 0)
		problem_faults(&j, ex);
	jw_close(&j);
	ex->status = row->status;
	ex->type = S("application/problem+json");
	ex->text = jw_text(&j);
	ex->etag = STR_NONE;
	ex->caching = "no-store";
}

static enum err
err_of_status(int status)
{
	int e;

	for (e = OK + 1; e < ERR_COUNT; e++)
		if (err_row((enum err)e)->status == status)
			return ((enum err)e);
	return (E_BAD_REQUEST);
}

str
problem_bare(struct arena *a, int status, str request_id)
{
	const struct err_row *row = err_row(err_of_status(status));
	struct json j;

	jw_init(&j, a);
	jw_open(&j);
	problem_type(&j, row->slug);
	jw_key(&j, "title");
	jw_z(&j, row->title);
	jw_key(&j, "status");
	jw_long(&j, status);
	jw_key(&j, "detail");
	jw_z(&j, "the request could not be read as HTTP/1.1");
	jw_key(&j, "request_id");
	jw_str(&j, request_id);
	jw_close(&j);
	return (jw_text(&j));
}
