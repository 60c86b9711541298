/*
 * The reference for the benchmark: Kore as Bursar builds it, answering 300
 * bytes and doing nothing else.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <kore/kore.h>
#include <kore/http.h>

#include "kore/boot.h"

#define ANSWER_BYTES	300

int	http_entry(struct http_request *req);

int
http_entry(struct http_request *req)
{
	static char text[ANSWER_BYTES];

	if (text[0] == '\0')
		memset(text, 'x', sizeof(text));
	http_response_header(req, "content-type", "text/plain");
	http_response(req, 200, text, sizeof(text));
	return (KORE_RESULT_OK);
}

int
main(int argc, char **argv)
{
	char conf[1024];

	if (argc != 3)
		return (2);
	snprintf(conf, sizeof(conf), "server bare {\n\tbind 127.0.0.1 %s\n"
	    "\ttls no\n}\nworkers %s\nworker_set_affinity 0\n"
	    "worker_accept_threshold 1\nworker_max_connections 12000\n"
	    "http_hsts_enable 0\n"
	    "domain * {\n\tattach bare\n\troute ^/.*$ http_entry\n}\n",
	    argv[1], argv[2]);
	return (kore_boot(conf, true));
}
