/*
 * The life of a request: Kore has parsed it; it gets a flow, and in the flow
 * it is routed, identified, admitted, decoded and answered. Then Kore sends.
 */
#include <stdlib.h>
#include <string.h>

#include <kore/kore.h>
#include <kore/http.h>

#include "base/settings.h"
#include "http/exchange.h"
#include "store/store.h"

static identify_fn identify;

/* Found by Kore by its name: the one route of conf/bursar.conf. */
int	http_entry(struct http_request *req);

/* ---- what was sent ----------------------------------------------- */

static enum method
method_of(const struct http_request *req)
{
	switch (req->method) {
	case HTTP_METHOD_GET:
	case HTTP_METHOD_HEAD:
		return (GET);
	case HTTP_METHOD_POST:
		return (POST);
	case HTTP_METHOD_PUT:
		return (PUT);
	case HTTP_METHOD_PATCH:
		return (PATCH);
	case HTTP_METHOD_DELETE:
		return (DELETE);
	}
	return ((enum method)0);
}

/* RFC 9112, 3.2.2: a target may be a whole URI; only its path counts. */
static str
target_path(str target)
{
	static const char *const schemes[] = { "http://", "https://" };
	const char *slash;
	size_t i, n;

	for (i = 0; i < 2; i++) {
		n = strlen(schemes[i]);
		if (!str_starts(target, str_of(schemes[i])))
			continue;
		slash = memchr(target.p + n, '/', target.n - n);
		return (slash == NULL ? S("/") : (str){ slash,
		    target.n - (size_t)(slash - target.p) });
	}
	return (target);
}

static void
exchange_read(struct exchange *ex)
{
	struct http_request *req = ex->req;
	struct call *c = &ex->call;

	ex->method = method_of(req);
	ex->head = req->method == HTTP_METHOD_HEAD;
	ex->options = req->method == HTTP_METHOD_OPTIONS;
	ex->path = target_path(arena_str(&c->f->arena, str_of(req->path)));
	ex->query = arena_str(&c->f->arena, str_of(req->query_string));
	ex->body = S("");
	if (req->http_body != NULL)
		ex->body = arena_str(&c->f->arena,
		    (str){ (char *)req->http_body->data,
		    req->http_body_length });
	c->client = client_address(c);
	c->user_agent = call_header(c, "user-agent");
	c->f->request_id = ex->request_id = client_request_id(c);
	ex->trace = client_trace(c);
}

/* ---- what becomes of it ------------------------------------------ */

/*
 * A browser says when a page of another site made it send something. With
 * such a request nothing is written, whoever it is from.
 */
static enum err
admit_site(struct call *c)
{
	str site;

	if (c->route->method == GET)
		return (OK);
	site = call_header(c, "sec-fetch-site");
	if (site.p == NULL || str_eq(site, S("same-origin")) ||
	    str_eq(site, S("none")))
		return (OK);
	return (flow_fault(c->f, E_FORBIDDEN,
	    "a page of another site may not write here"));
}

static enum err
admit_role(struct call *c)
{
	static const enum role least[] = {
		[NEED_NOBODY] = ROLE_NONE, [NEED_ANYBODY] = ROLE_VIEWER,
		[NEED_VIEWER] = ROLE_VIEWER, [NEED_MEMBER] = ROLE_MEMBER,
		[NEED_ADMIN] = ROLE_ADMIN, [NEED_OWNER] = ROLE_OWNER
	};
	enum role need = least[c->route->need];

	if (c->f->who.role >= need)
		return (OK);
	return (flow_fault(c->f, E_FORBIDDEN,
	    "this needs the role %s; you are %s", role_names[need],
	    role_names[c->f->who.role]));
}

/* Those who read JSON or nothing are served; a page would not help. */
static enum err
admit_type(struct call *c)
{
	const struct route *r = c->route;
	const char *type;

	type = r->stream ? "text/event-stream" : r->type != NULL ? r->type :
	    r->reply != NULL ? "application/json" : NULL;
	if (type == NULL || client_accepts(exchange_of(c), str_of(type)))
		return (OK);
	return (flow_fault(c->f, E_NOT_ACCEPTABLE, "this answers with %s",
	    type));
}

static enum err
admit(struct call *c)
{
	TRY(admit_site(c));
	if (c->route->need != NEED_NOBODY) {
		exchange_of(c)->credential =
		    call_header(c, "authorization").p != NULL;
		TRY(identify(c));
		if (c->f->who.role == ROLE_NONE)
			return (E_UNAUTHENTICATED);
		TRY(quota_admit(exchange_of(c)));
		TRY(admit_role(c));
	}
	return (admit_type(c));
}

static enum err
run(struct exchange *ex)
{
	struct call *c = &ex->call;
	bool replayed;

	if (c->route->prepare != NULL)
		TRY(c->route->prepare(c));
	if (!c->route->tx)
		return (c->route->run(c));
	TRY(store_begin(c->f));
	if (c->route->once) {
		replayed = false;
		TRY(once_begin(ex, &replayed));
		if (replayed)
			return (store_commit(c->f));
	}
	TRY(c->route->run(c));
	if (c->route->once)
		TRY(once_end(ex));
	return (store_commit(c->f));
}

static enum err
serve_options(struct exchange *ex)
{
	struct call *c = &ex->call;

	reply_header(c, "allow", router_allow(&c->f->arena, ex->node));
	return (reply_nothing(c));
}

static enum err
serve_file(struct exchange *ex)
{
	struct call *c = &ex->call;

	if (str_starts(ex->path, S("/api/")) || str_eq(ex->path, S("/api")))
		return (flow_fault(c->f, E_NOT_FOUND,
		    "no such path; /docs has all of them"));
	files_answer(ex);
	if (ex->text.p == NULL)
		return (E_NOT_FOUND);
	if (ex->method == GET)
		return (OK);
	ex->etag = ex->coding = STR_NONE;
	reply_header(c, "allow", S("OPTIONS, GET, HEAD"));
	return (ex->options ? reply_nothing(c) : E_METHOD);
}

/* What GET would begin with, and no stream. */
static enum err
serve_stream_head(struct exchange *ex)
{
	ex->type = S("text/event-stream");
	ex->text = S("");
	ex->caching = "no-store";
	ex->endless = true;
	return (OK);
}

static enum err
serve_route(struct exchange *ex)
{
	struct call *c = &ex->call;

	if (ex->options)
		return (serve_options(ex));
	c->route = router_route(ex->node, ex->method);
	if (c->route == NULL)
		return (E_METHOD);
	ex->status = c->route->status != 0 ? c->route->status : 200;
	TRY(admit(c));
	TRY(decode_all(ex));
	if (ex->head && c->route->stream)
		return (serve_stream_head(ex));
	return (run(ex));
}

static enum err
serve(struct flow *f, void *arg)
{
	struct exchange *ex = arg;

	ex->call.f = f;
	exchange_read(ex);
	if (!str_starts(ex->path, S("/")) && !ex->options)
		return (flow_fault(f, E_BAD_REQUEST,
		    "the target is not a path"));
	TRY(router_find(ex) == OK ? serve_route(ex) : serve_file(ex));
	if (!ex->endless)
		answer_shape(ex);
	return (OK);
}

/* ---- its end ----------------------------------------------------- */

static const char *
exchange_method(const struct exchange *ex)
{
	static const char *const names[] = {
		"OTHER", "GET", "POST", "PUT", "PATCH", "DELETE"
	};

	return (ex->head ? "HEAD" : ex->options ? "OPTIONS" :
	    names[ex->method]);
}

static void
exchange_log(const struct exchange *ex, enum err e)
{
	int64_t us;

	us = mono_us() - ex->began_us;
	traffic_count(ex->call.route != NULL ?
	    router_index(ex->node, ex->method) : route_count, ex->status, us);
	LOG(e == OK || err_row(e)->level == LOG_FINE ? LOG_INFORM :
	    err_row(e)->level, "request",
	    LZ("method", exchange_method(ex)), LS("path", ex->path),
	    LN("status", ex->status), LN("us", us),
	    LS("client", ex->call.client), LS("request_id", ex->request_id),
	    ex->trace.p == NULL ? LNONE : LS("trace", ex->trace),
	    e == OK ? LNONE : LZ("error", err_row(e)->name));
}

/*
 * Kore lets go of a client in steps: the connection is marked, then the
 * request loses it, then the request ends. From the first on nobody reads.
 */
static bool
client_left(const struct exchange *ex)
{
	return (ex->req == NULL || ex->req->owner == NULL ||
	    ex->req->owner->state == CONN_STATE_DISCONNECTING);
}

static void
stream_forget(struct exchange *ex)
{
	if (ex->stream != NULL)
		stream_drop(ex->stream);
	ex->stream = NULL;
}

static void
exchange_free(struct exchange *ex)
{
	sheet_drop(ex->sheet);
	free(ex);
}

static void
served(struct flow *f, void *arg, enum err e)
{
	struct exchange *ex = arg;
	bool left = client_left(ex);

	(void)f;
	if (e != OK)
		problem_write(ex, e);
	if (e != OK || left)
		stream_forget(ex);
	exchange_log(ex, e == OK && left ? E_CANCELLED : e);
	ex->flowing = false;
	ex->answered = true;
	if (ex->req == NULL) {
		exchange_free(ex);
		return;
	}
	if (!left)
		answer_send(ex);
	http_request_wakeup(ex->req);
}

/* ---- Kore's side ------------------------------------------------- */

static void
request_gone(struct http_request *req)
{
	struct exchange *ex = req->hdlr_extra;

	req->hdlr_extra = NULL;
	if (ex == NULL)
		return;
	ex->req = NULL;
	if (ex->flowing)
		flow_cancel(ex->call.f);
	else
		exchange_free(ex);
}

/* No flow to be had: more is under way than one worker may carry. */
static int
request_refused(struct http_request *req)
{
	struct arena a;
	struct bare bare;

	arena_init(&a, LIMIT_FLOW_ARENA_BYTES, NULL, NULL);
	bare = problem_bare(&a, 503);
	http_response_header(req, "date", bare.headers.p);
	http_response(req, 503, bare.text.p, bare.text.n);
	req->owner->http_timeout = 0;
	traffic_count(route_count, 503, 0);
	LOG(LOG_WARN, "request_refused", LN("flows", (int64_t)flow_count()));
	arena_drop(&a);
	return (KORE_RESULT_OK);
}

static struct exchange *
exchange_new(struct http_request *req)
{
	struct exchange *ex;

	if ((ex = calloc(1, sizeof(*ex))) == NULL)
		return (NULL);
	ex->req = req;
	ex->call.exchange = ex;
	ex->began_us = mono_us();
	req->hdlr_extra = ex;
	req->flags |= HTTP_REQUEST_RETAIN_EXTRA;
	req->onfree = request_gone;
	req->owner->http_timeout = 0;
	return (ex);
}

int
http_entry(struct http_request *req)
{
	struct exchange *ex;

	if ((ex = req->hdlr_extra) == NULL) {
		if ((ex = exchange_new(req)) == NULL)
			return (request_refused(req));
		ex->flowing = true;
		if (flow_start(serve, served, ex,
		    settings.request_timeout_ms) == NULL) {
			ex->flowing = false;
			return (request_refused(req));
		}
	}
	if (ex->answered)
		return (KORE_RESULT_OK);
	http_request_sleep(req);
	return (KORE_RESULT_RETRY);
}

/* ---- joining ----------------------------------------------------- */

static bool
row_complain(const struct capability *cap, const struct route *r,
    const char *why)
{
	fprintf(stderr, "bursar: %s: %s: %s\n", cap->name,
	    r->id != NULL ? r->id : r->path, why);
	return (false);
}

/* The {names} of the path are the fields of .params, in their order. */
static bool
row_named(const struct route *r)
{
	const struct field *fd = r->params != NULL ? r->params->fields : NULL;
	str rest = str_of(r->path), segment;

	while (str_cut(&rest, '/', &segment)) {
		if (!str_starts(segment, S("{")))
			continue;
		segment = (str){ segment.p + 1, segment.n - 2 };
		if (fd == NULL || fd->name == NULL ||
		    !str_eqz(segment, fd->name))
			return (false);
		fd++;
	}
	return (fd == NULL || fd->name == NULL);
}

static bool
row_add(const struct capability *cap, const struct route *r)
{
	if (r->need == NEED_UNSAID)
		return (row_complain(cap, r, "the row says no need"));
	if (r->id == NULL || r->summary == NULL || r->run == NULL)
		return (row_complain(cap, r, "the row is not complete"));
	if (r->method < GET || r->method > DELETE)
		return (row_complain(cap, r, "the row has no method"));
	if (!row_named(r))
		return (row_complain(cap, r, "its path names other params"));
	if (r->once && !r->tx)
		return (row_complain(cap, r, "once needs tx"));
	if (!router_add(cap, r))
		return (row_complain(cap, r, "the path is taken or wrong"));
	return (true);
}

bool
http_prepare(const struct capability *const *capabilities,
    identify_fn who_is_it)
{
	const struct route *r;
	bool good;

	good = true;
	identify = who_is_it;
	for (; *capabilities != NULL; capabilities++)
		for (r = (*capabilities)->routes; r->path != NULL; r++)
			good = row_add(*capabilities, r) && good;
	traffic_open(route_count);
	quota_open();
	return (good);
}
