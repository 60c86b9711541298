/*
 * The router: rows become a tree of path segments, so that finding one costs
 * the length of the path and not the number of rows.
 */
#include <stdlib.h>
#include <string.h>

#include "http/exchange.h"
#include "http/text.h"

#define METHODS	(DELETE + 1)

struct node {
	str			 segment;	/* STR_NONE: a {name} */
	struct node		*kids, *next;
	size_t			 routes[METHODS];	/* place + 1, or 0 */
};

static const char *const method_names[METHODS] = {
	"", "GET", "POST", "PUT", "PATCH", "DELETE"
};

static struct node api_root, plain_root;
struct route_entry *route_entries;
size_t route_count;

static struct node *
node_kid(struct node *n, str segment)
{
	struct node *kid;
	bool named;

	named = str_starts(segment, S("{"));
	for (kid = n->kids; kid != NULL; kid = kid->next)
		if (named ? kid->segment.p == NULL :
		    str_eq(kid->segment, segment))
			return (kid);
	if ((kid = calloc(1, sizeof(*kid))) == NULL)
		abort();
	if (!named)
		kid->segment = segment;
	kid->next = n->kids;
	n->kids = kid;
	return (kid);
}

bool
router_add(const struct capability *cap, const struct route *r)
{
	struct node *n;
	str rest, segment;

	n = r->plain ? &plain_root : &api_root;
	rest = str_of(r->path);
	if (!str_starts(rest, S("/")))
		return (false);
	rest.p++, rest.n--;
	while (str_cut(&rest, '/', &segment))
		n = node_kid(n, segment);
	if (n->routes[r->method] != 0)
		return (false);
	route_entries = realloc(route_entries,
	    (route_count + 1) * sizeof(*route_entries));
	if (route_entries == NULL)
		abort();
	route_entries[route_count++] = (struct route_entry){ cap, r };
	n->routes[r->method] = route_count;
	return (true);
}

static bool
node_routed(const struct node *n)
{
	int m;

	for (m = 0; m < METHODS; m++)
		if (n->routes[m] != 0)
			return (true);
	return (false);
}

/* A literal segment goes before a {name}. */
static const struct node *
node_find(const struct node *n, str rest, struct exchange *ex)
{
	const struct node *kid, *found;
	str segment;

	if (!str_cut(&rest, '/', &segment))
		return (node_routed(n) ? n : NULL);
	for (kid = n->kids; kid != NULL; kid = kid->next)
		if (kid->segment.p != NULL && str_eq(kid->segment, segment) &&
		    (found = node_find(kid, rest, ex)) != NULL)
			return (found);
	for (kid = n->kids; kid != NULL; kid = kid->next) {
		if (kid->segment.p != NULL || segment.n == 0 ||
		    ex->segment_count == LIMIT_PATH_PARAMS)
			continue;
		ex->segments[ex->segment_count++] = segment;
		if ((found = node_find(kid, rest, ex)) != NULL)
			return (found);
		ex->segment_count--;
	}
	return (NULL);
}

static bool
path_below(str *path, str prefix)
{
	if (!str_starts(*path, prefix))
		return (false);
	path->p += prefix.n;
	path->n -= prefix.n;
	return (true);
}

enum err
router_find(struct exchange *ex)
{
	str path;

	path = ex->path;
	if (path_below(&path, S("/api/v1/")) || path_below(&path, S("/api/")))
		ex->node = node_find(&api_root, path, ex);
	else if (path_below(&path, S("/")) && path.n > 0)
		ex->node = node_find(&plain_root, path, ex);
	return (ex->node != NULL ? OK : E_NOT_FOUND);
}

size_t
router_index(const struct node *n, enum method m)
{
	return (n->routes[m] - 1);
}

const struct route *
router_route(const struct node *n, enum method m)
{
	return (n->routes[m] == 0 ? NULL :
	    route_entries[router_index(n, m)].route);
}

str
router_allow(struct arena *a, const struct node *n)
{
	struct text t;
	int m;

	text_init(&t, a);
	text_put(&t, S("OPTIONS"));
	for (m = GET; m < METHODS; m++)
		if (n->routes[m] != 0)
			text_printf(&t, ", %s%s", method_names[m],
			    m == GET ? ", HEAD" : "");
	return (text_str(&t));
}
