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
	char		*name;	/* key and state, one after the other */
	size_t		 key_n, state_n, bytes;
	struct sheet	*sheet;
	bool		 used;
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

static void
slot_clear(struct slot *s)
{
	bytes -= s->bytes;
	sheet_drop(s->sheet);
	free(s->name);
	memset(s, 0, sizeof(*s));
}

struct sheet *
rendered_get(str key, str state)
{
	struct slot *s = slot_of(key);

	if (s->sheet == NULL ||
	    !str_eq((str){ s->name, s->key_n }, key) ||
	    !str_eq((str){ s->name + s->key_n, s->state_n }, state))
		return (NULL);
	s->used = true;
	return (s->sheet);
}

static void
room_make(size_t n)
{
	struct slot *s;

	while (bytes + n > RENDERED_BYTES) {
		s = &slots[hand++ % RENDERED_SLOTS];
		if (s->used)
			s->used = false;
		else if (s->sheet != NULL)
			slot_clear(s);
	}
}

void
rendered_put(str key, str state, struct sheet *sheet)
{
	struct slot *s = slot_of(key);
	size_t text = sheet_text(sheet).n;
	size_t n = key.n + state.n + text + text / RENDERED_SQUEEZED;

	if (text < RENDERED_LEAST || n > RENDERED_BYTES / 8)
		return;
	slot_clear(s);
	room_make(n);
	if ((s->name = malloc(key.n + state.n)) == NULL)
		return;
	memcpy(s->name, key.p, key.n);
	memcpy(s->name + key.n, state.p, state.n);
	s->key_n = key.n;
	s->state_n = state.n;
	s->sheet = sheet_hold(sheet);
	s->bytes = n;
	bytes += n;
}

void
rendered_drop(void)
{
	size_t i;

	for (i = 0; i < RENDERED_SLOTS; i++)
		slot_clear(&slots[i]);
}
