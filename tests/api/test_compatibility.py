"""The paths that clients of the replaced systems call: member for member.

Each test names every member and the JSON type of each; a member more, a
member less or a string instead of a number fails.
"""

import datetime

import pytest

from client import DAY, INSTANT, query

text = "text"
number = "number"
whole = "whole"
day = "day"
instant = "instant"
object_any = "object"


def kind_is(value, kind):
    if isinstance(kind, tuple):
        return any(kind_is(value, k) for k in kind)
    if kind is None:
        return value is None
    if kind == text:
        return isinstance(value, str)
    if kind == number:
        return isinstance(value, (int, float)) and not isinstance(value, bool)
    if kind == whole:
        return isinstance(value, int) and not isinstance(value, bool)
    if kind == day:
        return isinstance(value, str) and DAY.match(value) is not None
    if kind == instant:
        return isinstance(value, str) and INSTANT.match(value) is not None
    if kind == object_any:
        return isinstance(value, dict)
    return value in kind


def exactly(value, members):
    assert isinstance(value, dict), value
    assert set(value) == set(members), (
        f"missing {set(members) - set(value)}, extra {set(value) - set(members)}")
    for name, kind in members.items():
        assert kind_is(value[name], kind), f"{name} is {value[name]!r}, not {kind}"


OVERVIEW = dict.fromkeys(
    ("total_value", "cash", "invested", "market_value", "unrealized_pnl",
     "total_return_percent", "sharpe_ratio", "max_drawdown", "volatility",
     "win_rate"), number)
POSITION = {
    "symbol": text, "company_name": text, "quantity": number,
    "average_cost": number, "current_price": number, "market_value": number,
    "unrealized_pnl": number, "unrealized_pnl_pct": number,
    "logo": (text, None), "sector": (text, None)}
TRADE = {
    "id": text, "symbol": text, "trade_type": frozenset(("buy", "sell")),
    "quantity": number, "price": number, "commission": number,
    "trade_date": (day, instant), "realized_pnl": (number, None)}
QUOTE = {
    "symbol": text, "current_price": number, "change": number,
    "percent_change": number, "high": number, "low": number, "open": number,
    "previous_close": number, "updated_at": instant}
PROFILE = {
    "symbol": text, "name": text, "country": (text, None),
    "currency": text, "exchange": (text, None), "ipo": (day, None),
    "market_cap": (number, None), "industry": (text, None),
    "logo": (text, None), "website": (text, None)}
PERFORMANCE = {
    "date": day, "total_value": number, "return_pct": number,
    "sharpe_ratio": (number, None)}


@pytest.fixture(params=["/api", "/api/v1"])
def root(request):
    return request.param


def test_token_by_form(anyone, root):
    answer = anyone.post(f"{root}/auth/token",
                         form={"username": "demo", "password": "demo123"})
    session = answer.ok()
    assert session["token_type"] == "bearer"
    assert isinstance(session["access_token"], str)
    assert session["access_token"].count(".") == 2
    me = anyone.bearer(session["access_token"]).get(f"{root}/auth/me").ok()
    assert me["user"]["username"] == "demo"


def test_token_ignores_the_other_members_of_the_password_form(anyone, root):
    anyone.post(f"{root}/auth/token", form={
        "grant_type": "password", "username": "demo", "password": "demo123",
        "scope": "", "client_id": "app", "client_secret": "x"}).ok()


def test_overview(demo, root):
    body = demo.get(f"{root}/dashboard/overview").ok()
    exactly(body, {"status": frozenset(("success",)), "data": object_any})
    exactly(body["data"], OVERVIEW)
    data = body["data"]
    assert data["total_value"] == pytest.approx(
        data["cash"] + data["market_value"], abs=0.011)
    assert data["max_drawdown"] >= 0, "positive, in percent"
    assert 0 <= data["win_rate"] <= 100
    assert 1 < data["volatility"] < 200, "in percent"


def test_positions(demo, root):
    rows = demo.get(f"{root}/dashboard/positions").ok()
    assert isinstance(rows, list) and rows
    for row in rows:
        exactly(row, POSITION)
        assert row["quantity"] > 0
        assert row["market_value"] == pytest.approx(
            row["quantity"] * row["current_price"], rel=1e-3, abs=0.02)
        assert row["unrealized_pnl"] == pytest.approx(
            row["market_value"] - row["quantity"] * row["average_cost"],
            rel=1e-2, abs=1)


def test_trades_newest_first_and_limited(demo, root):
    rows = demo.get(f"{root}/dashboard/trades{query(limit=50)}").ok()
    assert isinstance(rows, list) and 0 < len(rows) <= 50
    for row in rows:
        exactly(row, TRADE)
        assert row["trade_type"] == "sell" or row["realized_pnl"] is None
    dates = [row["trade_date"] for row in rows]
    assert dates == sorted(dates, reverse=True)
    assert demo.get(f"{root}/dashboard/trades{query(limit=3)}").ok() == rows[:3]


def test_quote(demo, root):
    row = demo.get(f"{root}/dashboard/quote/AAPL").ok()
    exactly(row, QUOTE)
    assert row["symbol"] == "AAPL"
    assert row["current_price"] > 0
    assert row["low"] <= row["current_price"] <= row["high"]
    assert row["change"] == pytest.approx(
        row["current_price"] - row["previous_close"], abs=0.011)
    assert row["percent_change"] == pytest.approx(
        row["change"] / row["previous_close"] * 100, abs=0.02), "in percent"


def test_profile(demo, root):
    row = demo.get(f"{root}/dashboard/profile/AAPL").ok()
    exactly(row, PROFILE)
    assert row["market_cap"] > 1e9, "in units, not millions"


def test_performance(demo, root, today):
    rows = demo.get(f"{root}/dashboard/performance{query(days=30)}").ok()
    assert isinstance(rows, list) and len(rows) >= 15
    for row in rows:
        exactly(row, PERFORMANCE)
    dates = [row["date"] for row in rows]
    assert dates == sorted(set(dates))
    first = datetime.date.fromisoformat(dates[0])
    assert (today - first).days <= 32


def test_dashboard_of_a_chosen_portfolio(demo, anyone, root):
    items = demo.get("/api/v1/portfolios").ok()["items"]
    mine = next(p for p in items if p["is_default"])
    chosen = query(portfolio=mine["id"])
    positions = demo.get(f"{root}/dashboard/positions{chosen}").ok()
    default = demo.get(f"{root}/dashboard/positions").ok()
    assert [p["symbol"] for p in positions] == [p["symbol"] for p in default]
    nobody = query(portfolio="01890000-0000-7000-8000-000000000000")
    demo.get(f"{root}/dashboard/positions{nobody}").problem(404)
    demo.get(f"{root}/dashboard/overview{query(portfolio='x')}").problem(400)


@pytest.mark.parametrize("path", [
    "overview", "positions", "trades", "quote/AAPL", "profile/AAPL",
    "performance"])
def test_dashboard_needs_a_login(anyone, root, path):
    answer = anyone.get(f"{root}/dashboard/{path}")
    answer.problem(401)
    assert "Bearer" in answer.headers["WWW-Authenticate"]


def test_unknown_symbol_is_not_found(demo, root):
    demo.get(f"{root}/dashboard/quote/NOSUCH").problem(404)
    demo.get(f"{root}/dashboard/profile/NOSUCH").problem(404)


def test_assets_prices_indicators(demo, root):
    assets = demo.get(f"{root}/assets").ok()
    assert any(a["symbol"] == "AAPL" for a in assets["items"])
    prices = demo.get(f"{root}/prices{query(symbol='AAPL', limit=10)}").ok()
    assert len(prices["items"]) == 10
    for bar in prices["items"]:
        assert set(bar) >= {"date", "open", "high", "low", "close", "volume"}
    sma = demo.get(f"{root}/indicators"
                   f"{query(symbol='AAPL', name='sma', period=20)}").ok()
    assert sma["items"]


def test_health_and_metrics_without_login(anyone, root):
    for path in ("/health", f"{root}/health"):
        health = anyone.get(path).ok()
        assert health["status"] in ("ok", "degraded")
        assert set(health) >= {"status", "version", "database", "cache", "feed"}
    for path in ("/metrics", f"{root}/metrics"):
        answer = anyone.get(path)
        assert answer.status == 200
        assert answer.headers["Content-Type"].startswith("text/plain")
        assert "# TYPE bursar_flows_total counter" in answer.text
