/*
 * libcurl connects and does no more. While it does it is asked every few
 * milliseconds; afterwards the socket is waited for like any other.
 */
#include <curl/curl.h>
#include <stdlib.h>

#include "feed/tunnel.h"

#define ASK_MS	10
#define SEND_MS 5000

struct tunnel {
	CURLM *multi;
	CURL *easy;
	curl_socket_t fd;
};

void
tunnel_close(struct tunnel *t)
{
	if (t == NULL)
		return;
	if (t->multi != NULL && t->easy != NULL)
		curl_multi_remove_handle(t->multi, t->easy);
	if (t->easy != NULL)
		curl_easy_cleanup(t->easy);
	if (t->multi != NULL)
		curl_multi_cleanup(t->multi);
	curl_global_cleanup();
	free(t);
}

static struct tunnel *
tunnel_new(const char *url, int64_t timeout_ms)
{
	struct tunnel *t;

	if ((t = calloc(1, sizeof(*t))) == NULL)
		return (NULL);
	curl_global_init(CURL_GLOBAL_DEFAULT);
	t->multi = curl_multi_init();
	t->easy = curl_easy_init();
	if (t->multi == NULL || t->easy == NULL) {
		tunnel_close(t);
		return (NULL);
	}
	curl_easy_setopt(t->easy, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(t->easy, CURLOPT_QUICK_EXIT, 1L);
	curl_easy_setopt(t->easy, CURLOPT_PROXY, "");
	curl_easy_setopt(t->easy, CURLOPT_CONNECT_ONLY, 1L);
	curl_easy_setopt(
	    t->easy, CURLOPT_HTTP_VERSION, CURL_HTTP_VERSION_1_1);
	curl_easy_setopt(t->easy, CURLOPT_CONNECTTIMEOUT_MS, (long)timeout_ms);
	curl_easy_setopt(t->easy, CURLOPT_PROTOCOLS_STR, "http,https");
	curl_easy_setopt(t->easy, CURLOPT_URL, url);
	return (t);
}

/* E_BUSY: it is not over yet. */
static enum err
tunnel_asked(struct tunnel *t)
{
	CURLMsg *m;
	int n;

	if (curl_multi_perform(t->multi, &n) != CURLM_OK)
		return (E_UPSTREAM);
	while ((m = curl_multi_info_read(t->multi, &n)) != NULL) {
		if (m->msg != CURLMSG_DONE)
			continue;
		if (m->data.result == CURLE_OK &&
		    curl_easy_getinfo(t->easy, CURLINFO_ACTIVESOCKET,
			&t->fd) == CURLE_OK &&
		    t->fd != CURL_SOCKET_BAD)
			return (OK);
		LOG(LOG_WARN, "outbound.failed",
		    LZ("why", curl_easy_strerror(m->data.result)));
		return (E_UPSTREAM);
	}
	return (E_BUSY);
}

static enum err
tunnel_connect(struct flow *f, struct tunnel *t, int64_t timeout_ms)
{
	int64_t until = mono_ms() + timeout_ms;
	enum err e;

	if (curl_multi_add_handle(t->multi, t->easy) != CURLM_OK)
		return (E_UPSTREAM);
	while ((e = tunnel_asked(t)) == E_BUSY) {
		if (mono_ms() > until)
			return (E_UPSTREAM);
		TRY(flow_sleep(f, ASK_MS));
	}
	return (e);
}

enum err
tunnel_open(struct flow *f, const char *url, int64_t timeout_ms,
    struct tunnel **out)
{
	struct tunnel *t = tunnel_new(url, timeout_ms);
	enum err e;

	if (t == NULL)
		return (E_UPSTREAM);
	if ((e = tunnel_connect(f, t, timeout_ms)) == OK)
		*out = t;
	else
		tunnel_close(t);
	return (e);
}

/* Until the socket is ready, or the moment has come. */
static enum err
tunnel_wait(
    struct flow *f, struct tunnel *t, unsigned events, int64_t until_ms)
{
	int64_t deadline_ms = f->deadline_ms;
	enum err e;

	if (until_ms < deadline_ms)
		f->deadline_ms = until_ms;
	e = flow_wait(f, (int)t->fd, events);
	f->deadline_ms = deadline_ms;
	return (e);
}

enum err
tunnel_send(struct flow *f, struct tunnel *t, str text)
{
	int64_t until = mono_ms() + SEND_MS;
	size_t sent;
	CURLcode c;

	while (text.n > 0) {
		sent = 0;
		c = curl_easy_send(t->easy, text.p, text.n, &sent);
		if (c != CURLE_OK && c != CURLE_AGAIN)
			return (E_UPSTREAM);
		text = (str){ text.p + sent, text.n - sent };
		if (c == CURLE_AGAIN)
			TRY(tunnel_wait(f, t, WATCH_WRITE, until));
	}
	return (OK);
}

enum err
tunnel_recv(struct flow *f, struct tunnel *t, int64_t wait_ms, char *p,
    size_t size, size_t *n)
{
	int64_t until = mono_ms() + wait_ms;
	CURLcode c;

	for (;;) {
		c = curl_easy_recv(t->easy, p, size, n);
		if (c == CURLE_OK)
			return (*n > 0 ? OK : E_UPSTREAM);
		if (c != CURLE_AGAIN)
			return (E_UPSTREAM);
		TRY(tunnel_wait(f, t, WATCH_READ, until));
	}
}
