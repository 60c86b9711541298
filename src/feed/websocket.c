/*
 * A tunnel, the opening question through it, then frames. Pings are answered
 * here; whatever breaks the protocol ends the connection with the code that
 * says so. What comes is bounded by the reader's limits.
 */
#include <stdlib.h>
#include <string.h>

#include "feed/outbound.h"
#include "feed/tunnel.h"
#include "feed/websocket.h"

#define READ_BYTES  (16 * 1024)
#define GOODBYE_MS  200
#define SCRAP_BYTES (128 * 1024)

struct websocket {
	struct tunnel *tunnel;
	struct frame_reader reader;
	int64_t heard_ms;
	const char *why;
	bool over; /* nothing more can be said */
};

int64_t
websocket_heard_ms(const struct websocket *w)
{
	return (w->heard_ms);
}

const char *
websocket_why(const struct websocket *w)
{
	return (w->why != NULL ? w->why : "lost");
}

/* ---- saying ------------------------------------------------------ */

/* In an arena of its own: the flow's lives as long as the connection. */
static enum err
frame_say(struct flow *f, struct websocket *w, enum frame_kind kind, str text)
{
	struct arena a;
	enum err e;

	arena_init(&a, SCRAP_BYTES, NULL, NULL);
	e = tunnel_send(f, w->tunnel, frame_write(&a, kind, text));
	arena_drop(&a);
	if (e == E_UPSTREAM)
		w->over = true;
	return (e);
}

enum err
websocket_say(struct flow *f, struct websocket *w, str text)
{
	return (frame_say(f, w, FRAME_TEXT, text));
}

static void
goodbye(struct flow *f, struct websocket *w, int code)
{
	int64_t deadline_ms = f->deadline_ms;
	struct arena a;

	if (w->over || f->cancelled)
		return;
	w->over = true;
	arena_init(&a, SCRAP_BYTES, NULL, NULL);
	f->deadline_ms = mono_ms() + GOODBYE_MS;
	(void)!frame_say(f, w, FRAME_CLOSE, frame_farewell(&a, code));
	f->deadline_ms = deadline_ms;
	arena_drop(&a);
}

void
websocket_close(struct flow *f, struct websocket *w)
{
	if (w == NULL)
		return;
	if (w->tunnel != NULL)
		goodbye(f, w, FRAME_NORMAL);
	tunnel_close(w->tunnel);
	frame_drop(&w->reader);
	free(w);
}

/* ---- hearing ----------------------------------------------------- */

static enum err
ended(struct flow *f, struct websocket *w, const char *why, int code)
{
	w->why = why;
	if (code != 0)
		goodbye(f, w, code);
	w->over = true;
	return (E_UPSTREAM);
}

static enum err
control(struct flow *f, struct websocket *w, enum frame_kind kind, str text)
{
	if (kind == FRAME_PING)
		return (frame_say(f, w, FRAME_PONG, text));
	if (kind == FRAME_CLOSE)
		return (ended(f, w, "closed by the server", FRAME_NORMAL));
	if (kind == FRAME_WRONG)
		return (ended(f, w, "breaks the protocol", w->reader.wrong));
	return (OK);
}

static enum err
more(struct flow *f, struct websocket *w, int64_t wait_ms)
{
	char p[READ_BYTES];
	size_t n;
	enum err e;

	e = tunnel_recv(f, w->tunnel, wait_ms, p, sizeof(p), &n);
	if (e == E_UPSTREAM)
		return (ended(f, w, "connection lost", 0));
	TRY(e);
	w->heard_ms = mono_ms();
	return (frame_feed(&w->reader, p, n) ? OK : E_MEMORY);
}

enum err
websocket_hear(
    struct flow *f, struct websocket *w, int64_t wait_ms, str *text)
{
	int64_t until = mono_ms() + wait_ms, left;
	enum frame_kind kind;

	for (;;) {
		if (w->over)
			return (E_UPSTREAM);
		kind = frame_next(&w->reader, text);
		if (kind == FRAME_TEXT)
			return (OK);
		if (kind != FRAME_MORE) {
			TRY(control(f, w, kind, *text));
			continue;
		}
		left = until - mono_ms();
		TRY(more(f, w, left > 0 ? left : 0));
	}
}

/* ---- the opening ------------------------------------------------- */

/* ws[s]://host[:port]/target as http[s]://, host and target. */
static bool
address_split(struct arena *a, const char *url, str *http, str *host,
    str *target)
{
	str rest = str_of(url);
	size_t i;

	if (!str_starts(rest, S("ws://")) && !str_starts(rest, S("wss://")))
		return (false);
	*http = arena_printf(a, "http%s", url + 2);
	rest = str_of(strstr(url, "://") + 3);
	for (i = 0; i < rest.n && rest.p[i] != '/' && rest.p[i] != '?'; i++)
		;
	*host = (str){ rest.p, i };
	rest = (str){ rest.p + i, rest.n - i };
	*target = str_starts(rest, S("/"))
	    ? rest
	    : arena_printf(a, "/%.*s", STR_ARG(rest));
	http->n -= rest.n;
	*http = arena_str(a, *http);
	return (i > 0 && outbound_may(http->p));
}

/* The head's bytes; what follows them goes to the reader. */
static enum err
head_hear(struct flow *f, struct websocket *w, int64_t until, str *head)
{
	char *p = arena_alloc(&f->arena, FRAME_HEAD_MAX), *end;
	size_t n = 0, got;
	int64_t left;

	for (;;) {
		left = until - mono_ms();
		if (n == FRAME_HEAD_MAX || left <= 0)
			return (E_UPSTREAM);
		TRY(tunnel_recv(
		    f, w->tunnel, left, p + n, FRAME_HEAD_MAX - n, &got));
		n += got;
		if ((end = memmem(p, n, "\r\n\r\n", 4)) == NULL)
			continue;
		*head = (str){ p, (size_t)(end + 4 - p) };
		return (frame_feed(&w->reader, end + 4, n - head->n)
			? OK
			: E_MEMORY);
	}
}

static enum err
shake(struct flow *f, struct websocket *w, const char *url, int64_t until,
    int *status)
{
	char key[FRAME_KEY_BYTES];
	str http, host, target, head;
	enum err e;

	if (!address_split(&f->arena, url, &http, &host, &target))
		return (E_UPSTREAM);
	TRY(tunnel_open(f, http.p, until - mono_ms(), &w->tunnel));
	frame_key(key);
	TRY(tunnel_send(f, w->tunnel,
	    frame_question(&f->arena, host, target, key)));
	e = head_hear(f, w, until, &head);
	if (e == OK)
		*status = frame_answer(head, key);
	return (e == OK && *status != 101 ? E_UPSTREAM : e);
}

enum err
websocket_open(struct flow *f, const char *url, int64_t timeout_ms,
    struct websocket **out, int *status)
{
	struct websocket *w = calloc(1, sizeof(*w));
	enum err e;

	*status = 0;
	if (w == NULL)
		return (E_UPSTREAM);
	e = shake(f, w, url, mono_ms() + timeout_ms, status);
	if (e == OK) {
		w->heard_ms = mono_ms();
		*out = w;
		return (OK);
	}
	w->over = true;
	websocket_close(f, w);
	return (e == E_DEADLINE ? E_UPSTREAM : e);
}
