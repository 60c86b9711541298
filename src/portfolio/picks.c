/*
 * Lots that sales were told to take: by the id of the purchase that began
 * them, which the ledger knows by its place.
 */
#include "portfolio/book.h"

#include "portfolio_sql.h"

const struct field pick_row_fields[] = {
	MUST(pick_row, activity_id, "Sale."),
	MUST(pick_row, lot_id, "Purchase."),
	MUST(pick_row, quantity, "Units."),
	FIELDS_END
};

static size_t
kept_find(const struct book *b, uuid id)
{
	size_t i;

	for (i = 0; i < b->n && !uuid_eq(b->kept[i].id, id); i++)
		;
	return (i);
}

/* Rows of one sale are next to each other. */
enum err
picks_keep(struct book *b, const struct list *rows)
{
	const struct pick_row *r = rows->v;
	struct pick *p = ARENA_MANY(&b->f->arena, rows->n, struct pick);
	struct kept_activity *k = NULL;
	size_t i, at;

	for (i = 0; i < rows->n; i++) {
		p[i] = (struct pick){ r[i].lot_id, r[i].quantity };
		if (k == NULL || !uuid_eq(k->id, r[i].activity_id)) {
			at = kept_find(b, r[i].activity_id);
			if (at == b->n)
				continue;
			k = &b->kept[at];
			k->picks = &p[i];
			k->pick_n = 0;
		}
		k->pick_n++;
	}
	return (OK);
}

/* A purchase that is not there is one that no activity is. */
const struct lot_told *
picks_told(struct book *b, const struct kept_activity *k)
{
	struct lot_told *t = ARENA_MANY(&b->f->arena, k->pick_n,
	    struct lot_told);
	size_t i;

	for (i = 0; i < k->pick_n; i++)
		t[i] = (struct lot_told){
		    .origin = kept_find(b, k->picks[i].activity),
		    .quantity = k->picks[i].quantity };
	return (t);
}

struct pick_columns {
	uuid	*sale, *lot;
	int64_t	*n;
	dec	*quantity;
	size_t	 count;
};

static void
picks_add(const struct kept_activity *k, struct pick_columns *c)
{
	size_t i;

	for (i = 0; k->fresh && i < k->pick_n; i++) {
		c->sale[c->count] = k->id;
		c->n[c->count] = (int64_t)i + 1;
		c->lot[c->count] = k->picks[i].activity;
		c->quantity[c->count++] = k->picks[i].quantity;
	}
}

enum err
picks_write(struct book *b)
{
	struct arena *a = &b->f->arena;
	struct pick_columns c = { .count = 0 };
	size_t i, most = 0;

	for (i = 0; i < b->n; i++)
		most += b->kept[i].fresh ? b->kept[i].pick_n : 0;
	if (most == 0)
		return (OK);
	c.sale = ARENA_MANY(a, most, uuid);
	c.lot = ARENA_MANY(a, most, uuid);
	c.n = ARENA_MANY(a, most, int64_t);
	c.quantity = ARENA_MANY(a, most, dec);
	for (i = 0; i < b->n; i++)
		picks_add(&b->kept[i], &c);
	return (store_exec(b->f, &sql_pick_insert, NULL,
	    UUID(b->portfolio.id), MANY(K_UUID, c.sale, c.count),
	    MANY(K_LONG, c.n, c.count), MANY(K_UUID, c.lot, c.count),
	    MANY(K_DEC, c.quantity, c.count)));
}
