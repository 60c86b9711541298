"""Returns and risk, computed a second time from what the API itself tells.

The demonstration's kept days and activities are read, and every figure of
the summary is computed from them here, by its definition, in another
language. What the pages show must come out.
"""

import bisect
import datetime
import math
from decimal import Decimal

import pytest

YEAR = 252


def close(a, b, relative=1e-9):
    return math.isclose(a, b, rel_tol=relative, abs_tol=1e-12)


@pytest.fixture(scope="module")
def told(demo):
    portfolio = demo.get("/api/v1/portfolios").ok()["items"][0]["id"]
    root = f"/api/v1/portfolios/{portfolio}"
    activities, cursor = [], ""
    while cursor is not None:
        page = demo.get(f"{root}/activities?limit=200{cursor}").ok()
        activities += page["items"]
        cursor = page["next_cursor"]
        if cursor is not None:
            cursor = f"&cursor={cursor}"
    return {"root": root, "activities": activities,
            "days": demo.get(f"{root}/history?range=MAX").ok()["days"],
            "summary": demo.get(f"{root}/summary").ok()}


@pytest.fixture(scope="module")
def flows(told):
    """What was paid in and out by market day; closed days count to the next."""
    dates = [d["date"] for d in told["days"]]
    paid = {date: [Decimal(0), Decimal(0)] for date in dates}
    for a in told["activities"]:
        at = bisect.bisect_left(dates, a["traded_on"])
        if a["kind"] in ("deposit", "withdrawal") and at < len(dates):
            paid[dates[at]][a["kind"] == "withdrawal"] += Decimal(a["amount"])
    return paid


@pytest.fixture(scope="module")
def returns(told, flows):
    made, before = [], Decimal(0)
    for d in told["days"]:
        paid_in, paid_out = flows[d["date"]]
        value = Decimal(d["value"])
        made.append(float((value + paid_out) / (before + paid_in)) - 1)
        before = value
    return made


def test_flows_of_the_history_are_those_of_the_activities(told, flows):
    for d in told["days"]:
        paid_in, paid_out = flows[d["date"]]
        assert Decimal(d["flow"]) == paid_in - paid_out, d["date"]


def test_return_is_linked_daily(told, returns):
    wealth = math.prod(1 + r for r in returns)
    figures = told["summary"]["figures"]
    assert close(wealth - 1, figures["return"])
    assert figures["n"] == len(returns)
    first, last = (datetime.date.fromisoformat(figures[k])
                   for k in ("from", "to"))
    assert close(wealth ** (365 / (last - first).days) - 1,
                 figures["annualised_return"])
    assert math.isclose(told["days"][-1]["return"], figures["return"],
                        abs_tol=1e-6)


def test_dispersion(told, returns):
    figures = told["summary"]["figures"]
    mean = math.fsum(returns) / len(returns)
    deviation = math.sqrt(math.fsum((r - mean) ** 2 for r in returns)
                          / (len(returns) - 1))
    down = math.sqrt(math.fsum(min(r, 0) ** 2 for r in returns) / len(returns))
    assert close(deviation * math.sqrt(YEAR), figures["volatility"])
    assert close(mean / deviation * math.sqrt(YEAR), figures["sharpe"])
    assert close(mean / down * math.sqrt(YEAR), figures["sortino"])
    assert close(max(returns), figures["best_day"])
    assert close(min(returns), figures["worst_day"])


def test_drawdown(told, returns):
    figures = told["summary"]["figures"]
    wealth = peak = 1.0
    deepest, since, trough, peak_at = 0.0, None, None, None
    for d, r in zip(told["days"], returns):
        wealth *= 1 + r
        if wealth > peak:
            peak, peak_at = wealth, d["date"]
        if wealth / peak - 1 < deepest:
            deepest, since, trough = wealth / peak - 1, peak_at, d["date"]
    assert close(deepest, figures["max_drawdown"])
    assert (since, trough) == (figures["drawdown_from"], figures["drawdown_to"])


def test_beta_and_benchmark(told, returns):
    figures = told["summary"]["figures"]
    levels = [1.0] + [1 + d["benchmark_return"] for d in told["days"]]
    other = [b / a - 1 for a, b in zip(levels, levels[1:])]
    mean, mean_other = (math.fsum(x) / len(x) for x in (returns, other))
    covariance = math.fsum((a - mean) * (b - mean_other)
                           for a, b in zip(returns, other))
    beta = covariance / math.fsum((b - mean_other) ** 2 for b in other)
    # The history's figures are rounded to six places for display.
    assert math.isclose(beta, figures["beta"], rel_tol=5e-3)
    assert math.isclose(levels[-1] - 1, figures["benchmark_return"],
                        abs_tol=1e-6)


def test_value_at_risk_is_the_quantile(told, returns):
    figures = told["summary"]["figures"]
    ordered = sorted(returns)
    place = (len(ordered) - 1) * 0.05
    low = math.floor(place)
    quantile = ordered[low] + (place - low) * (ordered[low + 1] - ordered[low])
    assert close(-quantile, figures["var95"])
    tail = [r for r in ordered if r <= quantile]
    assert close(-math.fsum(tail) / len(tail), figures["es95"])


def test_money_weighted_return_has_no_present_value(told, flows):
    days = told["days"]
    start = datetime.date.fromisoformat(days[0]["date"])
    rate = told["summary"]["figures"]["mwr"]
    present = total = 0.0
    for d in days:
        paid_in, paid_out = flows[d["date"]]
        amount = float(paid_out - paid_in)
        if d is days[-1]:
            amount += float(d["value"])
        age = (datetime.date.fromisoformat(d["date"]) - start).days / 365
        present += amount * (1 + rate) ** -age
        total += abs(amount)
    assert abs(present) < 1e-6 * total


def test_win_rate_counts_sales_at_a_gain(told):
    sales = [Decimal(a["realised"]) for a in told["activities"]
             if a["kind"] == "sell"]
    wins = sum(1 for gain in sales if gain > 0)
    assert close(wins / len(sales), told["summary"]["figures"]["win_rate"])


def test_gain_is_what_it_is_made_of(told):
    s = {k: Decimal(v) for k, v in told["summary"].items()
         if isinstance(v, str) and k not in ("portfolio_id", "currency", "as_of")}
    assert s["value"] == s["cash"] + s["market_value"]
    assert s["total_gain"] == s["value"] - s["invested"]
    assert s["total_gain"] == (s["realised"] + s["unrealised"] + s["income"]
                               - s["fees"])


@pytest.mark.parametrize("span", ["1M", "3M", "6M", "YTD", "1Y", "5Y"])
def test_a_range_is_a_part_of_the_whole(demo, told, span):
    part = demo.get(f"{told['root']}/history?range={span}").ok()["days"]
    whole = told["days"][-len(part):]
    assert [d["value"] for d in part] == [d["value"] for d in whole]
    base = told["days"][-len(part) - 1]["return"] if len(part) < len(
        told["days"]) else 0.0
    for mine, theirs in zip(part, whole):
        linked = (1 + theirs["return"]) / (1 + base) - 1
        assert math.isclose(mine["return"], linked, abs_tol=5e-6)
        assert -1 <= mine["drawdown"] <= 0


def test_allocation_is_the_whole(demo, told):
    shares = demo.get(f"{told['root']}/allocation").ok()
    for by in ("by_position", "by_sector", "by_kind"):
        assert close(math.fsum(s["weight"] for s in shares[by]), 1)
        assert [s["name"] for s in shares[by]].count("cash") == 1


def test_a_figure_without_a_value_has_a_reason(book):
    summary = book.summary()
    for name, value in summary["figures"].items():
        if value is None and name not in ("from", "to", "drawdown_from",
                                          "drawdown_to"):
            assert name in summary["reasons"], name


def test_another_benchmark_changes_the_comparison(demo, told):
    other = demo.get(f"{told['root']}/history?range=1Y&benchmark=QQQ").ok()
    assert other["benchmark"] == "QQQ"
    mine = demo.get(f"{told['root']}/history?range=1Y").ok()
    assert ([d["return"] for d in other["days"]]
            == [d["return"] for d in mine["days"]])
    assert ([d["benchmark_return"] for d in other["days"]]
            != [d["benchmark_return"] for d in mine["days"]])


def test_a_holding_worth_more_than_can_be_kept_ends_no_worker(
        book, server, world, tmp_path):
    """The most units there may be, at a price that rose a billionfold."""
    bars = tmp_path / "HUGE.csv"
    bars.write_text("Date,Open,High,Low,Close,Volume\n" + "".join(
        f"2024-01-{d:02},0.001,0.001,0.001,0.001,1\n" for d in (2, 3, 4)))
    world.tool("prices", "import", str(bars)).check()
    before = server.worker_pids()
    book.cash("deposit", "2000000", on="2024-01-02")
    book.client.post(f"{book.path}/trades", {
        "kind": "buy", "symbol": "HUGE", "quantity": "999999999999999",
        "price": "0.000000001", "traded_on": "2024-01-03"}).ok(201)
    world.postgres.rows("""
        insert into bursar.quotes (instrument_id, price, as_of, source)
        select id, 800000, now(), 'import' from bursar.instruments
         where symbol = 'HUGE'
        on conflict (instrument_id) do update set price = 800000""")
    for what in ("summary", "positions", "allocation", "history?range=MAX"):
        assert book.client.get(f"{book.path}/{what}").status < 500, what
    assert server.worker_pids() == before
