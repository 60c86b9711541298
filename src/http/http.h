/*
 * http: serves requests without knowing what for. Capabilities hand it rows
 * (struct route); it finds the row, says who is asking, decodes what was
 * sent, runs the row's function on a flow and writes the answer or the
 * problem. Everything the REST API promises for all routes is here once.
 */
#ifndef BURSAR_HTTP_HTTP_H
#define BURSAR_HTTP_HTTP_H

#include "base/field.h"
#include "base/json.h"
#include "flow/flow.h"

enum method { GET = 1, POST, PUT, PATCH, DELETE };

/* What a route asks of whoever calls it. A row without one stops the
 * server at start. */
enum need {
	NEED_UNSAID = 0,
	NEED_NOBODY,		/* public */
	NEED_ANYBODY,		/* logged in, whatever the role */
	NEED_VIEWER, NEED_MEMBER, NEED_ADMIN, NEED_OWNER
};

struct call;

struct route {
	enum method		 method;
	const char		*path;	/* "/portfolios/{portfolio}/trades" */
	enum need		 need;
	const char		*id;	/* operationId, "recordTrade" */
	const char		*summary;
	const struct shape	*params;	/* the {names} of the path */
	const struct shape	*query;		/* all fields MAY */
	const struct shape	*body;
	const struct shape	*reply;
	bool			 form;	/* also reads a form-encoded body */
	bool			 many;	/* reply is an array of .reply */
	bool			 page;	/* {"items": [...], "next_cursor"} */
	bool			 wrapped;	/* {"status", "data"} */
	int			 status;	/* on success; 0 is 200 */
	bool			 tx;	/* one transaction for the whole flow */
	bool			 once;	/* Idempotency-Key; needs .tx */
	bool			 match;	/* wants If-Match */
	bool			 plain;		/* not below /api/v1 */
	const char		*type;	/* content type when not JSON */
	bool			 stream;	/* server-sent events */
	/* Before the transaction begins: what must wait for others. */
	enum err		(*prepare)(struct call *);
	enum err		(*run)(struct call *);
};

/* A capability: one word everywhere. */
struct capability {
	const char		*name;		/* also the OpenAPI tag */
	const char		*doc;
	const struct route	*routes;	/* ends with a zero row */
};

#define ROUTES_END	{ 0 }

struct call {
	struct flow		*f;
	const struct route	*route;
	void			*params;	/* struct of route->params */
	void			*query;		/* struct of route->query */
	void			*body;		/* struct of route->body */
	str			 client;	/* its address */
	str			 user_agent;
	struct exchange		*exchange;	/* http's own */
};

/* ---- what a route's function may ask ----------------------------- */

str	call_header(struct call *c, const char *name);	/* or STR_NONE */
str	call_cookie(struct call *c, const char *name);	/* or STR_NONE */

/* ---- what it may answer ------------------------------------------ */

/* The record, as route->reply says. With .many/.page use reply_many. */
enum err reply(struct call *c, const void *record) MUSTCHECK;
/* `next` is the cursor's content, or STR_NONE on the last page. */
enum err reply_many(struct call *c, const struct list *records, str next)
	    MUSTCHECK;
/* Text of route->type (or problem-free JSON already written). */
enum err reply_text(struct call *c, str text) MUSTCHECK;
/*
 * A text that answers share: copied once and sent from there, held until the
 * last of them is out; compressed at most once. The maker holds it and drops
 * it. NULL: no memory.
 */
struct sheet;
struct sheet *sheet_new(str text);
/* The same of a text that is still to be written, of at most so many bytes;
 * closed it is another one. */
struct sheet *sheet_open(size_t most);
char	*sheet_room(struct sheet *s);
struct sheet *sheet_close(struct sheet *s, size_t bytes);
/* One holder more, who drops it; answers the same. */
struct sheet *sheet_hold(struct sheet *s);
void	 sheet_drop(struct sheet *s);			/* may be NULL */
str	 sheet_text(const struct sheet *s);
enum err reply_sheet(struct call *c, struct sheet *s) MUSTCHECK;
enum err reply_nothing(struct call *c) MUSTCHECK;	/* 204 */
void	 reply_status(struct call *c, int status);
void	 reply_header(struct call *c, const char *name, str value);
/* What reply_header set so far, or STR_NONE. */
str	 call_reply_header(struct call *c, const char *name);
/* Strong validator of the answer; compared with If-None-Match. */
void	 reply_etag(struct call *c, str tag);
/* Content of the cursor the client sent, checked against tampering and
 * bound to tenant and route; STR_NONE when it sent none. */
str	 call_cursor(struct call *c);
/* Number of rows a page may have: ?limit or `fallback`. */
int64_t	 call_limit(struct call *c, int64_t fallback);
/* OK when If-Match allows the current tag; E_PRECONDITION, E_STALE. */
enum err call_match(struct call *c, str current) MUSTCHECK;

/*
 * One more fault of what was sent: pointer ("/quantity"; a query parameter
 * is "?limit"), code ("too_many"), detail. Answers E_INVALID, so that a
 * function may end with it.
 */
enum err fault(struct call *c, const char *pointer, const char *code,
	    const char *fmt, ...) __attribute__((format(printf, 4, 5)));
/* OK when no fault was noted. */
enum err faults(struct call *c) MUSTCHECK;

/* ---- JSON text that is no request's body ------------------------- */

/* Into a record of `sh`; faults are noted of members below `at`. */
enum err call_read(struct call *c, const char *at, const struct shape *sh,
	    str text, void *record) MUSTCHECK;
/* The same where nobody is to be told: E_INVALID, E_BAD_REQUEST. */
enum err text_read(struct flow *f, const struct shape *sh, str text,
	    void *record) MUSTCHECK;

/* ---- live streams ------------------------------------------------ */

struct stream;		/* an open one; holds no fiber */

/*
 * Make this call's connection a stream of events for `who`; the function
 * then returns OK. `closed` is told once when the client goes.
 */
enum err stream_open(struct call *c, void *arg,
	    void (*closed)(struct stream *, void *arg), struct stream **out)
	    MUSTCHECK;
/* Whole events of a push; a part of them may be taken. */
#define STREAM_PUSH_MAX	64
/*
 * Give it events, n <= STREAM_PUSH_MAX texts that end with an empty line;
 * `*taken` is how many it took. Fewer than n: it is told to `ready` when it
 * can take more. False: the client is gone; `closed` was told.
 */
bool	stream_push(struct stream *s, const str *events, size_t n,
	    size_t *taken) MUSTCHECK;
/* Also told when the answer has begun; until then nothing is taken. */
void	stream_when_ready(struct stream *s,
	    void (*ready)(struct stream *, void *arg));
/* An event that is kept until it can be sent: what a stream begins with. */
void	stream_say(struct stream *s, str text);
/* Tell the client why, then close it; `closed` is told before it returns. */
void	stream_end(struct stream *s, const char *why);
/* The same, of one that is too slow. */
void	stream_shed(struct stream *s);
/* Close this worker's streams of a session that has ended; other workers
 * find out within seconds (http_streams). */
void	stream_close_session(uuid session);
const struct who *stream_who(const struct stream *s);

/* ---- joining: main.c only ---------------------------------------- */

/* auth's: who sends this? OK with c->f->who filled (ROLE_NONE if nobody),
 * or E_UNAUTHENTICATED with a reason in c->f->fault. */
typedef enum err (*identify_fn)(struct call *c);

/* Checks every row (need, shapes, paths); false and a sentence per fault on
 * stderr. Before the fork. */
bool	http_prepare(const struct capability *const *capabilities,
	    identify_fn identify);
/*
 * auth's: which of n people may still be who they were when their session
 * was looked at last? Sets alive[i] of those; anything but OK says that it
 * could not be found out.
 */
typedef enum err (*alive_fn)(struct flow *f, const struct who *who, size_t n,
	    bool *alive);
/* Streams of those who are not alive are closed. Before the fork. */
void	http_streams(alive_fn alive);
/* Seals cursors; derived from the installation's secret. Before the fork. */
void	http_key(const unsigned char key[32]);
/* openapi.json of those rows. */
str	http_openapi(struct arena *a);
/* Requests and latencies by route, as Prometheus text. */
void	http_traffic_print(struct arena *a, str *out);
/* Read the web app and the documents into memory. Before the fork. */
bool	http_files(const char *app_dir, char *why, size_t why_size);
/*
 * Run as a server until told to stop; the exit code. `worker_start` and
 * `worker_stop` are called in each worker, with the loop open.
 */
int	http_serve(void (*worker_start)(void), void (*worker_stop)(void));
/* This worker's number, from 1. */
int	http_worker(void);

#endif
