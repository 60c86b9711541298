"""What all black-box tests share: one server with three tenants.

    Acorn   alice (owner), mark (member), vera (viewer)
    Birch   bob (owner)
    demo    demo, with years of trades

Tests about bad weather, the feed and settings start servers of their own.
"""

import datetime
import itertools
import os
import signal
import sys

import pytest

sys.path.insert(0, os.path.dirname(__file__))

from client import new_key  # noqa: E402
from world import PASSWORD, PROGRAM, World  # noqa: E402

LAST = ("test_import.py", "test_feed.py", "test_weather.py")


def pytest_collection_modifyitems(items):
    items.sort(key=lambda item: LAST.index(item.path.name)
               if item.path.name in LAST else -1)


def pytest_sessionstart(session):
    if session.config.option.collectonly:
        return
    # Told to stop, it stops what it started: as at Ctrl-C.
    signal.signal(signal.SIGTERM, signal.getsignal(signal.SIGINT))
    if not os.access(PROGRAM, os.X_OK):
        pytest.exit(f"{PROGRAM} is not there: run make first", 2)


def seeded_world():
    world = World()
    try:
        world.tool("seed").check()
        world.seed("Acorn", "alice")
        world.seed("Acorn", "mark", "member")
        world.seed("Acorn", "vera", "viewer")
        world.seed("Birch", "bob")
    except BaseException:
        world.close()
        raise
    return world


def world_checked(world):
    """Nothing was reported by a sanitizer, leaked into a log, or crashed."""
    found = [fault for server in world.servers for fault in server.faults()]
    codes = [server.stop() for server in world.servers]
    found += [f"server ended with {c}" for c in codes if c not in (0, None)]
    reports = world.sanitizer_reports()
    world.close()
    assert not reports, reports[:6000]
    assert not found, "\n".join(found[:20])


@pytest.fixture(scope="session")
def world():
    world = seeded_world()
    yield world
    world_checked(world)


@pytest.fixture(scope="session")
def server(world):
    # The suite logs in often and asks much: limits have tests of their own.
    return world.serve()


@pytest.fixture(scope="session")
def postgres(world):
    return world.postgres


def _session_client(name, password=PASSWORD):
    @pytest.fixture(scope="session", name=name)
    def logged_in(server, world):
        client = server.client().login(name, password)
        world.never_logged[f"{name}'s access token"] = client.token
        world.never_logged[f"{name}'s refresh token"] = (
            client.session["refresh_token"])
        return client
    return logged_in


alice = _session_client("alice")
mark = _session_client("mark")
vera = _session_client("vera")
bob = _session_client("bob")
demo = _session_client("demo", "demo123")


@pytest.fixture
def anyone(server):
    return server.client()


class Book:
    """One portfolio and what may be done with it."""

    def __init__(self, client, id):
        self.client, self.id = client, id

    @property
    def path(self):
        return f"/api/v1/portfolios/{self.id}"

    def cash(self, kind, amount, on=None, **more):
        body = {"kind": kind, "amount": amount, **more}
        if on:
            body["on"] = on
        return self.client.post(f"{self.path}/cash", body, key=new_key())

    def trade(self, kind, symbol, quantity, price, commission=None, on=None,
              **more):
        body = {"kind": kind, "symbol": symbol, "quantity": quantity,
                "price": price, **more}
        if commission is not None:
            body["commission"] = commission
        if on:
            body["traded_on"] = on
        return self.client.post(f"{self.path}/trades", body, key=new_key())

    def buy(self, *args, **more):
        return self.trade("buy", *args, **more).ok(201)

    def sell(self, *args, **more):
        return self.trade("sell", *args, **more).ok(201)

    def dividend(self, symbol, amount, withheld=None, on=None):
        body = {"symbol": symbol, "amount": amount}
        if withheld is not None:
            body["withheld"] = withheld
        if on:
            body["paid_on"] = on
        return self.client.post(f"{self.path}/dividends", body, key=new_key())

    def position(self, symbol):
        return self.client.get(f"{self.path}/positions/{symbol}").ok()

    def positions(self):
        return self.client.get(f"{self.path}/positions").ok()["items"]

    def activities(self, **query):
        text = "&".join(f"{k}={v}" for k, v in query.items())
        return self.client.get(f"{self.path}/activities?{text}").ok()["items"]

    def summary(self):
        return self.client.get(f"{self.path}/summary").ok()

    def history(self, **query):
        text = "&".join(f"{k}={v}" for k, v in query.items())
        return self.client.get(f"{self.path}/history?{text}").ok()


numbers = itertools.count(1)


def portfolio_new(client, deposit="100000", opened="2024-01-02", name="Test"):
    """A portfolio of this name and a number: names are unique in a tenant."""
    made = client.post("/api/v1/portfolios", {
        "name": f"{name} {next(numbers)}", "currency": "USD",
        "opened_on": opened}, key=new_key()).ok(201)
    book = Book(client, made["id"])
    if deposit:
        book.cash("deposit", deposit, opened).ok(201)
    return book


@pytest.fixture
def book(alice):
    """A portfolio of Acorn's with 100 000 USD since 2 January 2024."""
    return portfolio_new(alice)


@pytest.fixture
def today():
    return datetime.datetime.now(datetime.timezone.utc).date()
