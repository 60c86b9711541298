/*
 * Routing, sealed cursors, and the document that is printed from the rows.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>
#include <jansson.h>

#include "http/exchange.h"
#include "http/schema.h"

struct pet {
	uuid	id;
	str	name;
	dec	weight;
	struct list toys;
};

struct toy {
	str	name;
};

static const struct field toy_fields[] = {
	MUST(toy, name, "Name."),
	FIELDS_END
};

static const struct field pet_fields[] = {
	MUST(pet, id, "Id."),
	MUST(pet, name, "Name.", .max = 20),
	MAY(pet, weight, "Weight."),
	MUST(pet, toys, "Toys.", .shape = SHAPE(toy)),
	FIELDS_END
};

struct pet_path {
	uuid	pet;
};

static const struct field pet_path_fields[] = {
	MUST(pet_path, pet, "Id."),
	FIELDS_END
};

struct toy_path {
	uuid	pet;
	uuid	toy;
};

static const struct field toy_path_fields[] = {
	MUST(toy_path, pet, "Id."), MUST(toy_path, toy, "Id."),
	FIELDS_END
};

static enum err
nothing(struct call *c)
{
	(void)c;
	return (OK);
}

static const struct route rows[] = {
	{ GET, "/pets", NEED_VIEWER, "listPets", "Pets.",
	  .reply = SHAPE(pet), .page = true, .run = nothing },
	{ POST, "/pets", NEED_MEMBER, "addPet", "Add one.",
	  .body = SHAPE(pet), .reply = SHAPE(pet), .status = 201, .tx = true,
	  .once = true, .run = nothing },
	{ GET, "/pets/{pet}", NEED_VIEWER, "getPet", "One.",
	  .params = SHAPE(pet_path), .reply = SHAPE(pet), .run = nothing },
	{ GET, "/pets/best", NEED_NOBODY, "bestPet", "The best.",
	  .reply = SHAPE(pet), .wrapped = true, .run = nothing },
	{ DELETE, "/pets/{pet}/toys/{toy}", NEED_ADMIN, "dropToy", "Drop.",
	  .params = SHAPE(toy_path), .match = true, .run = nothing },
	{ GET, "/plain", NEED_NOBODY, "plain", "Plain.", .plain = true,
	  .type = "text/plain", .run = nothing },
	ROUTES_END
};

static const struct capability pets = { "pets", "All about pets.", rows };

static const struct route needless[] = {
	{ GET, "/needless", .id = "needless", .summary = "x",
	  .run = nothing },
	ROUTES_END
};
static const struct route misnamed[] = {
	{ DELETE, "/pets/{pet}/toys/{toy}", NEED_ADMIN, "a", "x",
	  .params = SHAPE(pet_path), .run = nothing },
	{ GET, "/pets/{id}", NEED_ADMIN, "b", "x",
	  .params = SHAPE(pet_path), .run = nothing },
	{ GET, "/nobody/{pet}", NEED_ADMIN, "c", "x", .run = nothing },
	{ GET, "/anybody", NEED_ADMIN, "d", "x", .params = SHAPE(pet_path),
	  .run = nothing },
	{ .path = "/methodless", .need = NEED_ADMIN, .id = "e",
	  .summary = "x", .run = nothing },
	{ GET, "/once", NEED_ADMIN, "f", "x", .once = true, .run = nothing },
	{ GET, "relative", NEED_ADMIN, "g", "x", .run = nothing },
	{ GET, "/silent", NEED_ADMIN, .run = nothing },
};

static const struct capability needless_pets = { "x", "x", needless };

static const struct route *
found(const char *path, enum method m)
{
	struct exchange ex = { .path = str_of(path) };

	if (router_find(&ex) != OK)
		return (NULL);
	return (router_route(ex.node, m));
}

static void
a_path_finds_its_row(void **state)
{
	(void)state;
	assert_ptr_equal(found("/api/v1/pets", GET), &rows[0]);
	assert_ptr_equal(found("/api/pets", POST), &rows[1]);
	assert_ptr_equal(found("/api/v1/pets/7", GET), &rows[2]);
	assert_ptr_equal(found("/api/v1/pets/best", GET), &rows[3]);
	assert_ptr_equal(found("/api/v1/pets/7/toys/8", DELETE), &rows[4]);
	assert_ptr_equal(found("/plain", GET), &rows[5]);
}

static void
other_paths_find_nothing(void **state)
{
	(void)state;
	assert_null(found("/api/v1/pets/", GET));
	assert_null(found("/api/v1/pets/7/toys", GET));
	assert_null(found("/api/v1/Pets", GET));
	assert_null(found("/api/v1//pets", GET));
	assert_null(found("/pets", GET));
	assert_null(found("/api/v1/plain", GET));
	assert_null(found("/api/v1/pets", DELETE));
	assert_null(found("/", GET));
	assert_null(found("", GET));
}

static void
a_row_without_a_need_is_refused(void **state)
{
	const struct capability *const caps[] = { &needless_pets, NULL };

	(void)state;
	assert_false(http_prepare(caps, nothing));
}

static void
a_row_that_is_not_whole_is_refused(void **state)
{
	struct route alone[2] = { { 0 } };
	const struct capability cap = { "x", "x", alone };
	const struct capability *const caps[] = { &cap, NULL };
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(misnamed) / sizeof(misnamed[0]); i++) {
		alone[0] = misnamed[i];
		assert_false(http_prepare(caps, nothing));
	}
}

static enum err
cursors_flow(struct flow *f, void *arg)
{
	struct exchange ex = { .call.f = f, .call.route = &rows[0] };
	str sealed, spoilt;

	(void)arg;
	f->who.tenant.b[0] = 1;
	ex.call.exchange = &ex;
	sealed = cursor_seal(&ex, S("2024-01-01 abc"));
	assert_int_equal(cursor_open(&ex, sealed), OK);
	assert_true(str_eq(ex.cursor, S("2024-01-01 abc")));
	spoilt = arena_str(&f->arena, sealed);
	((char *)(uintptr_t)spoilt.p)[sealed.n - 1] ^= 1;
	assert_int_equal(cursor_open(&ex, spoilt), E_BAD_REQUEST);
	assert_int_equal(cursor_open(&ex, S("")), E_BAD_REQUEST);
	assert_int_equal(cursor_open(&ex, S("?!")), E_BAD_REQUEST);
	f->who.tenant.b[0] = 2;
	assert_int_equal(cursor_open(&ex, sealed), E_BAD_REQUEST);
	f->who.tenant.b[0] = 1;
	ex.call.route = &rows[2];
	assert_int_equal(cursor_open(&ex, sealed), E_BAD_REQUEST);
	return (OK);
}

static void
a_cursor_opens_only_where_it_was_sealed(void **state)
{
	(void)state;
	loop_open();
	assert_int_equal(flow_run(cursors_flow, NULL, 1000), OK);
	loop_close();
}

static json_t *
at(json_t *j, const char *const *keys)
{
	for (; *keys != NULL && j != NULL; keys++)
		j = json_object_get(j, *keys);
	return (j);
}

static void
the_document_says_what_the_rows_say(void **state)
{
	static const char *const add[] = { "paths", "/pets", "post",
	    "responses", "201", NULL };
	static const char *const must[] = { "components", "schemas", "pet",
	    "required", NULL };
	static const char *const toy[] = { "components", "schemas", "toy",
	    NULL };
	static const char *const plain[] = { "paths", "/plain", NULL };
	struct arena a;
	json_t *doc;
	str text;

	(void)state;
	arena_init(&a, 64 * 1024 * 1024, NULL, NULL);
	text = http_openapi(&a);
	doc = json_loadb(text.p, text.n, JSON_REJECT_DUPLICATES, NULL);
	assert_non_null(doc);
	assert_non_null(at(doc, add));
	assert_int_equal(json_array_size(at(doc, must)), 3);
	assert_non_null(at(doc, toy));
	assert_null(at(doc, plain));
	json_decref(doc);
	arena_drop(&a);
}

static void
indented_json_is_the_same_json(void **state)
{
	static const char text[] = "{\"a\":[],\"b\":{},\"c\":[1,2,{\"d\":"
	    "\"x,{\\\"}\"}],\"e\":null}";
	json_t *before, *after;
	struct arena a;
	str lines;

	(void)state;
	arena_init(&a, 64 * 1024 * 1024, NULL, NULL);
	lines = text_indent(&a, S(text));
	before = json_loads(text, 0, NULL);
	after = json_loadb(lines.p, lines.n, 0, NULL);
	assert_non_null(after);
	assert_true(json_equal(before, after));
	assert_non_null(memmem(lines.p, lines.n, "\n    1,\n", 8));
	json_decref(before);
	json_decref(after);
	arena_drop(&a);
}

static void
texts_that_differ_have_other_hashes(void **state)
{
	(void)state;
	assert_true(text_hash(S("abc")) != text_hash(S("abd")));
	assert_true(text_hash(S("")) != text_hash(S("a")));
	assert_true(text_hash(S("12345678")) != text_hash(S("123456789")));
	assert_true(text_hash(S("abc")) == text_hash(S("abc")));
}

static int
setup(void **state)
{
	static const struct capability *const caps[] = { &pets, NULL };

	(void)state;
	return (http_prepare(caps, nothing) ? 0 : -1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_path_finds_its_row),
		cmocka_unit_test(other_paths_find_nothing),
		cmocka_unit_test(a_row_without_a_need_is_refused),
		cmocka_unit_test(a_row_that_is_not_whole_is_refused),
		cmocka_unit_test(a_cursor_opens_only_where_it_was_sealed),
		cmocka_unit_test(the_document_says_what_the_rows_say),
		cmocka_unit_test(indented_json_is_the_same_json),
		cmocka_unit_test(texts_that_differ_have_other_hashes),
	};

	return (cmocka_run_group_tests(tests, setup, NULL));
}
