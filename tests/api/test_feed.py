"""Prices from a provider that has bad days: a server whose feed is a Finnhub
of our own. What is wrong is never shown as a price, what was good is shown
with its age, and the key is never told to anybody.
"""

import concurrent.futures
import http.client
import itertools
import json
import os
import secrets
import subprocess
import sys
import time

import pytest

from client import amount, ratio
from world import PASSWORD, ROOT, wait_until

KEY = "finnhub-canary-" + secrets.token_hex(8)
letters = itertools.product("BCDFGHJKLM", repeat=3)


class Provider:
    def __init__(self, key=KEY):
        self.process = subprocess.Popen(
            [sys.executable, str(ROOT / "tests" / "fakes" / "finnhub.py")],
            env={**os.environ, "FINNHUB_FAKE_KEY": key},
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.port = int(self.process.stdout.readline())

    def ask(self, method, path, body=None):
        link = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        link.request(method, path, json.dumps(body) if body else None)
        answer = json.loads(link.getresponse().read())
        link.close()
        return answer

    def be(self, mode, delay_ms=0):
        self.ask("POST", "/_mode", {"mode": mode, "delay_ms": delay_ms})

    def calls(self, endpoint, symbol):
        return self.ask("GET", "/_calls").get(endpoint, {}).get(symbol, 0)

    def close(self):
        self.process.stdin.close()
        self.process.wait(10)


@pytest.fixture(scope="module")
def provider():
    provider = Provider()
    yield provider
    provider.close()


@pytest.fixture
def server(world, provider):
    """A new one for each test: it remembers failures, and so does Redis."""
    world.never_logged["Finnhub's key"] = KEY
    provider.be("ok")
    forget(world)
    server = world.serve(
        feed="finnhub", finnhub_key=KEY, finnhub_timeout_ms=1000, workers=1,
        finnhub_url=f"http://127.0.0.1:{provider.port}")
    yield server
    provider.be("ok")
    server.stop()


@pytest.fixture(scope="module")
def token(world):
    server = world.serve(workers=1)
    yield server.client().login("alice", PASSWORD).token
    server.stop()


@pytest.fixture
def client(server, token):
    return server.client(token=token)


@pytest.fixture
def symbol():
    """One that no test has asked for."""
    return "Q" + "".join(next(letters))


def forget(world, *keys):
    """Make Redis forget these keys, or everything."""
    subprocess.run(["redis-cli", "-s", f"{world.redis.dir}/redis.sock",
                    *(["del", *keys] if keys else ["flushall"])],
                   check=True, capture_output=True)


def quote(client, symbol):
    return client.get(f"/api/v1/dashboard/quote/{symbol}")


def quotes(client, symbol):
    return client.get(f"/api/v1/quotes?symbols={symbol}")


def test_quote_is_the_providers(client, provider, symbol):
    (row,) = quotes(client, symbol).ok()["items"]
    assert set(row) >= {"symbol", "price", "previous_close", "change",
                        "percent_change", "open", "high", "low", "as_of",
                        "source", "stale", "age_s"}
    assert row["symbol"] == symbol and row["source"] == "finnhub"
    assert amount(row["price"]) > 0
    assert amount(row["change"]) == (
        amount(row["price"]) - amount(row["previous_close"]))
    assert ratio(row["percent_change"]) == pytest.approx(
        float(amount(row["change"]) / amount(row["previous_close"])), rel=1e-6)
    assert row["stale"] is False


def test_me_says_that_it_is_not_simulated(client):
    me = client.get("/api/v1/auth/me").ok()
    assert me["feed"] == "finnhub" and me["simulated"] is False


def test_profile_has_units_and_not_millions(client, symbol):
    row = client.get(f"/api/v1/dashboard/profile/{symbol}").ok()
    assert row["market_cap"] > 1e12
    assert row["ipo"] == "1980-12-12" and row["currency"] == "USD"


def test_answers_are_cached(client, provider, symbol):
    for _ in range(20):
        quote(client, symbol).ok()
    assert provider.calls("quote", symbol) == 1


def test_one_flight_for_many_who_ask_at_once(client, provider, symbol):
    provider.be("ok", delay_ms=400)
    with concurrent.futures.ThreadPoolExecutor(24) as pool:
        answers = list(pool.map(lambda _: quote(client, symbol), range(24)))
    assert {a.status for a in answers} == {200}
    assert provider.calls("quote", symbol) == 1


def test_unknown_symbol_is_not_found_and_not_asked_again(client, provider):
    for _ in range(3):
        quote(client, "ZZZZQ").problem(404)
    assert provider.calls("quote", "ZZZZQ") <= 1


NONSENSE = ["zero", "nan", "negative", "overflow", "types", "truncated", "html",
            "empty", "huge", "redirect", "close"]


@pytest.mark.parametrize("mode", NONSENSE)
def test_nonsense_is_never_a_price(client, provider, symbol, mode, world):
    provider.be(mode)
    answer = quote(client, symbol)
    assert answer.status in (404, 502, 503), answer
    answer.problem(answer.status)
    if mode == "unknown":
        assert answer.status == 404
    stored = world.postgres.value(
        "select count(*) from bursar.quotes q join bursar.instruments i"
        f" on i.id = q.instrument_id where i.symbol = '{symbol}'")
    assert stored == "0", "nonsense was stored"


@pytest.mark.parametrize("mode", ["500", "429", "429-as-200", "401", "403", "hang"])
def test_failure_without_a_last_value_is_a_problem(client, provider, symbol, mode):
    provider.be(mode)
    answer = quote(client, symbol)
    assert answer.status in (404, 502, 503), answer
    assert answer.seconds < 9
    problem = answer.problem(answer.status)
    assert KEY not in answer.text and "127.0.0.1" not in answer.text
    assert "finnhub.io" not in json.dumps(problem)
    if answer.status == 503:
        assert int(answer.headers["Retry-After"]) > 0


@pytest.mark.parametrize("redis", ["the value's end", "a loss of all keys"])
@pytest.mark.parametrize("mode", ["500", "429", "hang", "zero", "truncated"])
def test_last_good_value_is_served_with_its_age(
        client, provider, symbol, world, mode, redis):
    (good,) = quotes(client, symbol).ok()["items"]
    provider.be(mode)

    def aged():
        forget(world, *([f"feed:finnhub:quote:{symbol}"]
                        if redis == "the value's end" else []))
        (row,) = quotes(client, symbol).ok()["items"]
        return row if row["stale"] else None
    row = wait_until(aged, 15, 0.3, "the value's being called stale")
    assert row["price"] == good["price"], "the last good price, unchanged"
    assert row["as_of"] == good["as_of"] and row["age_s"] >= good["age_s"]
    compat = quote(client, symbol).ok()
    assert compat["current_price"] == pytest.approx(float(good["price"]))


def test_value_is_good_again_when_the_provider_is(client, provider, symbol, world):
    quotes(client, symbol).ok()
    provider.be("500")
    wait_until(lambda: forget(world, f"feed:finnhub:quote:{symbol}") or quotes(
        client, symbol).ok()["items"][0]["stale"], 15, 0.3, "staleness")
    provider.be("ok")
    wait_until(lambda: not quotes(client, symbol).ok()["items"][0]["stale"],
               65, 0.5, "a good value again")


def test_service_goes_on_while_the_provider_hangs(client, provider, symbol):
    provider.be("hang")
    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        waiting = [pool.submit(quote, client, symbol) for _ in range(8)]
        time.sleep(0.1)
        slowest = max(client.get("/api/v1/portfolios").seconds
                      for _ in range(20))
        for f in waiting:
            assert f.result().status in (404, 502, 503)
    assert slowest < 0.5


def test_search_finds_what_the_provider_knows(client, provider):
    items = client.get("/api/v1/assets?q=apple").ok()["items"]
    assert any(i["symbol"] == "AAPL" for i in items)


def test_health_names_the_feed(server, client, provider):
    assert server.client().get("/health").ok()["feed"]


def test_key_is_told_to_nobody(server, client, symbol):
    quote(client, symbol).ok()
    for path in ("/metrics", "/health", "/api/v1/openapi.json",
                 "/api/v1/auth/me"):
        assert KEY not in client.get(path).text, path
    assert KEY not in server.log_text()


def test_missing_key_stops_the_start(world, provider):
    said = world.serve_refused(
        feed="finnhub", finnhub_url=f"http://127.0.0.1:{provider.port}")
    assert "BURSAR_FINNHUB_KEY" in said or "key" in said.lower()


def test_unknown_feed_stops_the_start(world):
    assert "BURSAR_FEED" in world.serve_refused(feed="crystal-ball")
