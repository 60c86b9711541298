"""The schema and every statement keep tenants apart, whatever the code does.

A table or a statement that is added tomorrow is judged by the same rules: it
belongs to a tenant, unless it stands in the list below.
"""

import pathlib
import re
import subprocess

import pytest

from world import PROGRAM, ROOT, Postgres, temporary_folder

# Tables without tenant_id: shared by all tenants, or needed before one is
# known. Those of the second kind bursar_app may not even read.
SHARED = {"instruments", "prices_daily", "quotes", "dividends", "splits",
          "schema_migrations", "bar_corrections", "bars_intraday", "fx_rates",
          "identifiers", "fundamentals", "quality_findings", "tracks",
          "indicators", "indicator_values", "search_words", "search_variants",
          "provider_calls", "provider_health", "leases", "exchange_days",
          *(f"prices_daily_{since}" for since in (
              "old", 2000, 2005, 2010, 2015, 2020, 2025, 2030))}
HIDDEN = {"users", "sessions", "refresh_tokens", "login_attempts",
          "job_schedules", "job_runs", "job_lines", "job_workers"}
# The tenants themselves: held by row security on their own id.
OF_ID = {"tenants"}
GLOBAL = SHARED | HIDDEN | OF_ID

HEAD = re.compile(r"^-- *((?:global|\[global\]) +)?([a-z0-9_]+):")


def statements():
    """(room, name, is_global, text) of every .sql file, as embed.awk reads."""
    for path in sorted((ROOT / "src").glob("*/*.sql")):
        name, lines = None, []
        for line in path.read_text().splitlines():
            head = HEAD.match(line)
            if name is None and head:
                name, is_global, lines = head[2], bool(head[1]), []
            elif name is not None and not line.lstrip().startswith("--"):
                lines.append(line)
                if line.rstrip().endswith(";"):
                    yield path.parent.name, name, is_global, "\n".join(lines)
                    name = None


STATEMENTS = list(statements())
each_statement = pytest.mark.parametrize(
    "is_global, text", [s[2:] for s in STATEMENTS],
    ids=[f"{room}.{name}" for room, name, *_ in STATEMENTS])


@pytest.fixture(scope="module")
def fresh():
    """A database with the schema and nothing in it."""
    folder = temporary_folder()
    postgres = Postgres(folder)
    try:
        done = subprocess.run(
            [str(PROGRAM), "migrate"], cwd=ROOT, capture_output=True,
            text=True, timeout=120, env={
                "BURSAR_OWNER_URL": postgres.url(),
                "BURSAR_DATABASE_URL": postgres.url("bursar_app")})
        assert done.returncode == 0, done.stdout + done.stderr
        yield postgres
    finally:
        postgres.drop()
        folder.rmdir()


@pytest.fixture(scope="module")
def tenant_tables(fresh):
    return [t for t in fresh.tables() if t not in GLOBAL]


def said(postgres, sql, user="bursar_app"):
    """What psql answers, good or bad, in one transaction that is undone."""
    return subprocess.run(
        ["psql", "-XAtq", "-v", "ON_ERROR_STOP=1", postgres.url(user)],
        input=f"set search_path = bursar, pg_temp; begin;\n{sql}\n;rollback;",
        capture_output=True, text=True, timeout=60)


def nothing(rows):
    assert rows == [], rows


# ---- statements --------------------------------------------------------------


def test_there_are_statements():
    assert len(STATEMENTS) > 20


def test_names_are_unique_across_rooms():
    """A connection prepares a statement under its name alone."""
    names = [name for _, name, *_ in STATEMENTS]
    assert sorted(set(names)) == sorted(names)


@each_statement
def test_statement_prepares_as_the_app_role(fresh, is_global, text):
    done = said(fresh, f"prepare statement as {text}")
    assert done.returncode == 0, done.stderr


def table_uses(text, table):
    """The names under which a statement reads or changes a table."""
    keywords = {"set", "where", "join", "left", "right", "inner", "cross",
                "on", "order", "group", "values", "limit", "as", "using",
                "for", "select", "returning", "full", "natural", "union"}
    found = re.findall(
        rf"\b(from|join|update|using|into|,)\s+(?:bursar\.)?{table}\b"
        r"(?:\s+as)?(?:\s+([a-z_]\w*))?(?!\s*\.)", text)
    return [(verb, alias if alias and alias not in keywords else table)
            for verb, alias in found]


def fault(text, tables):
    """Why a statement may reach another tenant's rows, or None."""
    code = re.sub(r"'[^']*'", "''", text.lower())
    plain = len(re.findall(r"(?<![.\w])tenant_id = \$1(?!\d)", code))
    if not re.search(r"tenant_id = \$1(?!\d)", code) and not re.search(
            r"insert into \w+(?:\s+as \w+)?\s*\(tenant_id\b[^)]*\)\s*"
            r"(?:values\s*\(|select\s+)\$1(?!\d)", code) and not re.search(
            r"\bfrom job_\w+\(\$1(?!\d)", code):  # a function's to see to
        return "is not bound to the tenant"
    for table in tables:
        for verb, alias in table_uses(code, table):
            if verb == "into":
                if not re.search(
                        rf"into {table}(?:\s+as \w+)?\s*\(tenant_id\b[^)]*\)"
                        r"\s*(?:values\s*\(|select\s+)(?:\$1(?!\d)|\w+"
                        r"\.tenant_id)", code):
                    return f"writes {table} without the tenant first"
            elif re.search(rf"\b{alias}\.tenant_id = |= {alias}\.tenant_id\b",
                           code):
                continue
            elif plain > 0:
                plain -= 1
            else:
                return f"reads {table} as {alias} without its tenant"
    return None


@each_statement
def test_statement_is_bound_to_its_tenant(tenant_tables, is_global, text):
    if is_global:
        used = [t for t in tenant_tables if table_uses(text.lower(), t)]
        assert not used, f"global, but of tenants: {used}"
    else:
        assert fault(text, tenant_tables) is None


@pytest.mark.parametrize("text", [
    "select * from things",
    "select * from things where id = $1",
    "select * from things where tenant_id = $10",
    "select 'tenant_id = $1' from things",
    "select * from things t join parts p on p.id = t.part_id "
    "where t.tenant_id = $1",
    "insert into things (id, tenant_id) values ($1, $2)",
    "insert into things (tenant_id, id) values ($2, $1)",
    "update things set name = (select name from parts where id = $2) "
    "where tenant_id = $1",
    "delete from things using parts where things.tenant_id = $1",
])
def test_the_judge_finds_faults(text):
    assert fault(text, ["things", "parts"]) is not None


@pytest.mark.parametrize("text", [
    "select * from things where tenant_id = $1 and id = $2",
    "select * from things t join parts p on p.tenant_id = t.tenant_id "
    "and p.id = t.part_id where t.tenant_id = $1",
    "insert into things (tenant_id, id)\nvalues ($1, $2)",
    "insert into things (tenant_id, id)\nselect $1, u.* from unnest($2) u",
    "update things set n = 1 where tenant_id = $1",
])
def test_the_judge_lets_good_ones_pass(text):
    assert fault(text, ["things", "parts"]) is None


# ---- tables ------------------------------------------------------------------


def test_the_list_of_global_tables_is_exact(fresh):
    assert GLOBAL <= set(fresh.tables())
    assert not GLOBAL & set(fresh.tenant_tables())
    assert set(fresh.tables()) - GLOBAL == set(fresh.tenant_tables())


def test_tenant_id_is_a_uuid_and_never_null(fresh):
    nothing(fresh.rows(
        "select table_name from information_schema.columns"
        " where table_schema = 'bursar' and column_name = 'tenant_id'"
        " and (data_type <> 'uuid' or is_nullable <> 'NO')"))


def test_row_security_is_on_and_binds_the_owner(fresh, tenant_tables):
    held = {t for t, in fresh.rows(
        "select relname from pg_class where relrowsecurity"
        " and relforcerowsecurity and relnamespace = 'bursar'::regnamespace")}
    assert set(tenant_tables) | OF_ID == held


def test_one_policy_holds_everybody_and_reads_the_setting_once(
        fresh, tenant_tables):
    found = dict(fresh.rows(
        "select tablename, coalesce(qual = with_check, true) || ' ' || qual"
        " from pg_policies where schemaname = 'bursar' and cmd = 'ALL'"
        " and policyname = 'tenant' and roles = '{public}'"
        " and permissive = 'PERMISSIVE'"))
    assert set(found) == set(tenant_tables) | OF_ID
    for table, qual in found.items():
        column = "id" if table in OF_ID else "tenant_id"
        assert qual == (
            f"true ({column} = ( SELECT (NULLIF(current_setting("
            "'app.tenant_id'::text, true), ''::text))::uuid AS \"nullif\"))")


def test_other_policies_only_let_the_owner_look(fresh):
    nothing(fresh.rows(
        "select tablename, policyname from pg_policies"
        " where schemaname = 'bursar' and policyname <> 'tenant'"
        " and (roles <> '{bursar_owner}' or cmd <> 'SELECT')"))


def test_every_unique_key_starts_with_the_tenant(fresh, tenant_tables):
    nothing(fresh.rows(
        "select i.indexrelid::regclass from pg_index i"
        " join pg_class c on c.oid = i.indrelid"
        " join pg_attribute a on a.attrelid = i.indrelid"
        " and a.attnum = i.indkey[0] where i.indisunique"
        f" and c.relname = any ('{{{','.join(tenant_tables)}}}')"
        " and c.relnamespace = 'bursar'::regnamespace"
        " and a.attname <> 'tenant_id'"))
    keyed = {t for t, in fresh.rows(
        "select conrelid::regclass::text from pg_constraint"
        " where contype = 'p'")}
    assert {f"bursar.{t}" for t in tenant_tables} <= keyed


FOREIGN = """
    select k.conname, k.conrelid::regclass, k.confrelid::regclass
      from pg_constraint k
      join pg_class c on c.oid = k.conrelid
      join pg_class r on r.oid = k.confrelid
      join pg_attribute a on a.attrelid = k.conrelid
       and a.attnum = k.conkey[1]
      join pg_attribute b on b.attrelid = k.confrelid
       and b.attnum = k.confkey[1]
     where k.contype = 'f'
       and c.relnamespace = 'bursar'::regnamespace and """


def test_keys_between_tenants_tables_carry_the_tenant(fresh, tenant_tables):
    names = "'{" + ",".join(tenant_tables) + "}'"
    nothing(fresh.rows(
        FOREIGN + f"r.relname = any ({names})"
        " and (a.attname <> 'tenant_id' or b.attname <> 'tenant_id')"))


def test_no_shared_table_points_at_a_tenants(fresh, tenant_tables):
    names = "'{" + ",".join([*tenant_tables, *OF_ID]) + "}'"
    nothing(fresh.rows(
        FOREIGN + f"r.relname = any ({names})"
        f" and not c.relname = any ({names})"))


def test_nothing_shows_rows_past_row_security(fresh):
    nothing(fresh.rows(
        "select relname from pg_class"
        " where relnamespace = 'bursar'::regnamespace and (relkind = 'm'"
        " or (relkind = 'v' and not coalesce(reloptions::text"
        " like '%security_invoker=true%', false)))"))


# ---- rights ------------------------------------------------------------------


def test_functions_are_called_only_by_who_was_told_and_find_only_ours(fresh):
    nothing(fresh.rows(
        "select p.oid::regprocedure from pg_proc p"
        " where pronamespace = 'bursar'::regnamespace"
        " and (has_function_privilege('public', p.oid, 'execute')"
        " or (prosecdef and not exists (select from unnest(proconfig) c"
        " where c like 'search_path=%pg_temp')))"))


def test_the_app_role_owns_nothing_and_has_no_powers(fresh):
    assert fresh.rows(
        "select rolsuper, rolbypassrls, rolcreaterole, rolcreatedb,"
        " rolreplication, rolcanlogin from pg_roles"
        " where rolname = 'bursar_app'") == [["f"] * 5 + ["t"]]
    nothing(fresh.rows(
        "select classid::regclass, objid from pg_shdepend"
        " where refobjid = 'bursar_app'::regrole and deptype = 'o'"))
    nothing(fresh.rows(
        "select roleid::regrole from pg_auth_members"
        " where member = 'bursar_app'::regrole"))
    assert fresh.value(
        "select has_schema_privilege('bursar_app', 'bursar', 'create')"
    ) == "f"


def test_nobody_else_has_rights_and_the_app_role_no_dangerous_ones(fresh):
    nothing(fresh.rows(
        "select c.relname, x.grantee::regrole, x.privilege_type"
        " from pg_class c, aclexplode(c.relacl) x"
        " where c.relnamespace = 'bursar'::regnamespace"
        " and x.grantee <> c.relowner and (x.grantee <> 'bursar_app'::regrole"
        " or x.privilege_type in ('TRUNCATE', 'REFERENCES', 'TRIGGER')"
        " or x.is_grantable)"))


@pytest.mark.parametrize("table", sorted(HIDDEN))
def test_the_app_role_cannot_touch_what_is_hidden(fresh, table):
    for verb in (f"select 1 from {table}", f"delete from {table}",
                 f"insert into {table} default values"):
        done = said(fresh, verb)
        assert "permission denied" in done.stderr, (verb, done)


# ---- rows --------------------------------------------------------------------


@pytest.fixture(scope="module")
def peopled(world):
    """The shared world's database: three tenants, one with years of trades."""
    tenants = [id for id, in world.postgres.rows(
        "select tenant_id from bursar.memberships group by 1"
        " order by (select count(*) from bursar.activities a"
        " where a.tenant_id = memberships.tenant_id) desc")]
    assert len(tenants) >= 3
    return world.postgres, tenants


def visible(postgres, table, setting):
    column = "id" if table in OF_ID else "tenant_id"
    done = said(postgres, f"{setting}; select {column}, count(*) from {table}"
                " group by 1")
    assert done.returncode == 0, done.stderr
    rows = [line.split("|") for line in done.stdout.split() if "|" in line]
    return {tenant: int(n) for tenant, n in rows}


def as_tenant(tenant):
    return f"set local app.tenant_id = '{tenant}'"


def test_without_a_tenant_there_are_no_rows(peopled):
    postgres, _ = peopled
    for table in [*postgres.tenant_tables(), *OF_ID]:
        assert visible(postgres, table, "select") == {}
        assert visible(postgres, table, as_tenant("")) == {}


def test_a_tenant_has_its_own_rows_and_all_of_them(peopled):
    postgres, tenants = peopled
    for table in [*postgres.tenant_tables(), *OF_ID]:
        column = "id" if table in OF_ID else "tenant_id"
        truth = {t: int(n) for t, n in postgres.rows(
            f"select {column}, count(*) from bursar.{table} group by 1")}
        for tenant in tenants:
            mine = {tenant: truth[tenant]} if tenant in truth else {}
            assert visible(postgres, table, as_tenant(tenant)) == mine


def test_no_row_can_be_given_to_another_tenant(peopled):
    postgres, (mine, other, *_) = peopled
    tried = 0
    for table in postgres.tenant_tables():
        if mine not in visible(postgres, table, as_tenant(mine)):
            continue
        for sql in (f"update {table} set tenant_id = '{other}'",
                    f"insert into {table} select (jsonb_populate_record(x,"
                    f" jsonb_build_object('tenant_id', '{other}'))).*"
                    f" from {table} x limit 1"):
            done = said(postgres, f"{as_tenant(mine)}; {sql}")
            assert ("row-level security" in done.stderr
                    or "permission denied" in done.stderr), (sql, done)
            tried += 1
    assert tried >= 8


def test_files_are_migrations_in_one_order():
    """Numbers may be left out, but not be given twice."""
    numbers = [int(p.name[:4]) for p in sorted(
        pathlib.Path(ROOT / "migrations").glob("*.sql"))]
    assert numbers[0] == 0
    assert numbers == sorted(set(numbers))
