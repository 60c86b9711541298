"""How sales take lots, and the lots that are left."""

import datetime
from decimal import Decimal

import pytest

from client import new_key
from conftest import portfolio_new

D = Decimal


def portfolio(client, method=None):
    book = portfolio_new(client)
    if method is not None:
        change(book, method, "2000-01-01")
    return book


def change(book, method, since=None):
    tag = book.client.get(book.path).headers["ETag"]
    body = {"cost_method": method}
    if since is not None:
        body["cost_method_from"] = since
    return book.client.patch(book.path, body, match=tag).ok()


def lots(book, symbol="AAPL", query=""):
    return book.client.get(f"{book.path}/positions/{symbol}/lots{query}").ok()


def told(book):
    return [(D(lot["quantity"]), D(lot["cost"]))
            for lot in lots(book)["items"]]


def three_and_a_sale(book):
    """The specification's example; the sale as it is recorded."""
    book.buy("AAPL", "100", "10.00", "1.00", on="2024-01-10")
    book.buy("AAPL", "50", "12.00", "1.00", on="2024-02-10")
    book.buy("AAPL", "80", "9.00", "1.00", on="2024-03-10")
    return book.sell("AAPL", "120", "11.00", "2.00", on="2024-04-10")


@pytest.mark.parametrize("method, cost, gain, left", [
    ("fifo", "1241.40", "76.60", [(30, "360.60"), (80, "721.00")]),
    ("lifo", "1201.80", "116.20", [(100, "1001.00"), (10, "120.20")]),
    ("hifo", "1301.70", "16.30", [(30, "300.30"), (80, "721.00")]),
    ("lofo", "1121.40", "196.60", [(60, "600.60"), (50, "601.00")]),
    ("average", "1212.00", "106.00", [(110, "1111.00")]),
])
def test_each_method_takes_its_lots(alice, method, cost, gain, left):
    book = portfolio(alice, method)
    sale = three_and_a_sale(book)["activity"]
    assert (D(sale["cost"]), D(sale["realised"])) == (D(cost), D(gain))
    assert told(book) == [(D(q), D(c)) for q, c in left]
    position = book.position("AAPL")
    assert D(position["cost_basis"]) == sum(D(c) for _, c in left)
    assert D(position["realised"]) == D(gain)


def test_a_portfolio_is_made_with_a_method(alice):
    made = alice.post("/api/v1/portfolios", {
        "name": "By lots", "cost_method": "hifo"}, key=new_key()).ok(201)
    assert made["cost_method"] == "hifo" and made["version"] == 1
    assert alice.get(f"/api/v1/portfolios/{made['id']}").ok() == made
    for wrong in ("specific", "", 1):
        alice.post("/api/v1/portfolios", {
            "name": "Wrong", "cost_method": wrong},
            key=new_key()).problem(422)


def test_a_method_begins_on_a_day(alice):
    book = portfolio(alice)
    three_and_a_sale(book)
    book.sell("AAPL", "10", "11.00", on="2024-05-10")
    before = alice.get(f"{book.path}/activities").ok()["items"]
    worth = book.summary()["cash"]
    changed = change(book, "lifo", "2024-05-01")
    assert changed["cost_method"] == "lifo"
    after = alice.get(f"{book.path}/activities").ok()["items"]
    # The pool was one lot when the method changed; what was sold before
    # keeps its gain.
    assert [a["realised"] for a in after] == [a["realised"] for a in before]
    assert told(book) == [(D(100), D("1010.00"))]
    # From the beginning, all sales are others.
    change(book, "lifo", "2024-01-01")
    after = alice.get(f"{book.path}/activities").ok()["items"]
    assert D(after[1]["realised"]) == D("116.20")
    assert told(book) == [(D(100), D("1001.00"))]
    assert book.summary()["cash"] == worth


def test_lots_say_how_long_they_are_held(alice, today):
    book = portfolio(alice, "fifo")
    recent = today - datetime.timedelta(days=3)
    book.buy("AAPL", "1", "10", on="2024-01-10")
    book.buy("AAPL", "2", "20", on=str(recent))
    old, new = lots(book)["items"]
    assert old["long_term"] and not new["long_term"]
    assert new["days_held"] in (3, 4)
    assert (old["opened_on"], new["opened_on"]) == ("2024-01-10", str(recent))
    for lot in (old, new):
        assert D(lot["unit_cost"]) == D(lot["cost"]) / D(lot["quantity"])
        assert D(lot["unrealised"]) == D(lot["market_value"]) - D(lot["cost"])
    bought = alice.get(f"{book.path}/activities?kind=buy").ok()["items"]
    assert [old["activity"], new["activity"]] == [
        bought[1]["id"], bought[0]["id"]]


def test_lots_come_in_pages(alice):
    book = portfolio(alice, "fifo")
    for day in range(1, 6):
        book.buy("AAPL", str(day), "10", on=f"2024-02-0{day}")
    first = lots(book, query="?limit=2")
    assert [lot["quantity"] for lot in first["items"]] == ["1", "2"]
    rest = lots(book, query=f"?limit=3&cursor={first['next_cursor']}")
    assert [lot["quantity"] for lot in rest["items"]] == ["3", "4", "5"]
    assert rest["next_cursor"] is None


def test_told_late_and_taken_back_lots_are_the_same(alice):
    book = portfolio(alice, "fifo")
    three_and_a_sale(book)
    before = told(book)
    late = book.buy("AAPL", "10", "5.00", on="2024-01-05")["activity"]
    # The oldest lot goes first now: 120 are 10, 100 and 10 of 50.
    assert told(book) == [(D(40), D("480.80")), (D(80), D("721.00"))]
    assert alice.delete(f"{book.path}/activities/{late['id']}").status == 204
    assert told(book) == before
    book.sell("AAPL", "110", "11.00", on="2024-04-11")
    assert told(book) == []


def test_what_is_wrong_is_said(alice, bob):
    book = portfolio(alice, "fifo")
    book.buy("AAPL", "1", "10", on="2024-01-10")
    tag = alice.get(book.path).headers["ETag"]
    alice.patch(book.path, {"cost_method": "best"}, match=tag).problem(422)
    alone = alice.patch(book.path, {"cost_method_from": "2024-01-01"},
                        match=tag).problem(422)
    assert alone["errors"][0]["pointer"] == "/cost_method_from"
    assert alice.get(book.path).headers["ETag"] == tag
    alice.get(f"{book.path}/positions/MSFT/lots").problem(404)
    alice.get(f"{book.path}/positions/AAPL/lots?cursor=x").problem(400)
    bob.get(f"{book.path}/positions/AAPL/lots").problem(404)
    bob.patch(book.path, {"cost_method": "lifo"}, match=tag).problem(404)
    assert alice.get(book.path).ok()["cost_method"] == "fifo"


# ---- lots by name ----------------------------------------------------------

def three(book):
    return [book.buy("AAPL", q, p, "1.00", on=d)["activity"]["id"]
            for q, p, d in (("100", "10.00", "2024-01-10"),
                            ("50", "12.00", "2024-02-10"),
                            ("80", "9.00", "2024-03-10"))]


def picked(*told):
    return [{"activity": a, "quantity": q} for a, q in told]


@pytest.mark.parametrize("method", ["fifo", "lifo", "hifo", "lofo"])
def test_a_sale_says_which_lots_it_takes(alice, method):
    book = portfolio(alice, method)
    one, two, three_ = three(book)
    sale = book.sell("AAPL", "120", "11.00", "2.00", on="2024-04-10",
                     lots=picked((three_, "80"), (one, "40")))["activity"]
    assert D(sale["realised"]) == D("196.60")
    assert told(book) == [(60, D("600.60")), (50, D("601.00"))]
    assert [lot["activity"] for lot in lots(book)["items"]] == [one, two]
    # Told late, it is folded again, and takes the same ones.
    book.buy("AAPL", "10", "5.00", on="2024-01-05")
    again = next(a for a in book.activities() if a["id"] == sale["id"])
    assert again["realised"] == sale["realised"]


def test_a_purchase_whose_lot_was_picked_stays(alice):
    book = portfolio(alice, "fifo")
    one, two, _ = three(book)
    sale = book.sell("AAPL", "20", "11.00", on="2024-04-10",
                     lots=picked((two, "20")))["activity"]
    refused = alice.delete(f"{book.path}/activities/{two}").problem(422)
    assert refused["errors"][0]["pointer"] == "/lots" \
        if refused.get("errors") else "2024-04-10" in refused["detail"]
    alice.delete(f"{book.path}/activities/{sale['id']}").ok(204)
    alice.delete(f"{book.path}/activities/{two}").ok(204)
    assert told(book)[0] == (100, 1001)


def test_lots_that_cannot_be_taken(alice, bob):
    book = portfolio(alice, "fifo")
    one, two, _ = three(book)
    other = portfolio(bob, "fifo")
    strange = three(other)[0]
    sold = {"on": "2024-04-10"}
    for lots_told, code, pointer in (
            (picked((one, "10")), "do_not_add_up", "/lots"),
            (picked((two, "60")), "more_than_held", "/lots"),
            (picked((strange, "60")), "unknown", "/lots"),
            (picked((one, "0"), (two, "60")), None, "/lots/0/quantity"),
            (picked((one, "x"), (two, "60")), None, "/lots/0/quantity"),
            ([{"activity": one}], "required", "/lots/0/quantity"),
            ([{"activity": "x", "quantity": "1"}], None, "/lots/0/activity"),
            ([{**picked((one, "60"))[0], "colour": 1}], "unknown",
             "/lots/0/colour"),
            ([5], None, "/lots/0"), ("x", None, "/lots"), ({}, None, "/lots"),
            (picked(*[(one, "1")] * 201), "too_long", "/lots")):
        error = book.trade("sell", "AAPL", "60", "11.00", lots=lots_told,
                           **sold).problem(422)["errors"][0]
        assert error["pointer"] == pointer, (lots_told, error)
        assert code in (None, error["code"]), error
    assert len(book.activities()) == 4
    error = book.trade("buy", "AAPL", "1", "11.00", on="2024-04-10",
                       lots=picked((one, "1"))).problem(422)["errors"][0]
    assert (error["pointer"], error["code"]) == ("/lots", "not_needed")


def test_no_average_for_a_sale_that_picked(alice):
    book = portfolio(alice, "fifo")
    two = three(book)[1]
    book.sell("AAPL", "20", "11.00", on="2024-04-10",
              lots=picked((two, "20")))
    tag = alice.get(book.path).headers["ETag"]
    refused = alice.patch(book.path, {
        "cost_method": "average", "cost_method_from": "2024-01-01"},
        match=tag).problem(422)
    assert "told its lots" in refused["detail"]
    assert change(book, "average", "2024-05-01")["cost_method"] == "average"
    assert len(told(book)) == 3


def test_an_average_has_no_lots_to_pick(alice):
    book = portfolio(alice)
    one = three(book)[0]
    error = book.trade("sell", "AAPL", "10", "11.00", on="2024-04-10",
                       lots=picked((one, "10"))).problem(422)["errors"][0]
    assert (error["pointer"], error["code"]) == ("/lots", "do_not_add_up")
