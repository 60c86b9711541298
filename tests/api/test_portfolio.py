"""What a portfolio has follows from what was done in it, to the cent.

Prices move while these tests run, so a figure that hangs on a price is
compared within one answer; everything else is compared exactly.
"""

import concurrent.futures
import datetime
import random
from decimal import Decimal

import pytest

from client import amount, new_key, ratio
from conftest import portfolio_new
from ledger_model import Entry, Ledger, Refused, cents

D = Decimal
# A history's ratios have six places.
ROUNDED = 2e-6
FLAT = ("quantity", "average_cost", "cost_basis", "realised", "income")


def figures(position, *names):
    return {n: position[n] for n in names or FLAT}


def cash_of(book):
    return amount(book.summary()["cash"])


# ---- portfolios ---------------------------------------------------------------

def test_portfolio_is_made_read_changed_and_deleted(alice):
    made = alice.post("/api/v1/portfolios", {
        "name": "Growth", "currency": "USD", "benchmark": "SPY",
        "opened_on": "2024-03-01"}, key=new_key()).ok(201)
    assert set(made) == {"id", "name", "currency", "benchmark", "opened_on",
                         "is_default", "version", "cost_method"}
    assert made["cost_method"] == "average"
    assert (made["name"], made["currency"]) == ("Growth", "USD")
    assert made["opened_on"] == "2024-03-01" and made["version"] == 1
    path = f"/api/v1/portfolios/{made['id']}"
    read = alice.get(path)
    assert read.ok() == made
    tag = read.headers["ETag"]

    alice.patch(path, {"name": "Slow growth"}).problem(428)
    alice.patch(path, {"name": "Slow growth"}, match='"stale"').problem(412)
    changed = alice.patch(path, {"name": "Slow growth"}, match=tag).ok()
    assert changed == {**made, "name": "Slow growth",
                       "version": changed["version"]}
    assert changed["version"] > 1
    alice.patch(path, {"name": "Again"}, match=tag).problem(412)

    alice.delete(path).problem(428)
    alice.delete(path, match=tag).problem(412)
    tag = alice.get(path).headers["ETag"]
    assert alice.delete(path, match=tag).status == 204
    alice.get(path).problem(404)
    assert made["id"] not in [
        p["id"] for p in alice.get("/api/v1/portfolios").ok()["items"]]


def test_only_the_named_members_change(alice):
    made = alice.post("/api/v1/portfolios", {"name": "Keep me"},
                      key=new_key()).ok(201)
    path = f"/api/v1/portfolios/{made['id']}"
    tag = alice.get(path).headers["ETag"]
    changed = alice.patch(path, {"benchmark": "QQQ"}, match=tag)
    if changed.status == 422:
        changed = alice.patch(path, {"benchmark": "AAPL"}, match=tag)
    assert changed.ok()["name"] == "Keep me"


def test_a_new_portfolio_is_empty(alice, today):
    book = portfolio_new(alice, deposit=None, name="Empty")
    assert book.positions() == []
    assert book.activities() == []
    summary = book.summary()
    for name in ("value", "cash", "invested", "market_value", "cost_basis",
                 "unrealised", "realised", "income", "fees", "total_gain"):
        assert summary[name] == "0", name
    assert summary["total_gain_ratio"] is None
    assert book.history(range="MAX")["days"] == []


def test_each_tenant_has_one_default_portfolio(alice):
    items = alice.get("/api/v1/portfolios").ok()["items"]
    assert sum(p["is_default"] for p in items) == 1


# ---- buying and selling ---------------------------------------------------------

def test_buy_leaves_a_position_with_its_commission_in_the_cost(book):
    answer = book.buy("AAPL", "10", "150", "1.50", "2024-02-01", note="first")
    assert set(answer) == {"activity", "position"}
    activity = answer["activity"]
    assert set(activity) >= {
        "id", "kind", "symbol", "quantity", "price", "amount", "commission",
        "withheld", "realised", "note", "traded_on", "recorded_at"}
    assert (activity["kind"], activity["symbol"]) == ("buy", "AAPL")
    assert (activity["quantity"], activity["price"]) == ("10", "150")
    assert (activity["amount"], activity["commission"]) == ("1500", "1.5")
    assert activity["note"] == "first" and activity["traded_on"] == "2024-02-01"
    assert activity["realised"] is None
    assert figures(answer["position"]) == {
        "quantity": "10", "average_cost": "150.15", "cost_basis": "1501.5",
        "realised": "0", "income": "0"}
    assert cash_of(book) == D("98498.5")


def test_second_buy_averages(book):
    book.buy("AAPL", "10", "100", "0", "2024-02-01")
    answer = book.buy("AAPL", "30", "200", "8", "2024-02-02")
    assert figures(answer["position"]) == {
        "quantity": "40", "average_cost": "175.2", "cost_basis": "7008",
        "realised": "0", "income": "0"}


def test_average_of_the_specification(book):
    """Three buys with fees, one sale: cost 1212.00, gain 106.00 (AVERAGE)."""
    book.buy("AAPL", "100", "10.00", "1.00", "2024-01-10")
    book.buy("AAPL", "50", "12.00", "1.00", "2024-02-12")
    book.buy("AAPL", "80", "9.00", "1.00", "2024-03-11")
    sale = book.sell("AAPL", "120", "11.00", "2.00", "2024-04-10")
    assert sale["activity"]["realised"] == "106"
    assert figures(sale["position"]) == {
        "quantity": "110", "average_cost": "10.1", "cost_basis": "1111",
        "realised": "106", "income": "0"}


def test_partial_sale_realises_in_proportion(book):
    book.buy("MSFT", "3", "100", "0.01", "2024-02-01")      # cost 300.01
    sale = book.sell("MSFT", "1", "110", "0.50", "2024-02-05")
    # 300.01 / 3 = 100.003333… taken as 100.00; 110 - 0.50 - 100.00
    assert sale["activity"]["realised"] == "9.5"
    assert figures(sale["position"], "quantity", "cost_basis") == {
        "quantity": "2", "cost_basis": "200.01"}
    rest = book.sell("MSFT", "2", "110", "0", "2024-02-06")
    assert rest["activity"]["realised"] == "19.99"
    assert rest["position"]["realised"] == "29.49"


def test_selling_all_closes_the_position(book):
    book.buy("MSFT", "3", "100", "0", "2024-02-01")
    sale = book.sell("MSFT", "3", "90", "0", "2024-02-05")
    assert figures(sale["position"]) == {
        "quantity": "0", "average_cost": sale["position"]["average_cost"],
        "cost_basis": "0", "realised": "-30", "income": "0"}
    assert sale["position"]["average_cost"] in ("0", None)
    assert book.positions() == []
    assert cash_of(book) == D("99970")
    again = book.buy("MSFT", "1", "50", "0", "2024-02-06")
    assert figures(again["position"], "quantity", "average_cost") == {
        "quantity": "1", "average_cost": "50"}


def test_fractions_and_small_prices_are_exact(book):
    book.buy("SPY", "0.12345678", "20000.5", "0", "2024-02-01")
    position = book.position("SPY")
    assert position["quantity"] == "0.12345678"
    # 0.12345678 x 20000.5 = 2469.19732839 -> 2469.20
    assert position["cost_basis"] == "2469.2"
    assert cash_of(book) == D("97530.8")


def test_amounts_round_half_to_even(book):
    for quantity, price, cost in (("1", "0.125", "0.12"), ("1", "0.135", "0.14"),
                                  ("1", "2.675", "2.68"), ("1", "1.005", "1")):
        before = cash_of(book)
        book.buy("MSFT", quantity, price, "0", "2024-02-01")
        assert before - cash_of(book) == D(cost), price


def test_overselling_says_by_how_much(book):
    book.buy("AAPL", "50", "100", "0", "2024-02-01")
    answer = book.trade("sell", "AAPL", "60", "100", "0", "2024-02-05")
    problem = answer.problem(422, "validation", "/quantity", "more_than_held")
    detail = problem["errors"][0]["detail"]
    assert "50" in detail and "60" in detail and "10" in detail
    assert len(book.activities()) == 2
    assert book.position("AAPL")["quantity"] == "50"


def test_selling_before_the_purchase_is_refused(book):
    book.buy("AAPL", "50", "100", "0", "2024-03-01")
    book.trade("sell", "AAPL", "1", "100", "0", "2024-02-29").problem(
        422, pointer="/quantity", code="more_than_held")
    # The very day is fine, whichever was recorded first.
    book.sell("AAPL", "1", "100", "0", "2024-03-01")


def test_a_past_sale_may_not_take_what_a_later_one_sold(book):
    book.buy("AAPL", "50", "100", "0", "2024-02-01")
    book.sell("AAPL", "40", "100", "0", "2024-04-01")
    book.trade("sell", "AAPL", "20", "100", "0", "2024-03-01").problem(
        422, pointer="/quantity", code="more_than_held")
    assert book.position("AAPL")["quantity"] == "10"


def test_selling_what_was_never_held_is_refused(book):
    book.trade("sell", "NVDA", "1", "100").problem(
        422, pointer="/quantity", code="more_than_held")


def test_buying_without_the_cash_says_how_much_is_missing(book):
    answer = book.trade("buy", "AAPL", "1001", "100", "0", "2024-02-01")
    problem = answer.problem(422, "validation", "/quantity", "not_enough_cash")
    assert "100" in problem["errors"][0]["detail"]
    book.buy("AAPL", "1000", "100", "0", "2024-02-01")
    assert cash_of(book) == 0


def test_money_of_tomorrow_does_not_pay_for_today(alice):
    book = portfolio_new(alice, deposit=None, name="Late money")
    book.cash("deposit", "1000", "2024-06-03").ok(201)
    book.trade("buy", "AAPL", "1", "100", "0", "2024-05-31").problem(
        422, code="not_enough_cash")
    book.buy("AAPL", "1", "100", "0", "2024-06-03")


def test_unknown_symbols_and_impossible_days_are_refused(book, today):
    problem = book.trade("buy", "NOSUCH", "1", "1").problem(422)
    assert problem["errors"][0]["pointer"] == "/symbol"
    tomorrow = str(today + datetime.timedelta(days=2))
    book.trade("buy", "AAPL", "1", "1", on=tomorrow).problem(
        422, pointer="/traded_on")
    book.trade("buy", "AAPL", "1", "1", on="2024-01-01").problem(
        422, pointer="/traded_on")
    book.trade("buy", "AAPL", "1", "1", on="2024-02-30").problem(
        422, pointer="/traded_on")


def test_trade_without_a_day_is_today(book, today):
    activity = book.buy("AAPL", "1", "100")["activity"]
    day = datetime.date.fromisoformat(activity["traded_on"])
    assert abs((day - today).days) <= 1
    assert activity["commission"] == "0"


def test_lower_case_symbols_mean_the_same(book):
    answer = book.trade("buy", "aapl", "1", "100", on="2024-02-01")
    if answer.status == 422:
        answer.problem(422, pointer="/symbol")
    else:
        assert answer.ok(201)["position"]["symbol"] == "AAPL"


# ---- cash and income -------------------------------------------------------------

def test_cash_in_and_out(book):
    answer = book.cash("withdrawal", "100.25", "2024-02-01").ok(201)
    assert set(answer) == {"activity", "cash"}
    assert answer["cash"] == "99899.75"
    assert answer["activity"]["kind"] == "withdrawal"
    assert book.cash("fee", "0.75", "2024-02-02").ok(201)["cash"] == "99899"
    assert book.cash("interest", "1.01", "2024-02-03").ok(201)["cash"] == "99900.01"
    summary = book.summary()
    assert summary["invested"] == "99899.75"
    assert summary["fees"] == "0.75" and summary["income"] == "1.01"
    assert summary["total_gain"] == "0.26"


def test_withdrawing_more_than_there_is_is_refused(book):
    book.buy("AAPL", "999", "100", "0", "2024-02-01")
    problem = book.cash("withdrawal", "100.01", "2024-02-02").problem(
        422, code="not_enough_cash")
    assert problem["errors"][0]["pointer"] == "/amount"
    book.cash("withdrawal", "100", "2024-02-02").ok(201)


def test_a_past_withdrawal_may_not_starve_a_later_purchase(book):
    book.buy("AAPL", "999", "100", "0", "2024-04-01")
    book.cash("withdrawal", "200", "2024-02-01").problem(
        422, code="not_enough_cash")


def test_dividend_is_income_and_not_gain(book):
    book.buy("AAPL", "10", "100", "0", "2024-02-01")
    answer = book.dividend("AAPL", "12.40", "1.86", "2024-03-01").ok(201)
    assert set(answer) == {"activity", "position"}
    assert answer["activity"]["kind"] == "dividend"
    assert answer["activity"]["amount"] == "12.4"
    assert answer["activity"]["withheld"] == "1.86"
    assert answer["position"]["income"] == "10.54"
    assert answer["position"]["realised"] == "0"
    assert cash_of(book) == D("99010.54")


def test_dividend_of_what_was_never_held_is_refused(book):
    book.dividend("MSFT", "1", on="2024-03-01").problem(422, pointer="/symbol")


def test_more_tax_than_dividend_is_refused(book):
    book.buy("AAPL", "10", "100", "0", "2024-02-01")
    book.dividend("AAPL", "1", "1.01", "2024-03-01").problem(
        422, pointer="/withheld")


# ---- deleting ---------------------------------------------------------------------

def test_deleting_an_activity_undoes_it(book):
    book.buy("AAPL", "10", "100", "0", "2024-02-01")
    before = (figures(book.position("AAPL")), cash_of(book),
              book.history(range="MAX")["days"])
    second = book.buy("AAPL", "10", "130", "1", "2024-02-02")
    path = f"{book.path}/activities/{second['activity']['id']}"
    assert book.client.delete(path, match="*").status == 204
    assert (figures(book.position("AAPL")), cash_of(book),
            book.history(range="MAX")["days"]) == before
    book.client.delete(path, match="*").problem(404)


def test_deleting_what_a_later_sale_needs_is_refused(book):
    bought = book.buy("AAPL", "10", "100", "0", "2024-02-01")
    book.sell("AAPL", "5", "110", "0", "2024-03-01")
    answer = book.client.delete(
        f"{book.path}/activities/{bought['activity']['id']}", match="*")
    answer.problem(422)
    assert book.position("AAPL")["quantity"] == "5"


def test_deleting_the_money_that_paid_is_refused(book):
    deposit = book.activities(kind="deposit")[0]
    book.buy("AAPL", "10", "100", "0", "2024-02-01")
    book.client.delete(f"{book.path}/activities/{deposit['id']}",
                       match="*").problem(422)


# ---- listing ----------------------------------------------------------------------

def test_activities_are_listed_newest_first_in_pages(book):
    for n in range(1, 8):
        book.buy("AAPL", "1", str(100 + n), "0", f"2024-02-{n:02d}")
    everything = book.activities(limit=200)
    days = [a["traded_on"] for a in everything]
    assert days == sorted(days, reverse=True) and len(days) == 8

    seen, cursor, pages = [], None, 0
    while True:
        path = f"{book.path}/activities?limit=3"
        answer = book.client.get(path + (f"&cursor={cursor}" if cursor else ""))
        page = answer.ok()
        seen += page["items"]
        pages += 1
        cursor = page["next_cursor"]
        if cursor is None:
            assert 'rel="next"' not in (answer.headers["Link"] or "")
            break
        assert 'rel="next"' in answer.headers["Link"]
    assert seen == everything and pages == 3


def test_activities_are_filtered(book):
    book.buy("AAPL", "1", "100", "0", "2024-02-01")
    book.buy("MSFT", "1", "100", "0", "2024-02-02")
    book.sell("AAPL", "1", "100", "0", "2024-02-03")
    assert [a["kind"] for a in book.activities(symbol="AAPL")] == ["sell", "buy"]
    assert [a["symbol"] for a in book.activities(kind="buy")] == ["MSFT", "AAPL"]
    assert book.activities(symbol="AAPL", kind="deposit") == []
    book.client.get(f"{book.path}/activities?kind=gift").problem(400)


def test_cursors_cannot_be_made_up(book):
    for cursor in ("x", "MQ", "0", "A" * 40, "%00", "A" * 1000):
        book.client.get(f"{book.path}/activities?cursor={cursor}").problem(400)


# ---- idempotency --------------------------------------------------------------------

BUY = {"kind": "buy", "symbol": "AAPL", "quantity": "1", "price": "100",
       "traded_on": "2024-02-01"}


def test_same_key_and_body_is_the_same_answer(book):
    key = new_key()
    first = book.client.post(f"{book.path}/trades", BUY, key=key)
    again = book.client.post(f"{book.path}/trades", BUY, key=key)
    assert again.status == first.status == 201
    assert again.body == first.body
    assert len(book.activities(kind="buy")) == 1


def test_same_key_with_another_body_is_refused(book):
    key = new_key()
    book.client.post(f"{book.path}/trades", BUY, key=key).ok(201)
    book.client.post(f"{book.path}/trades", {**BUY, "quantity": "2"},
                     key=key).problem(422)
    assert len(book.activities(kind="buy")) == 1


def test_a_refused_write_does_not_use_up_its_key(book):
    key = new_key()
    body = {**BUY, "kind": "sell"}
    book.client.post(f"{book.path}/trades", body, key=key).problem(422)
    book.buy("AAPL", "1", "100", "0", "2024-02-01")
    answer = book.client.post(f"{book.path}/trades", body, key=key)
    assert answer.status in (201, 422)
    assert len(book.activities(kind="sell")) == (answer.status == 201)


def test_same_key_in_parallel_is_done_once(book):
    key = new_key()
    with concurrent.futures.ThreadPoolExecutor(12) as pool:
        answers = list(pool.map(
            lambda _: book.client.post(f"{book.path}/trades", BUY, key=key),
            range(24)))
    assert {a.status for a in answers} <= {201, 409, 503}, (
        [a.status for a in answers])
    good = {a.body for a in answers if a.status == 201}
    assert len(good) == 1
    assert len(book.activities(kind="buy")) == 1
    assert book.client.post(f"{book.path}/trades", BUY, key=key
                            ).body == good.pop()


def test_without_a_key_each_post_counts(book):
    for _ in range(2):
        book.client.post(f"{book.path}/trades", BUY).ok(201)
    assert len(book.activities(kind="buy")) == 2


@pytest.mark.parametrize("key", ["", "k" * 300])
def test_keys_of_impossible_length_are_refused(book, key):
    answer = book.client.post(f"{book.path}/trades", BUY,
                              headers={"Idempotency-Key": key})
    assert answer.status in (400, 422), answer
    assert book.activities(kind="buy") == []


def test_parallel_sales_never_sell_more_than_is_held(book):
    book.buy("AAPL", "10", "100", "0", "2024-02-01")
    with concurrent.futures.ThreadPoolExecutor(10) as pool:
        answers = list(pool.map(
            lambda _: book.trade("sell", "AAPL", "3", "100", "0", "2024-02-02"),
            range(10)))
    statuses = sorted(a.status for a in answers)
    assert set(statuses) <= {201, 422, 409, 503}, statuses
    sold = 3 * statuses.count(201)
    assert 0 < sold <= 9
    assert book.position("AAPL")["quantity"] == str(10 - sold)


# ---- value, profit and loss ---------------------------------------------------------

@pytest.fixture(scope="module")
def lived(alice):
    """A portfolio in which everything has happened."""
    book = portfolio_new(alice, name="Lived in")
    book.buy("AAPL", "100", "150.37", "4.95", "2024-02-01")
    book.buy("MSFT", "33.333", "401.07", "4.95", "2024-02-05")
    book.buy("SPY", "20", "490.11", "0", "2024-02-06")
    book.dividend("AAPL", "24.17", "3.63", "2024-05-16").ok(201)
    book.cash("interest", "11.11", "2024-06-28").ok(201)
    book.cash("fee", "2.5", "2024-06-28").ok(201)
    book.cash("withdrawal", "1234.56", "2024-07-01").ok(201)
    book.sell("AAPL", "37", "171.3", "4.95", "2024-07-02")
    book.sell("SPY", "20", "540.5", "1", "2024-07-03")
    book.cash("deposit", "5000", "2024-07-08").ok(201)
    return book


def test_profit_and_loss_add_up_to_the_cent(lived):
    s = lived.summary()
    money = {n: amount(s[n]) for n in (
        "value", "cash", "invested", "market_value", "cost_basis", "unrealised",
        "realised", "income", "fees", "total_gain", "day_change")}
    assert money["value"] == money["cash"] + money["market_value"]
    assert money["unrealised"] == money["market_value"] - money["cost_basis"]
    assert money["invested"] == D("100000") - D("1234.56") + D("5000")
    assert money["total_gain"] == money["value"] - money["invested"]
    assert money["total_gain"] == (money["realised"] + money["unrealised"]
                                   + money["income"] - money["fees"])
    assert ratio(s["total_gain_ratio"]) == pytest.approx(
        float(money["total_gain"] / D("105000")), rel=1e-9) or (
        ratio(s["total_gain_ratio"]) == pytest.approx(
            float(money["total_gain"] / money["invested"]), rel=1e-9))


def test_positions_add_up(lived):
    rows = lived.positions()
    assert [r["symbol"] for r in rows if r["symbol"] == "SPY"] == []
    values = []
    for r in rows:
        market = amount(r["market_value"])
        assert market == cents(amount(r["quantity"]) * amount(r["price"]))
        assert amount(r["unrealised"]) == market - amount(r["cost_basis"])
        assert ratio(r["unrealised_ratio"]) == pytest.approx(
            float(amount(r["unrealised"]) / amount(r["cost_basis"])), rel=1e-9)
        assert isinstance(r["price_stale"], bool)
        values.append(market)
    assert values == sorted(values, reverse=True)
    total = sum(values) + D(lived.summary()["cash"])
    for r, market in zip(rows, values):
        assert ratio(r["weight"]) == pytest.approx(
            float(market / total), rel=0.02)


def test_allocation_sums_to_one(lived):
    parts = lived.client.get(f"{lived.path}/allocation").ok()
    for rows in (parts["by_position"], parts["by_sector"], parts["by_kind"]):
        assert sum(ratio(r["weight"]) for r in rows) == pytest.approx(1, abs=1e-9)
        for r in rows:
            assert set(r) == {"name", "value", "weight"}
        assert any("cash" in r["name"].lower() for r in rows)


# ---- today -------------------------------------------------------------------------

def session_of_quotes():
    """The session of prices made up now: it opens at 13:30 UTC on weekdays."""
    now = datetime.datetime.now(datetime.timezone.utc)
    day = (now - datetime.timedelta(hours=13, minutes=30)).date()
    return day - datetime.timedelta(days=max(day.isoweekday() - 5, 0))


def position_today(book, symbol):
    p = book.position(symbol)
    return amount(p["day_change"]), amount(p["price"]), p


def test_what_is_bought_today_gained_nothing_yesterday(alice, bob, today):
    book, other = portfolio_new(alice), portfolio_new(bob)
    other.buy("NVDA", "10", "100", "0", "2024-02-05")
    price = alice.get("/api/v1/quotes?symbols=NVDA").ok()["items"][0]["price"]
    book.buy("NVDA", "10", price, "4.95", today.isoformat())
    change, now, p = position_today(book, "NVDA")
    paid = cents(10 * D(price)) + D("4.95")
    assert change == cents(10 * now) - paid
    assert ratio(p["day_change_ratio"]) == pytest.approx(
        float(change / paid), abs=1e-6)
    s = book.summary()
    assert s["day_change"] == s["total_gain"]
    # The other tenant's, of long ago, moved by the whole day.
    change, now, p = position_today(other, "NVDA")
    assert change == cents(10 * now) - cents(10 * amount(p["previous_close"]))
    s = other.summary()
    assert amount(s["day_change"]) == (amount(s["market_value"]) - cents(
        10 * amount(p["previous_close"])))


def test_what_is_sold_today_counts_with_what_it_brought(alice, bob, today):
    book, other = portfolio_new(alice), portfolio_new(bob)
    for one in (book, other):
        one.buy("MSFT", "10", "400", "0", "2024-02-05")
    before = amount(book.position("MSFT")["previous_close"])
    book.sell("MSFT", "4", "500", "1", today.isoformat())
    change, now, _ = position_today(book, "MSFT")
    assert change == cents(6 * now) + 1999 - cents(10 * before)
    book.sell("MSFT", "6", "510", "0", today.isoformat())
    gone = D("1999") + 3060 - cents(10 * before)
    assert amount(book.summary()["day_change"]) == gone
    book.dividend("MSFT", "10", "1.5", today.isoformat()).ok(201)
    book.cash("interest", "3", today.isoformat()).ok(201)
    book.cash("fee", "2", today.isoformat()).ok(201)
    book.cash("deposit", "5000", today.isoformat()).ok(201)
    s = book.summary()
    assert amount(s["day_change"]) == gone + D("8.5") + 3 - 2
    assert ratio(s["day_change_ratio"]) == pytest.approx(float(
        amount(s["day_change"]) / (amount(s["value"])
                                   - amount(s["day_change"]))), abs=1e-6)
    change, now, _ = position_today(other, "MSFT")
    assert change == cents(10 * now) - cents(10 * before)


def test_what_was_done_before_the_session_is_not_of_today(alice):
    book = portfolio_new(alice)
    day = session_of_quotes() - datetime.timedelta(days=1)
    book.buy("KO", "10", "60", "1", day.isoformat())
    book.sell("KO", "3", "61", "1", day.isoformat())
    change, now, p = position_today(book, "KO")
    assert change == cents(7 * now) - cents(7 * amount(p["previous_close"]))


def test_an_old_price_has_no_today(alice, bob, world):
    world.postgres.rows(
        "with i as (insert into bursar.instruments (id, symbol, name, kind,"
        " currency, simulated, source) values (gen_random_uuid(), 'OLDEN',"
        " 'Olden Mills', 'stock', 'USD', false, 'import') returning id)"
        " insert into bursar.quotes (instrument_id, price, previous_close,"
        " as_of, source, stale) select id, 50, 10, '2022-03-24 20:00Z',"
        " 'import', true from i returning 1")
    for client in (alice, bob):
        book = portfolio_new(client)
        book.buy("OLDEN", "10", "10", "0", "2024-02-05")
        p = book.position("OLDEN")
        assert amount(p["day_change"]) == 0 and p["day_change_ratio"] is None
        assert p["market_value"] == "500"
        assert amount(book.summary()["day_change"]) == 0


def test_a_price_is_of_today_by_its_exchanges_calendar(alice, bob, world):
    """Five days of holidays there: the session before them is the last but
    one. A price told on a holiday is of the session before it."""
    world.postgres.rows(
        "insert into bursar.exchange_days values ('Far Away', 'Asia/Tokyo',"
        " current_date - 1, current_date - 7);"
        "with i as (insert into bursar.instruments (id, symbol, name, kind,"
        " currency, exchange, simulated, source) select gen_random_uuid(), s,"
        " s, 'stock', 'USD', x, false, 'import' from (values"
        " ('FARONE', 'Far Away'), ('FARTWO', 'Nowhere')) as v (s, x)"
        " returning id)"
        " insert into bursar.quotes (instrument_id, price, previous_close,"
        " as_of, source, stale) select id, 50, 40, current_date - 7 +"
        " interval '6 hours', 'import', true from i returning 1")
    for client in (alice, bob):
        book = portfolio_new(client)
        for symbol in ("FARONE", "FARTWO"):
            book.buy(symbol, "10", "10", "0", "2024-02-05")
        assert amount(book.position("FARONE")["day_change"]) == 100
        assert amount(book.position("FARTWO")["day_change"]) == 0
        assert amount(book.summary()["day_change"]) == 100
        # What is bought on the holidays is of the newest session.
        book.buy("FARONE", "1", "50", "0", str(
            datetime.date.today() - datetime.timedelta(days=1)))
        assert amount(book.position("FARONE")["day_change"]) == 100


def close_prices(client, symbol, start, end):
    items = client.get(f"/api/v1/prices?symbol={symbol}&from={start}&to={end}"
                       "&limit=5000").ok()["items"]
    return {bar["date"]: amount(bar["close"]) for bar in items}


def test_history_is_cash_plus_quantity_times_close(alice):
    book = portfolio_new(alice, deposit="50000", name="By hand")
    book.buy("AAPL", "10", "150", "1", "2024-02-05")
    book.buy("MSFT", "5.5", "400", "0", "2024-02-07")
    book.sell("AAPL", "4", "160", "1", "2024-02-14")
    prices = {s: close_prices(alice, s, "2024-01-02", "2024-03-01")
              for s in ("AAPL", "MSFT")}
    days = book.history(**{"from": "2024-01-02", "to": "2024-03-01"})["days"]
    assert len(days) == len(prices["AAPL"])
    for row in days:
        on = row["date"]
        cash, aapl, msft = D(50000), D(0), D(0)
        if on >= "2024-02-05":
            cash, aapl = cash - D(1501), D(10)
        if on >= "2024-02-07":
            cash, msft = cash - D(2200), D("5.5")
        if on >= "2024-02-14":
            cash, aapl = cash + D(639), D(6)
        assert amount(row["cash"]) == cash, on
        assert amount(row["value"]) == cash + cents(
            aapl * prices["AAPL"][on]) + cents(msft * prices["MSFT"][on]), on


def test_past_trade_revalues_what_came_after_and_nothing_before(book):
    book.buy("AAPL", "10", "150", "0", "2024-02-01")
    before = {d["date"]: d for d in book.history(range="MAX")["days"]}
    book.buy("MSFT", "10", "300", "0", "2024-03-01")
    after = {d["date"]: d for d in book.history(range="MAX")["days"]}
    assert before.keys() == after.keys()
    for on, row in after.items():
        same = (row["value"], row["cash"]) == (
            before[on]["value"], before[on]["cash"])
        if on < "2024-03-01":
            assert same, on
        else:
            assert amount(before[on]["cash"]) - amount(row["cash"]) == 3000, on
    changed = [on for on in after if after[on]["value"] != before[on]["value"]]
    assert changed and min(changed) >= "2024-03-01"


def test_time_weighted_return_ignores_deposits(alice):
    """Two portfolios, the same shares; one is fed in between."""
    plain = portfolio_new(alice, deposit="10000", name="Plain")
    fed = portfolio_new(alice, deposit="10000", name="Fed")
    for b in (plain, fed):
        b.buy("AAPL", "50", "200", "0", "2024-01-02")
    fed.cash("deposit", "10000", "2024-03-04").ok(201)
    fed.cash("withdrawal", "10000", "2024-03-04").ok(201)
    returns = [[ratio(d["return"]) for d in b.history(
        **{"from": "2024-01-02", "to": "2024-06-28"})["days"]]
        for b in (plain, fed)]
    assert len(returns[0]) > 100
    assert returns[0][:40] == pytest.approx(returns[1][:40], abs=1e-12)


def test_history_return_links_daily_values_and_flows(lived):
    days = lived.history(**{"from": "2024-02-01", "to": "2024-09-30"})["days"]
    wealth = 1.0
    for yesterday, row in zip(days, days[1:]):
        flow = amount(row["flow"])
        into, out = max(flow, D(0)), max(-flow, D(0))
        r = float((amount(row["value"]) + out)
                  / (amount(yesterday["value"]) + into) - 1)
        wealth *= 1 + r
        first = ratio(days[0]["return"])
        assert ratio(row["return"]) == pytest.approx(
            (1 + first) * wealth - 1, abs=ROUNDED), row["date"]


def test_history_ranges(lived, today):
    full = lived.history(range="MAX")["days"]
    for name, most in (("1M", 32), ("3M", 93), ("6M", 185), ("1Y", 367)):
        days = lived.history(range=name)["days"]
        first = datetime.date.fromisoformat(days[0]["date"])
        assert (today - first).days <= most, name
        values = {d["date"]: d["value"] for d in full}
        # All but the last day, whose price may move, agree with the whole.
        assert all(values[d["date"]] == d["value"] for d in days[:-1])
    ytd = lived.history(range="YTD")["days"]
    assert ytd[0]["date"] >= f"{today.year - 1}-12-20"
    lived.client.get(f"{lived.path}/history?range=2W").problem(400)


def test_drawdown_is_below_the_highest_return_so_far(lived):
    days = lived.history(range="MAX")["days"]
    peak = 1.0
    for row in days:
        wealth = 1 + ratio(row["return"])
        peak = max(peak, wealth)
        assert ratio(row["drawdown"]) == pytest.approx(
            wealth / peak - 1, abs=ROUNDED), row["date"]


def test_figures_have_a_value_or_a_reason(lived):
    s = lived.summary()
    names = {
        "from", "to", "n", "method", "return", "annualised_return", "mwr",
        "volatility", "sharpe", "sortino", "calmar", "max_drawdown",
        "drawdown_from", "drawdown_to", "beta", "alpha", "correlation", "var95",
        "es95", "win_rate", "best_day", "worst_day", "benchmark",
        "benchmark_return"}
    assert set(s["figures"]) == names
    assert s["figures"]["method"] == "twr"
    assert -1 <= s["figures"]["max_drawdown"] <= 0
    assert s["figures"]["es95"] >= s["figures"]["var95"]
    for name, value in s["figures"].items():
        if value is None and not name.startswith("drawdown_"):
            assert name in s["reasons"], name


def test_figures_of_a_young_portfolio_are_null_with_a_reason(alice):
    book = portfolio_new(alice, deposit=None, name="Young")
    book.cash("deposit", "100").ok(201)
    s = book.summary()
    assert s["figures"]["sharpe"] is None
    assert s["reasons"]["sharpe"] == "INSUFFICIENT_DATA"


# ---- any history at all -------------------------------------------------------------

SYMBOLS = ("AAPL", "MSFT", "SPY", "NVDA")
DAYS = [d for d in (datetime.date(2024, 1, 3) + datetime.timedelta(n)
                    for n in range(150)) if d.weekday() < 5]


def random_amount(rng, least, most, places):
    return str(D(rng.randint(int(least * 10**places), int(most * 10**places)))
               .scaleb(-places))


def random_entry(rng):
    on = str(rng.choice(DAYS))
    kind = rng.choices(("buy", "sell", "deposit", "withdrawal", "dividend",
                        "fee", "interest"), (34, 28, 8, 8, 10, 5, 5))[0]
    symbol = rng.choice(SYMBOLS)
    if kind in ("buy", "sell"):
        return Entry(kind, on, symbol,
                     quantity=random_amount(rng, 0.001, 60, rng.choice((0, 3, 8))
                                            ) if rng.random() < .9 else "1",
                     price=random_amount(rng, 1, 400, rng.choice((2, 4, 6))),
                     commission=random_amount(rng, 0, 9, 2))
    if kind == "dividend":
        paid = random_amount(rng, 0.02, 50, 2)
        return Entry(kind, on, symbol, amount=paid,
                     withheld=str(cents(D(paid) * D("0.15"))))
    return Entry(kind, on, amount=random_amount(rng, 0.01, 5000, 2))


def send(book, e):
    if e.kind in ("buy", "sell"):
        if e.quantity == 0:
            return None
        return book.trade(e.kind, e.symbol, str(e.quantity), str(e.price),
                          str(e.commission), e.on)
    if e.kind == "dividend":
        return book.dividend(e.symbol, str(e.amount), str(e.withheld), e.on)
    return book.cash(e.kind, str(e.amount), e.on)


def verdict(entries):
    """What the model says of these entries: a ledger or a reason."""
    try:
        return Ledger(entries)
    except Refused as refused:
        return str(refused)


def ever_held(entries, e):
    return any(o.kind == "buy" and o.symbol == e.symbol and o.on <= e.on
               for o in entries)


@pytest.mark.parametrize("seed", range(3))
def test_any_sequence_of_activities_agrees_with_the_model(alice, seed):
    rng = random.Random(f"bursar {seed}")
    book = portfolio_new(alice, deposit=None, name=f"Random {seed}",
                         opened="2024-01-02")
    entries = [Entry("deposit", "2024-01-02", amount="60000")]
    send(book, entries[0]).ok(201)
    refused = 0
    for _ in range(60):
        e = random_entry(rng)
        if e.quantity == 0 or (e.kind == "dividend"
                               and not ever_held(entries, e)):
            continue
        expected = verdict(entries + [e])
        answer = send(book, e)
        if isinstance(expected, str):
            answer.problem(422, code=expected)
            refused += 1
            continue
        entries.append(e)
        body = answer.ok(201)
        if e.kind == "sell":
            assert amount(body["activity"]["realised"]) == e.realised, e.__dict__
    assert 0 < refused < 45 and len(entries) > 15
    agree(book, entries)


def agree(book, entries):
    model = Ledger(entries)
    s = book.summary()
    assert amount(s["cash"]) == model.cash
    assert amount(s["realised"]) == model.realised
    assert amount(s["invested"]) == model.paid_in - model.paid_out
    assert amount(s["total_gain"]) == amount(s["value"]) - amount(s["invested"])
    assert (amount(s["income"]) - amount(s["fees"])
            == model.income - model.taxes - model.fees)
    rows = {r["symbol"]: r for r in book.positions()}
    open_holdings = {k: h for k, h in model.holdings.items() if h.quantity > 0}
    assert rows.keys() == open_holdings.keys()
    for symbol, h in open_holdings.items():
        assert amount(rows[symbol]["quantity"]) == h.quantity
        assert amount(rows[symbol]["cost_basis"]) == h.cost
        assert amount(rows[symbol]["realised"]) == h.realised
        assert amount(rows[symbol]["income"]) == h.income
        assert abs(amount(rows[symbol]["average_cost"])
                   - h.cost / h.quantity) < D("1e-15")
    realised = sum((amount(a["realised"]) for a in book.activities(
        kind="sell", limit=200)), D(0))
    assert realised == model.realised
