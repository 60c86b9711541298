"""Ingestion: `bursar work` asks providers, judges what they tell, keeps it.

Daily bars come from a folder of files, as an operator may set one up, and
from fakes over real HTTP; what is kept is read from the database and over
the API.
"""

import concurrent.futures
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
BOUNDLESS = " ".join(f"{name}=0/second,0/minute,0/day"
                     for name in ("finnhub", "yahoo", "alphavantage"))
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


def test_what_was_asked_for_and_fails_is_not_tried_each_minute(world, folder):
    track(world, "NONE")
    wish = ("update bursar.tracks set wanted_at = {}, wanted_from ="
            f" '{FIRST}' returning 1")

    def tried():
        run(world, folder, kind="ingest.wanted")
        return state(world, "NONE")["failures"]
    (folder / "NONE.csv").write_text("nothing of the kind\n")
    world.postgres.rows(wish.format("now()"))
    assert tried() == 1
    assert tried() == 1
    world.postgres.rows("update bursar.tracks set done_at = now() -"
                        " interval '3 minutes', wanted_at = now() -"
                        " interval '4 minutes' returning 1")
    assert tried() == 2
    assert tried() == 2
    world.postgres.rows(wish.format("now()"))       # somebody asks again
    assert tried() == 3


def test_bars_are_asked_for_at_the_desk_and_waited_for(world, folder):
    write(folder, "DESK", bars(30))
    (folder / "LOST.csv").write_text("nothing of the kind\n")
    for symbol in ("DESK", "LOST"):
        track(world, symbol)
    ask = ["prices", "backfill", "DESK", "LOST", "--from", str(FIRST)]
    asked = world.tool(*ask)
    assert asked.code == 0 and asked.out.split("\n")[:2] == [
        "DESK: backfill", "LOST: backfill"], asked
    with concurrent.futures.ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(world.tool, *ask, "--wait")
        wait_until(lambda: waiting.done() or world.postgres.value(
            "select count(*) from bursar.tracks where wanted_at > now()"
            " - interval '1 minute'") == "2", what="the wish")
        run(world, folder, kind="ingest.wanted")
        told = waiting.result(60)
    assert told.code == 1 and "LOST: " in told.err, told
    assert "DESK" not in told.err
    assert len(kept(world, "DESK")) == 30
    assert world.tool("prices", "backfill").code == 2
    assert world.tool("prices", "backfill", "NOSUCH").code == 1


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
    holes = {("no_close", "warning")} if rows < 1313 else set()
    assert found(world, symbol) - {("missing", "note")} == holes


# ---- bars within the day, over real HTTP -----------------------------------------

def within(world, folder, stand, providers="finnhub", kind="ingest.intraday",
           **more):
    """One run, asking these of the stand's providers."""
    return run(world, folder, kind, providers=providers, finnhub_key="test-key",
               feed_budgets=BOUNDLESS, **{**stand.settings(), **more})


def moments(world, symbol, minutes=5):
    return world.postgres.rows(
        "select extract(epoch from at)::bigint, open::float, close::float"
        " from bursar.bars_intraday b join bursar.instruments i on i.id ="
        f" b.instrument_id where symbol = '{symbol}' and minutes = {minutes}"
        " order by at")


def clear(world, stand):
    stand.ask("POST", "/_reset")
    world.postgres.rows("delete from bursar.bars_intraday;"
                        " delete from bursar.provider_calls")


def asked(stand, what):
    return [path for _, path in stand.ask("GET", "/_calls")["asked"]
            if what in path]


def test_bars_within_the_day_come_once_and_go_on(world, folder, stand):
    clear(world, stand)
    track(world, "WIN", "intraday")
    run_ = within(world, folder, stand)
    assert run_["status"] == "done", run_
    first = moments(world, "WIN")
    assert len(first) > 14 * 78     # thirty days have some twenty sessions
    assert all(int(at) % 300 == 0 for at, *_ in first)
    assert state(world, "WIN", "intraday")["failures"] == 0
    assert found(world, "WIN") == set()
    calls = len(asked(stand, "/stock/candle"))
    world.postgres.rows(
        "delete from bursar.bars_intraday where at > (select max(at) from"
        " bursar.bars_intraday) - interval '1 hour'")
    within(world, folder, stand)
    assert moments(world, "WIN")[:len(first)] == first
    again = asked(stand, "/stock/candle")[calls:]
    assert len(again) == 1, "from the newest on is one call"
    server = world.serve(workers=1)
    client = server.client().login("ada", PASSWORD)
    day = datetime.datetime.fromtimestamp(int(first[-1][0])).date()
    for interval in ("5m", "15m", "1h"):
        prices = client.get(f"/api/v1/prices?symbol=WIN&from={day}"
                            f"&interval={interval}").ok()["items"]
        assert float(prices[0]["open"]) > 100
    server.stop()


def test_a_bar_within_the_day_that_is_corrected_takes_the_others_place(
        world, folder, stand):
    clear(world, stand)
    track(world, "COR", "intraday")
    within(world, folder, stand)
    first = moments(world, "COR")
    world.postgres.rows(
        "update bursar.bars_intraday set close = open where at ="
        " (select max(at) from bursar.bars_intraday);"
        " update bursar.tracks set wanted_at = now(), wanted_from ="
        " current_date - 40 where need = 'intraday'")
    within(world, folder, stand, kind="ingest.wanted")
    assert moments(world, "COR") == first


def test_a_plan_without_bars_within_the_day_is_not_asked_again(
        world, folder, stand):
    clear(world, stand)
    stand.be("finnhub", "free")
    symbols = [f"FREE{c}" for c in "ABCDEF"]
    for symbol in symbols:
        track(world, symbol, "intraday")
    for _ in range(5):
        within(world, folder, stand)
    assert len(asked(stand, "/stock/candle")) <= 3
    assert "not entitled" in {
        state(world, s, "intraday")["error"] for s in symbols}
    stand.be("finnhub", "ok")
    world.postgres.rows("update bursar.tracks set done_at = done_at -"
                        " interval '25 hours'")
    within(world, folder, stand)
    assert all(moments(world, s) for s in symbols)


def test_who_has_them_is_asked_where_the_first_has_none(world, folder, stand):
    clear(world, stand)
    stand.be("finnhub", "free")
    track(world, "FALL", "intraday")
    within(world, folder, stand, providers="finnhub,yahoo")
    sources = world.postgres.value(
        "select string_agg(distinct source, ' ') from bursar.bars_intraday")
    assert sources == "yahoo"


@pytest.mark.parametrize("provider", ["finnhub", "yahoo", "alphavantage"])
@pytest.mark.parametrize("mode", [
    "429", "html", "truncated", "500", "empty", "zero", "negative", "jump",
    "huge", "redirect"])
def test_a_bad_day_brings_no_bar_within_the_day(
        world, folder, stand, provider, mode):
    clear(world, stand)
    stand.be(provider, mode)
    track(world, "BADDAY", "intraday")
    made = json.loads(world.tool(
        "jobs", "run", "ingest.intraday", "--json").check().out)
    world.tool("work", "--drain", providers=provider, finnhub_key="test-key",
               feed_budgets=BOUNDLESS, redis_url="", **stand.settings()).check()
    assert moments(world, "BADDAY") == []
    # Yahoo's price of now is in the same answer, and refused before its bars.
    if mode == "jump" or (mode in ("zero", "negative")
                          and provider != "yahoo"):
        assert found(world, "BADDAY") & {
            ("broken", "failure"), ("scale", "failure")}
    if mode != "429":
        assert state(world, "BADDAY", "intraday")["failures"] == 1
    world.tool("jobs", "cancel", made["id"])


@pytest.mark.parametrize("provider", ["finnhub", "yahoo", "alphavantage"])
@pytest.mark.parametrize("mode, gate", [
    ("blip", "hundredfold"), ("future", "future"), ("unsorted", "unsorted")])
def test_what_cannot_be_is_left_out_and_shown(
        world, folder, stand, provider, mode, gate):
    clear(world, stand)
    track(world, "ODDDAY", "intraday")
    stand.be(provider, mode)
    within(world, folder, stand, providers=provider, intraday_days=6)
    bars = moments(world, "ODDDAY")
    assert bars and max(float(close) for *_, close in bars) < 200
    assert bars[-1][0] < str(int(
        datetime.datetime.now().timestamp()))
    assert gate in {rule for rule, _ in found(world, "ODDDAY")}


def test_what_is_too_old_goes(world, folder, stand):
    clear(world, stand)
    track(world, "OLD", "intraday")
    within(world, folder, stand)
    before = len(moments(world, "OLD"))
    world.postgres.rows(
        "select bursar.bars_intraday_month('2020-02-01');"
        " insert into bursar.bars_intraday select instrument_id, 5,"
        " '2020-02-03 14:30+00'::timestamptz + n * interval '5 min', 1, 1,"
        " 1, 1, 1, 'test' from bursar.tracks, generate_series(1, 7000) n")
    assert len(moments(world, "OLD")) == before + 7000
    run(world, folder, "ingest.tidy")
    assert len(moments(world, "OLD")) == before
    run(world, folder, "ingest.tidy", intraday_days=3)
    assert 0 < len(moments(world, "OLD")) < before


def test_the_made_up_market_has_bars_within_the_day_too(world, folder):
    world.postgres.rows(
        "insert into bursar.instruments (id, symbol, name, kind, currency,"
        " source, simulated) values (gen_random_uuid(), 'AAPL', 'Apple',"
        " 'stock', 'USD', 'simulated', true)")
    run(world, folder, "ingest.intraday", providers="", intraday_minutes=15)
    first = moments(world, "AAPL", 15)
    assert len(first) > 18 * 26
    run(world, folder, "ingest.intraday", providers="", intraday_minutes=15)
    assert moments(world, "AAPL", 15)[:len(first)] == first
    run(world, folder, "ingest.intraday", providers="", intraday_minutes=0)
    assert not moments(world, "AAPL", 0)


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


@pytest.mark.parametrize("provider", ["ecb", "frankfurter", "alphavantage"])
@pytest.mark.parametrize("mode", [
    "429", "html", "truncated", "500", "empty", "zero", "negative", "jump",
    "redirect", "huge"])
def test_a_bad_day_of_a_central_bank_keeps_what_is_there(
        world, folder, stand, provider, mode):
    clear(world, stand)
    run(world, folder, "ingest.rates", providers="ecb", **stand.settings())
    whole = rates(world)
    world.postgres.rows("delete from bursar.fx_rates where day >"
                        " current_date - 60")
    before = rates(world)
    assert 0 < before < whole
    stand.be(provider, mode)
    made = run(world, folder, "ingest.rates", providers=provider,
               feed_budgets=BOUNDLESS, **stand.settings())
    assert rates(world) == before
    world.tool("jobs", "cancel", made["id"])
    if mode in ("zero", "negative", "jump"):
        assert findings(world) & {("broken", "failure"), ("step", "failure")}


@pytest.mark.parametrize("mode", ["html", "zero", "jump", "future"])
def test_the_next_bank_is_asked_when_the_first_tells_nonsense(
        world, folder, stand, mode):
    clear(world, stand)
    stand.be("ecb", mode)
    run(world, folder, "ingest.rates", providers="ecb,frankfurter",
        **stand.settings())
    assert world.postgres.value(
        "select string_agg(distinct source, ' ') from bursar.fx_rates") == (
            "ecb" if mode == "future" else "frankfurter")
    assert world.postgres.value(
        "select max(day) <= current_date from bursar.fx_rates") == "t"
    if mode != "html":
        assert findings(world)


def test_a_few_rates_come_where_no_bank_answers(world, folder, stand):
    clear(world, stand)
    stand.be("ecb", "500")
    stand.be("frankfurter", "html")
    run(world, folder, "ingest.rates", feed_budgets=BOUNDLESS,
        providers="ecb,frankfurter,alphavantage", **stand.settings())
    assert world.postgres.rows(
        "select quote, source, day = current_date from bursar.fx_rates"
        " order by 1") == [[q, "alphavantage", "t"]
                           for q in ("CHF", "GBP", "JPY", "USD")]
    # The bank's own take their place once it answers again.
    stand.be("ecb", "ok")
    run(world, folder, "ingest.rates", providers="ecb,frankfurter",
        **stand.settings())
    assert rates(world) > 4


def findings(world):
    """Of no instrument."""
    return {(rule, severity) for rule, severity in world.postgres.rows(
        "select rule, severity from bursar.quality_findings"
        " where instrument_id is null and settled_at is null")}


def test_all_days_of_the_central_bank(world, folder, stand):
    """6,747 days and 210,545 rates, since 1999."""
    if not (SHARED / "fx" / "eurofxref-hist.csv").is_file():
        pytest.skip("the rates are not beside this checkout"
                    " (../shared/data/fx)")
    clear(world, stand)
    stand.be("ecb", "whole")
    run(world, folder, "ingest.rates", providers="ecb", **stand.settings())
    assert rates(world) == 210545
    assert world.postgres.value(
        "select count(distinct day) from bursar.fx_rates") == "6747"
    assert findings(world) == set()
    run(world, folder, "ingest.rates", providers="ecb", **stand.settings())
    assert rates(world) == 210545


# ---- daily bars, over real HTTP ------------------------------------------------

HISTORY = ["finnhub", "yahoo", "alphavantage"]


def brought(world, folder, stand, provider, symbol, days=120):
    """Good bars that are kept; the newest are taken away again."""
    clear(world, stand)
    track(world, symbol,
          first=datetime.date.today() - datetime.timedelta(days))
    within(world, folder, stand, providers=provider, kind="ingest.daily")
    assert len(kept(world, symbol)) > days // 2
    assert found(world, symbol) <= {("closed", "note"), ("missing", "note")}
    newest = kept(world, symbol)[-1][0]
    world.postgres.rows(
        f"delete from bursar.prices_daily where day > '{newest}'::date - 20;"
        " update bursar.tracks set watermark ="
        " (select max(day) from bursar.prices_daily)")
    return kept(world, symbol)


@pytest.mark.parametrize("provider", HISTORY)
@pytest.mark.parametrize("mode", [
    "429", "html", "truncated", "500", "empty", "zero", "negative", "jump",
    "huge", "redirect", "wait", "close"])
def test_a_bad_day_brings_no_daily_bar(world, folder, stand, provider, mode):
    before = brought(world, folder, stand, provider, "BADDAILY")
    stand.be(provider, mode)
    made = within(world, folder, stand, providers=provider,
                  kind="ingest.daily")
    assert kept(world, "BADDAILY") == before
    world.tool("jobs", "cancel", made["id"])
    if mode not in ("429", "wait"):
        assert state(world, "BADDAILY")["failures"] == 1
    # Yahoo's price of now is in the same answer, and refused before its bars.
    if mode == "jump" or (mode in ("zero", "negative")
                          and provider != "yahoo"):
        assert {s for _, s in found(world, "BADDAILY")} >= {"failure"}


@pytest.mark.parametrize("provider", HISTORY)
@pytest.mark.parametrize("mode, gate", [
    ("blip", "hundredfold"), ("future", "future"), ("unsorted", "unsorted")])
def test_daily_bars_that_cannot_be_are_left_out_and_shown(
        world, folder, stand, provider, mode, gate):
    before = brought(world, folder, stand, provider, "ODDDAILY")
    stand.be(provider, mode)
    within(world, folder, stand, providers=provider, kind="ingest.daily")
    bars = kept(world, "ODDDAILY")
    assert len(bars) > len(before)
    assert max(float(b[4]) for b in bars) < 200
    assert bars[-1][0] <= str(datetime.date.today())
    # One that leaps may lie before the days that are asked for.
    assert mode == "blip" or gate in {
        rule for rule, _ in found(world, "ODDDAILY")}


def test_pence_are_kept_as_pounds(world, folder, stand):
    clear(world, stand)
    stand.be("yahoo", "pence")
    track(world, "PENCE", first=datetime.date.today()
          - datetime.timedelta(60))
    within(world, folder, stand, providers="yahoo", kind="ingest.daily")
    bars = kept(world, "PENCE")
    assert bars and all(90 < float(b[4]) < 110 for b in bars)


@pytest.mark.parametrize("mode", ["html", "zero", "jump"])
def test_the_next_provider_is_asked_when_the_first_tells_nonsense(
        world, folder, stand, mode):
    clear(world, stand)
    stand.be("finnhub", mode)
    track(world, "NEXT",
          first=datetime.date.today() - datetime.timedelta(120))
    within(world, folder, stand, providers="finnhub,yahoo",
           kind="ingest.daily")
    assert world.postgres.value(
        "select string_agg(distinct source, ' ') from bursar.prices_daily"
    ) == "yahoo"
    assert mode == "html" or {s for _, s in found(world, "NEXT")} >= {
        "failure"}


# ---- what companies report, and what instruments go by -------------------------

REFERENCE = {"sec": ("fundamentals", "ingest.fundamentals", "fundamentals"),
             "openfigi": ("identity", "ingest.identities", "identifiers")}


@pytest.mark.parametrize("provider", sorted(REFERENCE))
@pytest.mark.parametrize("mode", [
    "429", "html", "truncated", "500", "empty", "huge", "redirect", "close"])
def test_a_bad_day_of_reference_data_keeps_what_is_there(
        world, folder, stand, provider, mode):
    need, kind, table = REFERENCE[provider]
    clear(world, stand)
    track(world, "KNOWN", need)
    world.postgres.rows(
        "insert into bursar.identifiers (instrument_id, kind, value, source)"
        " select instrument_id, 'cik', '0001318605', 'test'"
        " from bursar.tracks")
    settings = {"providers": provider, "openfigi_key": "test-key",
                "sec_contact": "Bursar test@example.org"}

    def brought():
        return world.postgres.rows(
            f"select * from bursar.{table} order by 1, 2, 3")

    first = brought()
    stand.be(provider, mode)
    made = within(world, folder, stand, kind=kind, **settings)
    assert brought() == first
    world.tool("jobs", "cancel", made["id"])
    stand.be(provider, "ok")
    within(world, folder, stand, kind=kind, **settings)
    good = brought()
    assert len(good) > len(first)
    world.postgres.rows("update bursar.tracks set done_at = done_at -"
                        " interval '30 days'")
    stand.be(provider, mode)
    made = within(world, folder, stand, kind=kind, **settings)
    assert brought() == good
    world.tool("jobs", "cancel", made["id"])
