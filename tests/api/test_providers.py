"""Who brings what, within which budgets, and with whose keys: a tenant's own
key is kept sealed, told to nobody, and what it brought is that tenant's alone
and goes with it.
"""

import concurrent.futures
import http.client
import json
import os
import secrets
import subprocess
import sys

import pytest

from client import amount
from openapi import check_answer, operations
from test_feed import Provider as Finnhub, forget, letters
from world import PASSWORD, ROOT, wait_until

FINNHUB_KEY = "finnhub-own-" + secrets.token_hex(8)
ALPHA_KEY = "alphavantage-canary-" + secrets.token_hex(8)
OPERATIONS = {o.id: o for o in operations(json.loads(
    (ROOT / "assets" / "openapi.json").read_text()))}
OWN = "/api/v1/own-quotes/"


class Stand:
    """tests/fakes/providers.py: all but Finnhub."""

    def __init__(self):
        self.process = subprocess.Popen(
            [sys.executable, str(ROOT / "tests" / "fakes" / "providers.py")],
            env={**os.environ, "FAKE_ALPHAVANTAGE_KEY": ALPHA_KEY},
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.port = int(self.process.stdout.readline())

    def ask(self, method, path, body=None):
        link = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        link.request(method, path, json.dumps(body) if body else None)
        answer = json.loads(link.getresponse().read())
        link.close()
        return answer

    def be(self, provider, mode):
        self.ask("POST", "/_mode", {"provider": provider, "mode": mode})

    def calls(self, provider):
        return self.ask("GET", "/_calls").get(provider, 0)

    def settings(self):
        base = f"http://127.0.0.1:{self.port}"
        return {"finnhub_url": base + "/finnhub",
                "alphavantage_url": base + "/alphavantage",
                "alphavantage_key": ALPHA_KEY,
                "yahoo_url": base + "/yahoo",
                "frankfurter_url": base + "/frankfurter",
                "ecb_url": base + "/ecb", "sec_url": base + "/sec",
                "sec_data_url": base + "/sec", "fred_url": base + "/fred",
                "openfigi_url": base + "/openfigi", "fred_key": "test-key"}

    def close(self):
        self.process.stdin.close()
        self.process.wait(10)


@pytest.fixture(scope="module")
def finnhub():
    finnhub = Finnhub(key=FINNHUB_KEY)
    yield finnhub
    finnhub.close()


@pytest.fixture(scope="module")
def stand():
    stand = Stand()
    yield stand
    stand.close()


@pytest.fixture
def start(world, stand, finnhub):
    """Begin a server with an Alpha Vantage key and no other."""
    world.never_logged["a tenant's key"] = FINNHUB_KEY
    world.never_logged["Alpha Vantage's key"] = ALPHA_KEY
    stand.ask("POST", "/_reset")
    finnhub.be("ok")
    forget(world)
    for table in ("calls", "health", "keys"):
        world.postgres.value(f"delete from bursar.provider_{table}; select 1")
    begun = []

    def begin(**settings):
        begun.append(world.serve(**{
            "feed": "alphavantage", "workers": 1,
            "feed_budgets": "alphavantage=0/second,0/day",
            **stand.settings(),
            "finnhub_url": f"http://127.0.0.1:{finnhub.port}", **settings}))
        return begun[-1]
    yield begin
    for server in begun:
        server.stop()


@pytest.fixture(scope="module")
def people(world):
    """Two tenants' admins, and somebody who may only look."""
    world.seed("Keys One", "kate")
    world.seed("Keys Two", "karl")
    world.seed("Keys One", "kim", role="viewer")


def log_in(server, name):
    return server.client().login(name, PASSWORD)


@pytest.fixture
def symbol():
    return "P" + "".join(next(letters))


def put(client, provider, key):
    return client.call("PUT", f"/api/v1/providers/{provider}/key",
                       {"key": key} if key is not None else {})


def provider_row(client, name):
    answer = client.get("/api/v1/providers")
    check_answer(OPERATIONS["listProviders"], answer)
    return next(p for p in answer.ok() if p["name"] == name)


def quote(client, symbol):
    return client.get(f"/api/v1/dashboard/quote/{symbol}")


def count(world, table, where="true"):
    return int(world.postgres.value(
        f"select count(*) from bursar.{table} where {where}"))


# ---- keys of one's own -------------------------------------------------------


def test_key_is_never_told_again(start, people, world):
    client = log_in(start(), "kate")
    answer = put(client, "finnhub", FINNHUB_KEY)
    row = answer.ok()
    assert set(row) == {"provider", "fingerprint", "state", "set_at",
                        "checked_at"}
    assert row["provider"] == "finnhub" and row["state"] == "unproven"
    assert len(row["fingerprint"]) == 16
    texts = [answer.text,
             client.get("/api/v1/providers/finnhub/key").text,
             client.get("/api/v1/provider-keys").text,
             client.get("/api/v1/providers").text]
    assert all(FINNHUB_KEY not in t for t in texts)
    kept = world.postgres.value(
        "select sealed || fingerprint from bursar.provider_keys")
    assert FINNHUB_KEY not in kept and kept.startswith("s1.")
    client.delete("/api/v1/providers/finnhub/key").ok(204)


def test_key_is_its_tenants_alone(start, people, finnhub, world, symbol):
    server = start()
    kate, karl = log_in(server, "kate"), log_in(server, "karl")
    put(kate, "finnhub", FINNHUB_KEY).ok()
    answer = kate.get(OWN + symbol)
    check_answer(OPERATIONS["getOwnQuote"], answer)
    row = answer.ok()
    assert row["source"] == "finnhub" and amount(row["price"]) > 0
    assert kate.get("/api/v1/providers/finnhub/key").ok()["state"] == "good"
    # A second look costs no second call.
    assert kate.get(OWN + symbol).ok()["price"] == row["price"]
    assert finnhub.calls("quote", symbol) == 1
    # The other tenant sees neither the key nor what it brought.
    karl.get("/api/v1/providers/finnhub/key").problem(404)
    assert karl.get("/api/v1/provider-keys").ok() == []
    karl.get(OWN + symbol).problem(404)
    karl.delete("/api/v1/providers/finnhub/key").problem(404)
    assert finnhub.calls("quote", symbol) == 1
    # Nor does anybody in what is shared.
    assert count(world, "quotes q join bursar.instruments i"
                 " on i.id = q.instrument_id", f"i.symbol = '{symbol}'") == 0
    keys = subprocess.run(
        ["redis-cli", "-s", f"{world.redis.dir}/redis.sock", "keys", "*"],
        capture_output=True, text=True).stdout
    assert f"finnhub:quote:{symbol}" not in keys
    shared = quote(karl, symbol).ok()
    assert shared["current_price"] != pytest.approx(float(row["price"]))
    kate.delete("/api/v1/providers/finnhub/key").ok(204)


def test_what_a_key_brought_goes_with_it(start, people, world, symbol):
    kate = log_in(start(), "kate")
    put(kate, "finnhub", FINNHUB_KEY).ok()
    kate.get(OWN + symbol).ok()
    assert count(world, "provider_values") == 1
    kate.delete("/api/v1/providers/finnhub/key").ok(204)
    assert count(world, "provider_values") == 0
    assert count(world, "provider_keys") == 0
    kate.get(OWN + symbol).problem(404)
    kate.delete("/api/v1/providers/finnhub/key").problem(404)
    # Another key begins with nothing, too.
    put(kate, "finnhub", FINNHUB_KEY).ok()
    kate.get(OWN + symbol).ok()
    put(kate, "finnhub", "another-key").ok()
    assert count(world, "provider_values") == 0
    kate.delete("/api/v1/providers/finnhub/key").ok(204)


def test_wrong_key_is_told_and_hurts_nobody_else(
        start, people, finnhub, symbol):
    server = start()
    kate, karl = log_in(server, "kate"), log_in(server, "karl")
    put(kate, "finnhub", "wrong-key-1").ok()
    problem = kate.get(OWN + symbol).problem(502)
    assert "wrong-key-1" not in json.dumps(problem)
    assert (kate.get("/api/v1/providers/finnhub/key").ok()["state"]
            == "refused")
    before = finnhub.ask("GET", "/_calls")["total"]
    kate.get(OWN + symbol).problem(502)
    assert finnhub.ask("GET", "/_calls")["total"] == before
    put(karl, "finnhub", FINNHUB_KEY).ok()
    karl.get(OWN + symbol).ok()
    # The right one in its place works at once.
    put(kate, "finnhub", FINNHUB_KEY).ok()
    kate.get(OWN + symbol).ok()
    for client in (kate, karl):
        client.delete("/api/v1/providers/finnhub/key").ok(204)


def test_last_good_value_of_ones_own_is_told_with_its_age(
        start, people, finnhub, world, symbol):
    kate = log_in(start(), "kate")
    put(kate, "finnhub", FINNHUB_KEY).ok()
    good = kate.get(OWN + symbol).ok()
    for mode in ("500", "html", "zero", "truncated"):
        finnhub.be(mode)
        world.postgres.value("update bursar.provider_values set fetched_at ="
                             " now() - interval '1 hour'; select 1")
        row = kate.get(OWN + symbol).ok()
        assert row["stale"] and row["price"] == good["price"], mode
        assert row["as_of"] == good["as_of"]
    kate.delete("/api/v1/providers/finnhub/key").ok(204)


@pytest.mark.parametrize("key, code", [
    ("", 422), ("abc", 422), ("with a blank", 422), ("x" * 201, 422),
    ("line\nbreak", 422), ("schlüssel", 422), (None, 422), (7, 422)])
def test_key_that_can_be_none_is_refused(start, people, world, key, code):
    kate = log_in(start(), "kate")
    put(kate, "finnhub", key).problem(code, pointer="/key")
    assert count(world, "provider_keys") == 0


def test_who_may_bring_a_key_and_where(start, people, world):
    server = start()
    kate, kim = log_in(server, "kate"), log_in(server, "kim")
    put(kim, "finnhub", FINNHUB_KEY).problem(403)
    put(server.client(), "finnhub", FINNHUB_KEY).problem(401)
    kim.get("/api/v1/providers").problem(403)
    kim.get("/api/v1/provider-keys").problem(403)
    kim.delete("/api/v1/providers/finnhub/key").problem(403)
    for nobody in ("ecb", "yahoo", "simulated", "oracle", "..", "x" * 40):
        put(kate, nobody, FINNHUB_KEY).problem(404)
    put(kate, "x" * 41, FINNHUB_KEY).problem(404)
    assert count(world, "provider_keys") == 0
    # Whoever may look sees what the tenant's key brings.
    put(kate, "finnhub", FINNHUB_KEY).ok()
    kim.get(OWN + "AAPL").ok()
    kate.delete("/api/v1/providers/finnhub/key").ok(204)


def test_profiles_and_searches_of_a_key_are_its_tenants_alone(
        start, people, finnhub, world, symbol):
    server = start()
    kate, karl = log_in(server, "kate"), log_in(server, "karl")
    paths = {"getOwnProfile": f"/api/v1/own-profiles/{symbol}",
             "searchOwn": f"/api/v1/own-search?q={symbol}"}
    for path in paths.values():
        kate.get(path).problem(404)
    put(kate, "finnhub", FINNHUB_KEY).ok()
    before = [count(world, t) for t in ("instruments", "search_words")]
    told = {}
    for name, path in paths.items():
        answer = kate.get(path)
        check_answer(OPERATIONS[name], answer)
        told[name] = answer.ok()
        assert kate.get(path).ok() == told[name]
        karl.get(path).problem(404)
    assert told["getOwnProfile"]["source"] == "finnhub"
    assert told["searchOwn"]
    # A second look costs no second call, and nothing is shared.
    assert finnhub.calls("profile2", symbol) == 1
    assert finnhub.calls("search", symbol) == 1
    assert [count(world, t) for t in ("instruments", "search_words")] == before
    keys = subprocess.run(
        ["redis-cli", "-s", f"{world.redis.dir}/redis.sock", "keys", "*"],
        capture_output=True, text=True).stdout
    assert symbol not in keys
    # What is kept is told while the provider fails, and goes with the key.
    finnhub.be("500")
    world.postgres.value("update bursar.provider_values set fetched_at ="
                         " now() - interval '2 days'; select 1")
    for name, path in paths.items():
        assert kate.get(path).ok() == told[name]
    assert count(world, "provider_values") == 2
    kate.delete("/api/v1/providers/finnhub/key").ok(204)
    assert count(world, "provider_values") == 0
    for path in paths.values():
        kate.get(path).problem(404)


@pytest.mark.parametrize("mode", ["html", "empty", "truncated", "401", "403",
                                  "429", "429-as-200", "500", "huge"])
def test_nonsense_is_no_profile_of_ones_own(
        start, people, finnhub, world, symbol, mode):
    kate = log_in(start(), "kate")
    put(kate, "finnhub", FINNHUB_KEY).ok()
    finnhub.be(mode)
    for path in ("own-profiles/", "own-search?q="):
        assert kate.get(f"/api/v1/{path}{symbol}").status in (502, 503)
    assert count(world, "provider_values") == 0
    finnhub.be("ok")
    kate.delete("/api/v1/providers/finnhub/key").ok(204)


def test_figures_with_a_key_of_ones_own_are_kept_nowhere(
        start, people, stand, world):
    server = start(finnhub_url=stand.settings()["finnhub_url"])
    kate, karl = log_in(server, "kate"), log_in(server, "karl")
    path = "/api/v1/own-figures/AAPL"
    kate.get(path).problem(404)
    put(kate, "finnhub", "test-key").ok()
    answer = kate.get(path)
    check_answer(OPERATIONS["getOwnFigures"], answer)
    assert {f["name"]: f["value"] for f in answer.ok()["items"]}[
        "beta"] == "1.25"
    karl.get(path).problem(404)
    kate.get("/api/v1/own-figures/ZZZZ").problem(404)
    assert count(world, "provider_values") == 0
    kate.delete("/api/v1/providers/finnhub/key").ok(204)


def test_history_with_a_key_of_ones_own_is_kept_nowhere(
        start, people, stand, world):
    server = start(feed="yahoo", alphavantage_key="")
    kate, karl = log_in(server, "kate"), log_in(server, "karl")
    path = "/api/v1/own-prices/AAPL"
    kate.get(path).problem(404)
    put(kate, "alphavantage", ALPHA_KEY).ok()
    before = [count(world, t) for t in ("instruments", "prices_daily")]
    answer = kate.get(path)
    check_answer(OPERATIONS["getOwnPrices"], answer)
    row = answer.ok()
    # Whoever is asked first without a key of one's own is not asked here.
    assert row["source"] == "alphavantage" and stand.calls("yahoo") == 0
    days = [b["day"] for b in row["bars"]]
    assert 60 < len(days) < 80 and days == sorted(set(days))
    short = kate.get(f"{path}?from={days[-5]}&to={days[-2]}").ok()["bars"]
    assert short == row["bars"][-5:-1]
    kate.get(f"{path}?from=2024-02-02&to=2024-01-01").problem(422)
    kate.get(f"{path}?from=1990-01-01").problem(422)
    stand.be("alphavantage", "zero")
    kate.get(path).problem(502)
    karl.get(path).problem(404)
    assert [count(world, t) for t in ("instruments", "prices_daily")] == before
    assert count(world, "provider_values") == 0
    kate.delete("/api/v1/providers/alphavantage/key").ok(204)


# ---- budgets -----------------------------------------------------------------


def test_days_budget_outlives_restarts_and_redis(start, people, stand, world):
    budgets = "alphavantage=3/day,0/second"
    symbols = ["P" + "".join(next(letters)) for _ in range(6)]
    server = start(feed_budgets=budgets, workers=2)
    client = log_in(server, "kate")
    assert quote(client, symbols[0]).ok() and quote(client, symbols[1]).ok()
    server.stop()
    forget(world)
    server = start(feed_budgets=budgets, workers=2)
    client = log_in(server, "kate")
    quote(client, symbols[2]).ok()
    for symbol in symbols[3:]:
        quote(client, symbol).problem(503)
    assert stand.calls("alphavantage") == 3
    (day,) = provider_row(client, "alphavantage")["budgets"]
    assert day == {"window": "day", "calls": 3, "left": 0}


def test_budget_holds_for_many_who_ask_at_once(start, people, stand):
    server = start(feed_budgets="alphavantage=5/day,0/second", workers=2)
    client = log_in(server, "kate")
    names = ["P" + "".join(next(letters)) for _ in range(20)]
    with concurrent.futures.ThreadPoolExecutor(20) as pool:
        answers = list(pool.map(lambda name: quote(client, name), names))
    assert sorted(a.status for a in answers) == [200] * 5 + [503] * 15
    assert stand.calls("alphavantage") == 5


def test_months_budget_is_counted_beside_the_days(start, people, stand, world):
    server = start(feed_budgets="alphavantage=0/day,2/month,0/second")
    client = log_in(server, "kate")
    for _ in range(2):
        quote(client, "P" + "".join(next(letters))).ok()
    assert stand.calls("alphavantage") == 2
    quote(client, "P" + "".join(next(letters))).problem(503)
    assert stand.calls("alphavantage") == 2
    (month,) = provider_row(client, "alphavantage")["budgets"]
    assert month == {"window": "month", "calls": 2, "left": 0}


def test_same_key_of_two_tenants_has_one_budget(start, people, finnhub):
    server = start(feed_budgets="alphavantage=0/day,0/second finnhub=2/day")
    kate, karl = log_in(server, "kate"), log_in(server, "karl")
    for client in (kate, karl):
        put(client, "finnhub", FINNHUB_KEY).ok()
    names = ["P" + "".join(next(letters)) for _ in range(3)]
    kate.get(OWN + names[0]).ok()
    karl.get(OWN + names[1]).ok()
    kate.get(OWN + names[2]).problem(503)
    karl.get(OWN + names[2]).problem(503)
    assert finnhub.calls("quote", names[2]) == 0
    for client in (kate, karl):
        client.delete("/api/v1/providers/finnhub/key").ok(204)


# ---- how providers are -------------------------------------------------------


def test_providers_tell_how_they_are(start, people, stand):
    server = start(providers="alphavantage,ecb,finnhub", workers=2)
    client = log_in(server, "kate")
    alpha = provider_row(client, "alphavantage")
    assert alpha["state"] == "unused" and alpha["has_key"]
    assert not alpha["shares"] and "quote" in alpha["needs"]
    assert provider_row(client, "finnhub")["state"] == "no key"
    assert provider_row(client, "yahoo")["state"] == "off"
    quote(client, "P" + "".join(next(letters))).ok()
    wait_until(lambda: provider_row(client, "alphavantage")["state"] == "up",
               5, 0.2, "the provider's being up")
    stand.be("alphavantage", "500")
    quote(client, "P" + "".join(next(letters))).problem(502)
    row = wait_until(
        lambda: (r := provider_row(client, "alphavantage"))["state"]
        == "failing" and r, 5, 0.2, "the provider's failing")
    assert row["failure"] == "upstream"
    for _ in range(24):
        assert quote(client, "P" + "".join(next(letters))).status == 502
    wait_until(lambda: provider_row(client, "alphavantage")["state"] == "down",
               5, 0.2, "the provider's being down")
    assert stand.calls("alphavantage") <= 1 + 2 * 6


def test_next_provider_answers_when_the_first_fails(
        start, people, stand, finnhub, symbol):
    server = start(feed="finnhub", finnhub_key=FINNHUB_KEY)
    client = log_in(server, "kate")
    finnhub.be("500")
    (row,) = client.get(f"/api/v1/quotes?symbols={symbol}").ok()["items"]
    assert row["source"] == "alphavantage" and not row["stale"]
    stand.be("alphavantage", "html")
    other = "P" + "".join(next(letters))
    quote(client, other).problem(502)


def test_hundredfold_price_is_not_believed(start, people, stand, world):
    server = start(feed="yahoo", alphavantage_key="")
    client, symbol = log_in(server, "kate"), "P" + "".join(next(letters))
    (good,) = client.get(f"/api/v1/quotes?symbols={symbol}").ok()["items"]
    stand.be("yahoo", "jump")

    def aged():
        forget(world, f"feed:yahoo:quote:{symbol}")
        (row,) = client.get(f"/api/v1/quotes?symbols={symbol}").ok()["items"]
        return row if row["stale"] else None
    row = wait_until(aged, 20, 0.5, "the value's being called stale")
    assert row["price"] == good["price"]
    # Pence are pounds once more.
    stand.be("yahoo", "pence")
    other = "P" + "".join(next(letters))
    (pence,) = client.get(f"/api/v1/quotes?symbols={other}").ok()["items"]
    assert amount(pence["price"]) == amount(good["price"])


@pytest.mark.parametrize("settings, word", [
    ({"feed": "oracle"}, "BURSAR_FEED"),
    ({"feed": "alphavantage", "alphavantage_key": ""},
     "BURSAR_ALPHAVANTAGE_KEY"),
    ({"feed": "alphavantage", "ecb_url": "http://ecb.example"},
     "BURSAR_ECB_URL"),
    ({"feed": "yahoo", "providers": "ecb"}, "BURSAR_PROVIDERS")])
def test_settings_that_cannot_be_are_said_at_start(
        world, stand, settings, word):
    said = world.serve_refused(**{**stand.settings(), **settings})
    assert word in said and ALPHA_KEY not in said
