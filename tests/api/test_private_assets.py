"""A tenant's own instruments: nobody else sees them, whatever is asked."""

import pytest

from client import new_key, query

HOUSE = {"symbol": ".HOUSE", "name": "The old mill", "kind": "property",
         "currency": "EUR", "note": "a third of it"}


@pytest.fixture(scope="module")
def house(alice):
    answer = alice.post("/api/v1/private-assets", HOUSE, key=new_key())
    made = answer.ok(201)
    for day, price in (("2024-01-02", "100000"), ("2024-02-01", "101000.5"),
                       ("2024-03-01", "99000")):
        alice.post("/api/v1/private-assets/.HOUSE/prices",
                   {"date": day, "price": price}).ok()
    return made


def test_it_is_listed_searched_and_priced(alice, house):
    assert [a["symbol"] for a in alice.get(
        "/api/v1/private-assets").ok()["items"]] == [".HOUSE"]
    for q in ("mill", ".HOUSE", "hous"):
        found = alice.get("/api/v1/assets" + query(q=q)).ok()["items"]
        assert found and found[0]["symbol"] == ".HOUSE", (q, found)
    prices = alice.get("/api/v1/prices" + query(
        symbol=".HOUSE", to="2024-12-31", range="1y")).ok()
    assert [(i["date"], i["close"]) for i in prices["items"]] == [
        ("2024-01-02", "100000"), ("2024-02-01", "101000.5"),
        ("2024-03-01", "99000")]
    assert prices["currency"] == "EUR"
    months = alice.get("/api/v1/prices" + query(
        symbol=".house", to="2024-12-31", range="1y", interval="1mo")).ok()
    assert len(months["items"]) == 3


def test_nobody_else_sees_it(bob, house):
    assert bob.get("/api/v1/private-assets").ok()["items"] == []
    found = bob.get("/api/v1/assets" + query(q="mill")).ok()["items"]
    assert ".HOUSE" not in [a["symbol"] for a in found]
    bob.get("/api/v1/prices" + query(symbol=".HOUSE")).problem(404)
    bob.get("/api/v1/prices.csv" + query(symbol=".HOUSE")).problem(404)
    bob.get("/api/v1/private-assets/.HOUSE").problem(404)
    bob.post("/api/v1/private-assets/.HOUSE/prices",
             {"date": "2024-01-02", "price": "1"}).problem(404)
    bob.delete("/api/v1/private-assets/.HOUSE/prices/2024-01-02").problem(404)
    bob.patch("/api/v1/private-assets/.HOUSE", {"name": "Mine"},
              match="*").problem(404)


def test_two_tenants_may_use_one_symbol(alice, bob, house):
    other = bob.post("/api/v1/private-assets", {**HOUSE, "name": "Bob's"},
                     key=new_key()).ok(201)
    assert other["id"] != house["id"]
    assert bob.get("/api/v1/prices" + query(
        symbol=".HOUSE")).ok()["items"] == []
    assert alice.get("/api/v1/private-assets/.HOUSE").ok()["name"] == (
        HOUSE["name"])
    tag = bob.get("/api/v1/private-assets/.HOUSE").headers["ETag"]
    bob.delete("/api/v1/private-assets/.HOUSE", match=tag).ok(204)
    bob.get("/api/v1/private-assets/.HOUSE").problem(404)


def test_a_price_is_replaced_and_taken_back(alice, house):
    path = "/api/v1/private-assets/.HOUSE/prices"
    alice.post(path, {"date": "2024-04-01", "price": "5"}).ok()
    alice.post(path, {"date": "2024-04-01", "price": "6.5"}).ok()
    prices = alice.get("/api/v1/prices" + query(
        symbol=".HOUSE", **{"from": "2024-04-01"}, to="2024-04-01")).ok()
    assert [i["close"] for i in prices["items"]] == ["6.5"]
    alice.delete(path + "/2024-04-01").ok(204)
    alice.delete(path + "/2024-04-01").problem(404)


@pytest.mark.parametrize("change, pointer", [
    ({"symbol": "HOUSE"}, "/symbol"), ({"symbol": "..HOUSE"}, "/symbol"),
    ({"symbol": ".HO USE"}, "/symbol"), ({"symbol": "." + "A" * 16}, "/symbol"),
    ({"name": ""}, "/name"), ({"currency": "EURO"}, "/currency"),
    ({"surplus": 1}, "/surplus"),
])
def test_bad_ones_are_refused(alice, house, change, pointer):
    alice.post("/api/v1/private-assets", {**HOUSE, "symbol": ".OTHER",
                                          **change},
               key=new_key()).problem(422, pointer=pointer)
    alice.get("/api/v1/private-assets/.OTHER").problem(404)


@pytest.mark.parametrize("price", ["0", "-1", "x", None, 1e30])
def test_bad_prices_are_refused(alice, house, price):
    answer = alice.post("/api/v1/private-assets/.HOUSE/prices",
                        {"date": "2024-05-01", "price": price})
    answer.problem(422, pointer="/price")


def test_the_same_symbol_twice_is_a_conflict(alice, house):
    alice.post("/api/v1/private-assets", HOUSE, key=new_key()).problem(409)


def test_a_stale_change_is_refused(alice, house):
    path = "/api/v1/private-assets/.HOUSE"
    alice.patch(path, {"note": "n"}).problem(428)
    alice.patch(path, {"note": "n"}, match='"v0"').problem(412)
    tag = alice.get(path).headers["ETag"]
    assert alice.patch(path, {"note": "n"}, match=tag).ok()["note"] == "n"
    assert alice.get(path).headers["ETag"] != tag
