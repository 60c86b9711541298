"""Bad weather: what the server does when what it leans on goes away.

Each test breaks one thing, looks, mends it, and looks again. It has servers
and databases of its own, so that nobody else gets wet.
"""

import concurrent.futures
import os
import signal
import socket
import threading
import time

import pytest

from client import Client, amount, new_key
from conftest import Book, portfolio_new, world_checked
from world import PASSWORD, World, process_lives, wait_until

BUY = {"kind": "buy", "symbol": "AAPL", "quantity": "1", "price": "1",
       "traded_on": "2024-02-01"}


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
    return world.serve(statement_timeout_ms=1500, lock_timeout_ms=1000,
                       request_timeout_ms=3000)


@pytest.fixture(scope="module")
def alice(server):
    # A hash may take longer than this server's patience on a busy machine.
    def session():
        answer = server.client().post("/api/v1/auth/login", {
            "username": "alice", "password": PASSWORD})
        return answer.json() if answer.status == 200 else None
    return server.client(token=wait_until(session, 30)["access_token"])


@pytest.fixture(scope="module")
def book(alice):
    return portfolio_new(alice, name="Weather", deposit="1000000")


@pytest.fixture(autouse=True)
def fair_before_and_after(server, world):
    """Each test finds fair weather and leaves it behind."""
    wait_until(lambda: fair(server), 20, what="fair weather before the test")
    yield
    for one in (world.postgres, world.redis):
        if not one.is_running():
            one.start()
    wait_until(lambda: fair(server), 20, what="recovery after the test")
    assert server.worker_pids() == server.first_workers


def health(server):
    return server.client().get("/health").json()


def fair(server):
    try:
        return (health(server)["status"] == "ok" and server.is_whole()
                and server.meters()["bursar_cache_up"] == 2)
    except OSError:
        return False


def slowest(calls, times=15):
    """Seconds of the slowest but one of several calls; all must be 2xx."""
    took = []
    for i in range(times):
        answer = calls[i % len(calls)]()
        assert 200 <= answer.status < 300, answer
        took.append(answer.seconds)
    return sorted(took)[-2]


def core(book, demo_path="/api/v1/dashboard/overview"):
    """What must go on without Redis: reads and a write."""
    c = book.client
    return [lambda: c.get(f"{book.path}/positions"),
            lambda: c.get(f"{book.path}/summary"),
            lambda: c.get("/api/v1/quotes?symbols=AAPL"),
            lambda: c.get(demo_path),
            lambda: c.get("/api/v1/auth/me"),
            lambda: c.post(f"{book.path}/trades", BUY, key=new_key())]


# ---- Redis ------------------------------------------------------------------------

@pytest.mark.parametrize("how", ["hangs", "is killed"])
def test_without_redis_nothing_stops_and_little_slows(
        server, world, book, how):
    usual = slowest(core(book), 18)
    if how == "hangs":
        world.redis.pause()
    else:
        world.redis.kill()
    try:
        loss = slowest(core(book), 24) - usual
        assert loss < 0.1, f"{loss * 1000:.0f} ms slower"
        wait_until(lambda: health(server)["status"] == "degraded", 10,
                   what="health saying degraded")
        assert health(server)["cache"] != "ok"
        # Every worker knows, also one that nobody asked anything.
        wait_until(lambda: server.meters()["bursar_cache_up"] == 0, 10,
                   what="all workers' knowing")
        assert "degraded" in server.client().get("/readyz").text
        assert server.client().get("/readyz").status == 200
        assert server.client().get("/livez").status == 200
        server.client().login("alice", PASSWORD)
    finally:
        world.redis.resume() if how == "hangs" else world.redis.start()
    wait_until(lambda: health(server)["status"] == "ok", 10, what="healing")
    assert slowest(core(book), 18) < usual + 0.1


def test_a_session_ended_without_redis_stays_ended(server, world):
    client = server.client().login("alice", PASSWORD)
    world.redis.kill()
    try:
        assert client.post("/api/v1/auth/logout").status == 204
        for _ in range(12):
            client.get("/api/v1/auth/me").problem(401)
    finally:
        world.redis.start()
    wait_until(lambda: health(server)["status"] == "ok", 10, what="healing")
    for _ in range(6):
        client.get("/api/v1/auth/me").problem(401)


def test_login_limits_hold_without_redis(server, world):
    """Twice the limit at the very most, over all workers."""
    world.seed("Throttled", "theo")
    world.redis.kill()
    try:
        statuses = [server.client(source="127.0.0.31").post(
            "/api/v1/auth/login", {"username": "theo", "password": f"no{i}"}
        ).status for i in range(22)]
    finally:
        world.redis.start()
    assert 429 in statuses and statuses.count(401) <= 20, statuses


def test_starts_without_redis_at_all(world, book):
    server = world.serve(redis_url="", database_connections=2)
    client = server.client().login("alice", PASSWORD)
    mine = Book(client, book.id)
    slowest(core(mine), 12)
    assert server.client().get("/readyz").status == 200
    server.stop()


def test_starts_while_redis_is_away(world, book):
    world.redis.kill()
    try:
        server = world.serve(database_connections=2)
        client = server.client().login("alice", PASSWORD)
        client.get("/api/v1/portfolios").ok()
        assert health(server)["status"] == "degraded"
    finally:
        world.redis.start()
    wait_until(lambda: health(server)["status"] == "ok", 10, what="healing")
    server.stop()


# ---- PostgreSQL ----------------------------------------------------------------------

class Load:
    """Clients that write without a pause; each answer is kept."""

    def __init__(self, book, clients=4):
        self.book, self.answers, self.stop = book, [], False
        self.threads = [threading.Thread(target=self.run)
                        for _ in range(clients)]

    def run(self):
        while not self.stop:
            key, asked = new_key(), time.monotonic()
            try:
                answer = self.book.client.post(
                    f"{self.book.path}/trades", BUY, key=key)
            except OSError as gone:
                answer = gone
            self.answers.append((asked, time.monotonic(), answer, key))
            time.sleep(0.01)

    def __enter__(self):
        for t in self.threads:
            t.start()
        return self

    def __exit__(self, *_):
        self.stop = True
        for t in self.threads:
            t.join()

    def wrote_since(self, moment):
        return any(asked > moment and getattr(a, "status", 0) == 201
                   for asked, _, a, _ in self.answers)


@pytest.mark.parametrize("how", ["crashes", "is restarted"])
def test_database_outage_is_said_and_ends_by_itself(
        server, world, book, alice, how):
    with Load(book) as load:
        wait_until(lambda: load.wrote_since(0), 10, what="a first write")
        if how == "crashes":
            world.postgres.kill()
        else:
            world.postgres.stop("immediate")
        gone = time.monotonic()
        time.sleep(0.5)
        for path in ("/api/v1/portfolios", f"{book.path}/positions"):
            answer = alice.get(path)
            answer.problem(503)
            assert int(answer.headers["Retry-After"]) >= 1
            assert answer.seconds < 5
            assert "postgres" not in answer.text.lower()
        assert server.client().get("/livez").status == 200
        assert server.client().get("/readyz").status == 503
        assert health(server)["status"] != "ok"
        assert server.client().get("/").status == 200, "the page itself"
        starting = time.monotonic()
        world.postgres.start()
        back = time.monotonic()
        wait_until(lambda: load.wrote_since(back), 6, what="a write again")
        healed = time.monotonic() - back
    # What was acknowledged before may be read a moment later.
    during = [a for _, at, a, _ in load.answers if gone + 0.25 < at < starting]
    assert during
    for answer in during:
        assert getattr(answer, "status", None) == 503, answer
        assert answer.headers["Retry-After"]
    assert healed <= 6


def test_no_acknowledged_write_is_lost_and_no_retry_counts_twice(
        server, world, book, alice):
    """Cash says how many trades there are: each cost one dollar."""
    made = portfolio_new(alice, name="Journal", deposit="100000")
    with Load(made) as load:
        wait_until(lambda: len(load.answers) > 60, 20, what="some writes")
        world.postgres.kill()
        world.postgres.start()
        moment = time.monotonic()
        wait_until(lambda: load.wrote_since(moment), 10, what="a write again")
    wait_until(server.is_whole, 6, what="all workers' recovery")
    acknowledged = {key for _, _, a, key in load.answers
                    if getattr(a, "status", 0) == 201}
    unsure = {key for *_, key in load.answers} - acknowledged
    cash = amount(made.summary()["cash"])
    kept = int(100000 - cash)
    assert len(acknowledged) <= kept <= len(acknowledged) + len(unsure)
    for key in unsure:      # tried again, each is done exactly once
        made.client.post(f"{made.path}/trades", BUY, key=key).ok(201)
    for key in list(acknowledged)[:20]:
        made.client.post(f"{made.path}/trades", BUY, key=key).ok(201)
    assert int(100000 - amount(made.summary()["cash"])) == (
        len(acknowledged) + len(unsure))


def test_a_backend_that_dies_costs_one_answer_at_most(server, world, book):
    statuses = []
    for _ in range(3):
        world.postgres.rows(
            "select pg_terminate_backend(pid) from pg_stat_activity"
            " where usename = 'bursar_app'")
        for _ in range(6):
            statuses.append(book.client.get(f"{book.path}/positions").status)
        wait_until(lambda: book.client.get(
            f"{book.path}/positions").status == 200, 6, what="a new connection")
    assert set(statuses) <= {200, 503}, statuses


def test_a_hanging_database_is_given_up_on(server, world, book):
    """Stopped, not dead: its sockets accept and nobody answers."""
    pids = [int(p) for p, in world.postgres.rows(
        "select pid from pg_stat_activity where usename = 'bursar_app'")]
    postmaster = world.postgres.pid()
    for pid in [postmaster, *pids]:
        os.kill(pid, signal.SIGSTOP)
    try:
        answer = book.client.get(f"{book.path}/positions")
        answer.problem(503)
        assert answer.seconds < 9, "longer than a request may take"
        assert server.client().get("/livez").status == 200
    finally:
        for pid in [postmaster, *pids]:
            if process_lives(pid):
                os.kill(pid, signal.SIGCONT)
    wait_until(lambda: book.client.get(f"{book.path}/positions").status == 200,
               10, what="recovery")


# ---- waiting and leaving ---------------------------------------------------------------

class Lock:
    """Somebody else's transaction that holds a table."""

    def __init__(self, world, mode="exclusive", table="activities"):
        self.psql = world.postgres.psql_open()
        self.psql.stdin.write(f"begin; lock table bursar.{table} in {mode}"
                              " mode; select 'held';\n")
        self.psql.stdin.flush()
        assert self.psql.stdout.readline().strip() == "held"

    def __enter__(self):
        return self

    def __exit__(self, *_):
        try:
            self.psql.communicate("rollback;\n", timeout=10)
        except BrokenPipeError:
            self.psql.wait(10)      # somebody ended its session


def waiting_backends(world):
    return int(world.postgres.value(
        "select count(*) from pg_stat_activity where usename = 'bursar_app'"
        " and wait_event_type = 'Lock'"))


def held_up(world, asked):
    """Somebody waits for a lock, and what was asked has no answer yet."""
    wait_until(lambda: asked.done() or waiting_backends(world) >= 1, 10,
               what="a write that waits")
    assert not asked.done(), asked.result()


# Where a test itself lets the lock go.
PATIENT = {"lock_timeout_ms": 9000, "statement_timeout_ms": 9500}


def listens(server):
    try:
        Client(server.host, server.port, timeout=2).get("/livez")
        return True
    except OSError:
        return False


def idle_in_transaction(world):
    return int(world.postgres.value(
        "select count(*) from pg_stat_activity where usename = 'bursar_app'"
        " and state like 'idle in transaction%'"))


def test_client_that_hangs_up_leaves_nothing_behind(server, world, book):
    before = len(book.activities(limit=200)), book.summary()["cash"]
    cancelled = server.meters()["bursar_flows_cancelled_total"]
    body = (b'{"kind":"deposit","amount":"77","on":"2024-02-01"}')
    with Lock(world):
        for _ in range(3):
            s = socket.create_connection((server.host, server.port))
            s.sendall(
                f"POST {book.path}/cash HTTP/1.1\r\nHost: x\r\n"
                f"Authorization: Bearer {book.client.token}\r\n"
                "Content-Type: application/json\r\n"
                f"Content-Length: {len(body)}\r\n\r\n".encode() + body)
            wait_until(lambda: waiting_backends(world) >= 1, 5,
                       what="an INSERT that waits")
            s.close()
            wait_until(lambda: waiting_backends(world) == 0, 5,
                       what="the cancelled statement's end")
        assert idle_in_transaction(world) == 0
    assert (len(book.activities(limit=200)), book.summary()["cash"]) == before
    assert server.meters()["bursar_flows_cancelled_total"] >= cancelled + 3
    assert book.client.post(f"{book.path}/trades", BUY, key=new_key()
                            ).status == 201


def test_write_that_waits_too_long_is_503_and_undone(server, world, book):
    before = book.summary()["cash"]
    with Lock(world):
        answer = book.cash("deposit", "5", "2024-02-01")
        answer.problem(503)
        assert int(answer.headers["Retry-After"]) >= 1
        assert answer.seconds < 9
    assert book.summary()["cash"] == before
    assert idle_in_transaction(world) == 0
    book.cash("deposit", "5", "2024-02-01").ok(201)


def test_read_past_its_deadline_is_503_and_the_next_is_fine(
        server, world, book):
    with Lock(world, "access exclusive", "positions"):
        answer = book.client.get(f"{book.path}/positions")
        answer.problem(503)
        assert int(answer.headers["Retry-After"]) >= 1
        assert answer.seconds < 9
        # What does not need that table goes on meanwhile.
        book.client.get("/api/v1/assets").ok()
    book.client.get(f"{book.path}/positions").ok()


def test_many_waiting_requests_do_not_exhaust_the_server(server, world, book):
    with Lock(world):
        with concurrent.futures.ThreadPoolExecutor(40) as pool:
            answers = [pool.submit(book.cash, "deposit", "1", "2024-02-01")
                       for _ in range(40)]
            time.sleep(0.3)
            assert server.client().get("/livez").seconds < 2.5
            for f in answers:
                assert f.result().status == 503, f.result()
    wait_until(lambda: book.client.get(f"{book.path}/positions").status == 200,
               5, what="recovery")
    assert idle_in_transaction(world) == 0


def test_tenant_never_sticks_to_a_connection(server, world, alice):
    """After cut-off and cancelled requests too, each sees what is theirs."""
    world.seed("Newcomer", "nora")
    nora = server.client().login("nora", PASSWORD)

    def ids(client):
        return {p["id"] for p in client.get("/api/v1/portfolios").ok()["items"]}
    hers, theirs = ids(alice), ids(nora)
    assert hers and not hers & theirs
    with concurrent.futures.ThreadPoolExecutor(16) as pool:
        jobs = [(hers if i % 2 else theirs,
                 pool.submit(ids, alice if i % 2 else nora))
                for i in range(120)]
        for expected, job in jobs:
            assert job.result() == expected


# ---- the server itself ---------------------------------------------------------------------

def test_stopping_finishes_what_was_begun(world, book):
    server = world.serve(database_connections=2, **PATIENT)
    client = server.client().login("alice", PASSWORD)
    with Lock(world):
        with concurrent.futures.ThreadPoolExecutor(1) as pool:
            waiting = pool.submit(client.post, f"{book.path}/cash", {
                "kind": "deposit", "amount": "1", "on": "2024-02-01"},
                key=new_key())
            held_up(world, waiting)
            server.process.send_signal(signal.SIGTERM)
            wait_until(lambda: not listens(server), 5,
                       what="the end of listening")
            assert server.process.poll() is None, "it waits for the write"
            # Let the write go: the lock ends before its own limits do.
            world.postgres.rows("select pg_terminate_backend(pid) from"
                                " pg_locks where mode = 'ExclusiveLock'"
                                " and granted and relation ="
                                " 'bursar.activities'::regclass")
            assert waiting.result().status == 201
    server.process.wait(15)
    assert server.process.returncode == 0


def test_a_worker_that_dies_is_replaced(world):
    server = world.serve(database_connections=2)
    server.workers_change = True
    victim = min(server.worker_pids())
    os.kill(victim, signal.SIGKILL)
    wait_until(lambda: victim not in server.worker_pids()
               and len(server.worker_pids()) == len(server.first_workers), 5,
               what="a new worker")
    time.sleep(0.3)
    for _ in range(20):
        assert server.client().get("/readyz").status == 200
    server.stop()


def test_workers_do_not_outlive_their_parent(world):
    server = world.serve(database_connections=2)
    workers = server.worker_pids()
    server.process.kill()
    server.process.wait()
    wait_until(lambda: not any(map(process_lives, workers)), 5,
               what="the workers' end")
    world.servers.remove(server)


def test_a_schema_that_does_not_fit_stops_the_start(world):
    world.postgres.rows("insert into bursar.schema_migrations values"
                        " (9999, 'later', 'x')")
    try:
        world.serve_refused()
    finally:
        world.postgres.rows("delete from bursar.schema_migrations"
                            " where version = 9999")


def test_a_role_that_could_see_everything_stops_the_start(world):
    world.serve_refused(database_url=world.postgres.url("postgres"))


def test_migrating_twice_changes_nothing(world):
    before = world.postgres.rows(
        "select version, checksum, applied_at from bursar.schema_migrations"
        " order by 1")
    world.tool("migrate").check()
    assert world.postgres.rows(
        "select version, checksum, applied_at from bursar.schema_migrations"
        " order by 1") == before


def test_seeding_twice_changes_nothing(world):
    tables = ["portfolios", "activities", "users", "memberships"]
    before = {t: world.postgres.value(f"select count(*) from bursar.{t}")
              for t in tables}
    world.tool("seed").check()
    assert {t: world.postgres.value(f"select count(*) from bursar.{t}")
            for t in tables} == before
