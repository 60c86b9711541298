/*
 * The web app: what lies in a folder is served from memory, and nothing
 * else is.
 */
#include <sys/stat.h>
#include <unistd.h>

#include "http/visit.h"

static char dir[64];

static void
put(const char *name, const char *text)
{
	char path[128];
	FILE *fp;

	snprintf(path, sizeof(path), "%s/%s", dir, name);
	fp = fopen(path, "w");
	assert_non_null(fp);
	fputs(text, fp);
	fclose(fp);
}

static void
folder(const char *name)
{
	char path[128];

	snprintf(path, sizeof(path), "%s/%s", dir, name);
	assert_int_equal(mkdir(path, 0700), 0);
}

static int
begin_all(void **state)
{
	char why[128];

	(void)state;
	strcpy(dir, P_tmpdir "/bursar.XXXXXX");
	if (mkdtemp(dir) == NULL)
		return (-1);
	folder("assets");
	folder("docs");
	folder(".hidden");
	put("index.html", "<html>app");
	put("robots.txt", "none");
	put("assets/a.js", "script");
	put("assets/a.js.gz", "GZIP");
	put("assets/a.js.br", "BROTLI");
	put("assets/b.css", "style");
	put("assets/b.css.gz", "GZIPPED STYLE");
	put("assets/only.js.gz", "GZIP");
	put("assets/strange.xyz", "bytes");
	put("docs/index.html", "<html>docs");
	put(".env", "secret");
	put(".hidden/x.txt", "secret");
	return (http_files(dir, why, sizeof(why)) ? 0 : -1);
}

static int
end_all(void **state)
{
	char command[128];

	(void)state;
	snprintf(command, sizeof(command), "rm -r %s", dir);
	return (system(command));
}

static void
ask(const char *path)
{
	visit_begin(NULL);
	visit.path = str_of(path);
	files_answer(&visit);
}

static void
a_file_is_what_lies_there(void **state)
{
	(void)state;
	ask("/robots.txt");
	IS(visit.text, "none");
	IS(visit.type, "text/plain; charset=utf-8");
	assert_string_equal(visit.caching, "no-cache");
	assert_true(visit.lasting);
	ask("/assets/a.js");
	IS(visit.text, "script");
	IS(visit.type, "text/javascript; charset=utf-8");
	assert_non_null(strstr(visit.caching, "immutable"));
	assert_true(str_eq(visit.etag, text_tag(&visit_flow.arena,
	    S("script"))));
	ask("/assets/strange.xyz");
	IS(visit.type, "application/octet-stream");
}

static void
coding(const char *path, const char *accepted, const char *text,
    const char *want)
{
	visit_begin(NULL);
	visit.path = str_of(path);
	visit_field("accept-encoding", accepted);
	files_answer(&visit);
	IS(visit.text, text);
	if (want == NULL)
		assert_null(visit.coding.p);
	else
		IS(visit.coding, want);
}

static void
what_was_compressed_before_is_sent_so(void **state)
{
	(void)state;
	coding("/assets/a.js", "gzip, br", "BROTLI", "br");
	coding("/assets/a.js", "gzip", "GZIP", "gzip");
	coding("/assets/a.js", "zstd", "script", NULL);
	coding("/assets/b.css", "br, gzip", "GZIPPED STYLE", "gzip");
	coding("/assets/b.css", "br", "style", NULL);
	coding("/robots.txt", "gzip, br", "none", NULL);
}

static void
a_page_of_the_app_is_its_index(void **state)
{
	static const char *const pages[] = { "/", "/index.html", "/portfolio",
	    "/positions/BRK.B", "/a/b", "/%C3%A4" };
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(pages) / sizeof(pages[0]); i++) {
		ask(pages[i]);
		IS(visit.text, "<html>app");
		IS(visit.type, "text/html; charset=utf-8");
	}
	ask("/docs/");
	IS(visit.text, "<html>docs");
	ask("/docs");
	assert_int_equal(visit.status, 301);
	IS(call_reply_header(&visit.call, "location"), "/docs/");
}

static void
what_is_not_there_is_nothing(void **state)
{
	static const char *const paths[] = { "/assets/gone.js",
	    "/assets/only.js", "/assets/", "/assets/a.js.gz", "/.env",
	    "/.hidden/x.txt", "/../etc/passwd", "/%2e%2e/etc/passwd.txt",
	    "/assets/../index.html", "/docs/gone", "/x%00.txt", "/x%zz",
	    "/%ff", "/gone.png" };
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(paths) / sizeof(paths[0]); i++) {
		ask(paths[i]);
		assert_null(visit.text.p);
	}
}

static void
each_error_has_its_place_on_the_page_of_problems(void **state)
{
	char anchor[64];
	int e;

	(void)state;
	ask("/docs/problems");
	IS(visit.type, "text/html; charset=utf-8");
	for (e = OK + 1; e < ERR_COUNT; e++) {
		snprintf(anchor, sizeof(anchor), "id=\"%s\"",
		    err_row((enum err)e)->slug);
		assert_true(has(visit.text, anchor));
	}
}

static void
a_folder_that_cannot_be_read_is_told_of(void **state)
{
	char why[128] = "";

	(void)state;
	assert_false(http_files("/no/such/folder", why, sizeof(why)));
	assert_string_equal(why, "/no/such/folder cannot be read");
}

static void
a_file_that_is_too_large_is_told_of(void **state)
{
	char path[128], why[256] = "";

	(void)state;
	put("huge.bin", "x");
	snprintf(path, sizeof(path), "%s/huge.bin", dir);
	assert_int_equal(truncate(path, 64 * 1024 * 1024), 0);
	assert_false(http_files(dir, why, sizeof(why)));
	assert_non_null(strstr(why, "huge.bin cannot be read"));
	unlink(path);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		V(a_file_is_what_lies_there),
		V(what_was_compressed_before_is_sent_so),
		V(a_page_of_the_app_is_its_index),
		V(what_is_not_there_is_nothing),
		V(each_error_has_its_place_on_the_page_of_problems),
		V(a_folder_that_cannot_be_read_is_told_of),
		V(a_file_that_is_too_large_is_told_of),
	};

	return (cmocka_run_group_tests(tests, begin_all, end_all));
}
