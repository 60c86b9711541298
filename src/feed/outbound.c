/*
 * libcurl's multi interface on the flow's loop: its sockets are watches, its
 * timeout is a timer. Callbacks run on the loop's stack and touch only the
 * call's own memory; the flow copies what it wants when it runs again.
 */
#include <curl/curl.h>
#include <stdlib.h>
#include <string.h>

#include "feed/outbound.h"

#define CONNECTIONS_KEPT 8

struct call {
	CURL *easy;
	struct curl_slist *headers;
	struct flow *flow;
	char *body;
	size_t n, cap, max;
	bool over, added;
	int64_t *retry_after_s;
	CURLcode code;
};

static struct {
	CURLM *multi;
	struct timer timer;
} outbound;

/* ---- the loop's side --------------------------------------------- */

static void
calls_finish(void)
{
	CURLMsg *m;
	struct call *c;
	int left;

	while ((m = curl_multi_info_read(outbound.multi, &left)) != NULL) {
		if (m->msg != CURLMSG_DONE)
			continue;
		curl_easy_getinfo(m->easy_handle, CURLINFO_PRIVATE, &c);
		c->code = m->data.result;
		c->over = true;
		flow_wake(c->flow);
	}
}

static void
socket_event(void *arg, unsigned events)
{
	struct watch *w = arg;
	int running, what = 0;

	if (events & WATCH_READ)
		what |= CURL_CSELECT_IN;
	if (events & WATCH_WRITE)
		what |= CURL_CSELECT_OUT;
	if (events & WATCH_ERROR)
		what |= CURL_CSELECT_ERR;
	curl_multi_socket_action(outbound.multi, w->fd, what, &running);
	calls_finish();
}

static int
socket_changed(CURL *easy, curl_socket_t fd, int what, void *arg, void *mine)
{
	struct watch *w = mine;
	unsigned events = 0;

	(void)easy;
	(void)arg;
	if (what == CURL_POLL_REMOVE) {
		if (w != NULL)
			watch_set(w, 0);
		free(w);
		curl_multi_assign(outbound.multi, fd, NULL);
		return (0);
	}
	if (w == NULL) {
		if ((w = calloc(1, sizeof(*w))) == NULL)
			return (-1);
		*w = (struct watch){ .fd = fd, .fn = socket_event, .arg = w };
		curl_multi_assign(outbound.multi, fd, w);
	}
	if (what & CURL_POLL_IN)
		events |= WATCH_READ;
	if (what & CURL_POLL_OUT)
		events |= WATCH_WRITE;
	watch_set(w, events);
	return (0);
}

static void
timer_event(void *arg)
{
	int running;

	(void)arg;
	curl_multi_socket_action(
	    outbound.multi, CURL_SOCKET_TIMEOUT, 0, &running);
	calls_finish();
}

static int
timer_changed(CURLM *multi, long ms, void *arg)
{
	(void)multi;
	(void)arg;
	if (ms < 0)
		timer_stop(&outbound.timer);
	else
		timer_set(&outbound.timer, ms);
	return (0);
}

static bool
outbound_open(void)
{
	if (outbound.multi != NULL)
		return (true);
	if (curl_global_init(CURL_GLOBAL_DEFAULT) != 0 ||
	    (outbound.multi = curl_multi_init()) == NULL)
		return (false);
	outbound.timer = (struct timer){ .fn = timer_event };
	curl_multi_setopt(
	    outbound.multi, CURLMOPT_SOCKETFUNCTION, socket_changed);
	curl_multi_setopt(
	    outbound.multi, CURLMOPT_TIMERFUNCTION, timer_changed);
	curl_multi_setopt(
	    outbound.multi, CURLMOPT_MAXCONNECTS, (long)CONNECTIONS_KEPT);
	return (true);
}

void
outbound_close(void)
{
	if (outbound.multi == NULL)
		return;
	curl_multi_cleanup(outbound.multi);
	timer_stop(&outbound.timer);
	outbound.multi = NULL;
	curl_global_cleanup();
}

/* ---- one call ---------------------------------------------------- */

/* Answering less than was given ends the transfer. */
static size_t
body_append(char *p, size_t size, size_t n, void *arg)
{
	struct call *c = arg;
	size_t cap = c->cap > 0 ? c->cap : 4096;
	char *body;

	(void)size;
	if (n > c->max - c->n)
		return (0);
	while (cap < c->n + n)
		cap *= 2;
	if (cap > c->cap) {
		if ((body = realloc(c->body, cap)) == NULL)
			return (0);
		c->body = body;
		c->cap = cap;
	}
	memcpy(c->body + c->n, p, n);
	c->n += n;
	return (n);
}

static void
call_free(void *arg)
{
	struct call *c = arg;

	if (c->added)
		curl_multi_remove_handle(outbound.multi, c->easy);
	if (c->easy != NULL)
		curl_easy_cleanup(c->easy);
	curl_slist_free_all(c->headers);
	free(c->body);
	free(c);
}

static bool
headers_add(struct call *c, const char *const *headers)
{
	struct curl_slist *list;

	for (; *headers != NULL; headers++) {
		if ((list = curl_slist_append(c->headers, *headers)) == NULL)
			return (false);
		c->headers = list;
	}
	return (true);
}

static void
call_restrain(CURL *e)
{
	curl_easy_setopt(e, CURLOPT_NOSIGNAL, 1L);
	/* A silent name server must not hold up whoever gives up. */
	curl_easy_setopt(e, CURLOPT_QUICK_EXIT, 1L);
	curl_easy_setopt(e, CURLOPT_PROXY, "");
	curl_easy_setopt(e, CURLOPT_FOLLOWLOCATION, 0L);
	curl_easy_setopt(e, CURLOPT_ACCEPT_ENCODING, "");
	curl_easy_setopt(e, CURLOPT_USERAGENT, "bursar");
}

static bool
call_prepare(struct call *c, const struct outbound_call *call)
{
	CURL *e = c->easy = curl_easy_init();

	c->retry_after_s = call->retry_after_s;
	c->max = call->body_max > 0 ? call->body_max : OUTBOUND_BODY_BYTES_MAX;
	if (e == NULL || !headers_add(c, call->headers))
		return (false);
	call_restrain(e);
	curl_easy_setopt(e, CURLOPT_PRIVATE, c);
	curl_easy_setopt(e, CURLOPT_HTTPHEADER, c->headers);
	curl_easy_setopt(e, CURLOPT_WRITEFUNCTION, body_append);
	curl_easy_setopt(e, CURLOPT_WRITEDATA, c);
	curl_easy_setopt(e, CURLOPT_MAXFILESIZE, (long)c->max);
	curl_easy_setopt(e, CURLOPT_TIMEOUT_MS, (long)call->timeout_ms);
	if (call->body.p != NULL) {
		curl_easy_setopt(e, CURLOPT_POSTFIELDSIZE, (long)call->body.n);
		curl_easy_setopt(e, CURLOPT_COPYPOSTFIELDS, call->body.p);
	}
	return (curl_easy_setopt(e, CURLOPT_PROTOCOLS_STR, "http,https") ==
		CURLE_OK &&
	    curl_easy_setopt(e, CURLOPT_URL, call->url) == CURLE_OK);
}

static enum err
call_wait(struct call *c)
{
	enum err e;

	while (!c->over) {
		e = flow_park(c->flow);
		if (e != OK && !c->over)
			return (e);
	}
	return (OK);
}

static enum err
call_run(struct call *c, struct outbound_reply *out)
{
	struct flow *f = c->flow;
	curl_off_t after;

	if (curl_multi_add_handle(outbound.multi, c->easy) != CURLM_OK)
		return (E_UPSTREAM);
	c->added = true;
	TRY(call_wait(c));
	if (c->code != CURLE_OK) {
		LOG(LOG_WARN, "outbound.failed",
		    LZ("why", curl_easy_strerror(c->code)));
		return (E_UPSTREAM);
	}
	curl_easy_getinfo(c->easy, CURLINFO_RESPONSE_CODE, &out->status);
	if (c->retry_after_s != NULL &&
	    curl_easy_getinfo(c->easy, CURLINFO_RETRY_AFTER, &after) ==
		CURLE_OK)
		*c->retry_after_s = (int64_t)after;
	out->body =
	    arena_str(&f->arena, (str){ c->body != NULL ? c->body : "", c->n });
	return (OK);
}

bool
outbound_may(const char *url)
{
	static const char *const local[] = { "http://127.0.0.1", "http://[::1]",
		"http://localhost" };
	size_t n;

	if (strncmp(url, "https://", 8) == 0)
		return (true);
	for (size_t i = 0; i < sizeof(local) / sizeof(local[0]); i++) {
		n = strlen(local[i]);
		if (strncmp(url, local[i], n) == 0 &&
		    (url[n] == '\0' || url[n] == ':' || url[n] == '/'))
			return (strchr(url, '@') == NULL);
	}
	return (false);
}

enum err
outbound_call(struct flow *f, const struct outbound_call *call,
    struct outbound_reply *out)
{
	struct call *c;
	enum err e = E_UPSTREAM;

	if (!outbound_may(call->url) || !outbound_open() ||
	    (c = calloc(1, sizeof(*c))) == NULL)
		return (E_UPSTREAM);
	c->flow = f;
	flow_defer(f, call_free, c);
	if (call_prepare(c, call))
		e = call_run(c, out);
	flow_undefer(f, call_free, c);
	call_free(c);
	return (e);
}

enum err
outbound_get(struct flow *f, const char *url, const char *const *headers,
    int64_t timeout_ms, struct outbound_reply *out)
{
	return (outbound_call(f,
	    &(struct outbound_call){
		.url = url, .headers = headers, .timeout_ms = timeout_ms },
	    out));
}

str
outbound_escape(struct arena *a, str s)
{
	static const char hex[] = "0123456789ABCDEF";
	char *p = arena_alloc(a, s.n * 3 + 1);
	size_t n = 0;

	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];
		bool plain = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
		    (c >= '0' && c <= '9') || c == '-' || c == '.' ||
		    c == '_' || c == '~';

		if (plain) {
			p[n++] = (char)c;
			continue;
		}
		p[n++] = '%';
		p[n++] = hex[c >> 4];
		p[n++] = hex[c & 15];
	}
	return ((str){ p, n });
}
