"""/indicators: stored as they are kept up to date, or computed with any
parameters; recomputed here, slowly, from the prices that are served.
"""

import math

import pytest

from client import query
from test_prices import bars  # noqa: F401  (twelve years of LONGX)


def ask(client, symbol="LONGX", **members):
    return client.get("/api/v1/indicators" + query(
        symbol=symbol, to="2021-12-31", **members)).ok()


def closes(client, **members):
    items = client.get("/api/v1/prices" + query(
        symbol="LONGX", to="2021-12-31", adjusted="true",
        range="max", **members)).ok()["items"]
    return [(i["date"], float(i["close"]), float(i["high"]), float(i["low"]))
            for i in items]


def near(a, b):
    return math.isclose(a, b, rel_tol=1e-7, abs_tol=1e-7)


def test_the_usual_five_are_stored_with_the_bars(demo, bars):
    rows = demo.get("/api/v1/assets/LONGX/indicators").ok()
    assert {(r["name"], r["params"]) for r in rows} >= {
        ("sma", "{20}"), ("ema", "{20}"), ("rsi", "{14}"), ("return", "{}"),
        ("volatility", "{20,252}")}
    assert all(r["current"] and r["last_day"] == str(bars[-1][0])
               and r["bars"] == len(bars) for r in rows)


def test_stored_and_computed_agree(demo, bars):
    for name in ("sma", "ema", "rsi", "daily_return", "volatility"):
        stored = ask(demo, name=name, range="1y")
        assert stored["stored"], name
        params = {"sma": "window=20", "ema": "window=20", "rsi": "window=14",
                  "volatility": "window=20"}.get(name)
        other = ask(demo, name=name, range="1y", period=(
            21 if name != "daily_return" else 1))
        assert name == "daily_return" or not other["stored"]
        if params:
            again = ask(demo, name=name, range="1y", params=params)
            assert again["items"] == stored["items"]


def test_stored_values_are_what_they_say(demo, bars):
    series = closes(demo)
    at = {d: i for i, (d, *_) in enumerate(series)}
    c = [x[1] for x in series]
    for point in ask(demo, name="sma", range="1y")["items"]:
        i = at[point["date"]]
        assert near(point["value"], sum(c[i - 19:i + 1]) / 20)
    for point in ask(demo, name="daily_return", range="1y")["items"]:
        i = at[point["date"]]
        assert near(point["value"], c[i] / c[i - 1] - 1)


def test_any_of_the_table_with_any_parameters(demo, bars):
    series = closes(demo)
    at = {d: i for i, (d, *_) in enumerate(series)}
    answer = ask(demo, name="donchian", range="1m", period=7)
    assert answer["outputs"] == ["upper", "middle", "lower"]
    assert answer["params"] == [{"name": "window", "value": 7}]
    for point in answer["items"]:
        i = at[point["date"]]
        upper = max(x[2] for x in series[i - 7:i])
        lower = min(x[3] for x in series[i - 7:i])
        assert near(point["values"][0], upper) and near(point["value"], upper)
        assert near(point["values"][2], lower)
    macd = ask(demo, name="macd", range="1m", params="fast=3,slow=5,signal=2")
    assert [p["value"] for p in macd["params"]] == [3, 5, 2]
    for point in macd["items"]:
        line, signal, histogram = point["values"]
        assert near(line - signal, histogram)


def test_all_of_the_catalogue_answer(demo, bars):
    rows = demo.get("/api/v1/indicators/catalogue").ok()
    assert len(rows) >= 37
    for row in rows:
        answer = ask(demo, name=row["name"], range="1m")
        assert answer["items"], row["name"]
        assert answer["outputs"] == row["outputs"]
        assert [p["name"] for p in answer["params"]] == [
            p["name"] for p in row["params"]]


def test_another_is_stored_and_kept_up_to_date(alice, vera, bars, world,
                                               tmp_path):
    path = "/api/v1/assets/LONGX/indicators"
    vera.post(path, {"name": "macd"}).problem(403)
    rows = alice.post(path, {"name": "macd", "params": "fast=5"}).ok()
    assert ("macd", "{5,26,9}") in {(r["name"], r["params"]) for r in rows}
    before = ask(alice, name="macd", range="1m", params="fast=5")
    assert before["stored"]
    file = tmp_path / "LONGX.csv"
    file.write_text("date,open,high,low,close,volume\n"
                    "2022-01-03,100,105,95,101,7\n")
    world.tool("prices", "import", "--symbol", "LONGX", str(file)).check()
    after = alice.get("/api/v1/indicators" + query(
        symbol="LONGX", name="macd", params="fast=5", to="2022-01-31",
        range="3m")).ok()
    assert after["stored"] and after["items"][-1]["date"] == "2022-01-03"
    fresh = alice.get("/api/v1/indicators" + query(
        symbol="LONGX", name="macd", params="fast=5,slow=26,signal=9",
        to="2022-01-31", range="3m")).ok()
    assert fresh["items"] == after["items"]
    alice.delete(path + query(name="macd", params="fast=5")).ok(204)
    assert not ask(alice, name="macd", range="1m", params="fast=5")["stored"]


@pytest.mark.parametrize("members, pointer", [
    ({"name": "macd", "params": "fast"}, "?params"),
    ({"name": "macd", "params": "fast=0"}, "?params"),
    ({"name": "macd", "params": "window=9"}, "?params"),
    ({"name": "sma", "params": "window=1e9"}, "?params"),
    ({"name": "obv", "period": 5}, "?period"),
    ({"name": "sma", "period": 401}, "?period"),
    ({"name": "magic"}, "?name"),
])
def test_what_does_not_fit_is_said(demo, bars, members, pointer):
    answer = demo.get("/api/v1/indicators" + query(symbol="LONGX", **members))
    assert answer.status in (400, 422), answer
    answer.problem(answer.status, pointer=pointer)
