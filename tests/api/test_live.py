"""Clients that come in crowds, wait, listen and leave at every stage.

Whatever they do, no worker dies, no sanitizer speaks, nothing is held for
them afterwards, and the next client is served.
"""

import concurrent.futures
import http.client
import json
import os
import random
import select
import signal
import socket
import struct
import time

import pytest

from client import Client, new_key
from conftest import portfolio_new, world_checked
from test_weather import PATIENT, Lock, held_up, waiting_backends
from world import PASSWORD, World, wait_until

CHANNEL = "quotes"


@pytest.fixture(scope="module")
def world():
    world = World()
    try:
        world.tool("seed").check()
        world.seed("Acorn", "alice")
    except BaseException:
        world.close()
        raise
    yield world
    world_checked(world)


@pytest.fixture(scope="module")
def server(world):
    return world.serve(statement_timeout_ms=4000, lock_timeout_ms=1000,
                       request_timeout_ms=6000)


@pytest.fixture(scope="module")
def alice(server):
    return server.client().login("alice", PASSWORD)


@pytest.fixture(scope="module")
def book(alice):
    return portfolio_new(alice, name="Live", deposit="1000000")


@pytest.fixture(autouse=True)
def unharmed(server):
    """Each test leaves the workers alive and nobody waiting."""
    yield
    assert server.worker_pids() == server.first_workers
    wait_until(lambda: at_rest(server), 10, what="the end of all flows")


def at_rest(server):
    """No flow but the one that is asking, and no open stream."""
    meters = server.meters()
    return (meters["bursar_flows"] <= 1 + 2 and
            meters["bursar_stream_clients"] == 0)


# ---- raw clients ---------------------------------------------------------------

def request(method, path, client=None, body=None, extra=""):
    """The bytes of a request."""
    lines = [f"{method} {path} HTTP/1.1", "Host: localhost"]
    if client is not None and client.token:
        lines.append(f"Authorization: Bearer {client.token}")
    if extra:
        lines.append(extra)
    data = b""
    if body is not None:
        data = json.dumps(body).encode()
        lines += ["Content-Type: application/json",
                  f"Content-Length: {len(data)}"]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + data


def dial(server, receive=None):
    s = socket.socket()
    if receive:
        s.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive)
    s.settimeout(10)
    s.connect((server.host, server.port))
    return s


def hang_up(s):
    """At once: the peer hears a reset, not an end."""
    s.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    s.close()


class Stream:
    """An open stream of events."""

    def __init__(self, server, client, path="/api/v1/stream", receive=None,
                 after=None):
        self.sock = dial(server, receive)
        self.sock.sendall(request("GET", path, client, extra=(
            f"Last-Event-ID: {after}" if after else "")))
        self.kept = b""
        self.id = None
        self.last = None
        while b"\r\n\r\n" not in self.kept:
            assert self.more(), "no answer"
        self.head, self.kept = self.kept.split(b"\r\n\r\n", 1)
        self.status = int(self.head.split(b" ")[1])

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.sock.close()

    def more(self):
        try:
            data = self.sock.recv(65536)
        except ConnectionResetError:
            return False
        self.kept += data
        return bool(data)

    def event(self, seconds=10):
        """The next event as (name, data); None when the stream has ended."""
        end = time.monotonic() + seconds
        while b"\n\n" not in self.kept:
            left = end - time.monotonic()
            assert left > 0, "no event came"
            self.sock.settimeout(left)
            if not self.more():
                return None
        one, self.kept = self.kept.split(b"\n\n", 1)
        fields = dict(line.split(": ", 1) for line in one.decode().split("\n"))
        self.id = fields.get("id", self.id)
        self.last = fields["event"], json.loads(fields["data"])
        return self.last

    def quotes(self, symbol, until):
        """Prices of a symbol till one of them comes, that included."""
        prices = []
        while not prices or prices[-1] != until:
            event = self.event()
            assert event is not None, f"ended after {self.last}: {self.kept}"
            name, quote = event
            if name == "quote" and quote["symbol"] == symbol:
                prices.append(quote["price"])
        return prices

    def ends(self, seconds=10):
        """Does the server end it in that time?"""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            self.sock.settimeout(max(0.01, end - time.monotonic()))
            try:
                if not self.more():
                    return True
            except TimeoutError:
                return False
        return False


def streams_open(server):
    return server.meters()["bursar_stream_clients"]


def streams_shed(server):
    return server.meters()["bursar_stream_shed_total"]


# ---- leaving ---------------------------------------------------------------------

STAGES = {
    "inside the request line": lambda c: [b"GET /api/v1/portf"],
    "inside the header": lambda c: [request("GET", "/api/v1/portfolios", c)[:-2]],
    "inside the body": lambda c: [request(
        "POST", "/api/v1/portfolios", c, {"name": "x" * 200})[:-100]],
    "before the answer": lambda c: [request("GET", "/api/v1/portfolios", c)],
    "before a large answer": lambda c: [
        request("GET", "/api/v1/prices?symbol=AAPL", c)],
    "before a file": lambda c: [request("GET", "/")],
    "before the refusal": lambda c: [b"POST / HTTP/1.1\r\nHost: x\r\n\r\n"],
    "before a stream's answer": lambda c: [request("GET", "/api/v1/stream", c)],
    "while a password is hashed": lambda c: [request(
        "POST", "/api/v1/auth/login", None,
        {"username": "nobody", "password": PASSWORD})],
}


@pytest.mark.parametrize("stage", STAGES)
@pytest.mark.parametrize("how", ["reset", "end"])
def test_client_leaves(server, alice, stage, how):
    times = 8 if "hashed" in stage else 60
    for i in range(times):
        s = dial(server)
        for segment in STAGES[stage](alice):
            s.sendall(segment)
        if i % 3:
            time.sleep(random.random() * 0.004)
        hang_up(s) if how == "reset" else s.close()
    assert server.client().get("/livez").status == 200


def test_clients_leave_streams_at_every_moment(server, alice):
    """Before the answer, within it, between events, in crowds."""
    for round_ in range(10):
        crowd = [dial(server) for _ in range(40)]
        for s in crowd:
            s.sendall(request("GET", "/api/v1/stream", alice))
        random.shuffle(crowd)
        for i, s in enumerate(crowd):
            if i % 4 == 0:
                time.sleep(0.002)
            hang_up(s) if i % 2 else s.close()
    wait_until(lambda: streams_open(server) == 0, 10, what="the streams' end")


def test_client_leaves_while_its_flow_waits_for_a_lock(server, world, book):
    tables = {"activities": ("POST", f"{book.path}/cash",
                             {"kind": "deposit", "amount": "1",
                              "on": "2024-02-01"}),
              "positions": ("GET", f"{book.path}/positions", None),
              "quotes": ("GET", "/api/v1/stream?symbols=AAPL", None)}
    for table, (method, path, body) in tables.items():
        with Lock(world, "access exclusive", table):
            crowd = [dial(server) for _ in range(3)]
            for s in crowd:
                s.sendall(request(method, path, book.client, body))
            wait_until(lambda: waiting_backends(world) >= 1, 5,
                       what=f"somebody who waits for {table}")
            for s in crowd:
                hang_up(s)
            wait_until(lambda: waiting_backends(world) == 0, 6,
                       what="the end of the wait")


def test_stream_is_not_lost_by_what_waited_before_it(server, world, alice):
    with Lock(world, "access exclusive", "quotes"):
        s = dial(server)
        s.sendall(request("GET", "/api/v1/stream?symbols=AAPL", alice))
        time.sleep(0.3)
    head = s.recv(65536)
    assert head.startswith(b"HTTP/1.1 200")
    s.close()


# ---- crowds --------------------------------------------------------------------------

def test_two_thousand_connections_at_once(server, alice):
    """All are answered; half ask again on the same connection."""
    crowd = [dial(server) for _ in range(2000)]
    try:
        asked = request("GET", "/api/v1/portfolios", alice)
        for s in crowd:
            s.sendall(asked)
        assert sum(whole_answer(s) == 200 for s in crowd) == 2000
        for s in crowd[::2]:
            s.sendall(asked)
        assert sum(whole_answer(s) == 200 for s in crowd[::2]) == 1000
    finally:
        for s in crowd:
            s.close()


def whole_answer(s):
    """Status of an answer that came whole."""
    response = http.client.HTTPResponse(s)
    response.begin()
    response.read()
    return response.status


def test_more_requests_than_can_wait_are_refused_not_lost(world, book):
    """Each of the crowd gets an answer, and what cannot wait gets it at
    once: a problem like any other."""
    server = world.serve(workers=1, lock_timeout_ms=3000,
                         request_timeout_ms=5000, statement_timeout_ms=4000)
    crowd = [dial(server) for _ in range(2200)]
    with Lock(world, "access exclusive", "positions"):
        asked = request("GET", f"{book.path}/positions", book.client)
        for s in crowd:
            s.sendall(asked)
        time.sleep(1)
        with dial(server) as late:
            late.sendall(asked)
            began = time.monotonic()
            response = http.client.HTTPResponse(late)
            response.begin()
            problem = json.loads(response.read())
            assert time.monotonic() - began < 1
        assert {whole_answer(s) for s in crowd} == {503}
    for s in crowd:
        s.close()
    assert response.status == problem["status"] == 503
    assert set(problem) == {"type", "title", "status", "detail", "instance",
                            "request_id"}
    assert problem["request_id"] == response.headers["X-Request-Id"]
    assert response.headers["Content-Type"] == "application/problem+json"
    assert int(response.headers["Retry-After"]) >= 1
    for name in ("Date", "Content-Security-Policy", "Cache-Control",
                 "X-Content-Type-Options"):
        assert response.headers[name], name
    server.stop()


# ---- streams -----------------------------------------------------------------------------

def test_stream_says_hello_then_quotes(server, alice):
    with Stream(server, alice, "/api/v1/stream?symbols=AAPL") as stream:
        assert stream.status == 200
        head = stream.head.decode().lower()
        assert "content-type: text/event-stream" in head
        assert "cache-control: no-store" in head
        assert "connection: close" in head
        assert "content-length" not in head and "etag" not in head
        assert "content-encoding" not in head
        assert stream.event()[0] == "hello"
        name, quote = stream.event()
        assert name == "quote" and quote["symbol"] == "AAPL"


def test_head_of_a_stream_is_only_its_header(server, alice):
    s = dial(server)
    s.sendall(request("HEAD", "/api/v1/stream", alice))
    time.sleep(0.3)
    head = s.recv(65536)
    assert head.startswith(b"HTTP/1.1 200") and head.endswith(b"\r\n\r\n")
    assert b"text/event-stream" in head
    assert streams_open(server) == 0
    s.settimeout(2.5)
    try:
        assert s.recv(65536) == b"", "events on a connection that has none"
    except TimeoutError:
        pass
    s.close()


def test_streams_that_are_refused(server, alice):
    anyone = server.client()
    anyone.get("/api/v1/stream").problem(401)
    alice.get("/api/v1/stream?symbols=AAPL&symbols=MSFT").problem(400)
    alice.get("/api/v1/stream?symbols=%00").problem(400)


NUMBERED = """
local t = redis.call('TIME')
local now = t[1] * 1000 + math.floor(t[2] / 1000)
local last = tonumber(redis.call('GET', KEYS[1]) or '0')
local n = math.max(last + 1, now)
redis.call('SET', KEYS[1], string.format('%.0f', n))
return redis.call('PUBLISH', ARGV[1],
                  string.format('%.0f %.0f ', n, last) .. ARGV[2])
"""


def redis_ask(world, *words):
    with socket.socket(socket.AF_UNIX) as s:
        s.connect(str(world.redis.dir / "redis.sock"))
        parts = [w.encode() for w in words]
        s.sendall(b"*%d\r\n" % len(parts) + b"".join(
            b"$%d\r\n%s\r\n" % (len(p), p) for p in parts))
        return s.recv(65536).decode()


def publish(world, message):
    """As a process that refreshes quotes would."""
    answer = redis_ask(world, "EVAL", NUMBERED, "1", f"{CHANNEL}:number",
                       CHANNEL, message)
    return int(answer.strip().lstrip(":"))


def quote_message(symbol, price):
    return json.dumps([
        {"symbol": symbol, "price": price, "previous_close": "1",
         "change": "1", "percent_change": 0.1,
         "as_of": "2024-01-02T00:00:00Z", "stale": False}],
        separators=(",", ":"))


def quotes_message(n):
    """Quotes whose prices are all new."""
    return json.dumps([
        {"symbol": f"Z{i}", "price": f"{random.randint(1, 10**9)}.{i}",
         "previous_close": "1", "change": "1", "percent_change": 0.1,
         "as_of": "2024-01-02T00:00:00Z", "stale": False}
        for i in range(n)], separators=(",", ":"))


def test_reader_that_is_too_slow_is_cut_and_others_are_not(
        server, world, alice):
    before = streams_shed(server)
    with Stream(server, alice) as quick:
        slow = [Stream(server, alice, receive=4096) for _ in range(5)]
        wait_until(lambda: streams_open(server) == 6, 5, what="six streams")
        ready = select.poll()
        ready.register(quick.sock, select.POLLIN)
        seen = 0
        for _ in range(400):
            assert publish(world, quotes_message(300)) >= 1
            while ready.poll(0):
                assert quick.more()
            seen += len(quick.kept)
            quick.kept = b""
            if streams_shed(server) == before + 5:
                break
        assert streams_shed(server) == before + 5
        wait_until(lambda: streams_open(server) == 1, 12,
                   what="the end of those who do not even hear why")
        publish(world, quotes_message(1))
        assert quick.more() and seen > 100_000
        for stream in slow:
            stream.sock.close()


def test_whoever_is_too_slow_is_told_so(server, world, alice):
    before = streams_shed(server)
    with Stream(server, alice, receive=4096) as slow:
        for _ in range(400):
            publish(world, quotes_message(300))
            if streams_shed(server) > before:
                break
        seen = []
        while (event := slow.event()) is not None:
            seen.append(event)
        assert seen[0][0] == "hello"
        assert seen[-1] == ("bye", {"reason": "slow"})
        assert slow.more() is False


def test_who_waits_for_a_quiet_symbol_is_not_slow(server, world, alice):
    """More happens to others than is kept, before anything happens to it."""
    with Stream(server, alice, "/api/v1/stream?symbols=QUIET") as quiet, \
            Stream(server, alice) as everything:
        for stream in (quiet, everything):
            assert stream.event()[0] == "hello"
        for i in range(30):
            publish(world, quotes_message(300))
            publish(world, quote_message("MARK", f"{i}.5"))
            everything.quotes("MARK", f"{i}.5")
        publish(world, quote_message("QUIET", "5"))
        assert quiet.quotes("QUIET", "5") == ["5"]


def test_each_event_has_an_id_that_grows(server, world, alice):
    with Stream(server, alice, "/api/v1/stream?symbols=IDS") as stream:
        assert stream.event()[0] == "hello"
        ids = [stream.id]
        for i in range(5):
            publish(world, quote_message("IDS", f"{i + 1}.5"))
            assert stream.quotes("IDS", f"{i + 1}.5") == [f"{i + 1}.5"]
            ids.append(stream.id)
    assert len(set(ids)) == 6
    numbers = [tuple(map(int, i.split("-"))) for i in ids]
    assert numbers == sorted(numbers)


def test_stream_goes_on_after_its_last_event_on_any_worker(
        server, world, alice):
    """Nothing twice, nothing missing, whichever worker answers."""
    path = "/api/v1/stream?symbols=GOES,ON"
    with Stream(server, alice, path) as first:
        assert first.event() == ("hello", {"simulated": True,
                                           "resumed": False})
        publish(world, quote_message("GOES", "1"))
        assert first.quotes("GOES", "1") == ["1"]
        last = first.id
    for i in range(2, 12):
        publish(world, quote_message("GOES", f"{i}"))
    publish(world, quote_message("OTHER", "1"))
    again = [Stream(server, alice, path, after=last) for _ in range(8)]
    publish(world, quote_message("GOES", "99"))
    for stream in again:
        assert stream.event() == ("hello", {"simulated": True,
                                            "resumed": True})
        assert stream.quotes("GOES", "99") == [
            *(f"{i}" for i in range(2, 12)), "99"]
        stream.sock.close()


def test_stream_that_never_got_an_event_goes_on_from_its_hello(
        server, world, alice):
    path = "/api/v1/stream?symbols=HELLO"
    with Stream(server, alice, path) as first:
        assert first.event()[0] == "hello"
        last = first.id
    publish(world, quote_message("HELLO", "1"))
    publish(world, quote_message("HELLO", "2"))
    with Stream(server, alice, path, after=last) as again:
        assert again.event()[1]["resumed"] is True
        assert again.quotes("HELLO", "2") == ["1", "2"]


def test_who_missed_much_is_told_the_newest_of_each_symbol(
        server, world, alice):
    path = "/api/v1/stream?symbols=MUCH,LITTLE"
    with Stream(server, alice, path) as first:
        assert first.event()[0] == "hello"
        last = first.id
    publish(world, quote_message("LITTLE", "7"))
    for i in range(700):
        publish(world, quote_message("MUCH", f"{i}.25"))

    def told():
        """The first two prices; a process may still be hearing of them."""
        with Stream(server, alice, path, after=last) as again:
            assert again.event()[1]["resumed"] is True
            return [again.event()[1]["price"] for _ in range(2)]
    wait_until(lambda: told() == ["7", "699.25"], 20,
               what="the newest of each")


@pytest.mark.parametrize("last", [
    "1-1", "x", "-", "9" * 40, "9999999999999-1", "1 1", "0-0"])
def test_id_that_says_nothing_begins_anew(server, alice, last):
    with Stream(server, alice, "/api/v1/stream?symbols=AAPL",
                after=last) as stream:
        assert stream.event()[1]["resumed"] is False
        assert stream.event()[1]["symbol"] == "AAPL"


def test_quotes_go_to_who_watches_their_symbols_only(server, world, alice):
    with Stream(server, alice, "/api/v1/stream?symbols=ONE,TWO") as some, \
            Stream(server, alice, "/api/v1/stream?symbols=three") as other, \
            Stream(server, alice) as everything:
        for stream in (some, other, everything):
            assert stream.event()[0] == "hello"
        for symbol in ("ONE", "THREE", "TWO", "FOUR", "LAST"):
            publish(world, quote_message(symbol, "5"))
        publish(world, quote_message("TWO", "6"))
        publish(world, quote_message("THREE", "6"))
        got = []
        while len(got) < 3:
            got.append(some.event()[1]["symbol"])
        assert got == ["ONE", "TWO", "TWO"]
        assert [other.event()[1]["price"] for _ in range(2)] == ["5", "6"]
        seen = set()
        while not seen >= {"ONE", "TWO", "THREE", "FOUR", "LAST"}:
            seen.add(everything.event()[1].get("symbol"))


def test_nothing_is_lost_when_messages_were(server, world, alice):
    """A publication that a process did not hear is noticed by the next one;
    then it reads what is kept."""
    with Stream(server, alice, "/api/v1/stream?symbols=AAPL") as stream:
        assert stream.event()[0] == "hello"
        last = stream.id
        redis_ask(world, "SET", f"{CHANNEL}:number",
                  str(int(time.time() * 1000) + 5000))
        publish(world, quote_message("GAP", "1"))

    def resumed():
        with Stream(server, alice, "/api/v1/stream?symbols=AAPL",
                    after=last) as again:
            return again.event()[1]["resumed"]
    wait_until(lambda: not resumed(), what="a gap")


def test_streams_outlive_redis(server, world, alice):
    with Stream(server, alice) as stream:
        assert stream.event()[0] == "hello"
        world.redis.kill()
        try:
            time.sleep(1)
        finally:
            world.redis.start()
        stream.kept = b""
        assert stream.event(15)[0] in ("quote", "ping")


def all_told(crowd, symbol, price):
    """How many of a crowd hear of that price within ten seconds."""
    what = f'"{symbol}","price":"{price}"'.encode()
    reading = {s.fileno(): s for s in crowd}
    told, kept = set(), {}
    end = time.monotonic() + 10
    with select.epoll() as poll:
        for fd in reading:
            poll.register(fd, select.EPOLLIN)
        while len(told) < len(crowd) and time.monotonic() < end:
            for fd, _ in poll.poll(0.1):
                kept[fd] = kept.get(fd, b"") + reading[fd].recv(65536)
                if what in kept[fd]:
                    told.add(fd)
    return len(told)


def test_thousands_of_streams_are_small_and_all_are_told(
        server, world, alice):
    """make bench has ten thousand, and how long it takes."""
    n = 2000
    wait_until(lambda: publish(world, "[]") == 2, 10, what="two listeners")
    before = memory_kib(server)
    asked = request("GET", "/api/v1/stream?symbols=CROWD,AAPL,MSFT", alice)
    crowd = [dial(server) for _ in range(n)]
    try:
        for s in crowd:
            s.sendall(asked)
        wait_until(lambda: streams_open(server) == n, 20, what="the crowd")
        assert max(len(os.listdir(f"/proc/{pid}/fd"))
                   for pid in server.worker_pids()) < n * 0.75
        for price in ("1.25", "1.75"):
            publish(world, quote_message("CROWD", price))
            assert all_told(crowd, "CROWD", price) == n
        if "san" not in os.environ.get("BURSAR_BIN", ""):
            assert (memory_kib(server) - before) / n < 12
    finally:
        for s in crowd:
            s.close()


# ---- a stream and its session ---------------------------------------------------

def both_workers(server, client, n=12):
    """Streams enough that each worker has some."""
    return [Stream(server, client) for _ in range(n)]


def test_streams_end_with_their_session_and_no_other(server):
    hers, other = (server.client().login("alice", PASSWORD) for _ in "ab")
    ending, staying = both_workers(server, hers), both_workers(server, other, 4)
    hers.post("/api/v1/auth/logout").ok(204)
    began = time.monotonic()
    for stream in ending:
        while (event := stream.event()) is not None:
            last = event
        assert last == ("bye", {"reason": "session"})
    assert time.monotonic() - began < 5
    for stream in staying:
        stream.kept = b""
        assert stream.event()[0] in ("quote", "ping")
        stream.sock.close()


@pytest.mark.parametrize("change, back", [
    ("update users set disabled = true where username = 'alice'",
     "update users set disabled = false where username = 'alice'"),
    ("update memberships set role = 'viewer' from users"
     " where id = user_id and username = 'alice'",
     "update memberships set role = 'owner' from users"
     " where id = user_id and username = 'alice'"),
])
def test_streams_end_when_what_they_rest_on_changes(
        server, world, change, back):
    client = server.client().login("alice", PASSWORD)
    streams = both_workers(server, client, 4)
    world.postgres.rows("set search_path = bursar; " + change)
    try:
        began = time.monotonic()
        assert all(stream.ends(8) for stream in streams)
        assert time.monotonic() - began < 5
    finally:
        world.postgres.rows("set search_path = bursar; " + back)


def test_streams_stay_while_postgresql_is_away(server, world):
    client = server.client().login("alice", PASSWORD)
    streams = both_workers(server, client, 4)
    world.postgres.stop("immediate")
    try:
        time.sleep(4)
    finally:
        world.postgres.start()
    for stream in streams:
        stream.kept = b""
        assert stream.event(15)[0] in ("quote", "ping")
    wait_until(lambda: client.post("/api/v1/auth/logout").status == 204, 15,
               every=0.3, what="the log-out")
    assert all(stream.ends(8) for stream in streams)


# ---- the end -----------------------------------------------------------------------------

def test_stopping_ends_streams_at_once_and_answers_requests(world, book):
    server = world.serve(database_connections=2, **PATIENT)
    client = server.client().login("alice", PASSWORD)
    streams = [Stream(server, client) for _ in range(20)]
    idle = [dial(server) for _ in range(20)]
    half = dial(server)
    half.sendall(b"GET / HTTP/1.1\r\n")
    with concurrent.futures.ThreadPoolExecutor(1) as pool:
        with Lock(world):
            waiting = pool.submit(client.post, f"{book.path}/cash", {
                "kind": "deposit", "amount": "1", "on": "2024-02-01"},
                key=new_key())
            held_up(world, waiting)
            server.process.send_signal(signal.SIGTERM)
            time.sleep(0.2)
        answer = waiting.result()
    assert answer.status == 201, answer
    assert answer.headers["Connection"] == "close"
    for stream in streams:
        while (event := stream.event(12)) is not None:
            last = event
        assert last == ("bye", {"reason": "stopping"})
    assert server.process.wait(15) == 0
    for s in [*idle, half, *[t.sock for t in streams]]:
        s.close()


def memory_kib(server):
    total = 0
    for pid in server.worker_pids():
        with open(f"/proc/{pid}/status") as status:
            total += next(int(line.split()[1]) for line in status
                          if line.startswith("VmRSS"))
    return total


def descriptors(server):
    return sum(len(os.listdir(f"/proc/{pid}/fd"))
               for pid in server.worker_pids())


def test_nothing_is_kept_of_clients_that_left(server, alice):
    """Descriptors exactly, memory within what pools may still take."""
    def crowd(n):
        for _ in range(n):
            s = dial(server)
            s.sendall(request("GET", "/api/v1/stream", alice))
            s.recv(100)
            s.close()
            s = dial(server)
            s.sendall(request("GET", "/api/v1/portfolios", alice))
            s.recv(100)
            hang_up(s)
    crowd(300)
    wait_until(lambda: streams_open(server) == 0, 10, what="the streams' end")
    fds, kib = descriptors(server), memory_kib(server)
    crowd(700)
    wait_until(lambda: streams_open(server) == 0, 10, what="the streams' end")
    wait_until(lambda: descriptors(server) <= fds + 2, 5,
               what="the descriptors' end")
    if "san" not in os.environ.get("BURSAR_BIN", ""):
        assert memory_kib(server) < kib + 2048


# ---- clients that announce and do not send -----------------------------------------------

def test_announced_bodies_hold_nobody_up_and_little_memory(world):
    """More of them than requests may wait; each announces a megabyte."""
    server = world.serve(workers=1)
    before = memory_kib(server)
    head = ("POST /api/v1/auth/login HTTP/1.1\r\nHost: x\r\nContent-Type:"
            " application/json\r\nContent-Length: 1048576\r\n\r\n{").encode()
    crowd = []
    try:
        for _ in range(4500):
            crowd.append(dial(server))
            crowd[-1].sendall(head)
        for _ in range(20):
            answer = server.client().get("/livez")
            assert answer.status == 200 and answer.seconds < 3
        if "san" not in os.environ.get("BURSAR_BIN", ""):
            assert memory_kib(server) - before < 4500 * 48
    finally:
        for s in crowd:
            s.close()
    server.stop()
