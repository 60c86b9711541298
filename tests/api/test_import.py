"""`bursar prices import`: real files in every layout, each row accounted for.

What a file holds is counted here by a reader of our own; the program must
come to the same numbers, store what it says, and change nothing when it is
told the same again.
"""

import csv
import datetime
import io
import json
from decimal import Decimal

import pytest

from world import PASSWORD, SHARED, World

MARKET = SHARED / "market"
LAYOUTS = {
    # file: (symbol, words)
    "daily/MSFT_1990_2022.csv": ("MSFT", []),
    "daily/SPX_1990_2022.csv": ("SPX", ["--kind", "index"]),
    "daily/sp500_2013_2018/JPM.csv": ("JPM", []),
    "daily/djia_2006_2018/KO.csv": ("KO", []),
    "daily/yahoo_2021_2026/AMZN.csv": ("AMZN", []),
    "crypto/BTC-USD_daily_2021_2026.csv": ("BTC-USD", ["--kind", "crypto"]),
    "crypto/BTCUSDT_daily_2017_2021.csv": ("BTCUSDT", ["--kind", "crypto"]),
    "corporate_actions/EWG-1d-no-bad-divs.csv": ("EWG", ["--symbol", "EWG"]),
}

pytestmark = pytest.mark.skipif(
    not MARKET.is_dir(),
    reason="the price files are not beside this checkout (../shared/data/market)")


@pytest.fixture(scope="module")
def world():
    world = World()
    world.seed("Acorn", "alice")
    yield world
    world.close()


def imported(world, *words):
    """The account the program gives, and that its sums hold."""
    done = world.tool("prices", "import", "--json", *words)
    account = json.loads(done.out)
    for one in [*account["files"], account["total"]]:
        assert one["skipped"] == sum(one["reasons"].values())
        assert one["rows"] == (one["new"] + one["unchanged"] + one["corrected"]
                               + one["skipped"])
    account["code"] = done.code
    return account


def day_of(text):
    if "/" in text:
        month, day, year = text.split("/")
        return datetime.date(int(year), int(month), int(day))
    return datetime.date.fromisoformat(text[:10])


def bars_of(path):
    """Days and prices of the rows that are whole, and how many rows there are."""
    text = path.read_text(encoding="utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    good = {}
    for row in rows:
        row = {k.lower(): v for k, v in row.items()}
        prices = [row[name] for name in ("open", "high", "low", "close")]
        if not all(prices):
            continue
        o, h, l, c = map(Decimal, prices)
        if min(o, h, l, c) > 0 and l <= min(o, c) and h >= max(o, c):
            good[day_of(row.get("date") or row["datetime"])] = (o, h, l, c)
    return good, len(rows)


def stored(world, symbol):
    return {datetime.date.fromisoformat(day): tuple(map(Decimal, prices))
            for day, *prices in world.postgres.rows(
                "select day, open, high, low, close from bursar.prices_daily p"
                " join bursar.instruments i on i.id = p.instrument_id"
                f" where symbol = '{symbol}'")}


@pytest.mark.parametrize("name", LAYOUTS)
def test_layout_is_read_row_for_row(world, name):
    symbol, words = LAYOUTS[name]
    good, rows = bars_of(MARKET / name)
    account = imported(world, *words, MARKET / name)
    assert account["code"] == 0
    (one,) = account["files"]
    assert (one["symbol"], one["rows"]) == (symbol, rows)
    assert one["new"] == len(good) and one["error"] is None
    kept = stored(world, symbol)
    assert kept.keys() == good.keys()
    places = Decimal("1e-12")       # a file's float noise is kept, or nearly
    for day, prices in good.items():
        for ours, theirs in zip(kept[day], prices):
            assert abs(ours - theirs) <= places, (day, kept[day], prices)

    again = imported(world, *words, MARKET / name)["files"][0]
    assert (again["new"], again["corrected"]) == (0, 0)
    assert again["unchanged"] == one["new"]
    assert again["reasons"] == one["reasons"]
    assert stored(world, symbol) == kept


def test_all_files_of_a_folder_at_once(world):
    paths = sorted((MARKET / "daily" / "sp500_2013_2018").glob("*.csv"))
    assert len(paths) > 30
    account = imported(world, "--json", *paths)
    assert account["total"]["symbols"] == len(paths)
    assert account["total"]["rows"] == sum(bars_of(p)[1] for p in paths)


def test_adjusted_closes_alone_are_taken_only_when_told(world):
    path = MARKET / "daily" / "SPY_adj_close_1993_2019.csv"
    rows = len(path.read_text().splitlines()) - 1
    refused = imported(world, path)["files"][0]
    assert (refused["new"], refused["skipped"]) == (0, rows)
    assert list(refused["reasons"].values()) == [rows]
    taken = imported(world, "--adjusted-only", path)["files"][0]
    assert taken["new"] == rows


def test_a_column_a_symbol(world):
    path = MARKET / "daily" / "adj_close_20_tickers_1989_2018.csv"
    with path.open() as f:
        rows = list(csv.reader(f))
    cells = sum(1 for row in rows[1:] for cell in row[1:] if cell)
    account = imported(world, "--adjusted-only", "--currency", "USD", path)
    assert account["total"]["symbols"] == len(rows[0]) - 1 == 20
    assert account["total"]["rows"] - account["total"]["skipped"] <= cells
    assert account["total"]["rows"] in (cells, cells + account["total"]["skipped"])


def test_dividends_and_splits_come_along(world):
    path = MARKET / "corporate_actions" / "EWG-1d-no-bad-divs.csv"
    with path.open() as f:
        paid = {day_of(r["Datetime"]): Decimal(r["Dividends"])
                for r in csv.DictReader(f) if Decimal(r["Dividends"])}
    imported(world, "--symbol", "EWG", path)
    kept = {datetime.date.fromisoformat(d): Decimal(a) for d, a in
            world.postgres.rows(
                "select ex_day, amount from bursar.dividends d join"
                " bursar.instruments i on i.id = d.instrument_id"
                " where symbol = 'EWG'")}
    assert kept == paid and paid


def test_a_corrected_file_corrects(world, tmp_path):
    head = "date,open,high,low,close,volume\n"
    path = tmp_path / "CORR_daily.csv"
    path.write_text(head + "2024-01-02,1,2,1,2,5\n2024-01-03,2,3,2,3,5\n")
    assert imported(world, path)["files"][0]["new"] == 2
    path.write_text(head + "2024-01-02,1,2,1,2,5\n2024-01-03,2,4,2,4,5\n")
    one = imported(world, path)["files"][0]
    assert (one["new"], one["unchanged"], one["corrected"]) == (0, 1, 1)
    assert stored(world, "CORR")[datetime.date(2024, 1, 3)][3] == 4


def test_bad_rows_are_left_out_with_their_reasons(world, tmp_path):
    path = tmp_path / "BADR_daily.csv"
    path.write_text("""date,open,high,low,close,volume
2024-01-02,10,11,9,10,100
2024-01-03,,,,,
2024-01-04,0,11,9,10,100
2024-01-05,-1,11,9,10,100
2024-01-08,10,9,9,10,100
2024-01-09,10,11,9,NaN,100
2024-01-10,10,11,9,1e400,100
2024-13-11,10,11,9,10,100
not a day,10,11,9,10,100
2024-01-12,10,11,9
2024-01-16,10,11,9,10,-5
2024-01-17,10,11,9,10,100
""")
    one = imported(world, path)["files"][0]
    assert (one["rows"], one["new"], one["skipped"]) == (12, 2, 10)
    assert len(one["reasons"]) >= 4, one["reasons"]


@pytest.mark.parametrize("text", [
    "", "\n\n", "a,b,c\n1,2,3\n", "\0\0\0", "date\n2024-01-02\n",
    "<html><body>no</body></html>", "date,open,high,low,close\n" + "x" * 200_000],
    ids=["empty", "blank", "other", "binary", "dates", "html", "long-line"])
def test_files_that_are_none_are_said_and_change_nothing(world, tmp_path, text):
    path = tmp_path / "NONE_daily.csv"
    path.write_text(text)
    before = world.postgres.value("select count(*) from bursar.prices_daily")
    done = world.tool("prices", "import", path)
    assert done.code != 0 or "0 new" in done.out, (done.out, done.err)
    assert done.out + done.err
    assert world.postgres.value(
        "select count(*) from bursar.prices_daily") == before


def closed(folder, symbol):
    path = folder / f"{symbol}_daily.csv"
    path.write_text("date,open,high,low,close\n2024-01-02,1,2,1,2\n")
    return path


HEAD = "date,ticker,open,high,low,close,volume\n"


def test_what_is_simulated_is_left_out_by_name_and_the_rest_taken(
        world, tmp_path):
    simulated = ["SIMA", "SIMB"]
    imported(world, *(closed(tmp_path, symbol) for symbol in simulated))
    assert len(world.postgres.rows(
        "update bursar.instruments set simulated = true"
        " where symbol in ('SIMA', 'SIMB') returning symbol")) == 2
    path = tmp_path / "many.csv"
    path.write_text(HEAD + "".join(
        f"2024-01-0{day},{symbol},1,2,1,2,5\n" for day in (2, 3)
        for symbol in (simulated[0], "REALA", simulated[1], "REALB")))
    done = world.tool("prices", "import", path)
    assert done.code == 1
    assert "8 rows: 4 new" in done.out and "4 skipped" in done.out
    assert f"{simulated[0]}, {simulated[1]} are of the simulated" in done.err
    assert "REALA" not in done.err
    assert len(stored(world, "REALA")) == len(stored(world, "REALB")) == 2
    account = imported(world, path)
    (one,) = account["files"]
    assert one["refused"] == simulated and one["unchanged"] == 4


def test_nothing_imported_is_a_failure_with_its_reasons(world, tmp_path):
    path = tmp_path / "CLOSES_daily.csv"
    path.write_text("date,adj close\n2024-01-02,5\n2024-01-03,6\n")
    done = world.tool("prices", "import", path)
    assert done.code == 1 and "--adjusted-only" in done.err
    assert "2 skipped (2 no OHLC)" in done.out
    assert world.tool("prices", "import", "--adjusted-only", path).code == 0
    assert world.tool("prices", "import", "--adjusted-only", path).code == 0

    path = tmp_path / "WRONG_daily.csv"
    path.write_text("date,open,high,low,close\n2024-01-02,0,2,1,2\n")
    done = world.tool("prices", "import", path)
    assert done.code == 1 and "nothing of it could be imported" in done.err
    assert "1 price not positive" in done.out
    assert "--adjusted-only" not in done.err


def test_missing_files_are_said(world, tmp_path):
    done = world.tool("prices", "import", tmp_path / "gone.csv")
    assert done.code != 0 and "gone.csv" in done.err


def test_imported_prices_are_served(world):
    name = "daily/yahoo_2021_2026/AMZN.csv"
    imported(world, MARKET / name)
    good, _ = bars_of(MARKET / name)
    server = world.serve(workers=1)
    client = server.client().login("alice", PASSWORD)
    items = client.get("/api/v1/prices?symbol=AMZN&from=2021-01-01"
                       "&to=2021-03-31").ok()["items"]
    quarter = {d: p for d, p in good.items() if d < datetime.date(2021, 4, 1)}
    assert [i["date"] for i in items] == [str(d) for d in sorted(quarter)]
    for item in items:
        close = quarter[datetime.date.fromisoformat(item["date"])][3]
        assert abs(Decimal(item["close"]) - close) <= Decimal("1e-12")
    assert server.stop() == 0
