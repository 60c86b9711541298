/*
 * A table of slots by the key's hash: who comes later takes the place. When
 * all together would be more than the limit, a hand goes round and clears
 * slots until there is room; one that was asked for since the hand last came
 * by is spared once.
 */
#include <stdlib.h>
#include <string.h>

#include "market/rendered.h"

struct slot {
	char	*text;		/* key, state and text, one after another */
	size_t	 key_n, state_n, text_n;
	bool	 used;
};

static struct slot slots[RENDERED_SLOTS];
static size_t bytes, hand;

static struct slot *
slot_of(str key)
{
	uint64_t h = 14695981039346656037u;	/* FNV-1a */
	size_t i;

	for (i = 0; i < key.n; i++)
		h = (h ^ (uint8_t)key.p[i]) * 1099511628211u;
	return (&slots[(h ^ h >> 32) % RENDERED_SLOTS]);
}

static size_t
slot_bytes(const struct slot *s)
{
	return (s->key_n + s->state_n + s->text_n);
}

static void
slot_clear(struct slot *s)
{
	bytes -= slot_bytes(s);
	free(s->text);
	memset(s, 0, sizeof(*s));
}

str
rendered_get(str key, str state)
{
	struct slot *s = slot_of(key);

	if (s->text == NULL ||
	    !str_eq((str){ s->text, s->key_n }, key) ||
	    !str_eq((str){ s->text + s->key_n, s->state_n }, state))
		return (STR_NONE);
	s->used = true;
	return ((str){ s->text + s->key_n + s->state_n, s->text_n });
}

static void
room_make(size_t n)
{
	struct slot *s;

	while (bytes + n > RENDERED_BYTES) {
		s = &slots[hand++ % RENDERED_SLOTS];
		if (s->used)
			s->used = false;
		else if (s->text != NULL)
			slot_clear(s);
	}
}

void
rendered_put(str key, str state, str text)
{
	struct slot *s = slot_of(key);
	size_t n = key.n + state.n + text.n;

	if (text.n < RENDERED_LEAST || n > RENDERED_BYTES / 8)
		return;
	slot_clear(s);
	room_make(n);
	if ((s->text = malloc(n)) == NULL)
		return;
	memcpy(s->text, key.p, key.n);
	memcpy(s->text + key.n, state.p, state.n);
	memcpy(s->text + key.n + state.n, text.p, text.n);
	s->key_n = key.n;
	s->state_n = state.n;
	s->text_n = text.n;
	bytes += n;
}

void
rendered_drop(void)
{
	size_t i;

	for (i = 0; i < RENDERED_SLOTS; i++)
		slot_clear(&slots[i]);
}
