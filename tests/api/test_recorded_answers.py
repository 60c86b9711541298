"""Answers as providers really sent them, replayed over real HTTP and taken in:
how many rows each brings.
"""

import datetime
import json

import pytest

from test_ingest import (
    SHARED, clear, folder, kept, stand, track, within, world)

assert folder and stand and world       # fixtures
ANSWERS = SHARED / "providers"

pytestmark = pytest.mark.skipif(
    not ANSWERS.is_dir(), reason="the recorded answers are not beside this"
    " checkout (../shared/data/providers)")


def chart(name):
    told = json.loads((ANSWERS / name).read_text())["response"]["bodyJson"]
    return told["chart"]["result"][0]


def recorded(world, stand, provider, name, symbol, first, need="daily",
             kind="ingest.daily", **more):
    clear(world, stand)
    stand.be(provider, "recorded:" + name)
    track(world, symbol, need, first=datetime.date.fromisoformat(first))
    return within(world, None, stand, providers=provider, kind=kind, **more)


@pytest.mark.parametrize("name, symbol, first, rows", [
    ("yahoo/chart-AAPL-2020-08-31-to-2020-11-07.json", "AAPL",
     "2020-08-31", 49),
    ("yahoo/chart-BTC-USD-2020-01-01-to-2020-01-03.json", "BTC-USD",
     "2020-01-01", 3)])
def test_daily_bars_of_yahoo(world, folder, stand, name, symbol, first, rows):
    recorded(world, stand, "yahoo", name, symbol, first)
    told = [c for c in chart(name)["indicators"]["quote"][0]["close"] if c]
    assert len(told) == rows
    mine = kept(world, symbol)
    assert len(mine) == rows
    assert [round(float(r[4]), 4) for r in mine] == [round(c, 4) for c in told]


def test_daily_bars_of_finnhub(world, folder, stand):
    recorded(world, stand, "finnhub", "finnhub/candle-AAPL-D.json", "AAPL",
             "2019-09-24")
    assert [(str(r[0]), float(r[4])) for r in kept(world, "AAPL")] == [
        ("2019-09-24", 217.68), ("2019-09-25", 221.03),
        ("2019-09-26", 219.89)]


@pytest.mark.parametrize("name, symbol, table, what, rows", [
    ("yahoo/historical-via-chart-NVDA-split-2021-02-01-to-2022-01-31.csv.json",
     "NVDA", "splits", "concat(ex_day, ' ', numerator, ':', denominator)",
     ["2021-07-20 4:1"]),
    ("yahoo/historical-via-chart-MSFT-dividends-2021-02-01-to-2022-01-31.csv"
     ".json", "MSFT", "dividends", "concat(ex_day, ' ', trim_scale(amount))",
     ["2021-02-17 0.56", "2021-05-19 0.56", "2021-08-18 0.56",
      "2021-11-17 0.62"])])
def test_events_of_yahoo(world, folder, stand, name, symbol, table, what, rows):
    recorded(world, stand, "yahoo", name, symbol, "2021-02-01", "events",
             "ingest.events")
    assert [r for r, in world.postgres.rows(
        f"select {what} from bursar.{table} order by ex_day")] == rows


def test_facts_of_a_company(world, folder, stand):
    clear(world, stand)
    track(world, "SNOW", "fundamentals")
    world.postgres.rows(
        "insert into bursar.identifiers (instrument_id, kind, value, source)"
        " select instrument_id, 'cik', '0001640147', 'test'"
        " from bursar.tracks returning 1")
    stand.be("sec", "recorded:sec/companyfacts-CIK0001640147.json")
    within(world, folder, stand, kind="ingest.fundamentals", providers="sec",
           sec_contact="Bursar test@example.org")
    told = json.loads((ANSWERS / "sec" / "companyfacts-CIK0001640147.json"
                       ).read_text())["facts"]
    periods = {(f"{taxonomy}:{name}", unit, v.get("start", v["end"]), v["end"])
               for taxonomy, concepts in told.items()
               for name, concept in concepts.items()
               for unit, values in concept["units"].items() for v in values}
    assert world.postgres.value(
        "select count(*) from bursar.fundamentals") == str(len(periods))
