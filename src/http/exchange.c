/*
 * The life of a request: Kore has parsed it; it gets a flow, and in the flow
 * it is routed, identified, admitted, decoded and answered. Then Kore sends.
 */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include <arpa/inet.h>
#include <kore/kore.h>
#include <kore/http.h>

#include "base/settings.h"
#include "http/exchange.h"
#include "store/store.h"

static identify_fn identify;

/* Found by Kore by its name: the one route of conf/bursar.conf. */
int	http_entry(struct http_request *req);

/* ---- what was sent ----------------------------------------------- */

str
call_header(struct call *c, const char *name)
{
	const char *value;

	if (exchange_of(c)->req == NULL ||
	    !http_request_header(exchange_of(c)->req, name, &value))
		return (STR_NONE);
	return (arena_str(&c->f->arena, str_of(value)));
}

str
call_cookie(struct call *c, const char *name)
{
	str list, one, key;

	list = call_header(c, "cookie");
	while (list.p != NULL && str_cut(&list, ';', &one)) {
		one = str_trim(one);
		if (str_cut(&one, '=', &key) && str_eqz(key, name) &&
		    one.p != NULL)
			return (one);
	}
	return (STR_NONE);
}

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

static str
client_address(struct arena *a, const struct connection *con)
{
	char text[INET6_ADDRSTRLEN] = "local";

	if (con->family == AF_INET)
		inet_ntop(AF_INET, &con->addr.ipv4.sin_addr, text,
		    sizeof(text));
	else if (con->family == AF_INET6)
		inet_ntop(AF_INET6, &con->addr.ipv6.sin6_addr, text,
		    sizeof(text));
	return (arena_str(a, str_of(text)));
}

static bool
proxy_trusted(str address)
{
	str list, one;

	list = str_of(settings.trusted_proxies);
	while (list.p != NULL && str_cut(&list, ',', &one))
		if (str_eq(str_trim(one), address))
			return (true);
	return (false);
}

/* The last address a trusted proxy added is the one it saw. */
static str
client_behind(struct call *c, str address)
{
	str list, one;

	if (!proxy_trusted(address))
		return (address);
	list = call_header(c, "x-forwarded-for");
	one = STR_NONE;
	while (list.p != NULL && str_cut(&list, ',', &one))
		;
	return (one.p != NULL ? str_trim(one) : address);
}

static str
request_id(struct call *c)
{
	char text[UUID_TEXT_MAX];
	size_t i;
	str id;

	id = call_header(c, "x-request-id");
	for (i = 0; i < id.n && i < 65; i++)
		if (!isalnum((unsigned char)id.p[i]) &&
		    (id.p[i] == '\0' || strchr("._-", id.p[i]) == NULL))
			break;
	if (id.n > 0 && i == id.n && i <= 64)
		return (id);
	uuid_print(uuid_new(), text);
	return (arena_str(&c->f->arena, str_of(text)));
}

static void
exchange_read(struct exchange *ex)
{
	struct http_request *req = ex->req;
	struct call *c = &ex->call;

	ex->method = method_of(req);
	ex->head = req->method == HTTP_METHOD_HEAD;
	ex->options = req->method == HTTP_METHOD_OPTIONS;
	ex->path = arena_str(&c->f->arena, str_of(req->path));
	ex->query = arena_str(&c->f->arena, str_of(req->query_string));
	ex->body = S("");
	if (req->http_body != NULL)
		ex->body = arena_str(&c->f->arena,
		    (str){ (char *)req->http_body->data,
		    req->http_body_length });
	c->client = client_behind(c, client_address(&c->f->arena,
	    req->owner));
	c->user_agent = call_header(c, "user-agent");
	c->f->request_id = ex->request_id = request_id(c);
}

/* ---- what becomes of it ------------------------------------------ */

static enum err
admit(struct call *c)
{
	static const enum role least[] = {
		[NEED_NOBODY] = ROLE_NONE, [NEED_ANYBODY] = ROLE_VIEWER,
		[NEED_VIEWER] = ROLE_VIEWER, [NEED_MEMBER] = ROLE_MEMBER,
		[NEED_ADMIN] = ROLE_ADMIN, [NEED_OWNER] = ROLE_OWNER
	};
	enum role need;

	if (c->route->need == NEED_NOBODY)
		return (OK);
	exchange_of(c)->credential = call_header(c, "authorization").p != NULL;
	TRY(identify(c));
	if (c->f->who.role == ROLE_NONE)
		return (E_UNAUTHENTICATED);
	TRY(quota_admit(exchange_of(c)));
	need = least[c->route->need];
	if (c->f->who.role < need)
		return (flow_fault(c->f, E_FORBIDDEN,
		    "this needs the role %s; you are %s", role_names[need],
		    role_names[c->f->who.role]));
	return (OK);
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
	if (str_starts(ex->path, S("/api/")) || str_eq(ex->path, S("/api")))
		return (flow_fault(ex->call.f, E_NOT_FOUND,
		    "no such path; /docs has all of them"));
	if (ex->method != GET) {
		reply_header(&ex->call, "allow", S("GET, HEAD"));
		return (E_METHOD);
	}
	files_answer(ex);
	return (ex->text.p != NULL ? OK : E_NOT_FOUND);
}

static enum err
serve(struct flow *f, void *arg)
{
	struct exchange *ex = arg;
	struct call *c = &ex->call;

	c->f = f;
	exchange_read(ex);
	if (router_find(ex) != OK)
		return (serve_file(ex));
	if (ex->options)
		return (serve_options(ex));
	c->route = router_route(ex->node, ex->method);
	if (c->route == NULL)
		return (E_METHOD);
	ex->status = c->route->status != 0 ? c->route->status : 200;
	TRY(admit(c));
	TRY(decode_all(ex));
	return (run(ex));
}

static void
exchange_log(const struct exchange *ex, enum err e)
{
	static const char *const names[] = {
		"OTHER", "GET", "POST", "PUT", "PATCH", "DELETE"
	};
	int64_t us;

	us = mono_us() - ex->began_us;
	if (ex->call.route != NULL)
		traffic_count(route_index(ex->call.route), ex->status, us);
	LOG(e == OK ? LOG_INFORM : err_row(e)->level == LOG_FINE ?
	    LOG_INFORM : err_row(e)->level, "request",
	    LZ("method", names[ex->method]), LS("path", ex->path),
	    LN("status", ex->status), LN("us", us),
	    LS("client", ex->call.client), LS("request_id", ex->request_id),
	    e == OK ? LNONE : LZ("error", err_row(e)->name));
}

static void
served(struct flow *f, void *arg, enum err e)
{
	struct exchange *ex = arg;

	(void)f;
	if (e != OK)
		problem_write(ex, e);
	exchange_log(ex, e == OK && ex->req == NULL ? E_CANCELLED : e);
	ex->flowing = false;
	if (ex->req == NULL) {
		if (ex->stream != NULL)
			stream_drop(ex->stream);
		free(ex);
		return;
	}
	answer_send(ex);
	ex->answered = true;
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
		free(ex);
}

/* No flow to be had: more is under way than one worker may carry. */
static int
request_refused(struct http_request *req)
{
	static const char text[] = "{\"type\":\"/docs/problems#unavailable\","
	    "\"title\":\"Not available for the moment\",\"status\":503}";

	http_response_header(req, "content-type", "application/problem+json");
	http_response_header(req, "retry-after", "1");
	http_response(req, 503, text, sizeof(text) - 1);
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

static bool
row_add(const struct capability *cap, const struct route *r)
{
	if (r->need == NEED_UNSAID)
		return (row_complain(cap, r, "the row says no need"));
	if (r->id == NULL || r->summary == NULL || r->run == NULL)
		return (row_complain(cap, r, "the row is not complete"));
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
