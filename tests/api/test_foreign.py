"""Instruments in another currency than their portfolio."""

from decimal import Decimal

import pytest

from client import new_key
from conftest import portfolio_new

D = Decimal
DAYS = {"2024-03-01": ("1.10", "100"), "2024-03-04": ("1.12", "102"),
        "2024-03-05": ("1.05", "110"), "2024-03-06": ("1.08", "120")}


@pytest.fixture(scope="module")
def berlin(world):
    """BRLN in soles, FJRD in bolivianos without a rate, and rates of March."""
    rows = world.postgres.rows
    for symbol, money in (("BRLN", "PEN"), ("BRLX", "PEN"), ("FJRD", "BOB")):
        rows("insert into bursar.instruments (id, symbol, name, kind,"
             f" currency, source) values (gen_random_uuid(), '{symbol}',"
             f" '{symbol} AG', 'stock', '{money}', 'test')"
             " on conflict do nothing returning 1")
    for day, (rate, close) in DAYS.items():
        rows("insert into bursar.fx_rates (base, quote, day, rate, source)"
             f" values ('PEN', 'USD', '{day}', {rate}, 'ecb')"
             " on conflict (base, quote, day) do update"
             " set rate = excluded.rate returning 1")
        rows("insert into bursar.prices_daily (instrument_id, day, open,"
             " high, low, close, volume, source) select id, "
             f"'{day}', {close}, {close}, {close}, {close}, 1, 'test' from"
             " bursar.instruments where symbol = 'BRLN'"
             " on conflict do nothing returning 1")
    rows("insert into bursar.quotes (instrument_id, price, previous_close,"
         " as_of, source, stale) select id, 120, 110, '2024-03-06 17:00+00',"
         " 'test', false from bursar.instruments where symbol = 'BRLN'"
         " on conflict do nothing returning 1")
    return world


@pytest.fixture
def book(alice, berlin):
    return portfolio_new(alice)


def values(row, *names):
    return tuple(None if row[n] is None else D(row[n]) for n in names)


def record(book, kind, symbol="BRLN", **more):
    return book.client.post(f"{book.path}/activities",
                            {"kind": kind, "symbol": symbol, **more},
                            key=new_key())


def test_what_it_costs_and_gains_in_both_currencies(book):
    made = book.buy("BRLN", "10", "100", "10", on="2024-03-01")
    a, p = made["activity"], made["position"]
    assert (a["currency"], D(a["rate"])) == ("PEN", D("1.10"))
    assert (p["currency"], p["base_currency"]) == ("PEN", "USD")
    assert values(p, "cost_basis", "cost_basis_base") == (1010, 1111)
    assert D(book.summary()["cash"]) == 100000 - 1111

    sale = book.sell("BRLN", "5", "110", "2", on="2024-03-05")
    a, p = sale["activity"], sale["position"]
    # 548 - 505 in soles; 548 * 1.05 - 555.50 in dollars.
    assert values(a, "rate", "realised", "realised_base") == (
        D("1.05"), 43, D("19.90"))
    assert values(p, "realised", "realised_base") == (43, D("19.90"))
    assert values(p, "cost_basis", "cost_basis_base") == (505, D("555.50"))
    # 600 at the newest rate, 1.08: 95 * 1.1 by the price, and the rest.
    assert values(p, "market_value", "rate", "market_value_base") == (
        600, D("1.08"), 648)
    assert values(p, "unrealised", "unrealised_base", "price_effect",
                  "currency_effect") == (95, D("92.50"), D("104.50"), -12)
    s = book.summary()
    assert D(s["cash"]) == D("100000") - 1111 + D("575.40")
    assert values(s, "market_value", "cost_basis", "realised") == (
        648, D("555.50"), D("19.90"))
    assert D(s["value"]) == D(s["cash"]) + 648
    assert D(s["total_gain"]) == D("19.90") + D("92.50")
    assert p["price_stale"] is True, "the rate is of 2024"


def test_each_day_is_worth_its_close_at_its_rate(book):
    book.buy("BRLN", "10", "100", on="2024-03-01")
    days = {d["date"]: D(d["value"]) for d in book.history(
        **{"from": "2024-03-01", "to": "2024-03-06"})["days"]}
    assert {d: days[d] for d in DAYS} == {
        d: 100000 - 1100 + 10 * D(close) * D(rate)
        for d, (rate, close) in DAYS.items()}


def test_a_dividend_and_a_rate_of_ones_own(book):
    book.buy("BRLN", "10", "100", on="2024-03-01", rate="1.2")
    assert D(book.position("BRLN")["cost_basis_base"]) == 1200
    book.client.post(f"{book.path}/dividends", {
        "symbol": "BRLN", "amount": "20", "withheld": "5", "rate": "1.5",
        "paid_on": "2024-03-05"}, key=new_key()).ok(201)
    p = book.position("BRLN")
    assert values(p, "income", "income_base") == (15, D("22.50"))
    assert D(book.summary()["cash"]) == 100000 - 1200 + D("22.50")


def test_lots_in_both_currencies(book):
    book.buy("BRLN", "10", "100", on="2024-03-01")
    lot, = book.client.get(f"{book.path}/positions/BRLN/lots").ok()["items"]
    assert values(lot, "cost", "cost_base", "market_value",
                  "market_value_base") == (1000, 1100, 1200, 1296)


def test_what_companies_do(book):
    book.buy("BRLN", "10", "100", on="2024-03-01")
    record(book, "return_of_capital", amount="100", on="2024-03-05").ok(201)
    p = book.position("BRLN")
    assert values(p, "cost_basis", "cost_basis_base") == (900, 990)
    record(book, "rename", into="BRLX", on="2024-03-06").ok(201)
    p = book.position("BRLX")
    assert values(p, "cost_basis", "cost_basis_base") == (900, 990)
    refused = record(book, "merger", "BRLX", into="AAPL", numerator=1,
                     denominator=2, on="2024-03-06").problem(422)
    assert refused["errors"][0] == {
        "pointer": "/into", "code": "currency",
        "detail": "BRLX is quoted in PEN, AAPL in USD"}


def test_without_a_rate_it_is_refused(book):
    refused = book.trade("buy", "BRLN", "1", "100",
                         on="2024-02-01").problem(422)
    assert refused["errors"][0]["pointer"] == "/rate"
    assert refused["errors"][0]["code"] == "no_rate"
    assert "2024-02-01" in refused["errors"][0]["detail"]
    book.trade("buy", "FJRD", "1", "100", on="2024-03-01").problem(422)
    assert len(book.activities()) == 1 and book.positions() == []
    # One that is told is enough: it is worth what it cost.
    made = book.buy("FJRD", "1", "100", on="2024-03-01", rate="0.1")
    p = made["position"]
    assert p["rate"] is None
    assert values(p, "cost_basis_base", "market_value_base") == (10, 10)
    assert D(book.summary()["value"]) == 100000


@pytest.mark.parametrize("change, pointer", [
    ({"rate": "0"}, "/rate"), ({"rate": "-1"}, "/rate"),
    ({"rate": "x"}, "/rate"), ({"rate": "0." + "1" * 19}, "/rate"),
    ({"rate": "1.1", "symbol": "AAPL"}, "/rate"),
    ({"commission": "0.001"}, "/commission"),
    ({"quantity": "900000"}, "/quantity")])
def test_bad_input(book, change, pointer):
    body = {"kind": "buy", "symbol": "BRLN", "quantity": "1", "price": "100",
            "traded_on": "2024-03-01", **change}
    refused = book.client.post(f"{book.path}/trades", body,
                               key=new_key()).problem(422)
    assert refused["errors"][0]["pointer"] == pointer
    assert len(book.activities()) == 1


def test_not_enough_cash_is_told_in_the_portfolios_currency(book):
    refused = book.trade("buy", "BRLN", "1000", "100",
                         on="2024-03-01").problem(422)
    assert refused["errors"][0]["code"] == "not_enough_cash"
    assert "100000.00 USD" in refused["errors"][0]["detail"]
    assert "110000.00 needed" in refused["errors"][0]["detail"]


def test_weights_and_allocation_are_of_one_currency(book):
    book.buy("BRLN", "10", "100", on="2024-03-01")
    p, = book.positions()
    whole = D(book.summary()["value"])
    assert abs(p["weight"] - float(1296 / whole)) < 1e-12
    shares = book.client.get(f"{book.path}/allocation").ok()["by_position"]
    assert {s["name"]: D(s["value"]) for s in shares} == {
        "BRLN": 1296, "cash": whole - 1296}


def test_another_tenant_sees_nothing(book, bob):
    book.buy("BRLN", "10", "100", on="2024-03-01")
    for path in ("/positions/BRLN", "/positions", "/positions/BRLN/lots",
                 "/activities"):
        bob.get(book.path + path).problem(404)
    bob.post(f"{book.path}/trades", {
        "kind": "sell", "symbol": "BRLN", "quantity": "1", "price": "1",
        "rate": "1"}, key=new_key()).problem(404)
    assert D(book.position("BRLN")["quantity"]) == 10


def test_taken_back_it_was_never_there(book):
    before = book.summary()
    made = book.buy("BRLN", "10", "100", on="2024-03-01")
    book.client.delete(
        f"{book.path}/activities/{made['activity']['id']}").ok(204)
    after = book.summary()
    assert before["cash"] == after["cash"]
    assert before["value"] == after["value"]
