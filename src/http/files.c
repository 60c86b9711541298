/*
 * Files: the built web app and the documents, read into memory before the
 * workers are forked and served from there, with the variants that were
 * compressed when they were built. What is not there is a 404; a path
 * without a dot that is not there is the app's own business: index.html.
 */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "http/exchange.h"
#include "http/text.h"

#define FILE_MAX_BYTES	(8 * 1024 * 1024)
#define TABLE_SLOTS	4096	/* a power of two, several times the files */
#define TABLE_MOST	1024
#define KEPT_BYTES	(1024 * 1024)

struct file {
	str	path;		/* "/assets/app-1a2b.js"; empty: free slot */
	str	plain, gz, br;
	str	etag;
	str	type;
};

static struct arena kept;	/* what belongs to the table */
static struct file table[TABLE_SLOTS];
static size_t table_count;

static const struct {
	const char	*ending, *type;
} types[] = {
	{ ".html",	"text/html; charset=utf-8" },
	{ ".js",	"text/javascript; charset=utf-8" },
	{ ".mjs",	"text/javascript; charset=utf-8" },
	{ ".css",	"text/css; charset=utf-8" },
	{ ".json",	"application/json; charset=utf-8" },
	{ ".map",	"application/json; charset=utf-8" },
	{ ".svg",	"image/svg+xml" },
	{ ".png",	"image/png" },
	{ ".ico",	"image/x-icon" },
	{ ".webp",	"image/webp" },
	{ ".woff2",	"font/woff2" },
	{ ".txt",	"text/plain; charset=utf-8" },
	{ ".webmanifest", "application/manifest+json" },
};

static bool
ends_with(str s, str ending)
{
	return (s.n >= ending.n && memcmp(s.p + s.n - ending.n, ending.p,
	    ending.n) == 0);
}

static str
type_of(str path)
{
	size_t i;

	for (i = 0; i < sizeof(types) / sizeof(types[0]); i++)
		if (ends_with(path, str_of(types[i].ending)))
			return (str_of(types[i].type));
	return (S("application/octet-stream"));
}

static struct file *
file_slot(str path)
{
	size_t i;

	i = text_hash(path) & (TABLE_SLOTS - 1);
	while (table[i].path.n > 0 && !str_eq(table[i].path, path))
		i = (i + 1) & (TABLE_SLOTS - 1);
	return (&table[i]);
}

static const struct file *
file_find(str path)
{
	const struct file *fl;

	fl = file_slot(path);
	return (fl->path.n > 0 && fl->plain.p != NULL ? fl : NULL);
}

/* ---- reading ----------------------------------------------------- */

static bool
file_read(const char *name, size_t size, str *out)
{
	FILE *fp;
	char *p;

	if (size > FILE_MAX_BYTES || (p = malloc(size + 1)) == NULL)
		return (false);
	if ((fp = fopen(name, "rb")) == NULL) {
		free(p);
		return (false);
	}
	out->n = fread(p, 1, size, fp);
	out->p = p;
	fclose(fp);
	return (out->n == size);
}

/* Where a text belongs: "/a.js.br" is a variant of "/a.js". */
static str *
file_variant(str path, struct file **of)
{
	bool br = ends_with(path, S(".br")), gz = ends_with(path, S(".gz"));
	struct file *fl;

	if (br || gz)
		path.n -= 3;
	*of = fl = file_slot(path);
	if (fl->path.n == 0) {
		fl->path = arena_str(&kept, path);
		fl->type = type_of(path);
		table_count++;
	}
	return (br ? &fl->br : gz ? &fl->gz : &fl->plain);
}

static void
file_keep(str path, str text)
{
	struct file *fl;
	str *variant;

	variant = file_variant(path, &fl);
	*variant = text;
	if (variant == &fl->plain)
		fl->etag = text_tag(&kept, text);
}

static bool
dir_read(const char *dir, const char *below, char *why, size_t why_size)
{
	char name[1024], path[512];
	struct dirent *de;
	struct stat st;
	bool good;
	DIR *d;
	str text;

	if ((d = opendir(dir)) == NULL) {
		snprintf(why, why_size, "%s cannot be read", dir);
		return (false);
	}
	good = true;
	while (good && (de = readdir(d)) != NULL) {
		if (de->d_name[0] == '.')
			continue;
		snprintf(name, sizeof(name), "%s/%s", dir, de->d_name);
		snprintf(path, sizeof(path), "%s/%s", below, de->d_name);
		if (stat(name, &st) == -1)
			continue;
		if (S_ISDIR(st.st_mode))
			good = dir_read(name, path, why, why_size);
		else if (table_count >= TABLE_MOST ||
		    !file_read(name, (size_t)st.st_size, &text)) {
			snprintf(why, why_size, "%s cannot be read", name);
			good = false;
		} else
			file_keep(str_of(path), text);
	}
	closedir(d);
	return (good);
}

/* The page that the types of problems point to. */
static void
problems_page(void)
{
	const struct err_row *row;
	struct text t;
	int e;

	text_init(&t, &kept);
	text_put(&t, S("<!doctype html><html lang=\"en\"><meta charset="
	    "\"utf-8\"><title>Problems</title><h1>Problems the API reports"
	    "</h1><dl>"));
	for (e = OK + 1; e < ERR_COUNT; e++) {
		row = err_row((enum err)e);
		text_printf(&t, "<dt id=\"%s\">%d %s</dt><dd>%s</dd>\n",
		    row->slug, row->status, row->slug, row->title);
	}
	text_put(&t, S("</dl></html>"));
	file_keep(S("/docs/problems"), text_str(&t));
	file_slot(S("/docs/problems"))->type = S("text/html; charset=utf-8");
}

bool
http_files(const char *app_dir, char *why, size_t why_size)
{
	arena_init(&kept, KEPT_BYTES, NULL, NULL);
	problems_page();
	return (dir_read(app_dir, "", why, why_size));
}

/* ---- serving ----------------------------------------------------- */

static void
file_answer(struct exchange *ex, const struct file *fl)
{
	ex->status = 200;
	ex->type = fl->type;
	ex->etag = fl->etag;
	ex->caching = str_starts(fl->path, S("/assets/")) ?
	    "public, max-age=31536000, immutable" : "no-cache";
	ex->coding = client_coding(ex, fl->gz.p != NULL, fl->br.p != NULL);
	ex->text = ex->coding.p == NULL ? fl->plain :
	    str_eq(ex->coding, S("br")) ? fl->br : fl->gz;
	ex->lasting = true;
}

/* "/positions/BRK.B" is a page of the app; "/assets/gone.js" is not. */
static bool
app_route(str path)
{
	if (str_starts(path, S("/assets/")) || str_starts(path, S("/docs/")))
		return (false);
	return (memchr(path.p, '.', path.n) == NULL ||
	    str_starts(path, S("/positions/")));
}

void
files_answer(struct exchange *ex)
{
	struct arena *a = &ex->call.f->arena;
	const struct file *fl;
	str path;

	if (!url_decode(a, ex->path, false, &path))
		return;
	if (str_eq(path, S("/docs"))) {
		ex->status = 301;
		ex->type = S("text/plain; charset=utf-8");
		ex->text = S("/docs/\n");
		reply_header(&ex->call, "location", S("/docs/"));
		return;
	}
	if (ends_with(path, S("/")))
		path = arena_printf(a, "%.*sindex.html", STR_ARG(path));
	if ((fl = file_find(path)) == NULL && app_route(path))
		fl = file_find(S("/index.html"));
	if (fl != NULL)
		file_answer(ex, fl);
}
