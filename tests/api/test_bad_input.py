"""What is not valid is refused by name, and leaves nothing behind.

Every write is sent with each of its members missing, of the wrong type, out
of range and too precise, and with what JSON does not allow. The answer is a
problem below 500 that points at the member, and no row has changed.
"""

import json

import pytest

from client import new_key
from conftest import portfolio_new
from openapi import operations

NOBODY = "01890000-0000-7000-8000-00000000dead"


@pytest.fixture(scope="module")
def book(alice):
    made = portfolio_new(alice, name="Bad input")
    made.buy("AAPL", "10", "100", "1", "2024-02-01")
    return made


def writes(path):
    """Each write: its URL, a body that is right, and what each member is."""
    return {
        "portfolio": ("POST", "/api/v1/portfolios", {
            "name": "Good", "currency": "USD", "benchmark": "SPY",
            "opened_on": "2024-02-01"},
            {"name": "text!", "currency": "currency", "benchmark": "symbol",
             "opened_on": "day"}),
        "trade": ("POST", f"{path}/trades", {
            "kind": "buy", "symbol": "AAPL", "quantity": "1", "price": "100",
            "commission": "1", "traded_on": "2024-02-02", "note": "n"},
            {"kind": "choice!", "symbol": "symbol!", "quantity": "above zero!",
             "price": "above zero!", "commission": "not below zero",
             "traded_on": "day", "note": "text"}),
        "cash": ("POST", f"{path}/cash", {
            "kind": "deposit", "amount": "1", "on": "2024-02-02", "note": "n"},
            {"kind": "choice!", "amount": "above zero!", "on": "day",
             "note": "text"}),
        "dividend": ("POST", f"{path}/dividends", {
            "symbol": "AAPL", "amount": "1", "withheld": "0.1",
            "paid_on": "2024-02-02"},
            {"symbol": "symbol!", "amount": "above zero!",
             "withheld": "not below zero", "paid_on": "day"}),
        "patch": ("PATCH", path, {"name": "Better"}, {"name": "text"}),
        "login": ("POST", "/api/v1/auth/login", {
            "username": "nobody-here", "password": "x"},
            {"username": "text!", "password": "text!"}),
    }


WRITES = ("portfolio", "trade", "cash", "dividend", "patch", "login")

ANY_KIND = {"a list": [], "an object": {}, "true": True, "a list of one": ["1"]}
DECIMAL = {
    "text": "ten", "empty": "", "blank": " ", "NaN": "NaN", "Infinity": "Infinity",
    "inf": "-inf", "an exponent": "1e3", "capital exponent": "1E400",
    "a huge exponent": "1e400", "hex": "0x10", "a comma": "1,5",
    "two dots": "1.2.3", "a plus": "+1", "a leading space": " 1",
    "a trailing newline": "1\n", "thousands": "1 000", "full width": "\uff11",
    "Arabic digits": "\u0661", "over-precise": "1.0000000000000000001",
    "huge": "1" + "0" * 40, "very long": "1" * 5000, "a bare dot": ".",
    "no whole part": ".5", "no fraction": "1.",
    "negative": "-1", "a NUL": "1\u0000", "a dash": "-", "SQL": "1;select 1"}
ABOVE_ZERO = {**DECIMAL, "zero": "0", "zero with places": "0.00",
              "negative zero": "-0"}
WRONG = {
    "above zero": {**ANY_KIND, **ABOVE_ZERO},
    "not below zero": {**ANY_KIND, **DECIMAL},
    "day": {**ANY_KIND, "a number": 20240202, "no such day": "2024-02-30",
            "month 13": "2024-13-01", "slashes": "2024/02/02", "short": "2024-2-2",
            "an instant": "2024-02-02T00:00:00Z", "empty": "", "year 0": "0000-01-01",
            "a word": "today", "negative": "-2024-02-02", "far": "99999-01-01",
            "a leading space": " 2024-02-02"},
    "symbol": {**ANY_KIND, "a number": 5, "empty": "", "too long": "A" * 17,
               "spaces": "A B", "SQL": "'; drop table", "a slash": "A/B",
               "a NUL": "A\u0000", "letters of elsewhere": "Ä\u0416"},
    "currency": {**ANY_KIND, "a number": 1, "empty": "", "lower": "usd",
                 "long": "USDX", "unknown": "ZZZ"},
    "choice": {**ANY_KIND, "a number": 0, "empty": "", "unknown": "gift",
               "another case": "BUY", "null": None},
    "text": {**ANY_KIND, "a number": 5, "too long": "x" * 2000},
}
WRONG["text!"] = {**WRONG["text"], "empty": "", "null": None}


def wrong_values(kind):
    values = dict(WRONG.get(kind) or WRONG[kind.rstrip("!")])
    if kind.endswith("!"):
        values["null"] = None
    return values


CASES = [(write, member, label, value)
         for write, row in ((w, writes("")[w]) for w in WRITES)
         for member, kind in row[3].items()
         for label, value in wrong_values(kind).items()]


@pytest.fixture(scope="module")
def untouched(world, book):
    """Nothing that is sent to the book may change it, or make another."""
    tables = [t for t, in world.postgres.rows(
        "select table_name from information_schema.columns"
        " where table_schema = 'bursar' and column_name = 'portfolio_id'"
        " order by 1") if t in world.postgres.tenant_tables()]

    def digest():
        found = {t: world.postgres.rows(
            "select count(*), md5(coalesce(string_agg(x::text, '|'"
            f" order by x::text), '')) from bursar.{t} x"
            f" where portfolio_id = '{book.id}'") for t in tables}
        found["portfolios"] = world.postgres.rows(
            "select x::text from bursar.portfolios x"
            f" where id = '{book.id}' or name in ('Good', 'Better')")
        return found
    before = digest()
    assert {"activities", "positions", "portfolio_days"} <= before.keys()
    yield
    after = digest()
    assert before == after


def send(book, write, body, **more):
    method, path, _, _ = writes(book.path)[write]
    match = "*" if method == "PATCH" else None
    # A client's one connection: hundreds of cases follow each other.
    return book.client.call(method, path, body, match=match,
                            key=new_key(), **more)


@pytest.mark.parametrize(
    "write,member,label,value", CASES,
    ids=[f"{w}-{m}-{label}".replace(" ", "_") for w, m, label, _ in CASES])
def test_wrong_value_is_named(untouched, book, write, member, label, value):
    body = {**writes("")[write][2], member: value}
    answer = send(book, write, body)
    if write == "login" and label == "empty":
        answer.problem(401)     # nobody is called so
        return
    assert answer.status in (400, 422), answer
    problem = answer.problem(answer.status)
    if answer.status == 422:
        assert f"/{member}" in [e["pointer"] for e in problem["errors"]], problem
        assert all(e["detail"] for e in problem["errors"])


@pytest.mark.parametrize("write", WRITES)
def test_missing_members_are_named(untouched, book, write):
    _, _, good, kinds = writes("")[write]
    for member, kind in kinds.items():
        if not kind.endswith("!"):
            continue
        body = {k: v for k, v in good.items() if k != member}
        send(book, write, body).problem(422, "validation", f"/{member}")


@pytest.mark.parametrize("write", WRITES)
def test_members_nobody_asked_for_are_named(untouched, book, write):
    good = writes("")[write][2]
    for extra in ("tenant_id", "id", "role", "Quantity", "is_admin", "__proto__"):
        send(book, write, {**good, extra: "x"}).problem(
            422, pointer=f"/{extra}")


@pytest.mark.parametrize("write", [w for w in WRITES if w != "patch"])
def test_all_faults_are_reported_at_once(untouched, book, write):
    kinds = writes("")[write][3]
    needed = [m for m, k in kinds.items() if k.endswith("!")]
    problem = send(book, write, {"surplus": 1}).problem(422)
    named = {e["pointer"] for e in problem["errors"]}
    assert {f"/{m}" for m in needed} | {"/surplus"} <= named


@pytest.mark.parametrize("write", WRITES)
def test_a_pointer_is_escaped_as_json_pointers_are(untouched, book, write):
    good = writes("")[write][2]
    send(book, write, {**good, "a/b~c": 1}).problem(422, pointer="/a~1b~0c")


BROKEN = {
    "nothing": b"",
    "spaces": b"   ",
    "a list": b"[]",
    "a string": b'"buy"',
    "a number": b"5",
    "null": b"null",
    "cut short": b'{"kind":"buy"',
    "data after it": b"{}{}",
    "text after it": b"{} x",
    "a trailing comma": b'{"kind":"buy",}',
    "single quotes": b"{'kind':'buy'}",
    "a comment": b'{/* */"kind":"buy"}',
    "NaN": b'{"quantity":NaN}',
    "Infinity": b'{"quantity":-Infinity}',
    "a leading zero": b'{"quantity":01}',
    "invalid UTF-8": b'{"note":"\xff\xfe"}',
    "an overlong slash": b'{"note":"\xc0\xaf"}',
    "a lone surrogate in bytes": b'{"note":"\xed\xa0\x80"}',
    "a lone surrogate escaped": b'{"note":"\\ud800"}',
    "a raw control character": b'{"note":"\x01"}',
    "a raw newline": b'{"note":"a\nb"}',
    "a bad escape": b'{"note":"\\x41"}',
    "a byte order mark": b"\xef\xbb\xbf{}",
    "UTF-16": '{"kind":"buy"}'.encode("utf-16"),
    "a NUL": b'{"kind":"buy"}\x00',
    "too deep": b'{"note":' + b"[" * 100 + b"]" * 100 + b"}",
    "deep enough to exhaust a stack": b"[" * 200_000,
    "deep objects": b'{"a":' * 5000 + b"1" + b"}" * 5000,
    "a member twice": b'{"kind":"buy","kind":"sell","symbol":"AAPL",'
                      b'"quantity":"1","price":"1"}',
    "a member twice, escaped": b'{"kind":"buy","\\u006bind":"sell",'
                               b'"symbol":"AAPL","quantity":"1","price":"1"}',
    "1e400": b'{"kind":"buy","symbol":"AAPL","quantity":1e400,"price":"1"}',
    "a number of 5000 digits": b'{"kind":"buy","symbol":"AAPL","quantity":'
                               + b"9" * 5000 + b',"price":"1"}',
    "many members": b"{" + b",".join(b'"m%d":1' % i for i in range(5000)) + b"}",
}


@pytest.mark.parametrize("label", BROKEN, ids=[k.replace(" ", "_") for k in BROKEN])
@pytest.mark.parametrize("write", ["trade", "login"])
def test_what_is_not_one_json_object_is_refused(untouched, book, write, label):
    method, path, _, _ = writes(book.path)[write]
    answer = book.client.call(method, path, raw=BROKEN[label], key=new_key())
    assert answer.status in (400, 413, 422), answer
    answer.problem(answer.status)
    assert answer.seconds < 2


def test_numbers_are_taken_only_when_exact(book, alice):
    """A JSON number is an amount when a decimal holds it exactly."""
    made = portfolio_new(alice, name="Numbers", deposit="1000")
    base = {"kind": "deposit", "on": "2024-02-02"}

    def deposit(text):
        return alice.call("POST", f"{made.path}/cash", key=new_key(), raw=(
            json.dumps(base)[:-1] + f', "amount": {text}}}'))
    for text in ("1e400", "1e-400", "-5", "0", "1.0000000000000000001", "1e40"):
        deposit(text).problem(422, pointer="/amount")
    answer = deposit("0.1")
    if answer.status == 422:
        answer.problem(422, pointer="/amount")
    else:
        assert answer.ok(201)["activity"]["amount"] == "0.1"


def test_values_that_name_another_tenants_things_are_refused(
        untouched, book, bob):
    theirs = portfolio_new(bob, name="Not yours")
    trade = writes("")["trade"][2]
    book.client.post(f"{theirs.path}/trades", trade, key=new_key()).problem(404)
    book.client.post(f"/api/v1/portfolios/{NOBODY}/trades", trade,
                     key=new_key()).problem(404)
    assert theirs.activities(kind="buy") == []


def test_foreign_portfolio_is_404_whatever_the_body(untouched, book, bob):
    """Or a body's faults would tell which ids exist."""
    theirs = portfolio_new(bob, name="Not yours either")
    for body in ({}, {"kind": "buy"}, {"x": 1}):
        statuses = {book.client.post(f"/api/v1/portfolios/{id}/trades", body,
                                     key=new_key()).status
                    for id in (theirs.id, NOBODY)}
        assert len(statuses) == 1, statuses


@pytest.mark.parametrize("id", [
    "1", "x", "null", "0" * 36, "..%2f..", "%00", "'", "{}", "a" * 500,
    "01890000-0000-7000-8000-00000000DEAG"])
def test_ids_that_are_none_are_not_found_or_bad(alice, id):
    for path in (f"/api/v1/portfolios/{id}", f"/api/v1/portfolios/{id}/positions"):
        answer = alice.get(path)
        assert answer.status in (400, 404, 422), answer
        answer.problem(answer.status)


# ---- queries --------------------------------------------------------------------

QUERIES = {
    "unknown": "/api/v1/portfolios?colour=red",
    "repeated": "/api/v1/assets?q=a&q=b",
    "repeated limit": "/api/v1/assets?limit=1&limit=2",
    "another case": "/api/v1/assets?Q=a",
    "limit 0": "/api/v1/assets?limit=0",
    "limit below 0": "/api/v1/assets?limit=-1",
    "limit huge": "/api/v1/assets?limit=99999999999999999999",
    "limit a word": "/api/v1/assets?limit=ten",
    "limit empty": "/api/v1/assets?limit=",
    "limit fraction": "/api/v1/assets?limit=1.5",
    "no symbol": "/api/v1/prices",
    "bad day": "/api/v1/prices?symbol=AAPL&from=2024-02-30",
    "bad percent": "/api/v1/assets?q=%zz",
    "cut percent": "/api/v1/assets?q=%4",
    "a NUL": "/api/v1/assets?q=%00",
    "invalid UTF-8": "/api/v1/assets?q=%ff",
    "indicator": "/api/v1/indicators?symbol=AAPL&name=magic",
    "period": "/api/v1/indicators?symbol=AAPL&name=sma&period=0",
    "period huge": "/api/v1/indicators?symbol=AAPL&name=sma&period=100000000",
    "days": "/api/v1/dashboard/performance?days=0",
    "no name": "/api/v1/assets?=x",
}


@pytest.mark.parametrize("label", QUERIES, ids=[k.replace(" ", "_") for k in QUERIES])
def test_bad_queries_are_bad_requests(alice, label):
    answer = alice.get(QUERIES[label])
    answer.problem(400)


def test_unknown_parameters_are_refused_everywhere(alice, server, book):
    document = server.client().get("/api/v1/openapi.json").ok()
    values = {"portfolio": book.id, "symbol": "AAPL", "provider": "fred",
              "run": NOBODY, "schedule": NOBODY,
              "activity": book.activities()[0]["id"]}
    for operation in operations(document):
        if operation.method != "GET" or "stream" in operation.path:
            continue
        url = operation.url(values)
        url += ("&" if "?" in url else "?") + "surplus=1"
        answer = alice.get(url)
        assert answer.status == 400, answer
        answer.problem(400)


# ---- the frame --------------------------------------------------------------------

def test_body_over_the_limit_is_413(alice, untouched, book):
    for size in (1024 * 1024 + 1, 3 * 1024 * 1024):
        try:
            answer = alice.post(f"{book.path}/trades", raw=b"x" * size)
        except (BrokenPipeError, ConnectionResetError):
            continue    # it hung up while being talked at: as good
        answer.problem(413)
    answer = alice.post(f"{book.path}/trades",
                        raw=json.dumps({"note": "x" * 1_000_000}))
    assert answer.status == 422, "below the limit it is read"


def test_body_of_another_type_is_415(alice, untouched, book):
    good = json.dumps(writes("")["trade"][2])
    for kind in ("text/plain", "application/xml", "multipart/form-data",
                 "application/x-www-form-urlencoded", "application/jsonx"):
        alice.post(f"{book.path}/trades", raw=good, kind=kind).problem(415)
    answer = alice.post("/api/v1/auth/logout/nowhere", raw=good, kind="text/plain")
    answer.problem(404)


def test_json_with_a_charset_is_json(alice, book):
    answer = alice.post(f"{book.path}/cash", key=new_key(), raw=json.dumps(
        {"kind": "gift", "amount": "1"}), kind="application/json; charset=utf-8")
    answer.problem(422, pointer="/kind")


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH"])
def test_method_a_path_does_not_have_is_405(alice, method):
    answer = alice.call(method, "/api/v1/portfolios", {} if method != "DELETE"
                        else None)
    answer.problem(405)
    allowed = {m.strip() for m in answer.headers["Allow"].split(",")}
    assert allowed == {"GET", "HEAD", "POST", "OPTIONS"}


@pytest.mark.parametrize("method", ["BREW", "TRACE", "CONNECT", "get", "PROPFIND"])
def test_method_nobody_knows_is_refused(alice, method):
    answer = alice.call(method, "/api/v1/portfolios")
    assert answer.status in (400, 405, 501), answer
    if answer.body:
        answer.problem(answer.status)


@pytest.mark.parametrize("path", [
    "/api", "/api/", "/api/v1", "/api/v1/", "/api/v2/portfolios", "/api/v1/nothing",
    "/api/v1/portfolios/", "/api/v1//portfolios", "/api/v1/portfolios/../auth/me",
    "/api/v1/auth/me/x.css", "/api/V1/portfolios", "/api/v1/portfolios%2f",
    "/metrics/", "/api/v1/auth"])
def test_unknown_paths_are_404_problems(alice, anyone, path):
    for client in (alice, anyone):
        client.get(path).problem(404)


def test_text_is_kept_as_it_was_sent(alice):
    """Escaped where it must be, changed nowhere."""
    for name in ("Ünïcödé 株 🚀", "<script>alert(1)</script>", "a\"b\\c/d",
                 "'; drop table portfolios; --", "\u202eright to left",
                 "tab\there", "x" * 120):
        answer = alice.post("/api/v1/portfolios", {"name": name}, key=new_key())
        if answer.status == 422:
            assert any(c < " " for c in name), answer
            continue
        made = answer.ok(201)
        assert made["name"] == name
        assert b"<script>" not in alice.get(
            f"/api/v1/portfolios/{made['id']}").body or (
            answer.headers["X-Content-Type-Options"] == "nosniff")


def test_nothing_of_this_ended_a_worker(server):
    assert server.faults() == []
