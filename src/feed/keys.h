/*
 * keys: those that tenants bring, and what they brought. Inner header of
 * feed/.
 */
#ifndef BURSAR_FEED_KEYS_H
#define BURSAR_FEED_KEYS_H

#include "feed/provider.h"

struct own_key {
	str key; /* the flow's; not to be logged */
	str fingerprint;
	str state;
};

/* The key of f->who.tenant's own; E_NOT_FOUND without one. */
enum err key_own(
    struct flow *f, const struct provider *p, struct own_key *out) MUSTCHECK;
/* Write down whether the provider took it. Failing to is no matter. */
void key_proved(struct flow *f, const struct provider *p,
    const struct own_key *k, enum feed_answer a);

/* A value kept beside the tenant's key. E_NOT_FOUND: there is none. */
enum err own_value(struct flow *f, const char *kind, str about, str *value,
    double *age_s) MUSTCHECK;
void own_value_keep(struct flow *f, const char *provider, str fingerprint,
    const char *kind, str about, str value);

/* What a symbol and a search may look like: they become part of keys and
 * addresses. */
bool feed_symbol_ok(str s);
bool feed_text_ok(str s);

#endif
