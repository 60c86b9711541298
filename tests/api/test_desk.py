"""`bursar prices export`, `bursar assets`, `bursar indicators`: what they
print, as text and as JSON, and their exit codes.
"""

import csv
import io
import json

import pytest


@pytest.fixture(scope="module")
def desk(world, tmp_path_factory):
    file = tmp_path_factory.mktemp("desk") / "DESKX.csv"
    file.write_text("date,open,high,low,close,volume\n" + "".join(
        f"2024-{m:02}-{d:02},10,12,9,{10 + d % 3},100\n"
        for m in (1, 2, 3) for d in range(1, 29)))
    world.tool("prices", "import", "--symbol", "DESKX", str(file)).check()
    return world


def test_an_export_can_be_imported_and_changes_nothing(desk, tmp_path):
    out = desk.tool("prices", "export", "--symbol", "DESKX").check().out
    rows = list(csv.DictReader(io.StringIO(out)))
    assert len(rows) == 84 and rows[0]["date"] == "2024-01-01"
    file = tmp_path / "DESKX.csv"
    file.write_text(out)
    done = desk.tool("prices", "import", "--json", "--symbol", "DESKX",
                     str(file)).check()
    total = json.loads(done.out)["total"]
    assert (total["rows"], total["unchanged"]) == (84, 84)


def test_export_takes_a_range_and_an_interval(desk):
    out = desk.tool("prices", "export", "--symbol", "DESKX", "--interval",
                    "1mo", "--json", "--from", "2024-02-01").check().out
    assert [i["date"] for i in json.loads(out)] == ["2024-02-01", "2024-03-01"]


@pytest.mark.parametrize("words, code", [
    (["prices", "export"], 2),
    (["prices", "export", "--symbol", "NOSUCH"], 1),
    (["prices", "export", "--symbol", "DESKX", "--from", "yesterday"], 2),
    (["assets"], 2), (["assets", "track"], 2), (["assets", "list", "x"], 2),
    (["assets", "track", "--need", "all", "DESKX"], 2),
    (["assets", "list", "--limit", "0"], 2),
    (["indicators", "list"], 2), (["indicators", "fold"], 2),
    (["indicators", "list", "NOSUCH"], 1),
])
def test_exit_codes(desk, words, code):
    done = desk.tool(*words)
    assert done.code == code, done.err
    assert done.err and not done.out


def test_assets_are_listed_tracked_and_untracked(desk):
    def symbols(*words):
        out = desk.tool("assets", "list", "--json", *words).check().out
        return [json.loads(line)["symbol"] for line in out.splitlines()]
    assert symbols("--q", "deskx") == ["DESKX"]
    desk.tool("assets", "track", "DESKX", "--from", "2020-01-01").check()
    assert "DESKX" in symbols("--tracked")
    desk.tool("assets", "backfill", "DESKX", "--need", "daily").check()
    assert desk.postgres.value(
        "select count(*) from bursar.tracks t join bursar.instruments i"
        " on i.id = t.instrument_id where symbol = 'DESKX'"
        " and wanted_at is not null") == "1"
    desk.tool("assets", "untrack", "DESKX").check()
    assert "DESKX" not in symbols("--tracked")


def test_indicators_are_brought_up_to_date(desk):
    desk.postgres.rows(
        "delete from bursar.indicators where instrument_id = (select id from"
        " bursar.instruments where symbol = 'DESKX') returning 1")
    out = desk.tool("indicators", "update", "--json").check().out
    steps = {r["symbol"]: r["steps"] for r in map(json.loads, out.splitlines())}
    assert steps["DESKX"] == 5 * 84
    out = desk.tool("indicators", "update", "DESKX").check().out
    assert out == "1 assets: 0 steps, 0 failed\n"
    out = desk.tool("indicators", "list", "DESKX", "--json").check().out
    rows = [json.loads(line) for line in out.splitlines()]
    assert len(rows) == 5 and all(r["current"] for r in rows)
