"""A tenant sees and touches only its own: every operation that openapi.json
lists is tried, so that one added tomorrow is tried too.
"""

import json

import pytest

from client import new_key
from conftest import portfolio_new
from openapi import operations

NOBODY = "01890000-0000-7000-8000-00000000dead"
# Members of a problem that differ from one request to the next.
OWN = ("request_id", "instance")
GLOBAL_PARAMS = {"symbol", "date", "provider"}


@pytest.fixture(scope="module")
def document(server):
    return server.client().get("/api/v1/openapi.json").ok()


@pytest.fixture(scope="module")
def all_operations(document):
    found = operations(document)
    assert len(found) > 20
    return found


def job_of(world, tenant, text):
    """A run and a schedule of a tenant's."""
    postgres = world.postgres
    of = f"(select id from bursar.tenants where name = '{tenant}')"
    return {
        "run": postgres.value(
            "insert into bursar.job_runs (id, tenant, kind, failures_max,"
            " run_at, doing) values (gen_random_uuid(), "
            f"{of}, 'test.kind', 5, now() + interval '1 year', '{text}')"
            " returning id"),
        "schedule": postgres.value(
            "insert into bursar.job_schedules (id, tenant, name, kind, cron,"
            f" zone) values (gen_random_uuid(), {of}, '{text}', 'test.kind',"
            " '@daily', 'UTC') returning id")}


@pytest.fixture(scope="module", autouse=True)
def jobs_end(world):
    yield
    for table in ("job_runs", "job_schedules"):
        world.postgres.rows(
            f"delete from bursar.{table} where kind = 'test.kind'")


@pytest.fixture(scope="module")
def alices(alice, world):
    """Acorn's things, with a marker in every text."""
    book = portfolio_new(alice, name="CANARY-7f3a")
    trade = book.buy("AAPL", "5", "100", on="2024-02-01", note="CANARY-7f3a")
    book.dividend("AAPL", "3", on="2024-03-01").ok(201)
    return {"portfolio": book.id, "activity": trade["activity"]["id"],
            "symbol": "AAPL", "date": "2024-02-01", "provider": "finnhub",
            **job_of(world, "Acorn", "CANARY-7f3a")}


@pytest.fixture(scope="module")
def bobs(bob, world):
    book = portfolio_new(bob, name="Bob's")
    trade = book.buy("MSFT", "2", "50", on="2024-02-01")
    return {"portfolio": book.id, "activity": trade["activity"]["id"],
            "symbol": "MSFT", "date": "2024-02-01", "provider": "finnhub",
            **job_of(world, "Birch", "of Birch")}


def owned(operation):
    """Names in its path that belong to a tenant."""
    return [n for n in operation.path_params if n not in GLOBAL_PARAMS]


def without_own(answer):
    return {k: v for k, v in answer.json().items() if k not in OWN}


def tenant_digest(world, tenant):
    """Row counts and contents of every table of one tenant."""
    postgres = world.postgres
    id = postgres.value(f"select id from bursar.tenants where name = '{tenant}'")
    found = {}
    for table in postgres.tenant_tables():
        found[table] = postgres.rows(
            "select count(*), md5(coalesce(string_agg(x::text, '|'"
            f" order by x::text), '')) from bursar.{table} x"
            f" where tenant_id = '{id}'")[0]
    return found


def test_every_name_in_a_path_is_known_to_these_tests(all_operations):
    """A new kind of id must be given a value here, or it goes untested."""
    for operation in all_operations:
        assert set(operation.path_params) <= {
            "portfolio", "activity", "run", "schedule"} | GLOBAL_PARAMS, (
                operation)


def test_foreign_ids_look_like_ids_of_nothing(
        world, all_operations, alices, bobs, bob):
    before = tenant_digest(world, "Acorn")
    tried = 0
    for operation in all_operations:
        names = owned(operation)
        if not names:
            continue
        for n in range(len(names)):
            # The first n are Bob's own, the rest are Alice's.
            foreign = {**bobs, **{k: alices[k] for k in names[n:]}}
            nothing = {**bobs, **{k: NOBODY for k in names[n:]}}
            if "symbol" in operation.path_params and n == 0:
                foreign["symbol"] = nothing["symbol"] = alices["symbol"]
            theirs = operation.call(bob, foreign)
            theirs.problem(404)
            absent = operation.call(bob, nothing)
            absent.problem(404)
            assert without_own(theirs) == without_own(absent), operation
            assert "CANARY" not in theirs.text
            tried += 1
    assert tried >= 10
    assert tenant_digest(world, "Acorn") == before, "Bob changed Acorn's rows"


def test_foreign_ids_in_queries_look_like_ids_of_nothing(
        all_operations, alices, bobs, bob):
    tried = 0
    for operation in all_operations:
        for param in operation.params:
            if param["in"] != "query" or param["name"] not in alices or (
                    param["name"] in GLOBAL_PARAMS):
                continue
            url = operation.url(bobs)
            join = "&" if "?" in url else "?"
            answers = [bob.call(operation.method,
                                f"{url}{join}{param['name']}={value}",
                                operation.body())
                       for value in (alices[param["name"]], NOBODY)]
            for answer in answers:
                answer.problem(404)
            assert without_own(answers[0]) == without_own(answers[1])
            tried += 1
    assert tried >= 4, "the dashboard takes ?portfolio="


def test_every_operation_but_the_public_ones_needs_a_login(
        all_operations, alices, anyone):
    public = {"login", "token", "refresh"}
    for operation in all_operations:
        answer = operation.call(anyone, alices)
        if operation.public:
            assert answer.status != 401 or "auth" in operation.path, operation
            continue
        answer.problem(401)
        assert "CANARY" not in answer.text
    assert len([o for o in all_operations if o.public]) <= 12, public


def test_public_operations_are_these(all_operations):
    """What may be had without a login is a list, and this is it."""
    names = {o.path.rsplit("/", 1)[-1] for o in all_operations if o.public}
    assert names <= {"login", "token", "refresh", "health", "livez", "readyz",
                     "metrics", "openapi.json", "docs"}, names


def test_nothing_bob_can_read_names_acorn(all_operations, alices, bobs, bob):
    """Every GET there is, with Bob's own ids: no marker of Acorn's anywhere."""
    ids = {v for v in alices.values() if len(v) > 20}
    for operation in all_operations:
        if operation.method != "GET" or operation.id == "stream" or (
                "stream" in operation.path):
            continue
        answer = operation.call(bob, bobs)
        assert answer.status < 500, answer
        assert "CANARY" not in answer.text, operation
        assert not [i for i in ids if i in answer.text], operation
        for value in answer.headers.values():
            assert "CANARY" not in value


def test_lists_hold_only_what_is_ones_own(alice, bob, alices, bobs):
    hers = {p["id"] for p in alice.get("/api/v1/portfolios").ok()["items"]}
    his = {p["id"] for p in bob.get("/api/v1/portfolios").ok()["items"]}
    assert alices["portfolio"] in hers and bobs["portfolio"] in his
    assert not hers & his


def test_cursor_of_another_tenant_is_refused(alice, bob, alices, bobs):
    path = "/api/v1/portfolios/{}/activities?limit=1"
    page = alice.get(path.format(alices["portfolio"])).ok()
    assert page["next_cursor"], "three activities make several pages of one"
    answer = bob.get(path.format(bobs["portfolio"])
                     + f"&cursor={page['next_cursor']}")
    assert answer.status == 400, answer
    assert "CANARY" not in answer.text


def test_idempotency_keys_are_the_tenants_own(alice, bob):
    """The same key in two tenants is two requests."""
    key = new_key()
    body = {"name": "Same key"}
    hers = alice.post("/api/v1/portfolios", body, key=key).ok(201)
    his = bob.post("/api/v1/portfolios", body, key=key).ok(201)
    assert hers["id"] != his["id"]


def test_same_names_in_two_tenants_do_not_collide(alice, bob):
    for client in (alice, bob):
        client.post("/api/v1/portfolios", {"name": "Pension"},
                    key=new_key()).ok(201)


@pytest.mark.parametrize("header", [
    "X-Tenant-ID", "X-Tenant", "X-User-ID", "X-Forwarded-User", "X-Original-URL"])
def test_headers_do_not_choose_the_tenant(bob, world, header):
    acorn = world.postgres.value(
        "select id from bursar.tenants where name = 'Acorn'")
    answer = bob.get("/api/v1/portfolios", headers={header: acorn})
    assert "CANARY" not in json.dumps(answer.ok())
    assert bob.get("/api/v1/auth/me", headers={header: acorn}
                   ).ok()["tenant"]["name"] == "Birch"


# ---- the net below the filter ---------------------------------------------------

def as_app(world, tenant, statement):
    setting = "" if tenant is None else (
        f"select set_config('app.tenant_id', '{tenant}', true);")
    return world.postgres.rows(f"begin; {setting} {statement}", "bursar_app")[
        0 if tenant is None else 1:]


def readable(world):
    return [t for t in world.postgres.tenant_tables() if world.postgres.value(
        f"select has_table_privilege('bursar_app', 'bursar.{t}', 'select')")
        == "t"]


def test_row_security_alone_keeps_tenants_apart(world, alices, bobs):
    """As the program's own role and without any filter in the statement."""
    id = {name: world.postgres.value(
        f"select id from bursar.tenants where name = '{name}'")
        for name in ("Acorn", "Birch")}
    tables = readable(world)
    assert {"portfolios", "activities", "positions"} <= set(tables)
    for table in tables:
        select = f"select distinct tenant_id from bursar.{table}"
        assert as_app(world, None, select) == [], table
        assert as_app(world, "", select) == [], table
        for tenant in id.values():
            assert as_app(world, tenant, select) in ([], [[tenant]]), table


def test_the_program_owns_nothing_and_bypasses_nothing(world):
    rows = world.postgres.rows(
        "select rolsuper, rolbypassrls, rolcreatedb, rolcreaterole"
        " from pg_roles where rolname = 'bursar_app'")
    assert rows == [["f", "f", "f", "f"]]
    assert world.postgres.value(
        "select count(*) from pg_class c join pg_roles r on r.oid = c.relowner"
        " where r.rolname = 'bursar_app'") == "0"


def test_every_tenant_table_is_fenced(world):
    """Forced row security, one policy that reads and writes by tenant, and
    tenant_id first in every key."""
    for table in world.postgres.tenant_tables():
        fenced = world.postgres.rows(
            "select relrowsecurity, relforcerowsecurity from pg_class"
            f" where oid = 'bursar.{table}'::regclass")
        assert fenced == [["t", "t"]], table
        policies = world.postgres.rows(
            "select cmd, qual like '%app.tenant_id%',"
            " coalesce(with_check, qual) like '%app.tenant_id%' from pg_policies"
            f" where schemaname = 'bursar' and tablename = '{table}'"
            " and not (roles = '{bursar_owner}')")
        assert ["ALL", "t", "t"] in policies and all(
            p[1] == "t" for p in policies), (table, policies)
        keys = world.postgres.rows(
            "select conname, (select attname from pg_attribute a"
            "  where a.attrelid = c.conrelid and a.attnum = c.conkey[1])"
            f" from pg_constraint c where conrelid = 'bursar.{table}'::regclass"
            " and contype in ('p', 'u')")
        assert keys, f"{table} has no key"
        assert all(first == "tenant_id" for _, first in keys), (table, keys)
        references = world.postgres.rows(
            "select conname, c.confrelid::regclass, (select attname"
            "  from pg_attribute a where a.attrelid = c.conrelid"
            "  and a.attnum = c.conkey[1])"
            f" from pg_constraint c where conrelid = 'bursar.{table}'::regclass"
            " and contype = 'f'")
        fenced_tables = {f"bursar.{t}" for t in world.postgres.tenant_tables()}
        for name, other, first in references:
            if other in fenced_tables:
                assert first == "tenant_id", (table, name)


def test_functions_of_the_owner_pin_their_search_path(world):
    loose = world.postgres.rows(
        "select p.oid::regprocedure from pg_proc p"
        " where pronamespace = 'bursar'::regnamespace and prosecdef"
        " and not exists (select from unnest(coalesce(proconfig, '{}')) s"
        "  where s like 'search_path=%')")
    assert loose == []
