"""/prices: any range, interval, currency and number of points; as CSV; and
several assets beside each other. What is answered is recomputed here from
the rows of the database.
"""

import csv
import datetime
import gzip
import io
import socket
from decimal import Decimal

import pytest

from client import amount, query

DAY = datetime.timedelta(days=1)


@pytest.fixture(scope="module")
def bars(world, tmp_path_factory):
    """Twelve years of a real asset by file, with a split and a dividend."""
    file = tmp_path_factory.mktemp("bars") / "LONGX.csv"
    day, n, lines = datetime.date(2010, 1, 1), 0, ["date,open,high,low,close,volume,dividends,stock_splits"]
    while day < datetime.date(2022, 1, 1):
        if day.weekday() < 5:
            wave = (n * 7919) % 301 - 150
            close = Decimal(500 + wave) / 4
            lines.append(f"{day},{close - 1},{close + 3},{close - 2},{close},"
                         f"{1000 + n % 17},"
                         f"{'0.5' if day == datetime.date(2015, 6, 1) else 0},"
                         "0")
            n += 1
        day += DAY
    file.write_text("\n".join(lines) + "\n")
    world.tool("prices", "import", "--symbol", "LONGX", str(file)).check()
    world.postgres.rows(
        "insert into bursar.fx_rates (base, quote, day, rate, source)"
        " select 'EUR', c, d::date, r + extract(doy from d) / 1000, 'test'"
        " from generate_series('2019-12-20'::date, '2021-12-31', '1 day') d,"
        " (values ('USD', 1.1), ('CHF', 0.9)) as x (c, r)"
        " where extract(isodow from d) < 6 on conflict do nothing returning 1")
    return [(datetime.date.fromisoformat(d), *map(Decimal, p)) for d, *p in
            world.postgres.rows(
                "select day, open, high, low, close,"
                " coalesce(adjusted_close, close), volume from bursar.prices_daily p join bursar.instruments i"
                " on i.id = p.instrument_id where symbol = 'LONGX'"
                " and day < '2022-01-01' order by day")]


def ask(client, **members):
    return client.get("/api/v1/prices" + query(symbol="LONGX", **members)).ok()


def read(items):
    return [(datetime.date.fromisoformat(i["date"]),
             *(amount(i[k]) for k in ("open", "high", "low", "close",
                                      "adjusted_close", "volume")))
            for i in items]


def test_everything_comes_in_one_answer(demo, bars):
    answer = ask(demo, range="max", to="2022-01-01")
    assert len(answer["items"]) == len(bars) > 3000
    for mine, kept in zip(read(answer["items"]), bars):
        assert mine[:5] == kept[:5] and mine[6] == kept[6]
        assert abs(mine[5] - kept[5]) <= Decimal("0.0000005")
    again = demo.get("/api/v1/prices" + query(
        symbol="LONGX", range="max", to="2022-01-01"))
    assert again.ok() == answer
    tag = again.headers["ETag"]
    assert demo.get("/api/v1/prices" + query(
        symbol="LONGX", range="max", to="2022-01-01"),
        headers={"If-None-Match": tag}).status == 304


def test_what_is_told_again_is_the_same_in_any_coding(demo, bars):
    path = "/api/v1/prices" + query(symbol="LONGX", range="max",
                                    to="2022-01-01")
    plain = demo.get(path)
    assert len(plain.body) > 300_000
    for _ in range(3):
        packed = demo.get(path, headers={"Accept-Encoding": "gzip"})
        assert packed.headers["Content-Encoding"] == "gzip"
        assert gzip.decompress(packed.body) == plain.body
    assert packed.headers["ETag"] != plain.headers["ETag"]
    head = demo.call("HEAD", path)
    assert head.headers["Content-Length"] == str(len(plain.body))
    assert head.body == b"" and demo.get(path).body == plain.body


def test_who_reads_slowly_reads_one_state_to_its_end(
        demo, world, bars, tmp_path):
    """Answers share their text; a correction meanwhile makes another one."""
    path = "/api/v1/prices" + query(symbol="LONGX", range="max",
                                    to="2022-01-01")
    old = demo.get(path)
    slow = []
    for _ in range(4):
        s = socket.create_connection((demo.host, demo.port), timeout=60)
        s.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 32768)
        s.sendall(f"GET {path} HTTP/1.1\r\nHost: x\r\n"
                  f"Authorization: Bearer {demo.token}\r\n\r\n".encode())
        slow.append(s)
    answers = [s.recv(1000) for s in slow]
    slow.pop().close()
    answers.pop()
    bar = old.json()["items"][2000]
    head = "date,open,high,low,close,volume\n"
    file = tmp_path / "LONGX.csv"
    for line in (f"{bar['date']},7,9,5,8,1\n", ",".join(bar[k] for k in (
            "date", "open", "high", "low", "close", "volume")) + "\n"):
        file.write_text(head + line)
        world.tool("prices", "import", "--symbol", "LONGX", str(file)).check()
        for _ in range(4):
            assert len(demo.get(path).json()["items"]) == len(bars)
    for s, got in zip(slow, answers):
        while len(got.partition(b"\r\n\r\n")[2]) < len(old.body):
            more = s.recv(65536)
            assert more
            got += more
        assert got.partition(b"\r\n\r\n")[2] == old.body
        s.close()


def test_ranges_end_where_they_say(demo, bars):
    for name, months in (("1m", 1), ("6m", 6), ("1y", 12), ("10y", 120)):
        items = read(ask(demo, range=name, to="2021-12-31")["items"])
        year, month = divmod(2021 * 12 + 11 - months, 12)
        begin = min(31, {1: 31, 11: 30, 6: 30}.get(month + 1, 31))
        first = datetime.date(year, month + 1, begin)
        assert items == [tuple(x) for x in read(ask(
            demo, **{"from": str(first)}, to="2021-12-31")["items"])]
        assert items[0][0] >= first and items[-1][0] == bars[-1][0]


def test_a_correction_is_in_the_next_answer(demo, world, bars, tmp_path):
    """Answers are remembered by the state of the series, never longer."""
    before = ask(demo, range="max", to="2022-01-01")["items"]
    old = before[1000]
    file = tmp_path / "LONGX.csv"
    head = "date,open,high,low,close,volume\n"
    file.write_text(head + f"{old['date']},7,9,5,8,1\n")
    world.tool("prices", "import", "--symbol", "LONGX", str(file)).check()
    new = ask(demo, range="max", to="2022-01-01")["items"][1000]
    assert (new["close"], new["volume"]) == ("8", "1")
    assert world.postgres.value(
        "select close::float8 from bursar.bar_corrections c"
        " join bursar.instruments i on i.id = c.instrument_id"
        f" where symbol = 'LONGX' and day = '{old['date']}'") == (
            str(old["close"]))
    file.write_text(head + ",".join(old[k] for k in (
        "date", "open", "high", "low", "close", "volume")) + "\n")
    world.tool("prices", "import", "--symbol", "LONGX", str(file)).check()
    assert ask(demo, range="max", to="2022-01-01")["items"] == before


def test_adjusted_prices_are_the_raw_ones_times_the_factor(demo, bars):
    raw = read(ask(demo, range="max", to="2022-01-01")["items"])
    adjusted = read(ask(demo, range="max", to="2022-01-01",
                        adjusted="true")["items"])
    assert len(raw) == len(adjusted)
    changed = 0
    for r, a, kept in zip(raw, adjusted, bars):
        factor = kept[5] / kept[4]
        changed += factor != 1
        for i in range(1, 5):
            assert abs(a[i] - r[i] * factor) < Decimal("1e-9")
    assert 1000 < changed < len(raw)


def test_weeks_and_months_hold_their_days(demo, bars):
    days = read(ask(demo, **{"from": "2020-01-01"}, to="2020-12-31")["items"])
    for interval, key in (("1w", lambda d: d.isocalendar()[:2]),
                          ("1mo", lambda d: (d.year, d.month))):
        parts = {}
        for day in days:
            parts.setdefault(key(day[0]), []).append(day)
        folded = read(ask(demo, **{"from": "2020-01-01"}, to="2020-12-31",
                          interval=interval)["items"])
        assert [(p[0][0], p[0][1], max(x[2] for x in p), min(x[3] for x in p),
                 p[-1][4], p[-1][5], sum(x[6] for x in p))
                for p in parts.values()] == folded


@pytest.mark.parametrize("points", [10, 37, 250, 2000])
def test_fewer_points_lose_no_extreme(demo, bars, points):
    whole = read(ask(demo, range="max", to="2022-01-01")["items"])
    few = read(ask(demo, range="max", to="2022-01-01",
                   points=points)["items"])
    assert points / 4 <= len(few) <= points
    assert set(few) <= set(whole)
    assert (few[0], few[-1]) == (whole[0], whole[-1])
    for part, pick in ((2, max), (3, min), (4, max), (4, min)):
        assert pick(x[part] for x in few) == pick(x[part] for x in whole)


def test_conversion_is_exact(demo, world, bars):
    raw = read(ask(demo, **{"from": "2020-01-01"}, to="2020-03-31")["items"])
    rates = {}
    for quote, day, rate in world.postgres.rows(
            "select quote, day, rate from bursar.fx_rates"):
        rates.setdefault(quote, {})[day] = Decimal(rate)
    for currency in ("EUR", "CHF"):
        answer = ask(demo, **{"from": "2020-01-01"}, to="2020-03-31",
                     currency=currency)
        assert answer["currency"] == currency
        mine = read(answer["items"])
        assert len(mine) == len(raw)
        for r, m in zip(raw, mine):
            to = rates["CHF"][str(r[0])] if currency == "CHF" else 1
            assert abs(m[4] - r[4] * to / rates["USD"][str(r[0])]) < (
                Decimal("2e-18"))


def test_without_a_rate_there_is_no_answer(demo, bars):
    demo.get("/api/v1/prices" + query(
        symbol="LONGX", range="1y", to="2015-01-01", currency="EUR")).problem(
            422, pointer="?currency", code="no_rate")
    demo.get("/api/v1/prices" + query(
        symbol="LONGX", range="1y", currency="XXX")).problem(
            400, pointer="?currency")


def test_csv_says_the_same(demo, bars):
    answer = demo.get("/api/v1/prices.csv" + query(
        symbol="LONGX", range="1m", to="2021-12-31"))
    assert answer.status == 200
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert 'filename="LONGX-1d.csv"' in answer.headers["Content-Disposition"]
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    items = ask(demo, range="1m", to="2021-12-31")["items"]
    assert rows == [{k: i[k] for k in rows[0]} for i in items]


@pytest.mark.parametrize("members, pointer", [
    ({"range": "2y"}, "?range"), ({"interval": "2d"}, "?interval"),
    ({"points": 9}, "?points"), ({"points": 20001}, "?points"),
    ({"limit": 0}, "?limit"), ({"adjusted": "maybe"}, "?adjusted"),
    ({"range": "1y", "from": "2020-01-01"}, "?range"),
    ({"from": "2020-01-02", "to": "2020-01-01"}, "?from"),
])
def test_what_makes_no_sense_is_said(demo, bars, members, pointer):
    answer = demo.get("/api/v1/prices" + query(symbol="LONGX", **members))
    assert answer.status in (400, 422), answer
    answer.problem(answer.status, pointer=pointer)


def test_minutes_are_served_and_folded(demo, world, bars):
    world.postgres.rows(
        "select bursar.bars_intraday_month('2021-06-01');"
        "insert into bursar.bars_intraday (instrument_id, minutes, at, open,"
        " high, low, close, volume, source)"
        " select id, 5, t, 10, 12 + extract(minute from t) / 60, 9, 11, 1,"
        " 'test' from bursar.instruments, generate_series("
        "'2021-06-01T13:30Z'::timestamptz, '2021-06-01T15:00Z', '5 min') t"
        " where symbol = 'LONGX' on conflict do nothing returning 1")
    plain = ask(demo, interval="5m", range="1d", to="2021-06-01")
    assert len(plain["items"]) == 19
    assert plain["items"][0]["at"] == "2021-06-01T13:30:00Z"
    folded = ask(demo, interval="1h", range="1d", to="2021-06-01")["items"]
    assert [i["volume"] for i in folded] == ["6", "12", "1"]
    assert ask(demo, interval="1m", range="1d", to="2021-06-01")["items"] == []


# ---- beside each other -----------------------------------------------------------


def test_a_comparison_begins_at_100(demo, bars):
    answer = demo.get("/api/v1/compare" + query(
        symbols="LONGX,longx,SPY", **{"from": "2021-02-01"},
        to="2021-12-31")).ok()
    assert [i["symbol"] for i in answer["items"]] == ["LONGX", "SPY"]
    assert answer["from"] == "2021-02-01"
    mine = answer["items"][0]
    assert mine["points"][0] == {"date": "2021-02-01", "value": 100}
    kept = {d: p for d, *p in bars}
    first = kept[datetime.date(2021, 2, 1)][4]
    for point in mine["points"]:
        close = kept[datetime.date.fromisoformat(point["date"])][4]
        assert abs(point["value"] - float(100 * close / first)) < 1e-5
    assert abs(mine["total_return"]
               - (mine["points"][-1]["value"] / 100 - 1)) < 1e-6


def test_a_comparison_knows_its_limits(demo):
    many = ",".join(f"S{i}" for i in range(13))
    demo.get("/api/v1/compare" + query(symbols=many)).problem(
        422, pointer="?symbols")
    demo.get("/api/v1/compare" + query(symbols="NOSUCH")).problem(404)
    demo.get("/api/v1/compare" + query(symbols="SPY;DROP")).problem(422)
