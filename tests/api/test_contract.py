"""openapi.json is a promise: each operation is called and keeps it.

Reads are called as the demonstration's user, each write once and in an order
that makes sense; status, type and every member of the answers, and of the
problems, are held against the document. An operation that is not in the lists
below fails, so that whoever adds one adds its call.
"""

import copy
import json
import re

import pytest

from client import new_key
from openapi import Misfit, Schema, check_answer, operations
from test_live import Stream
from world import PASSWORD, ROOT

DOCUMENT = json.loads((ROOT / "assets" / "openapi.json").read_text())
OPERATIONS = {o.id: o for o in operations(DOCUMENT)}
PROBLEM_REF = "#/components/schemas/problem"
NOBODY = "01890000-0000-7000-8000-00000000dead"

READS = {
    "getMe", "listPortfolios", "getPortfolio", "listPositions", "getPosition",
    "listLots",
    "listActivities", "getSummary", "getHistory", "getAllocation",
    "listAssets", "getAsset", "listPrices", "exportPrices", "compareAssets",
    "listQuotes", "listRates", "getRateHistory", "getCalendar",
    "listExchanges", "listEvents", "listFundamentals", "listMovers", "getTracking",
    "getQuality",
    "listPrivateAssets", "listIndicators", "listStoredIndicators",
    "listIndicatorValues", "dashboardOverview", "dashboardPositions",
    "dashboardTrades", "dashboardQuote", "dashboardProfile",
    "dashboardPerformance", "getHealth", "getAlive", "getReady", "getMetrics",
    "getOpenapi",
    "listRuns", "getRun", "listJobKinds", "listWorkers", "listSchedules",
    "getSchedule",
    "listProviders", "listProviderKeys", "getProviderKey",
}
# Needs a provider that answers: test_providers.py has one. Needs rates:
# test_fx.py brings some. Needs an asset of one's own: below.
ELSEWHERE = {"getOwnQuote", "getOwnPrices", "getOwnProfile",
             "searchOwn", "getOwnFigures", "convertAmount", "getPrivateAsset"}
STREAMS = {"openStream"}
SESSIONS = ["logIn", "getToken", "refreshSession", "logOut"]
WRITES = ["createPortfolio", "changePortfolio", "recordCash", "recordTrade",
          "recordDividend", "recordActivity", "deleteActivity",
          "archivePortfolio"]
JOBS = ["startRun", "cancelRun", "retryRun", "changeSchedule", "runSchedule"]
KEYS = ["setProviderKey", "removeProviderKey"]
TRACKS = ["trackAsset", "backfillAsset", "untrackAsset", "storeIndicator",
          "dropIndicator"]
OWN = ["createPrivateAsset", "changePrivateAsset", "recordPrivatePrice",
       "deletePrivatePrice", "archivePrivateAsset"]

# Other questions that the same operation answers, each with another form.
QUERIES = {
    "listLots": ["limit=1"],
    "listActivities": ["limit=3", "kind=buy&limit=2", "symbol=MSFT"],
    "getHistory": ["range=1M", "range=MAX&benchmark=SPY",
                   "from=2024-01-02&to=2024-03-01"],
    "listAssets": ["q=a&limit=5", "q=no-such-thing", "kind=etf&limit=2"],
    "listPrices": ["symbol=AAPL&limit=5", "symbol=SPY&from=2024-01-02"
                   "&to=2024-02-01", "symbol=AAPL&range=1y&interval=1w"
                   "&adjusted=true", "symbol=AAPL&range=max&points=50",
                   "symbol=AAPL&interval=5m"],
    "exportPrices": ["symbol=AAPL&range=1m"],
    "compareAssets": ["symbols=AAPL,SPY&range=1m&points=20"],
    "listQuotes": ["symbols=AAPL,MSFT"],
    "listIndicatorValues": [f"symbol=AAPL&name={n}&period=10" for n in (
        "sma", "ema", "rsi", "daily_return", "volatility", "donchian")] + [
        "symbol=AAPL&name=macd&params=fast=5,slow=9&range=3m"],
    "listRates": ["base=USD", "date=2020-01-02"],
    "getRateHistory": ["base=USD&quote=CHF&range=1m"],
    "getCalendar": ["exchange=Xetra&from=2024-12-01&to=2024-12-31"],
    "listFundamentals": ["symbol=AAPL&metric=Revenues&period=annual"],
    "listEvents": ["from=2024-01-01&to=2024-12-31&limit=7",
                   "from=2024-05-01&kind=split", "symbol=AAPL"],
    "listMovers": ["kind=losers&limit=3", "kind=active"],
    "dashboardTrades": ["limit=1"],
    "listRuns": ["limit=1", "kind=jobs.tidy&status=waiting"],
    "dashboardPerformance": ["days=5"],
}


def job_values(operator, world):
    """A run and a schedule; a worker has been there to make schedules."""
    world.tool("work", "--drain").check()
    run = operator.post("/api/v1/jobs/runs", {"kind": "jobs.tidy"}).ok(202)
    schedules = operator.get("/api/v1/jobs/schedules").ok()["items"]
    return {"run": run["id"], "schedule": next(
        s["id"] for s in schedules if s["name"] == "jobs.tidy")}


@pytest.fixture(scope="module")
def values(demo, alice, world):
    """What the names in the paths stand for."""
    mine = next(p for p in demo.get("/api/v1/portfolios").ok()["items"]
                if p["is_default"])
    demo.call("PUT", "/api/v1/providers/fred/key", {"key": "a-key-1"}).ok()
    held = demo.get(f"/api/v1/portfolios/{mine['id']}/positions").ok()
    return {"portfolio": mine["id"], "symbol": held["items"][0]["symbol"],
            "activity": NOBODY, "provider": "fred",
            **job_values(alice, world)}


def test_the_server_says_what_the_repository_says(server):
    assert server.client().get("/api/v1/openapi.json").ok() == DOCUMENT


def test_every_operation_is_called_here():
    called = READS | STREAMS | set(SESSIONS) | set(WRITES) | set(JOBS)
    called |= set(KEYS) | set(TRACKS) | set(OWN) | ELSEWHERE
    assert set(OPERATIONS) == called, set(OPERATIONS) ^ called
    gets = {o.id for o in OPERATIONS.values() if o.method == "GET"}
    assert gets == READS | STREAMS | ELSEWHERE


# ---- reads ---------------------------------------------------------------------

@pytest.mark.parametrize("name", sorted(READS))
def test_read(demo, values, name):
    operation = OPERATIONS[name]
    answer = operation.call(demo, values)
    assert answer.status == 200, answer
    check_answer(operation, answer)
    path = operation.url(values).split("?")[0]
    for query in QUERIES.get(name, []):
        answer = demo.get(f"{path}?{query}")
        assert answer.status == 200, answer
        check_answer(operation, answer)


def test_reads_of_an_empty_portfolio(alice):
    """Nothing held, no history: what is null says that it may be."""
    made = alice.post("/api/v1/portfolios", {"name": "Nothing in it"},
                      key=new_key()).ok(201)
    for name in READS:
        operation = OPERATIONS[name]
        if operation.path_params == ["portfolio"]:
            answer = operation.call(alice, {"portfolio": made["id"]})
            assert answer.status == 200, answer
            check_answer(operation, answer)
        elif name.startswith("dashboard") and not operation.path_params:
            answer = alice.get(f"{operation.url({})}?portfolio={made['id']}")
            assert answer.status == 200, answer
            check_answer(operation, answer)


@pytest.mark.parametrize("name", sorted(STREAMS))
def test_stream(server, demo, name):
    content = OPERATIONS[name].response(200)["content"]
    with Stream(server, demo, OPERATIONS[name].url({})) as stream:
        assert stream.status == 200
        kind = re.search(r"content-type: ([^;\r]+)", stream.head.decode())
        assert list(content) == [kind.group(1)]
        assert stream.event()[0] == "hello"


# ---- writes --------------------------------------------------------------------

def test_sessions(server, world):
    """From log-in to log-out."""
    credentials = {"username": "alice", "password": PASSWORD}
    tokens, client = {}, server.client()
    for name in SESSIONS:
        operation = OPERATIONS[name]
        url = operation.url({})
        if name == "getToken":
            answer = client.post(url, form=credentials)
        elif name == "refreshSession":
            answer = client.post(url, {
                "refresh_token": tokens["refresh_token"]})
        elif name == "logOut":
            answer = client.bearer(tokens["access_token"]).post(url)
        else:
            answer = client.post(url, credentials)
        check_answer(operation, answer)
        assert answer.status < 300, answer
        if answer.body:
            tokens = answer.json()


def write_bodies():
    """A body for each write; None: it has none."""
    return {
        "createPortfolio": {"name": "Contract", "currency": "USD",
                            "opened_on": "2024-01-02"},
        "changePortfolio": {"name": "Contract II", "benchmark": "SPY"},
        "recordCash": {"kind": "deposit", "amount": "10000.5",
                       "on": "2024-01-03", "note": "first"},
        "recordTrade": {"kind": "buy", "symbol": "AAPL", "quantity": "2.5",
                        "price": "180.25", "commission": "1",
                        "traded_on": "2024-01-04"},
        "recordDividend": {"symbol": "AAPL", "amount": "1.2",
                           "withheld": "0.18", "paid_on": "2024-02-16"},
        "recordActivity": {"kind": "reinvestment", "symbol": "AAPL",
                           "quantity": "0.01", "amount": "1.5",
                           "on": "2024-05-20"},
        "deleteActivity": None,
        "archivePortfolio": None,
    }


def test_writes(alice):
    values, bodies = {}, write_bodies()
    assert set(bodies) == set(WRITES)
    for name in WRITES:
        operation, body = OPERATIONS[name], bodies[name]
        if body is not None:
            Schema(DOCUMENT, sent=True).check(
                operation.body_schema(), body, name)
        more = {"key": new_key()} if operation.takes_key() else {}
        if operation.wants_match():
            url = OPERATIONS["getPortfolio"].url(values)
            more["match"] = alice.get(url).headers["ETag"]
        answer = alice.call(operation.method, operation.url(values), body,
                            **more)
        assert answer.status < 300, answer
        check_answer(operation, answer)
        made = answer.json() if answer.body else {}
        if name == "createPortfolio":
            values["portfolio"] = made["id"]
        if name == "recordDividend":
            values["activity"] = made["activity"]["id"]


@pytest.mark.parametrize("name", JOBS)
def test_job(alice, values, name):
    operation = OPERATIONS[name]
    body = {"startRun": {"kind": "jobs.tidy", "args": {}},
            "changeSchedule": {"state": "paused"}}.get(name)
    more = {"key": new_key()} if operation.takes_key() else {}
    if operation.wants_match():
        url = OPERATIONS["getSchedule"].url(values)
        more["match"] = alice.get(url).headers["ETag"]
    answer = alice.call(operation.method, operation.url(values), body, **more)
    assert answer.status < 300, answer
    check_answer(operation, answer)


def test_keys_of_providers(alice):
    for name in KEYS:
        operation = OPERATIONS[name]
        body = {"key": "another-key-1"} if name == "setProviderKey" else None
        answer = alice.call(operation.method,
                            operation.url({"provider": "fred"}), body)
        assert answer.status < 300, answer
        check_answer(operation, answer)


@pytest.mark.parametrize("name", TRACKS)
def test_tracks(alice, values, name):
    operation = OPERATIONS[name]
    body = {"untrackAsset": None, "dropIndicator": None,
            "storeIndicator": {"name": "atr"}}.get(
                name, {"need": "daily", "from": "2020-01-01"})
    answer = alice.call(operation.method, operation.url(values), body)
    assert answer.status < 300, answer
    check_answer(operation, answer)


def test_assets_of_ones_own(alice):
    bodies = {
        "createPrivateAsset": {
            "symbol": ".CONTRACT", "name": "Contract", "kind": "property",
            "currency": "EUR", "note": "by hand"},
        "changePrivateAsset": {"name": "Contract II"},
        "recordPrivatePrice": {"date": "2024-06-03", "price": "1.25"}}
    values = {"symbol": ".CONTRACT", "date": "2024-06-03"}
    for name in OWN:
        operation, more = OPERATIONS[name], {}
        if operation.takes_key():
            more["key"] = new_key()
        if operation.wants_match():
            shown = alice.get(OPERATIONS["getPrivateAsset"].url(values))
            check_answer(OPERATIONS["getPrivateAsset"], shown)
            more["match"] = shown.headers["ETag"]
        answer = alice.call(operation.method, operation.url(values),
                            bodies.get(name), **more)
        assert answer.status < 300, answer
        check_answer(operation, answer)


# ---- problems ------------------------------------------------------------------

def asked_wrongly(server, alice, operation):
    """Answers to nobody, for what is not there, with an unknown parameter,
    and for a type it does not answer with."""
    ids = {n: {"symbol": "NOSUCH", "date": "2024-06-03"}.get(n, NOBODY)
           for n in operation.path_params}
    path = operation.url(ids).split("?")[0]
    body = {} if operation.method in ("POST", "PUT", "PATCH") else None

    def call(client, path, **headers):
        return client.call(operation.method, path, body, headers=headers)
    if not operation.public:
        yield {401}, call(server.client(), path)
    if operation.id == "logOut":    # it would succeed
        return
    yield {400, 401, 403}, call(alice, path + "?no_such=1")
    if operation.path_params:
        yield {400, 404, 412, 422, 428}, call(alice, path)
    if operation.response(min(operation.answers())).get("content"):
        yield {406}, call(alice, path, Accept="image/png")


@pytest.mark.parametrize("name", sorted(OPERATIONS))
def test_problems(server, alice, name):
    for statuses, answer in asked_wrongly(server, alice, OPERATIONS[name]):
        assert answer.status in statuses, answer
        check_answer(OPERATIONS[name], answer)


@pytest.mark.parametrize("name", [
    n for n in sorted(OPERATIONS) if OPERATIONS[n].body_schema()])
def test_problems_of_bodies(alice, values, name):
    operation = OPERATIONS[name]
    for raw, kind in (("{", "application/json"), ("[]", "application/json"),
                      ('{"no_such": 1}', "application/json"),
                      ("<x/>", "application/xml")):
        answer = alice.call(operation.method, operation.url(values), raw=raw,
                            headers={"Content-Type": kind, "If-Match": "*"})
        assert answer.status in (400, 404, 415, 422), answer
        check_answer(operation, answer)


# ---- the document itself -------------------------------------------------------

def test_paths_and_their_parameters_agree():
    for operation in OPERATIONS.values():
        named = {p["name"] for p in operation.params if p["in"] == "path"}
        assert named == set(operation.path_params), operation
        assert all(p["required"] for p in operation.params
                   if p["in"] == "path")
        names = [(p["in"], p["name"]) for p in operation.params]
        assert len(names) == len(set(names)), operation
        assert PROBLEM_REF in json.dumps(operation.row["responses"]["default"])


def test_every_schema_can_be_checked():
    """None has a keyword or a format that the checker does not know, and a
    sample made from each body's schema fits it."""
    for operation in OPERATIONS.values():
        schema = operation.body_schema()
        if schema is not None:
            Schema(DOCUMENT, sent=True).check(
                schema, operation.body(), operation.id)
    for name, schema in DOCUMENT["components"]["schemas"].items():
        assert schema["additionalProperties"] is False, name
        assert set(schema["required"]) <= set(schema["properties"]), name


@pytest.mark.parametrize("change", [
    lambda a: a.update(more=1), lambda a: a.pop("id"),
    lambda a: a.update(id=7), lambda a: a.update(name=None),
    lambda a: a.update(id="01890000"), lambda a: a.update(version="1"),
    lambda a: a.update(opened_on="2024-1-2"),
    lambda a: a.update(is_default=0)])
def test_the_checker_finds_what_does_not_fit(demo, change):
    operation = OPERATIONS["getPortfolio"]
    schema = operation.response(200)["content"]["application/json"]["schema"]
    value = demo.get("/api/v1/portfolios").ok()["items"][0]
    Schema(DOCUMENT).check(schema, value)
    broken = copy.deepcopy(value)
    change(broken)
    with pytest.raises((Misfit, ValueError)):
        Schema(DOCUMENT).check(schema, broken)
