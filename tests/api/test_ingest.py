"""Ingestion: `bursar work` asks providers, judges what they tell, keeps it.

Daily bars come from a folder of files, as an operator may set one up, and
from fakes over real HTTP; what is kept is read from the database and over
the API.
"""

import datetime
import json
import os
import pathlib
import shutil

import pytest

from test_providers import Stand
from world import PASSWORD, World, wait_until

SHARED = pathlib.Path(os.environ.get("BURSAR_SHARED", "../shared")) / "data"
FIRST = datetime.date(2024, 1, 1)
HEADER = "Date,Open,High,Low,Close,Volume\n"


@pytest.fixture(scope="module")
def world():
    world = World()
    try:
        world.tool("migrate").check()
        world.seed("Acorn", "ada", role="owner")
    except BaseException:
        world.close()
        raise
    yield world
    world.close()


@pytest.fixture(scope="module")
def stand():
    stand = Stand()
    yield stand
    stand.close()


@pytest.fixture
def folder(world):
    folder = world.dir / "bars"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    world.postgres.rows(
        "truncate bursar.instruments, bursar.prices_daily, bursar.tracks,"
        " bursar.quality_findings, bursar.bar_corrections,"
        " bursar.fx_rates cascade")
    return folder


def weekdays(n, first=FIRST):
    days = [first + datetime.timedelta(i) for i in range(3 * n)]
    return [d for d in days if d.weekday() < 5][:n]


def bars(n, factor=1, first=FIRST):
    """[day, open, high, low, close, volume]: quiet, each year the same."""
    return [[d, c, c + 1, c - 1, c, 1000]
            for i, d in enumerate(weekdays(n, first))
            for c in [factor * (100 + i % 7)]]


def write(folder, symbol, rows):
    (folder / f"{symbol}.csv").write_text(HEADER + "".join(
        ",".join(map(str, row)) + "\n" for row in rows))


def track(world, symbol, need="daily", first=FIRST):
    """An instrument that is real, and kept up to date."""
    world.postgres.rows(
        "insert into bursar.instruments (id, symbol, name, kind, currency,"
        f" source) values (gen_random_uuid(), '{symbol}', '{symbol}',"
        " 'stock', 'USD', 'test') on conflict (symbol) do nothing;"
        " insert into bursar.tracks (instrument_id, need, from_day)"
        f" select id, '{need}', '{first}' from bursar.instruments"
        f" where symbol = '{symbol}'")


def run(world, folder, kind="ingest.daily", **more):
    """One run of a kind, to its end; what it logged."""
    settings = {"providers": "csv", "csv_dir": str(folder),
                "redis_url": "", **more}
    made = json.loads(world.tool("jobs", "run", kind, "--json",
                                 **settings).check().out)
    world.tool("work", "--drain", **settings).check()
    return json.loads(world.tool("jobs", "show", made["id"], "--json",
                                 **settings).check().out)


def kept(world, symbol):
    return world.postgres.rows(
        "select day, open::float, high::float, low::float, close::float,"
        " volume::float from bursar.prices_daily p join bursar.instruments i"
        f" on i.id = p.instrument_id where symbol = '{symbol}' order by day")


def state(world, symbol, need="daily"):
    row, = world.postgres.rows(
        "select watermark, failures, coalesce(last_error, '') from"
        " bursar.tracks t join bursar.instruments i on i.id ="
        f" t.instrument_id where symbol = '{symbol}' and need = '{need}'")
    return {"watermark": row[0], "failures": int(row[1]), "error": row[2]}


def found(world, symbol):
    return {(rule, severity) for rule, severity in world.postgres.rows(
        "select rule, severity from bursar.quality_findings f join"
        " bursar.instruments i on i.id = f.instrument_id where symbol ="
        f" '{symbol}' and settled_at is null")}


# ---- daily bars ----------------------------------------------------------------

def test_bars_come_once_and_again_changes_nothing(world, folder):
    rows = bars(600)
    write(folder, "ZED", rows)
    track(world, "ZED")
    run(world, folder)
    first = kept(world, "ZED")
    assert [(str(r[0]), float(r[4])) for r in first] == [
        (str(r[0]), float(r[4])) for r in rows]
    assert state(world, "ZED")["watermark"] == str(rows[-1][0])
    run(world, folder)
    assert kept(world, "ZED") == first
    assert world.postgres.value(
        "select count(*) from bursar.bar_corrections") == "0"


def test_a_corrected_bar_takes_the_place_of_the_old_one(world, folder):
    rows = bars(40)
    write(folder, "FIX", rows)
    track(world, "FIX")
    run(world, folder)
    rows[-2][4] += 0.5
    write(folder, "FIX", rows + bars(41)[-1:])
    run(world, folder)
    assert float(kept(world, "FIX")[-3][4]) == rows[-2][4]
    assert len(kept(world, "FIX")) == 41
    (on, close), = world.postgres.rows(
        "select day, close from bursar.bar_corrections")
    assert (on, float(close)) == (str(rows[-2][0]), rows[-2][4] - 0.5)


def test_days_that_are_kept_told_by_another_factor_change_nothing(
        world, folder):
    """A provider that adjusts for a split which nobody has told of."""
    write(folder, "QUA", bars(40))
    track(world, "QUA")
    run(world, folder)
    before = kept(world, "QUA")
    write(folder, "QUA", [[d, *(x / 4 for x in rest)]
                          for d, *rest in bars(42)])
    run(world, folder)
    assert kept(world, "QUA") == before
    assert ("rescaled", "failure") in found(world, "QUA")
    assert state(world, "QUA")["failures"] == 1
    assert "split" in state(world, "QUA")["error"]


def test_pence_for_pounds_are_not_kept(world, folder):
    write(folder, "PNY", bars(40))
    track(world, "PNY")
    run(world, folder)
    before = kept(world, "PNY")
    write(folder, "PNY", bars(40) + [
        [d, *(x * 100 for x in rest)] for d, *rest in bars(45)[40:]])
    run(world, folder)
    assert kept(world, "PNY") == before
    assert state(world, "PNY")["failures"] == 1


def test_what_is_odd_is_kept_and_said(world, folder):
    rows = [r for r in bars(60) if r[0] != datetime.date(2024, 2, 6)]
    for row in rows[30:]:
        row[1:5] = [x * 2 for x in row[1:5]]
    write(folder, "ODD", rows)
    track(world, "ODD")
    run(world, folder)
    assert len(kept(world, "ODD")) == 59
    assert {("missing", "note"), ("split", "note")} <= found(world, "ODD")


def test_one_that_fails_does_not_stop_the_others(world, folder):
    for symbol in ("AAA", "CCC"):
        write(folder, symbol, bars(30))
        track(world, symbol)
    track(world, "NIX")
    (folder / "BAD.csv").write_text("not,a\nfile,of,bars\n")
    track(world, "BAD")
    run(world, folder)
    assert len(kept(world, "AAA")) == len(kept(world, "CCC")) == 30
    assert kept(world, "BAD") == [] == kept(world, "NIX")
    assert state(world, "BAD")["failures"] == 1


def test_made_up_prices_are_never_told_of_what_is_real(world, folder):
    """The simulated market knows an AAPL too."""
    track(world, "AAPL")
    run(world, folder, providers="")
    assert kept(world, "AAPL") == []


def test_an_admin_asks_and_a_worker_brings(world, folder):
    write(folder, "ASK", bars(30))
    world.postgres.rows(
        "insert into bursar.instruments (id, symbol, name, kind, currency,"
        " source) values (gen_random_uuid(), 'ASK', 'Ask', 'stock', 'USD',"
        " 'test')")
    server = world.serve(workers=1)
    client = server.client().login("ada", PASSWORD)
    answer = client.post("/api/v1/assets/ASK/backfill",
                         {"need": "daily", "from": str(FIRST)})
    assert answer.status == 202, answer
    run(world, folder, kind="ingest.wanted")
    prices = client.get(f"/api/v1/prices?symbol=ASK&from={FIRST}").ok()
    assert len(prices["items"]) == 30
    server.stop()


@pytest.mark.parametrize("symbol, rows", [
    ("AAPL", 1313), ("AMZN", 1312), ("TSLA", 1313), ("NVDA", 1313)])
def test_real_history_of_years(world, folder, symbol, rows):
    real = SHARED / "market" / "daily" / "yahoo_2021_2026"
    if not real.is_dir():
        pytest.skip("the price files are not beside this checkout"
                    " (../shared/data/market)")
    track(world, symbol, first=datetime.date(2021, 1, 1))
    run(world, real.resolve())
    assert len(kept(world, symbol)) == rows
    assert found(world, symbol) <= {("missing", "note")}


# ---- rates, over real HTTP -----------------------------------------------------

def rates(world):
    return int(world.postgres.value("select count(*) from bursar.fx_rates"))


def test_rates_of_the_central_bank(world, folder, stand):
    stand.ask("POST", "/_reset")
    run(world, folder, "ingest.rates", providers="ecb", **stand.settings())
    n = rates(world)
    assert n > 0
    run(world, folder, "ingest.rates", providers="ecb", **stand.settings())
    assert rates(world) == n


@pytest.mark.parametrize("mode", ["html", "truncated", "500", "empty"])
def test_a_bad_day_of_the_central_bank_keeps_nothing(
        world, folder, stand, mode):
    stand.ask("POST", "/_reset")
    stand.ask("POST", "/_mode", {"provider": "ecb", "mode": mode})
    run(world, folder, "ingest.rates", providers="ecb", **stand.settings())
    assert rates(world) == 0
