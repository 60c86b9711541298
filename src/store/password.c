/*
 * The password of the role bursar_app. What is sent is a SCRAM verifier made
 * here, so that the password itself is never in a server's log.
 */
#include <string.h>

#include "store/schema.h"

static bool
verifier_set(PGconn *pg, const char *password)
{
	char *verifier, *quoted = NULL, text[512];
	bool good = false;

	verifier = PQencryptPasswordConn(pg, password, "bursar_app",
	    "scram-sha-256");
	if (verifier != NULL)
		quoted = PQescapeLiteral(pg, verifier,
		    strnlen(verifier, sizeof(text)));
	if (quoted != NULL) {
		snprintf(text, sizeof(text),
		    "alter role bursar_app login password %s", quoted);
		good = schema_say(pg, text);
	}
	PQfreemem(quoted);
	PQfreemem(verifier);
	return (good);
}

static enum migrate_answer
password_give(PGconn *pg, const char *password, FILE *out)
{
	if (PQstatus(pg) != CONNECTION_OK) {
		fprintf(out, "cannot connect: %s", PQerrorMessage(pg));
		return (MIGRATE_UNREACHABLE);
	}
	if (!verifier_set(pg, password)) {
		fprintf(out, "bursar_app: no password set: %s",
		    PQerrorMessage(pg));
		return (MIGRATE_FAILED);
	}
	fprintf(out, "bursar_app: password set\n");
	return (MIGRATE_OK);
}

enum migrate_answer
store_app_password(const char *owner_url, const char *password, FILE *out)
{
	enum migrate_answer a;
	PGconn *pg;

	if (password == NULL)
		return (MIGRATE_OK);
	pg = schema_connect(owner_url);
	a = password_give(pg, password, out);
	PQfinish(pg);
	return (a);
}
