"""Transfers of units, income in units, and what companies do, over the API."""

from decimal import Decimal

import pytest

from client import amount, new_key
from conftest import portfolio_new

D = Decimal


def record(book, kind, symbol="AAPL", **more):
    return book.client.post(f"{book.path}/activities",
                            {"kind": kind, "symbol": symbol, **more},
                            key=new_key())


def held(book, symbol="AAPL"):
    p = book.position(symbol)
    return D(p["quantity"]), D(p["cost_basis"])


def gained(book):
    s = book.summary()
    return D(amount(s["cash"]))


@pytest.fixture
def fifty(alice):
    book = portfolio_new(alice)
    book.buy("AAPL", "50", "100", on="2024-02-01")
    return book


def test_units_come_with_their_day_and_cost(fifty):
    made = record(fifty, "transfer_in", "MSFT", quantity="10", amount="1500",
                  price="400", acquired_on="2019-05-06",
                  on="2024-03-01").ok(201)
    assert made["activity"]["kind"] == "transfer_in"
    assert made["position"]["opened_on"] == "2019-05-06"
    assert held(fifty, "MSFT") == (10, 1500)
    lot, = fifty.client.get(
        f"{fifty.path}/positions/MSFT/lots").ok()["items"]
    assert lot["opened_on"] == "2019-05-06" and lot["long_term"]
    record(fifty, "transfer_out", "MSFT", quantity="4", price="410",
           on="2024-03-04").ok(201)
    assert held(fifty, "MSFT") == (6, 900)
    refused = record(fifty, "transfer_out", "MSFT", quantity="7",
                     on="2024-03-05").problem(422)
    assert refused["errors"][0]["code"] == "more_than_held"


def test_income_in_units(fifty):
    cash = gained(fifty)
    record(fifty, "reinvestment", quantity="0.5", amount="60", withheld="9",
           price="102", on="2024-03-01").ok(201)
    assert held(fifty) == (D("50.5"), 5051)
    assert D(fifty.position("AAPL")["income"]) == 51
    record(fifty, "staking", quantity="0.5", price="100",
           on="2024-03-02").ok(201)
    record(fifty, "bonus", quantity="1", on="2024-03-03").ok(201)
    assert held(fifty) == (52, 5101)
    assert gained(fifty) == cash


def test_what_companies_do(fifty):
    spun = record(fifty, "spin_off", into="MSFT", numerator=1, denominator=2,
                  price="45", price_into="5", on="2024-03-01").ok(201)
    assert held(fifty, "AAPL") == (50, D("4736.84"))
    assert held(fifty, "MSFT") == (25, D("263.16"))
    assert spun["position"]["symbol"] == "MSFT"
    assert (spun["activity"]["into"], spun["activity"]["numerator"]) == (
        "MSFT", 1)
    record(fifty, "stock_dividend", numerator=1, denominator=10,
           on="2024-03-02").ok(201)
    assert held(fifty) == (55, D("4736.84"))
    record(fifty, "return_of_capital", amount="736.84",
           on="2024-03-03").ok(201)
    assert held(fifty) == (55, 4000)
    record(fifty, "merger", into="NVDA", numerator=2, denominator=1,
           on="2024-03-04").ok(201)
    assert held(fifty) == (0, 0)
    assert held(fifty, "NVDA") == (110, 4000)
    merged = record(fifty, "rename", "NVDA", into="GOOGL",
                    on="2024-03-05").ok(201)
    assert held(fifty, "GOOGL") == (110, 4000)
    # Taken back, both are what they were.
    path = f"{fifty.path}/activities/{merged['activity']['id']}"
    assert fifty.client.delete(path).status == 204
    assert held(fifty, "NVDA") == (110, 4000)
    assert fifty.client.get(
        f"{fifty.path}/positions/GOOGL/lots").status == 404


def test_a_mergers_cash_is_gain_up_to_what_there_is(fifty):
    made = record(fifty, "merger", into="MSFT", numerator=1, denominator=1,
                  amount="1500", price_into="80", on="2024-03-01").ok(201)
    assert D(made["activity"]["realised"]) == 500
    assert held(fifty, "MSFT") == (50, 4000)


@pytest.mark.parametrize("kind, body, pointer", [
    ("transfer_in", {"quantity": "1"}, "/amount"),
    ("transfer_in", {"amount": "1"}, "/quantity"),
    ("transfer_in", {"quantity": "1", "amount": "1", "on": "2024-03-01",
                     "acquired_on": "2024-03-02"}, "/acquired_on"),
    ("transfer_in", {"quantity": "1", "amount": "1.001"}, "/quantity"),
    ("transfer_out", {}, "/quantity"),
    ("reinvestment", {"quantity": "1"}, "/amount"),
    ("reinvestment", {"quantity": "1", "amount": "1", "withheld": "2"},
     "/withheld"),
    ("stock_dividend", {"numerator": 1}, "/denominator"),
    ("stock_dividend", {"numerator": 0, "denominator": 1}, "/numerator"),
    ("spin_off", {"into": "MSFT", "numerator": 1, "denominator": 1},
     "/price"),
    ("merger", {"into": "AAPL", "numerator": 1, "denominator": 1}, "/into"),
    ("merger", {"into": "NOSUCH", "numerator": 1, "denominator": 1},
     "/into"),
    ("merger", {"numerator": 1, "denominator": 1}, "/into"),
    ("merger", {"into": "MSFT", "numerator": 1, "denominator": 1,
                "received": "3"}, "/received"),
    ("rename", {}, "/into"),
    ("staking", {"quantity": "-1"}, "/quantity"),
    ("split", {"numerator": 2, "denominator": 1}, "/kind"),
    ("short", {"quantity": "1"}, "/kind"),
])
def test_what_is_wrong_is_said(fifty, kind, body, pointer):
    before = fifty.client.get(f"{fifty.path}/activities").ok()
    problem = record(fifty, kind, **{"on": "2024-03-05", **body}).problem(422)
    assert pointer in [e["pointer"] for e in problem["errors"]], problem
    assert fifty.client.get(f"{fifty.path}/activities").ok() == before


def test_nothing_can_be_done_to_what_is_not_held(alice, bob):
    book = portfolio_new(alice)
    for kind, body in (("merger", {"into": "MSFT", "numerator": 1,
                                   "denominator": 1}),
                       ("return_of_capital", {"amount": "1"}),
                       ("reinvestment", {"quantity": "1", "amount": "1"})):
        problem = record(book, kind, on="2024-03-01", **body).problem(422)
        assert problem["errors"][0]["code"] == "not_held"
    bob.post(f"{book.path}/activities", {
        "kind": "bonus", "symbol": "AAPL", "quantity": "1"},
        key=new_key()).problem(404)
    assert book.positions() == []
