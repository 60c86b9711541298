"""Rates of exchange, calendars, movers, what companies reported, and what is
kept up to date.
"""

import datetime
from decimal import Decimal

import pytest

from client import amount, query


@pytest.fixture(scope="module")
def rates(world):
    """A week of rates as a central bank tells them."""
    table = {
        "2018-03-01": {"USD": "1.2171", "CHF": "1.1520", "JPY": "130.05"},
        "2018-03-02": {"USD": "1.2312", "CHF": "1.1513", "JPY": "129.96"},
        "2018-03-05": {"USD": "1.2307", "CHF": "1.1539"},
    }
    for day, row in table.items():
        for quote, rate in row.items():
            world.postgres.rows(
                "insert into bursar.fx_rates (base, quote, day, rate, source)"
                f" values ('EUR', '{quote}', '{day}', {rate}, 'ecb')"
                " on conflict do nothing returning 1")
    return {d: {c: Decimal(r) for c, r in row.items()}
            for d, row in table.items()}


def test_a_day_has_its_rates_and_the_last_ones_before(demo, rates):
    body = demo.get("/api/v1/fx" + query(date="2018-03-05")).ok()
    assert body["base"] == "EUR"
    told = {i["currency"]: i for i in body["items"]}
    assert (told["USD"]["rate"], told["USD"]["date"]) == (
        "1.2307", "2018-03-05")
    assert (told["JPY"]["rate"], told["JPY"]["date"]) == (
        "129.96", "2018-03-02")
    assert demo.get("/api/v1/fx" + query(date="2018-03-20")).ok()["items"] == []


def test_another_base_is_a_quotient(demo, rates):
    body = demo.get("/api/v1/fx" + query(date="2018-03-02", base="USD")).ok()
    told = {i["currency"]: amount(i["rate"]) for i in body["items"]}
    day = rates["2018-03-02"]
    assert set(told) == {"EUR", "CHF", "JPY"}
    assert abs(told["CHF"] - day["CHF"] / day["USD"]) < Decimal("1e-17")
    assert abs(told["EUR"] - 1 / day["USD"]) < Decimal("1e-17")


def test_a_pairs_history(demo, rates):
    body = demo.get("/api/v1/fx/history" + query(
        base="CHF", quote="JPY", **{"from": "2018-03-01"},
        to="2018-03-05")).ok()
    assert [i["date"] for i in body["items"]] == ["2018-03-01", "2018-03-02"]
    assert abs(amount(body["items"][0]["rate"])
               - Decimal("130.05") / Decimal("1.1520")) < Decimal("1e-15")


def test_an_amount_is_rounded_once(demo, rates):
    body = demo.get("/api/v1/fx/convert" + query(**{
        "from": "USD", "to": "CHF", "amount": "100", "date": "2018-03-04"})).ok()
    exact = Decimal(100) * Decimal("1.1513") / Decimal("1.2312")
    assert abs(amount(body["result"]) - exact) <= Decimal("5e-19")
    assert body["date"] == "2018-03-02"
    same = demo.get("/api/v1/fx/convert" + query(**{
        "from": "USD", "to": "USD", "amount": "7.5"})).ok()
    assert (same["result"], same["rate"]) == ("7.5", "1")


@pytest.mark.parametrize("members, status", [
    ({"from": "USD", "to": "JPY", "amount": "1", "date": "2018-06-01"}, 404),
    ({"from": "USD", "to": "QQQ", "amount": "1"}, 400),
    ({"from": "USD", "to": "CHF", "amount": "x"}, 400),
    ({"from": "USD", "to": "CHF"}, 400),
])
def test_what_cannot_be_converted(demo, rates, members, status):
    demo.get("/api/v1/fx/convert" + query(**members)).problem(status)


# ---- calendars -------------------------------------------------------------------


def test_a_calendar_tells_holidays_and_early_closes(demo):
    body = demo.get("/api/v1/calendar" + query(
        exchange="nasdaq", **{"from": "2024-07-01"}, to="2024-07-07")).ok()
    assert (body["exchange"], body["zone"]) == ("XNAS", "America/New_York")
    days = {d["date"]: d for d in body["items"]}
    assert len(days) == 7
    assert days["2024-07-03"]["early"]
    assert days["2024-07-03"]["closes_at"] == "2024-07-03T17:00:00Z"
    assert days["2024-07-04"] == {
        "date": "2024-07-04", "open": False, "early": False,
        "holiday": "Independence Day", "opens_at": None, "closes_at": None}
    assert not days["2024-07-06"]["open"]


def test_unknown_exchanges_and_long_ranges(demo):
    demo.get("/api/v1/calendar" + query(exchange="nowhere")).problem(404)
    demo.get("/api/v1/calendar" + query(
        exchange="XNYS", **{"from": "2020-01-01"},
        to="2023-01-01")).problem(422, pointer="?to")


def test_a_calendar_says_where_it_ends(demo):
    body = demo.get("/api/v1/calendar" + query(
        exchange="XHKG", **{"from": "2026-02-16"}, to="2026-02-19")).ok()
    assert [d["holiday"] for d in body["items"]] == [
        "Lunar New Year's Eve", "Lunar New Year's Day",
        "Second day of Lunar New Year", "Third day of Lunar New Year"]
    assert body["items"][0]["closes_at"] == "2026-02-16T04:00:00Z"
    demo.get("/api/v1/calendar" + query(
        exchange="XHKG", **{"from": "2049-12-30"},
        to="2050-01-02")).problem(422, pointer="?to")
    demo.get("/api/v1/calendar" + query(
        exchange="XTKS", **{"from": "2009-12-30"},
        to="2010-01-04")).problem(422, pointer="?from")


def test_events_of_the_whole_market_page_by_page(demo, world):
    """Paid as on the day, and for a share of today after a split since."""
    world.postgres.rows(
        "with i as (insert into bursar.instruments (id, symbol, name, kind,"
        " currency, simulated, source) select gen_random_uuid(), s, s,"
        " 'stock', 'USD', false, 'test' from (values ('EVTA'), ('EVTB'))"
        " as v (s) returning id, symbol), d as (insert into bursar.dividends"
        " select id, on_day, 1.2 from i, (values ('2019-03-01'::date),"
        " ('2019-06-03')) as v (on_day) where symbol = 'EVTA')"
        " insert into bursar.splits select id, '2019-05-01', 3, 1 from i"
        " returning 1")
    path = "/api/v1/calendar/events"
    span = {"from": "2019-01-01", "to": "2019-12-31"}
    rows = demo.get(path + query(**span)).ok()
    assert [(r["ex_day"], r["kind"], r["symbol"]) for r in rows["items"]] == [
        ("2019-03-01", "dividend", "EVTA"), ("2019-05-01", "split", "EVTA"),
        ("2019-05-01", "split", "EVTB"), ("2019-06-03", "dividend", "EVTA")]
    first, split, _, last = rows["items"]
    assert (first["amount"], first["adjusted_amount"]) == ("1.2", "0.4")
    assert (last["amount"], last["adjusted_amount"]) == ("1.2", "1.2")
    assert (split["numerator"], split["denominator"]) == (3, 1)
    assert split["amount"] is None and not split["simulated"]
    told, cursor = [], None
    while True:
        page = demo.get(path + query(limit=1, **span, **(
            {"cursor": cursor} if cursor else {}))).ok()
        told += page["items"]
        cursor = page["next_cursor"]
        if cursor is None:
            break
    assert told == rows["items"]
    assert demo.get(path + query(kind="split", symbol="EVTB", **span)).ok()[
        "items"] == rows["items"][2:3]
    demo.get(path + query(**{"from": "2019-01-01"}, to="2018-01-01")).problem(
        422, pointer="?to")
    demo.get(path + query(**{"from": "2015-01-01"}, to="2019-01-01")).problem(
        422, pointer="?to")
    demo.get(path + query(kind="merger")).problem(400, pointer="?kind")


def test_exchanges_know_whether_they_trade(demo):
    for row in demo.get("/api/v1/calendar/exchanges").ok():
        opens, closes = (datetime.datetime.fromisoformat(
            row[k].replace("Z", "+00:00")) for k in ("opens_at", "closes_at"))
        assert opens < closes


# ---- movers, facts, tracks ---------------------------------------------------------


def test_movers_are_in_order(demo):
    up = demo.get("/api/v1/market/movers?limit=5").ok()["items"]
    assert 0 < len(up) <= 5
    changes = [m["percent_change"] for m in up]
    assert changes == sorted(changes, reverse=True)
    down = demo.get("/api/v1/market/movers?kind=losers").ok()["items"]
    assert down[0]["percent_change"] <= changes[0]
    for m in up:
        assert m["simulated"] == (m["symbol"] != "OLDER")
        assert abs(float(amount(m["price"]) / amount(m["previous_close"])) - 1
                   - m["percent_change"]) < 1e-6
    demo.get("/api/v1/market/movers?kind=best").problem(400)


def test_a_price_of_long_ago_moves_no_more(demo, world):
    world.postgres.rows(
        "with i as (insert into bursar.instruments (id, symbol, name, kind,"
        " currency, simulated, source) values (gen_random_uuid(), 'OLDER',"
        " 'Older Mills', 'stock', 'USD', false, 'import') returning id)"
        " insert into bursar.quotes (instrument_id, price, previous_close,"
        " as_of, source, stale) select id, 50, 10, '2022-03-24 20:00Z',"
        " 'import', true from i returning 1")

    def told():
        rows = demo.get("/api/v1/market/movers?limit=50").ok()["items"]
        assert "AAPL" in [m["symbol"] for m in rows] or len(rows) == 50
        return "OLDER" in [m["symbol"] for m in rows]
    assert not told()
    world.postgres.rows(
        "update bursar.quotes set as_of = now() - interval '3 days' where"
        " instrument_id = (select id from bursar.instruments where"
        " symbol = 'OLDER') returning 1")
    assert told()


def test_facts_are_found_by_metric_and_period(demo, world):
    world.postgres.rows(
        "insert into bursar.instruments (id, symbol, name, kind, currency,"
        " source) values (gen_random_uuid(), 'FACTS', 'Facts Ltd', 'stock',"
        " 'USD', 'import') on conflict do nothing returning 1")
    world.postgres.rows(
        "insert into bursar.fundamentals (instrument_id, metric, unit,"
        " period_start, period_end, value, filed, source)"
        " select id, m, 'USD', s::date, e::date, v, '2024-02-01', 'sec'"
        " from bursar.instruments, (values"
        " ('us-gaap:Revenues', '2022-01-01', '2022-12-31', 100),"
        " ('us-gaap:Revenues', '2023-01-01', '2023-12-31', 120),"
        " ('us-gaap:Revenues', '2023-10-01', '2023-12-31', 31),"
        " ('us-gaap:Assets', '2023-12-31', '2023-12-31', 1234567890123456))"
        " as x (m, s, e, v) where symbol = 'FACTS' on conflict do nothing"
        " returning 1")

    def ask(**members):
        body = demo.get("/api/v1/fundamentals" + query(
            symbol="FACTS", **members)).ok()
        return [(i["period_end"], i["value"]) for i in body["items"]]
    assert ask(metric="revenues", period="annual") == [
        ("2023-12-31", "120"), ("2022-12-31", "100")]
    assert ask(metric="us-gaap:Revenues", period="quarter") == [
        ("2023-12-31", "31")]
    assert ask(metric="assets,us-gaap:Revenues,Nothing") == [
        ("2023-12-31", "1234567890123456"), ("2023-12-31", "120"),
        ("2023-12-31", "31"), ("2022-12-31", "100")]
    assert ask(period="instant") == [("2023-12-31", "1234567890123456")]
    assert len(ask(limit=2)) == 2
    demo.get("/api/v1/fundamentals?symbol=NOSUCH").problem(404)


def test_what_is_made_up_is_reported_and_says_so(demo):
    def told(symbol, **members):
        return demo.get("/api/v1/fundamentals" + query(
            symbol=symbol, **members)).ok()["items"]
    years = told("AAPL", metric="Revenues", period="annual")
    quarters = told("AAPL", metric="Revenues", period="quarter")
    assert len(years) >= 4 and {i["source"] for i in years} == {"simulated"}
    year = years[0]["fiscal_year"]
    parts = [amount(q["value"]) for q in quarters if q["fiscal_year"] == year]
    assert len(parts) == 4
    assert abs(sum(parts) - amount(years[0]["value"])) <= 4 * 10**6
    assert told("SPY") == []


def test_tracks_are_the_administrators(alice, vera, world):
    path = "/api/v1/assets/KO/tracking"
    assert vera.get(path).ok()["items"] == []
    vera.post(path, {}).problem(403)
    items = alice.post(path, {"from": "2015-01-01"}).ok()["items"]
    assert {i["need"] for i in items} == {"daily", "events", "profile"}
    assert all(i["from_day"] == "2015-01-01" and i["enabled"]
               and i["wanted_at"] is None for i in items)
    alice.post("/api/v1/assets/KO/backfill",
               {"need": "daily", "from": "2010-01-01"}).ok(202)
    told = {i["need"]: i for i in alice.get(path).ok()["items"]}
    assert told["daily"]["wanted_at"] is not None
    assert told["daily"]["from_day"] == "2010-01-01"
    found = alice.get("/api/v1/assets?tracked=true").ok()["items"]
    assert "KO" in [a["symbol"] for a in found]
    alice.delete(path + "?need=events").ok(204)
    told = {i["need"]: i for i in alice.get(path).ok()["items"]}
    assert not told["events"]["enabled"] and told["daily"]["enabled"]
    alice.delete(path).ok(204)
    alice.post("/api/v1/assets/.HOUSE/tracking", {}).problem(404)
    alice.post(path, {"need": "everything"}).problem(422, pointer="/need")


def test_quality_says_who_told_it_and_what_looks_wrong(demo, vera, world):
    def ask(who=demo, symbol="WMT"):
        return who.get(f"/api/v1/assets/{symbol}/quality").ok()
    body = ask()
    assert body["simulated"] and body["findings"] == []
    assert [s["source"] for s in body["sources"]] == ["simulated"]
    first = demo.get("/api/v1/prices" + query(
        symbol="WMT", range="max")).ok()["items"]
    assert body["sources"][0]["from_day"] == first[0]["date"]
    assert body["sources"][0]["to_day"] == first[-1]["date"]

    world.postgres.rows(
        "insert into bursar.quality_findings (id, instrument_id, day, rule,"
        " severity, detail, source, found_at, settled_at)"
        " select gen_random_uuid(), i.id, d::date, r, s, 'in words', 'test',"
        " '2024-02-01', t::timestamptz from bursar.instruments i, (values"
        " ('2024-01-05', 'jump', 'note', null),"
        " ('2024-01-04', 'split', 'note', '2024-03-01'),"
        " (null, 'rescaled', 'failure', null)) as x (d, r, s, t)"
        " where symbol = 'WMT' returning 1")
    told = ask(vera)["findings"]
    assert [f["rule"] for f in told] in (
        ["jump", "rescaled", "split"], ["rescaled", "jump", "split"])
    assert told[2]["settled_at"] == "2024-03-01T00:00:00Z"
    assert {f["day"] for f in told} == {"2024-01-05", "2024-01-04", None}
    demo.get("/api/v1/assets/NOSUCH/quality").problem(404)


def test_the_quality_of_ones_own_is_nobody_elses(alice, bob):
    alice.post("/api/v1/private-assets", {
        "symbol": ".BOAT", "name": "Boat", "kind": "other",
        "currency": "USD"}).ok(201)
    body = alice.get("/api/v1/assets/.BOAT/quality").ok()
    assert body["sources"] == [] and body["findings"] == []
    bob.get("/api/v1/assets/.BOAT/quality").problem(404)
    boat = alice.get("/api/v1/private-assets/.BOAT")
    alice.delete("/api/v1/private-assets/.BOAT",
                 match=boat.headers["ETag"]).ok(204)
