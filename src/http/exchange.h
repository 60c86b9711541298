/*
 * exchange: one request and its answer, from Kore's parser to Kore's send
 * queue. Inner header of http/.
 */
#ifndef BURSAR_HTTP_EXCHANGE_H
#define BURSAR_HTTP_EXCHANGE_H

#include "http/http.h"

#define HEADERS_MAX	16
#define FAULTS_MAX	32

struct http_request;

struct fault_row {
	str		 pointer;
	const char	*code;
	str		 detail;
};

struct reply_row {
	const char	*name;
	str		 value;
};

struct exchange {
	struct call		 call;
	struct http_request	*req;	/* NULL once the client has left */
	enum method		 method;	/* 0: one we do not know */
	bool			 head, options;
	str			 path;		/* undecoded, no query */
	str			 query;
	str			 body;
	str			 request_id;
	str			 trace;		/* W3C trace id, or STR_NONE */
	int64_t			 began_us;

	const struct node	*node;		/* place in the router's tree */
	str			 segments[LIMIT_PATH_PARAMS];
	size_t			 segment_count;

	int			 status;
	str			 type;		/* of the answer's text */
	str			 text;
	str			 coding;	/* "gzip", "br" or STR_NONE */
	str			 etag;		/* quoted, or STR_NONE */
	bool			 lasting;	/* text outlives the flow */
	struct sheet		*sheet;		/* whose text it is; held */
	bool			 endless;	/* has no length */
	const char		*caching;	/* cache-control, or NULL */
	struct reply_row	 headers[HEADERS_MAX];
	size_t			 header_count;
	size_t			 once_headers;	/* those before the run */
	struct fault_row	 faults[FAULTS_MAX];
	size_t			 fault_count;
	enum err		 fault_err;	/* what the faults amount to */
	bool			 credential;	/* something was presented */
	str			 cursor;	/* opened, or STR_NONE */
	int64_t			 limit;		/* of a page; 0: not given */
	struct stream		*stream;
	bool			 answered, flowing;
};

static inline struct exchange *
exchange_of(struct call *c)
{
	return (c->exchange);
}

/* router.c */
struct node;
bool	router_add(const struct capability *cap, const struct route *r);
/* OK with ex->node and segments; E_NOT_FOUND. */
enum err router_find(struct exchange *ex) MUSTCHECK;
const struct route *router_route(const struct node *n, enum method m);
/* Its place in route_entries; only where there is a route. */
size_t	router_index(const struct node *n, enum method m);
/* "GET, HEAD, POST" */
str	router_allow(struct arena *a, const struct node *n);

/* decode.c: path, query and body into the call's records */
enum err decode_all(struct exchange *ex) MUSTCHECK;
bool	url_decode(struct arena *a, str in, bool plus, str *out);

/* problem.c */
void	problem_write(struct exchange *ex, enum err e);
/* A problem of which only the status is known: what Kore itself has to say,
 * or what cannot have a flow. */
struct bare {
	str	headers;	/* as answer_bare_block has them */
	str	text;
};
struct bare problem_bare(struct arena *a, int status);

/* cursor.c */
enum err cursor_open(struct exchange *ex, str sealed) MUSTCHECK;
str	cursor_seal(struct exchange *ex, str content);

/* quota.c: requests of one user in a minute; E_RATE */
void	quota_open(void);
enum err quota_admit(struct exchange *ex) MUSTCHECK;

/* once.c: Idempotency-Key */
enum err once_begin(struct exchange *ex, bool *replayed) MUSTCHECK;
enum err once_end(struct exchange *ex) MUSTCHECK;

/* client.c: what the request shows of who sent it */
str	client_address(struct call *c);
str	client_request_id(struct call *c);
str	client_trace(struct call *c);
str	address_read(struct arena *a, str text);
/* The coding it would rather have, of those there are; or STR_NONE. */
str	client_coding(struct exchange *ex, bool gzip, bool br);
/* Does Accept allow this type? */
bool	client_accepts(struct exchange *ex, str type);

/* answer.c: validators, compression, headers; hands it all to Kore */
void	answer_shape(struct exchange *ex);
void	answer_send(struct exchange *ex);
/* The headers: the value of `date`, then lines, without the last line end. */
str	answer_block(struct exchange *ex);
/* The same of a problem that has no exchange. */
str	answer_bare_block(struct arena *a, str request_id, bool retry);
uint64_t text_hash(str s);
str	text_tag(struct arena *a, str text);

/* files.c */
void	files_answer(struct exchange *ex);

/* traffic.c: requests and latencies by route, shared by the workers */
void	traffic_open(size_t routes);
void	traffic_count(size_t route, int status, int64_t us);

/* stream.c */
void	stream_start(void);		/* in each worker */
void	stream_stop(void);		/* tell all that it ends */
void	stream_begin(struct exchange *ex);
void	stream_drop(struct stream *s);

/* openapi.c and router.c: every row that was added */
struct route_entry {
	const struct capability	*cap;
	const struct route	*route;
};
extern struct route_entry	*route_entries;
extern size_t			 route_count;

#endif
