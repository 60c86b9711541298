/*
 * own_api: what a key that the tenant brought brings. Inner header of ingest/.
 */
#ifndef BURSAR_INGEST_OWN_API_H
#define BURSAR_INGEST_OWN_API_H

#include "http/http.h"

extern const struct shape own_path_shape, own_range_shape,
    own_search_query_shape, own_quote_shape, own_profile_shape,
    own_match_shape, own_figures_shape, own_prices_shape;

enum err own_quote_show(struct call *c) MUSTCHECK;
enum err own_profile_show(struct call *c) MUSTCHECK;
enum err own_search_show(struct call *c) MUSTCHECK;
enum err own_figures_show(struct call *c) MUSTCHECK;
enum err own_prices_show(struct call *c) MUSTCHECK;

#endif
