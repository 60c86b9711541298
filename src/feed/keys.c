/*
 * A tenant's key is sealed before it is kept, bound to its tenant and
 * provider, and never comes out again but to be used. What it brought hangs on
 * its row and goes with it.
 */
#include <string.h>

#include "feed/keys.h"
#include "feed_sql.h"
#include "store/store.h"

#define KEY_BYTES_MIN 4
#define KEY_BYTES_MAX 200

static const struct feed_vault *vault;

void
feed_seal_with(const struct feed_vault *v)
{
	vault = v;
}

static str
context_of(struct flow *f, const char *provider)
{
	char tenant[UUID_TEXT_MAX];

	uuid_print(f->who.tenant, tenant);
	return (arena_printf(&f->arena, "%s:%s", tenant, provider));
}

/* ---- keys ---------------------------------------------------------------- */

/* What can stand in a header or an address. */
static bool
key_plain(str key)
{
	for (size_t i = 0; i < key.n; i++)
		if (key.p[i] <= ' ' || key.p[i] > '~')
			return (false);
	return (key.n >= KEY_BYTES_MIN && key.n <= KEY_BYTES_MAX);
}

enum err
feed_key_put(struct flow *f, str provider, str key)
{
	const struct provider *p = provider_of(provider);
	str sealed, mark;

	key = str_trim(key);
	if (p == NULL || p->key == KEY_NONE || vault == NULL)
		return (flow_fault(
		    f, E_NOT_FOUND, "no provider of that name takes a key"));
	if (!key_plain(key))
		return (flow_fault(f, E_INVALID,
		    "a key has %d to %d printable characters and no blanks",
		    KEY_BYTES_MIN, KEY_BYTES_MAX));
	sealed = vault->seal(&f->arena, context_of(f, p->name), key);
	mark = vault->fingerprint(&f->arena,
	    arena_printf(&f->arena, "%s:%.*s", p->name, STR_ARG(key)));
	TRY(store_batch(f,
	    (const struct query[]){
		QUERY(&sql_provider_key_drop, NULL, NULL, STR(str_of(p->name))),
		QUERY(&sql_provider_key_put, NULL, NULL, STR(str_of(p->name)),
		    STR(sealed), STR(mark), UUID(f->who.user)) },
	    2));
	LOG(LOG_INFORM, "feed.key.set", LZ("provider", p->name),
	    LS("fingerprint", mark));
	return (OK);
}

enum err
feed_key_drop(struct flow *f, str provider)
{
	int64_t n;

	TRY(store_exec(f, &sql_provider_key_drop, &n, STR(provider)));
	if (n == 0)
		return (flow_fault(f, E_NOT_FOUND,
		    "there is no key of yours for this provider"));
	LOG(LOG_INFORM, "feed.key.removed", LS("provider", provider));
	return (OK);
}

const struct field feed_key_fields[] = {
	MUST(feed_key, provider, "The provider."),
	MUST(
	    feed_key, fingerprint, "Tells keys apart without telling the key."),
	MUST(feed_key, state, "unproven, good, or refused by the provider."),
	MUST(feed_key, set_at, "When it was set."),
	MAY(feed_key, checked_at, "When its state was found out."), FIELDS_END
};

enum err
feed_keys(struct flow *f, struct list *out)
{
	return (store_rows(f, &sql_provider_keys, SHAPE(feed_key), out));
}

struct kept_key {
	str sealed, fingerprint, state;
};

static const struct field kept_key_fields[] = { MUST(kept_key, sealed,
						    "The key, sealed."),
	MUST(kept_key, fingerprint, "Tells keys apart."),
	MUST(kept_key, state, "Whether it works."), FIELDS_END };

enum err
key_own(struct flow *f, const struct provider *p, struct own_key *out)
{
	struct kept_key k;

	if (vault == NULL || !uuid_ok(f->who.tenant))
		return (E_NOT_FOUND);
	TRY(store_row(f, &sql_provider_key_open, SHAPE(kept_key), &k,
	    STR(str_of(p->name))));
	out->fingerprint = k.fingerprint;
	out->state = k.state;
	return (vault->unseal(
		    &f->arena, context_of(f, p->name), k.sealed, &out->key)
		? OK
		: E_NOT_FOUND);
}

void
key_proved(struct flow *f, const struct provider *p, const struct own_key *k,
    enum feed_answer a)
{
	str state;

	if (a != FEED_OK && a != FEED_KEY)
		return;
	state = a == FEED_OK ? S("good") : S("refused");
	if (!str_eq(k->state, state) &&
	    store_exec(f, &sql_provider_key_proved, NULL, STR(str_of(p->name)),
		STR(k->fingerprint), STR(state)) != OK)
		return;
}

/* ---- what they brought --------------------------------------------------- */

struct kept_value {
	str provider, value;
	double age_s;
};

static const struct field kept_value_fields[] = { MUST(kept_value, provider,
						      "Who told it."),
	MUST(kept_value, value, "A record."),
	MUST(kept_value, age_s, "How long ago."), FIELDS_END };

enum err
own_value(
    struct flow *f, const char *kind, str about, str *value, double *age_s)
{
	struct kept_value v;

	TRY(store_row(f, &sql_provider_value, SHAPE(kept_value), &v,
	    STR(str_of(kind)), STR(about)));
	*value = v.value;
	*age_s = v.age_s;
	return (OK);
}

void
own_value_keep(struct flow *f, const char *provider, str fingerprint,
    const char *kind, str about, str value)
{
	if (store_exec(f, &sql_provider_value_put, NULL, STR(str_of(provider)),
		STR(fingerprint), STR(str_of(kind)), STR(about),
		STR(value)) != OK)
		LOG(LOG_WARN, "feed.own.lost", LZ("provider", provider));
}
