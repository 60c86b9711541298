"""Trades as a provider streams them, heard by one process for all.

Over real HTTP and a real WebSocket, with a provider that has bad days.
"""

import http.client
import json
import os
import signal
import subprocess
import sys
import time

import pytest

from conftest import world_checked
from test_live import Stream
from world import PASSWORD, ROOT, World, wait_until

KEY = "stream-key-4711"
SYMBOLS = [f"SYM{i}" for i in range(60)] + ["AAPL", "MSFT"]


class Fake:
    """A provider's process."""

    def __init__(self, program, **more):
        self.process = subprocess.Popen(
            [sys.executable, str(ROOT / "tests" / "fakes" / program)],
            env={**os.environ, "FINNHUB_FAKE_KEY": KEY, **more},
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.port = int(self.process.stdout.readline())

    def ask(self, method, path, body=None):
        link = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        link.request(method, path, json.dumps(body) if body else None)
        answer = json.loads(link.getresponse().read())
        link.close()
        return answer

    def be(self, mode):
        self.ask("POST", "/_mode", {"mode": mode})

    def state(self):
        return self.ask("GET", "/_state")

    def send(self, what, price="1"):
        self.ask("POST", "/_send", {"what": what, "price": price})

    def trade(self, symbol, price, **more):
        self.ask("POST", "/_trades", [[symbol, price, *more.values()]])

    def has(self, *symbols):
        return any(set(symbols) <= set(line)
                   for line in self.state()["symbols"])

    def close(self):
        self.process.stdin.close()
        self.process.wait(10)


@pytest.fixture(scope="module")
def world():
    world = World()
    world.never_logged["the provider's key"] = KEY
    try:
        world.tool("migrate").check()
        world.seed("Acorn", "alice")
        for symbol in SYMBOLS:
            world.postgres.rows(
                "insert into bursar.instruments (id, symbol, name, kind,"
                " currency, source) values (gen_random_uuid(),"
                f" '{symbol}', '{symbol}', 'stock', 'USD', 'finnhub')"
                " on conflict do nothing")
    except BaseException:
        world.close()
        raise
    yield world
    world_checked(world)


@pytest.fixture(scope="module")
def quotes():
    fake = Fake("finnhub.py")
    yield fake
    fake.close()


@pytest.fixture
def tape():
    """A stream of trades of its own for each test."""
    fake = Fake("finnhub_ws.py")
    yield fake
    fake.close()


def served(world, quotes, tape, **more):
    return world.serve(
        feed="finnhub", finnhub_key=KEY, finnhub_timeout_ms=2000,
        finnhub_url=f"http://127.0.0.1:{quotes.port}",
        finnhub_stream_url=f"ws://127.0.0.1:{tape.port}", **more)


@pytest.fixture
def server(world, quotes, tape):
    # Whoever held the stream before has just ended.
    forget_leases(world)
    server = served(world, quotes, tape)
    yield server
    server.stop()


@pytest.fixture
def alice(server):
    return server.client().login("alice", PASSWORD)


def forget_leases(world):
    from test_live import redis_ask
    keys = [line for line in redis_ask(world, "KEYS", "feed:*:stream:*"
                                       ).split("\r\n") if "feed:" in line]
    if keys:
        redis_ask(world, "DEL", *keys)
    world.postgres.rows("delete from bursar.leases")


def watching(tape, *symbols):
    wait_until(lambda: tape.has(*symbols), 12, what=f"subscription to {symbols}")


def price_arrives(stream, tape, symbol, price, seconds=10):
    """Trades of it go on until one has come through."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        tape.trade(symbol, price)
        try:
            while True:
                event = stream.event(0.5)
                assert event is not None, "the stream has ended"
                if event[1].get("price") == price:
                    return event[1]
        except (AssertionError, TimeoutError) as e:
            if "ended" in str(e):
                raise
    raise AssertionError(f"{symbol} at {price} did not come")


# ---- trades ----------------------------------------------------------------------

def test_trade_reaches_the_streams_of_every_worker(server, alice, tape):
    streams = [Stream(server, alice, "/api/v1/stream?symbols=AAPL")
               for _ in range(6)]
    watching(tape, "AAPL")
    tape.trade("AAPL", "146.7600001")
    for stream in streams:
        quote = stream.quotes("AAPL", "146.7600001")
        assert quote[-1] == "146.7600001"
        stream.sock.close()
    kept = alice.get("/api/v1/quotes?symbols=AAPL").ok()["items"][0]
    assert kept["price"] == "146.7600001" and kept["source"] == "finnhub"
    assert not kept["stale"]
    state = tape.state()
    assert state["opened"] == 1 and state["unmasked"] == 0


def test_trades_widen_the_days_range_and_late_ones_change_nothing(
        server, world, alice, tape):
    world.postgres.rows(
        "insert into bursar.quotes (instrument_id, price, open, high, low,"
        " as_of, source) select id, 10, 10, 10, 10, now(), 'finnhub'"
        " from bursar.instruments where symbol = 'SYM1'")
    with Stream(server, alice, "/api/v1/stream?symbols=SYM1") as stream:
        watching(tape, "SYM1")
        for price in ("12.5", "9.25", "11"):
            tape.trade("SYM1", price)
            stream.quotes("SYM1", price)
        tape.trade("SYM1", "99", t=int(time.time() * 1000) - 60000)
        time.sleep(1)
    row = world.postgres.rows(
        "select trim_scale(price), trim_scale(open), trim_scale(high),"
        " trim_scale(low) from bursar.quotes"
        " join bursar.instruments i on i.id = instrument_id"
        " where i.symbol = 'SYM1'")[0]
    assert [str(v) for v in row] == ["11", "10", "12.5", "9.25"]


def test_price_before_a_session_becomes_its_previous_close(
        server, world, alice, tape):
    world.postgres.rows(
        "insert into bursar.quotes (instrument_id, price, previous_close,"
        " open, high, low, as_of, source) select id, 50, 49, 48, 51, 47,"
        " now() - interval '3 days', 'finnhub' from bursar.instruments"
        " where symbol = 'SYM2'")
    with Stream(server, alice, "/api/v1/stream?symbols=SYM2") as stream:
        watching(tape, "SYM2")
        quote = price_arrives(stream, tape, "SYM2", "55")
        assert quote["previous_close"] == "50"
        assert quote["change"] == "5"
        assert quote["percent_change"] == pytest.approx(0.1)


def test_what_is_watched_most_is_heard_within_the_cap(server, alice, tape):
    first = ",".join(SYMBOLS[:40])
    second = ",".join(SYMBOLS[30:60])
    streams = [Stream(server, alice, f"/api/v1/stream?symbols={s}")
               for s in (first, second)]
    watching(tape, *SYMBOLS[30:40])
    wait_until(lambda: len(tape.state()["symbols"][0]) == 50, 8,
               what="fifty symbols")
    time.sleep(2)
    state = tape.state()
    assert state["too_many"] == 0 and len(state["symbols"][0]) == 50
    assert set(SYMBOLS[30:40]) <= set(state["symbols"][0])
    for stream in streams:
        stream.sock.close()
    wait_until(lambda: len(tape.state()["symbols"][0]) == 0, 15,
               what="the end of the subscriptions")
    assert tape.state()["opened"] == 1


def test_what_nobody_has_ever_heard_of_is_not_asked_for(server, alice, tape):
    with Stream(server, alice, "/api/v1/stream?symbols=NOSUCH,AAPL"):
        watching(tape, "AAPL")
        assert not tape.has("NOSUCH")


# ---- its bad days ------------------------------------------------------------------

@pytest.mark.parametrize("what", [
    "ping", "app-ping", "bytewise", "fragments", "many", "large", "garbage",
    "bad-trades", "binary", "pong"])
def test_what_may_come_leaves_the_connection_open(server, alice, tape, what):
    with Stream(server, alice, "/api/v1/stream?symbols=AAPL") as stream:
        watching(tape, "AAPL")
        tape.send(what, "77.5")
        if what in ("bytewise", "fragments", "many", "large"):
            assert stream.quotes("AAPL", "77.5")[-1] == "77.5"
        tape.trade("AAPL", "78.25")
        assert stream.quotes("AAPL", "78.25")[-1] == "78.25"
    state = tape.state()
    assert state["opened"] == 1 and state["open"] == 1
    if what in ("ping", "fragments"):
        assert state["pongs"] == [
            {"ping": "are you there", "fragments": "between"}[what]]


@pytest.mark.parametrize("what, code", [
    ("masked", 1002), ("reserved", 1002), ("opcode", 1002),
    ("continuation", 1002), ("interleaved", 1002), ("ping-long", 1002),
    ("ping-cut", 1002), ("utf8", 1007), ("huge", 1009), ("too-long", 1009),
    ("close", 1000), ("close-empty", 1000), ("close-odd", 1002),
    ("close-code", 1002), ("half", None), ("reset", None)])
def test_what_must_not_come_ends_it_and_it_is_opened_again(
        server, alice, tape, what, code):
    with Stream(server, alice, "/api/v1/stream?symbols=AAPL") as stream:
        watching(tape, "AAPL")
        tape.send(what, "5")
        wait_until(lambda: tape.state()["opened"] == 2, 8,
                   what="the second opening")
        assert tape.state()["closes"] == ([code] if code else [])
        watching(tape, "AAPL")
        price_arrives(stream, tape, "AAPL", "79.5")
    state = tape.state()
    assert state["most"] == 1 and state["dropped"] == 0


@pytest.mark.parametrize("mode", [
    "500", "html", "wrong-accept", "no-upgrade", "close", "huge-head"])
def test_opening_that_fails_is_tried_again_at_leisure(
        world, quotes, tape, mode):
    forget_leases(world)
    tape.be(mode)
    server = served(world, quotes, tape)
    time.sleep(3.5)
    failures = server.meters()["bursar_trade_failures_total"]
    assert 1 <= failures <= 4
    tape.be("ok")
    wait_until(lambda: tape.state()["open"] == 1, 20, what="the opening")
    server.stop()


@pytest.mark.parametrize("mode", ["401", "403", "429"])
def test_refusal_is_not_asked_for_again_soon(world, quotes, tape, mode):
    forget_leases(world)
    tape.be(mode)
    server = served(world, quotes, tape)
    wait_until(lambda: tape.state()["refused"] == 1, 10, what="a refusal")
    time.sleep(5)
    assert tape.state()["refused"] == 1
    assert server.client().get("/livez").status == 200
    server.stop()


def test_silence_is_noticed_and_a_heartbeat_is_none(world, quotes, tape):
    forget_leases(world)
    server = served(world, quotes, tape, stream_silence_ms=1500)
    wait_until(lambda: tape.state()["open"] == 1, 10, what="the opening")
    for _ in range(8):
        tape.send("app-ping")
        time.sleep(0.4)
    assert tape.state()["opened"] == 1
    wait_until(lambda: tape.state()["opened"] == 2, 6,
               what="another opening after silence")
    assert tape.state()["most"] == 1
    server.stop()


def test_symbols_that_the_provider_refuses_lower_the_cap(
        server, alice, tape):
    with Stream(server, alice, "/api/v1/stream?symbols="
                + ",".join(SYMBOLS[:10])):
        wait_until(lambda: any(len(s) == 10 for s in tape.state()["symbols"]),
                   10, what="ten symbols")
        tape.send("error")
        time.sleep(2)
        assert tape.state()["opened"] == 1


def test_certificate_that_nobody_vouches_for_is_refused(
        world, quotes, tmp_path):
    """The key is part of what would be sent, so nothing is."""
    pem = tmp_path / "both.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes",
         "-keyout", str(tmp_path / "key"), "-out", str(tmp_path / "cert"),
         "-days", "2", "-subj", "/CN=localhost", "-addext",
         "subjectAltName=DNS:localhost,IP:127.0.0.1"],
        check=True, capture_output=True)
    pem.write_text((tmp_path / "key").read_text()
                   + (tmp_path / "cert").read_text())
    forget_leases(world)
    fake = Fake("finnhub_ws.py", FINNHUB_FAKE_CERT=str(pem))
    server = world.serve(
        feed="finnhub", finnhub_key=KEY, finnhub_timeout_ms=2000,
        finnhub_url=f"http://127.0.0.1:{quotes.port}",
        finnhub_stream_url=f"wss://127.0.0.1:{fake.port}")
    wait_until(lambda: server.meters()["bursar_trade_failures_total"] >= 2,
               15, what="two failures")
    assert server.meters()["bursar_trade_lines"] == 0
    assert "certificate" in server.log_text().lower()
    server.stop()
    fake.close()


def test_plain_connection_to_another_machine_is_not_made(world, quotes):
    forget_leases(world)
    server = world.serve(
        feed="finnhub", finnhub_key=KEY,
        finnhub_url=f"http://127.0.0.1:{quotes.port}",
        finnhub_stream_url="ws://192.0.2.1:80")
    wait_until(lambda: server.meters()["bursar_trade_failures_total"] >= 1,
               5, what="a refusal at once")
    server.stop()


# ---- who holds it ------------------------------------------------------------------

def holder(servers):
    """The server whose worker holds the stream, if there is one."""
    found = [s for s in servers if s.meters()["bursar_trade_lines"] == 1]
    assert len(found) <= 1
    return found[0] if found else None


def kill_all(server):
    server.workers_change = True
    workers = server.worker_pids()
    for pid in [server.pid, *workers]:
        os.kill(pid, signal.SIGKILL)
    server.process.wait()
    server.world.servers.remove(server)     # its exit code is no fault


@pytest.mark.parametrize("redis", [True, False])
def test_holder_is_killed_and_another_takes_over_within_ten_seconds(
        world, quotes, tape, redis):
    forget_leases(world)
    more = {} if redis else {"redis_url": ""}
    servers = [served(world, quotes, tape, **more) for _ in range(2)]
    first = wait_until(lambda: holder(servers), 15, what="a holder")
    other = servers[1 - servers.index(first)]
    client = other.client().login("alice", PASSWORD)
    # Without Redis the holder knows of its own streams only.
    with Stream(other, client, "/api/v1/stream?symbols=AAPL") as stream:
        if redis:
            watching(tape, "AAPL")
            price_arrives(stream, tape, "AAPL", "100.5")
        kill_all(first)
        began = time.monotonic()
        wait_until(lambda: tape.state()["open"] == 1 and
                   holder([other]) is other, 10, what="the other holder")
        price_arrives(stream, tape, "AAPL", "101.5")
        took = time.monotonic() - began
    assert took < 10, took
    state = tape.state()
    assert state["most"] == 1 and state["dropped"] == 0
    other.stop()


def test_worker_that_holds_it_is_killed(world, quotes, tape):
    forget_leases(world)
    server = served(world, quotes, tape)
    server.workers_change = True
    wait_until(lambda: tape.state()["open"] == 1, 10, what="the opening")
    for pid in server.worker_pids():
        os.kill(pid, signal.SIGKILL)
    began = time.monotonic()
    wait_until(lambda: tape.state()["opened"] == 2, 10, what="another")
    assert time.monotonic() - began < 10
    assert tape.state()["dropped"] == 0
    server.stop()


def test_holder_that_hangs_loses_it_and_knows(world, quotes, tape):
    """It is stopped, another takes over, it wakes and lets go at once."""
    forget_leases(world)
    server = served(world, quotes, tape)
    wait_until(lambda: tape.state()["open"] == 1, 10, what="the opening")
    other = served(world, quotes, tape)
    workers = server.worker_pids()
    for pid in workers:
        os.kill(pid, signal.SIGSTOP)
    try:
        wait_until(lambda: tape.state()["opened"] >= 2, 10, what="another")
    finally:
        for pid in workers:
            os.kill(pid, signal.SIGCONT)
    # The provider ends both when a second comes; one of them stays.
    wait_until(lambda: tape.state()["open"] == 1 and
               holder([server, other]) is other, 20,
               what="one holder in the end")
    other.stop()
    server.stop()


def test_redis_goes_and_comes_and_nobody_opens_a_second(world, quotes, tape):
    forget_leases(world)
    servers = [served(world, quotes, tape) for _ in range(2)]
    wait_until(lambda: holder(servers), 15, what="a holder")
    client = servers[0].client().login("alice", PASSWORD)
    with Stream(servers[0], client, "/api/v1/stream?symbols=AAPL") as stream:
        watching(tape, "AAPL")
        world.redis.kill()
        try:
            end = time.monotonic() + 9
            while time.monotonic() < end:
                time.sleep(0.3)
                assert tape.state()["most"] == 1
        finally:
            world.redis.start()
        time.sleep(4)
        watching(tape, "AAPL")
        price_arrives(stream, tape, "AAPL", "120.5")
    state = tape.state()
    assert state["most"] == 1 and state["opened"] == 1
    for server in servers:
        server.stop()
