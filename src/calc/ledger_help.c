/*
 * What a request to `bursar ledger` may say: for programs as JSON, for people
 * as text; both from the one vocabulary that requests are read by.
 */
#include "calc/ledger_request.h"
#include "calc/lines.h"

#define MEMBER(id, name, how, to, doc)					\
	id = UINT32_C(1) << MEMBER_##id,
enum bit {
#include "calc/ledger_members.def"
};
#undef MEMBER

static const struct {
	const char	*name, *doc;
} members[] = {
#define MEMBER(id, name, how, to, doc)	{ name, doc },
#include "calc/ledger_members.def"
#undef MEMBER
};

static const struct {
	enum activity_kind kind;
	uint32_t	must, may;
	const char	*doc;
} types[] = {
#define TYPE(kind, must, may, doc)	{ kind, must, may, doc },
#include "calc/ledger_members.def"
#undef TYPE
};

#define COUNT(array)	(sizeof(array) / sizeof((array)[0]))

static const struct {
	const char	*name, *doc;
} outer[] = {
	{ "id", "any JSON; the answer has it too" },
	{ "base", "the currency of the answer's sums; must be there" },
	{ "activities", "what was done, in any order; must be there" },
	{ "method", "fifo when absent, or [{\"from\": day, \"method\"}]" },
	{ "as_of", "the day looked at; the last one told of when absent" },
	{ "from", "the first day of performance and identity; all when "
	    "absent" },
	{ "accounts", "{name: {method, margin}}, where they are not those of "
	    "the request; without it, whatever activities name" },
	{ "scope", "positions: what trades cost is paid in that day and what "
	    "they bring is paid out; portfolio when absent" },
	{ "since", "activities before this day are faults" },
	{ "margin", "true: cash may be less than nothing" },
	{ "instruments", "{symbol: {currency, multiplier, percent, home}}, "
	    "where they are not the base, 1 and false; home: what it costs and "
	    "brings is paid in the base, at the day's rate" },
	{ "prices", "{symbol: {day: close}}, in the instrument's currency" },
	{ "fx", "{\"EURUSD\": {day: dollars for a euro}}, any pair, either way "
	    "round; where a currency has no rate with the base of the last 7 "
	    "days: through one third currency, the first in the alphabet, to "
	    "18 decimals" },
};

/* Of any activity; the second one of a transfer out. */
static const struct {
	const char	*name, *doc;
} places[] = {
	{ "account", "whose it is; all activities tell one, or none" },
	{ "to", "of a transfer_out: the account of this request that it goes "
	    "to, with its lots" },
};

/* ---- for programs ------------------------------------------------------ */

static void
names_print(struct json *j, const char *key, uint32_t bits)
{
	jw_key(j, key);
	jw_array(j);
	for (size_t i = 0; i < COUNT(members); i++)
		if ((bits >> i & 1) != 0)
			jw_z(j, members[i].name);
	jw_array_end(j);
}

static void
words_print(struct json *j, const char *key, const char *const *words)
{
	jw_key(j, key);
	jw_array(j);
	for (; *words != NULL; words++)
		jw_z(j, *words);
	jw_array_end(j);
}

static void
types_print(struct json *j)
{
	jw_key(j, "types");
	jw_array(j);
	for (size_t i = 0; i < COUNT(types); i++) {
		jw_open(j);
		jw_key(j, "name");
		jw_z(j, activity_names[types[i].kind]);
		names_print(j, "must", types[i].must);
		names_print(j, "may", types[i].may | TIME);
		jw_key(j, "doc");
		jw_z(j, types[i].doc);
		jw_close(j);
	}
	jw_array_end(j);
}

void
ledger_list(FILE *to)
{
	struct arena a;
	struct json j;
	str text;

	arena_init(&a, LINE_MEMORY_BYTES_MAX, NULL, NULL);
	jw_init(&j, &a);
	jw_open(&j);
	jw_key(&j, "members");
	jw_open(&j);
	for (size_t i = 0; i < COUNT(outer); i++) {
		jw_key(&j, outer[i].name);
		jw_z(&j, outer[i].doc);
	}
	jw_close(&j);
	jw_key(&j, "activity");
	jw_open(&j);
	for (size_t i = 0; i < COUNT(members); i++) {
		jw_key(&j, members[i].name);
		jw_z(&j, members[i].doc);
	}
	for (size_t i = 0; i < COUNT(places); i++) {
		jw_key(&j, places[i].name);
		jw_z(&j, places[i].doc);
	}
	jw_close(&j);
	types_print(&j);
	words_print(&j, "methods", cost_names);
	words_print(&j, "faults", fault_names + 1);
	jw_close(&j);
	text = jw_text(&j);
	fprintf(to, "%.*s\n", STR_ARG(text));
	arena_drop(&a);
}

/* ---- for people -------------------------------------------------------- */

static void
names_tell(FILE *to, const char *lead, uint32_t bits)
{
	if (bits == 0)
		return;
	fprintf(to, "%s", lead);
	for (size_t i = 0; i < COUNT(members); i++)
		if ((bits >> i & 1) != 0)
			fprintf(to, " %s", members[i].name);
}

static const char example[] =
    "bursar ledger: a JSON request a line in, an answer a line out.\n\n"
    "{\"base\": \"USD\", \"activities\": [\n"
    "    {\"date\": \"2024-01-10\", \"type\": \"deposit\", \"amount\": "
    "\"1000\"},\n"
    "    {\"date\": \"2024-01-10\", \"type\": \"buy\", \"symbol\": "
    "\"ACME\",\n"
    "     \"quantity\": \"10\", \"price\": \"12.50\", \"fee\": \"1\"}],\n"
    " \"prices\": {\"ACME\": {\"2024-12-31\": \"14\"}}}\n\n"
    "(all of it on one line). A request:\n";

void
ledger_help(FILE *to)
{
	fputs(example, to);
	for (size_t i = 0; i < COUNT(outer); i++)
		fprintf(to, "  %-13s %s\n", outer[i].name, outer[i].doc);
	fprintf(to, "\nGBX and GBp are 0.01 GBP, ZAc 0.01 ZAR, ILA 0.01 ILS: "
	    "what an activity in one\nof them tells of money, and closes of "
	    "an instrument in it, are hundredths, exactly.\n");
	fprintf(to, "\nAn activity: date, type, an id if you like, and\n");
	for (size_t i = 0; i < COUNT(members); i++)
		fprintf(to, "  %-13s %s\n", members[i].name, members[i].doc);
	for (size_t i = 0; i < COUNT(places); i++)
		fprintf(to, "  %-13s %s\n", places[i].name, places[i].doc);
	fprintf(to, "\nTypes:\n");
	for (size_t i = 0; i < COUNT(types); i++) {
		fprintf(to, "  %-18s %s\n", activity_names[types[i].kind],
		    types[i].doc);
		names_tell(to, "    must:", types[i].must);
		names_tell(to, types[i].must == 0 ? "    may:" : "; may:",
		    types[i].may);
		fprintf(to, "\n");
	}
}
