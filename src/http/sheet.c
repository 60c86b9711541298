/*
 * A text that many answers share. It is sent from where it is, so it stays
 * until the last of them is out; compressed it is kept beside, once somebody
 * has taken it so. It knows nothing of whose it is: whoever makes one says
 * who may see it.
 */
#include <stdlib.h>
#include <string.h>

#include "http/exchange.h"
#include "http/sheet.h"

struct sheet {
	size_t	holders;
	str	text;
	str	gzip;		/* STR_NONE until somebody took it so */
};

struct sheet *
sheet_open(size_t most)
{
	struct sheet *s;

	if ((s = malloc(sizeof(*s) + most)) != NULL)
		*s = (struct sheet){ 1, STR_NONE, STR_NONE };
	return (s);
}

/* The text follows the struct. */
char *
sheet_room(struct sheet *s)
{
	return ((char *)(s + 1));
}

/* Smaller, it is there all the same. */
struct sheet *
sheet_close(struct sheet *s, size_t bytes)
{
	struct sheet *t;

	if ((t = realloc(s, sizeof(*s) + bytes)) != NULL)
		s = t;
	s->text = (str){ sheet_room(s), bytes };
	return (s);
}

struct sheet *
sheet_new(str text)
{
	struct sheet *s;

	if ((s = sheet_open(text.n)) == NULL)
		return (NULL);
	if (text.n > 0)
		memcpy(sheet_room(s), text.p, text.n);
	return (sheet_close(s, text.n));
}

struct sheet *
sheet_hold(struct sheet *s)
{
	s->holders++;
	return (s);
}

void
sheet_drop(struct sheet *s)
{
	if (s == NULL || --s->holders > 0)
		return;
	free((void *)(uintptr_t)s->gzip.p);
	free(s);
}

str
sheet_text(const struct sheet *s)
{
	return (s->text);
}

str
sheet_gzip(const struct sheet *s)
{
	return (s->gzip);
}

/* Of two who squeeze it at once the first is kept. */
void
sheet_squeezed(struct sheet *s, str gzip)
{
	char *p;

	if (s->gzip.p != NULL || (p = malloc(gzip.n)) == NULL)
		return;
	memcpy(p, gzip.p, gzip.n);
	s->gzip = (str){ p, gzip.n };
}

enum err
reply_sheet(struct call *c, struct sheet *s)
{
	struct exchange *ex = exchange_of(c);

	sheet_drop(ex->sheet);
	ex->sheet = sheet_hold(s);
	ex->lasting = true;
	return (reply_text(c, s->text));
}
