/*
 * A message mixes trades of several symbols. Prices are taken from the text,
 * not through a double; a trade without a symbol, a price above zero and a
 * believable time is left out, and its neighbours are not.
 */
#include <jansson.h>
#include <string.h>

#include "feed/finnhub_trades.h"
#include "feed/member.h"

#define AHEAD_MS      60000	      /* clocks differ */
#define YEAR_2000_MS  946684800000
#define TRADES_MAX    4096

str
finnhub_trades_ask(struct arena *a, str symbol, bool on)
{
	return (arena_printf(a, "{\"type\":\"%s\",\"symbol\":\"%.*s\"}",
	    on ? "subscribe" : "unsubscribe", STR_ARG(symbol)));
}

static bool
symbol_good(str s)
{
	if (s.n == 0 || s.n > LIMIT_SYMBOL_BYTES)
		return (false);
	for (size_t i = 0; i < s.n; i++)
		if ((unsigned char)s.p[i] <= ' ' || s.p[i] == '"' ||
		    s.p[i] == '\\' || (unsigned char)s.p[i] > '~')
			return (false);
	return (true);
}

/* A string's inside, without escapes. */
static str
bare(str quoted)
{
	if (quoted.n < 2 || quoted.p[0] != '"')
		return (STR_NONE);
	return ((str){ quoted.p + 1, quoted.n - 2 });
}

static bool
trade_read(struct arena *a, str object, instant now, struct trade *t)
{
	str symbol = bare(member_text(object, "s"));
	int64_t ms;

	if (symbol.p == NULL || !symbol_good(symbol) ||
	    member_dec(object, "p", &t->price) != MEMBER_NUMBER ||
	    dec_sign(t->price) <= 0 ||
	    !str_long(member_text(object, "t"), &ms) || ms < YEAR_2000_MS ||
	    ms > now.us / 1000 + AHEAD_MS)
		return (false);
	t->symbol = arena_str(a, symbol);
	t->at = (instant){ ms * 1000 };
	return (true);
}

/* Past an object that begins at `i`; the JSON is valid. */
static size_t
object_end(str s, size_t i)
{
	bool quoted = false;
	int depth = 0;

	for (; i < s.n; i++) {
		if (quoted && s.p[i] == '\\')
			i++;
		else if (s.p[i] == '"')
			quoted = !quoted;
		else if (!quoted && s.p[i] == '{')
			depth++;
		else if (!quoted && s.p[i] == '}' && --depth == 0)
			return (i + 1);
	}
	return (s.n);
}

static void
trades_gather(struct arena *a, str array, instant now, struct list *out)
{
	struct trade *t = ARENA_MANY(a, TRADES_MAX, struct trade);
	size_t i, end;

	*out = (struct list){ t, 0 };
	for (i = 0; i < array.n && out->n < TRADES_MAX; i++) {
		if (array.p[i] != '{')
			continue;
		end = object_end(array, i);
		if (trade_read(a, (str){ array.p + i, end - i }, now,
			&t[out->n]))
			out->n++;
		i = end - 1;
	}
}

static enum trades_said
error_said(const char *text)
{
	if (text == NULL)
		return (SAID_NONSENSE);
	if (strcasestr(text, "too many symbols") != NULL)
		return (SAID_FULL);
	if (strcasestr(text, "key") != NULL ||
	    strcasestr(text, "token") != NULL)
		return (SAID_KEY);
	return (SAID_ERROR);
}

enum trades_said
finnhub_read_trades(
    struct arena *a, str message, instant now, struct list *out)
{
	enum trades_said said = SAID_NONSENSE;
	const char *type;
	json_t *j;

	*out = (struct list){ NULL, 0 };
	/* The parser recurses, and a fiber's stack is small. */
	if (member_depth(message) > LIMIT_JSON_DEPTH)
		return (said);
	j = json_loadb(message.p, message.n, 0, NULL);
	type = json_string_value(json_object_get(j, "type"));
	if (type != NULL && strcmp(type, "ping") == 0)
		said = SAID_ALIVE;
	else if (type != NULL && strcmp(type, "error") == 0)
		said = error_said(json_string_value(json_object_get(j, "msg")));
	else if (type != NULL && strcmp(type, "trade") == 0 &&
	    json_is_array(json_object_get(j, "data"))) {
		trades_gather(a, member_text(message, "data"), now, out);
		said = SAID_TRADES;
	}
	json_decref(j);
	return (said);
}
