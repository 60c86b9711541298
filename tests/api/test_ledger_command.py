"""`bursar ledger`: the exact ledger from outside, without a server."""

import json
import random
import subprocess
from datetime import date, timedelta
from decimal import ROUND_HALF_EVEN, Decimal, localcontext

import pytest
from calculator import constant, near, shared_json
from world import PROGRAM

KINDS = ("buy sell deposit withdrawal dividend interest fee tax split short "
         "cover transfer_in transfer_out exchange reinvestment coupon "
         "stock_dividend spin_off merger rename return_of_capital staking "
         "bonus").split()
METHODS = "fifo lifo hifo lofo average specific".split()


def answers(text, *words):
    if isinstance(text, str):
        text = text.encode()
    done = subprocess.run([PROGRAM, "ledger", *words], input=text,
                          capture_output=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr.decode()[-2000:]
    assert done.stderr == b"", done.stderr.decode()[-2000:]
    return [json.loads(line, parse_constant=constant)
            for line in done.stdout.decode().splitlines()]


def ask_all(requests):
    text = "\n".join(json.dumps({"id": i, **r})
                     for i, r in enumerate(requests)) + "\n"
    got = answers(text)
    assert [a["id"] for a in got] == list(range(len(requests)))
    return got


def ask(activities, **more):
    answer = ask_all([{"base": "USD", "activities": activities, **more}])[0]
    assert "error" not in answer, answer["error"]
    assert answer["identity"]["holds"] is True, answer["identity"]
    return answer


def error(activities=(), **more):
    request = {"base": "USD", "activities": activities, **more}
    answer = ask_all([{k: v for k, v in request.items()
                       if v is not None}])[0]
    assert set(answer) == {"id", "error"}, answer
    return answer["error"]


def did(on, kind, **more):
    return {"date": on, "type": kind, **more}


def trade(on, kind, quantity, price, fee="0", symbol="ACME", **more):
    return did(on, kind, symbol=symbol, quantity=quantity, price=price,
               fee=fee, **more)


THREE_LOTS = [
    did("2024-01-02", "deposit", amount="10000"),
    trade("2024-01-10", "buy", "100", "10.00", "1.00", id="L1"),
    trade("2024-02-10", "buy", "50", "12.00", "1.00", id="L2"),
    trade("2024-03-10", "buy", "80", "9.00", "1.00", id="L3")]
SALE = trade("2024-04-10", "sell", "120", "11.00", "2.00")


def position(answer, symbol="ACME"):
    return next(p for p in answer["positions"] if p["symbol"] == symbol)


def pairs(lots):
    return [(Decimal(x["quantity"]), Decimal(x["cost"])) for x in lots]


def decimals(*told):
    return [(Decimal(q), Decimal(c)) for q, c in told]


# ---- the specification's golden cases ------------------------------------

@pytest.mark.parametrize("method, cost, gain, left", [
    ("fifo", "1241.40", "76.60", [("30", "360.60"), ("80", "721.00")]),
    ("lifo", "1201.80", "116.20", [("100", "1001.00"), ("10", "120.20")]),
    ("hifo", "1301.70", "16.30", [("30", "300.30"), ("80", "721.00")]),
    ("lofo", "1121.40", "196.60", [("60", "600.60"), ("50", "601.00")]),
    ("average", "1212.00", "106.00", [("110", "1111.00")])])
def test_three_lots_by_each_method(method, cost, gain, left):
    answer = ask(THREE_LOTS + [SALE], method=method)
    sold, = answer["realised"]
    assert Decimal(sold["cost"]) == Decimal(cost)
    assert Decimal(sold["gain"]) == Decimal(gain)
    assert sum(c for _, c in pairs(sold["lots"])) == Decimal(cost)
    assert pairs(position(answer)["lots"]) == decimals(*left)


@pytest.mark.parametrize("first, second", [("L3", "L1"), (3, 1)])
def test_the_seller_picks_the_lots(first, second):
    sale = {**SALE, "lots": [{"activity": first, "quantity": "80"},
                             {"activity": second, "quantity": "40"}]}
    answer = ask(THREE_LOTS + [sale], method="specific")
    sold, = answer["realised"]
    assert Decimal(sold["gain"]) == Decimal("196.60")
    assert [x["activity"] for x in sold["lots"]] == [3, 1]
    assert [x["activity_id"] for x in sold["lots"]] == ["L3", "L1"]


@pytest.mark.parametrize("method", METHODS[:4])
def test_lots_that_are_told_win_over_the_method(method):
    sale = {**SALE, "lots": [{"activity": "L2", "quantity": "50"},
                             {"activity": "L3", "quantity": "70"}]}
    answer = ask(THREE_LOTS + [sale], method=method)
    assert pairs(position(answer)["lots"]) == decimals(
        ("100", "1001"), ("10", "90.12"))
    fault, = ask(THREE_LOTS + [sale], method="average")["faults"]
    assert (fault["code"], fault["field"]) == ("lots", "lots")


def test_a_method_holds_from_a_day_on():
    some = [did("2024-01-02", "deposit", amount="10000")] + [
        trade(f"2024-0{i}-10", "buy", "10", f"{i}0") for i in (1, 2, 3)]
    some += [trade("2024-05-31", "sell", "5", "40"),
             trade("2024-06-01", "sell", "5", "40")]
    answer = ask(some, method=[{"method": "fifo"},
                               {"from": "2024-06-01", "method": "lifo"}])
    assert [Decimal(r["cost"]) for r in answer["realised"]] == [50, 150]


def test_price_and_currency_apart():
    answer = ask(
        [did("2024-01-02", "deposit", amount="1000", currency="USD"),
         trade("2024-01-02", "buy", "10", "100", currency="USD")],
        base="EUR", prices={"ACME": {"2024-12-31": "110"}},
        fx={"EURUSD": {"2024-12-31": "1.05", "2024-01-02": "1.10"}})
    held = position(answer)
    assert held["value_base"] == "1047.62"
    assert held["price_effect"] == "90.91"
    assert held["currency_effect"] == "47.62"
    assert answer["currency_effect"]["total"] == "47.62"
    assert answer["identity"]["gain"] == "138.53"


def test_a_washed_loss_is_noted():
    some = [did("2024-01-01", "deposit", amount="10000"),
            trade("2024-01-02", "buy", "100", "10"),
            trade("2024-01-20", "buy", "60", "9.50"),
            trade("2024-02-01", "sell", "100", "8")]
    wash, = ask(some)["washes"]
    assert (wash["disallowed"], wash["quantity"]) == ("120", "60")
    assert (wash["realised"], wash["activity"]) == (0, 2)
    lot, = position(ask(some))["lots"]
    assert (lot["cost_base"], lot["washed_cost_base"]) == ("570", "690")
    # Thirty days the hundred were held count for the sixty that replace.
    assert (wash["opened"], wash["held_from"]) == ("2024-01-02",
                                                   "2023-12-21")
    assert lot["tacked"] == [{
        "quantity": "60", "disallowed": "120", "held_from": "2023-12-21",
        "days_held": 42, "long_term": False}]


def test_the_time_of_what_was_replaced_makes_it_long():
    some = [did("2024-01-01", "deposit", amount="10000"),
            trade("2023-12-27", "buy", "100", "10"),
            trade("2024-01-20", "buy", "100", "9.50"),
            trade("2024-01-26", "sell", "100", "8"),
            trade("2024-12-25", "sell", "40", "12")]
    answer = ask(some, margin=True)
    used, = answer["realised"][1]["lots"]
    # 340 days after it was bought, and 30 that the others were held.
    assert (used["days_held"], used["long_term"]) == (340, False)
    assert used["tacked"] == [{
        "quantity": "40", "disallowed": "80", "held_from": "2023-12-21",
        "days_held": 370, "long_term": True}]
    assert used["washed_cost_base"] == "460"
    lot, = position(answer)["lots"]
    assert lot["tacked"][0]["quantity"] == "60"
    assert lot["washed_cost_base"] == "690"


# ---- pence, and rates by way of another currency --------------------------

PAID = did("2024-01-02", "deposit", amount="10000")


@pytest.mark.parametrize("code, major", [
    ("GBX", "GBP"), ("GBp", "GBP"), ("ZAc", "ZAR"), ("ILA", "ILS")])
def test_a_hundredth_of_a_currency(code, major):
    some = [PAID,
            trade("2024-01-03", "buy", "100", "512.55", "595", currency=code),
            did("2024-02-01", "dividend", symbol="ACME", amount="1200",
                tax="100"),
            did("2024-02-02", "deposit", amount="12345", currency=code)]
    answer = ask(some, base=major,
                 prices={"ACME": {"2024-02-02": "612.5"}})
    held = position(answer)
    assert (held["currency"], held["quoted"]) == (major, code)
    assert held["cost"] == "518.5"
    assert (held["price"], held["value"]) == ("6.125", "612.5")
    assert held["income"] == "11"
    assert answer["cash"][major]["amount"] == "9615.95"
    pounds = ask([PAID,
                  trade("2024-01-03", "buy", "100", "5.1255", "5.95"),
                  did("2024-02-01", "dividend", symbol="ACME", amount="12",
                      tax="1"),
                  did("2024-02-02", "deposit", amount="123.45")],
                 base=major, prices={"ACME": {"2024-02-02": "6.125"}})
    del position(answer)["quoted"]
    assert pounds["positions"] == answer["positions"]
    assert pounds["identity"] == answer["identity"]


def test_pounds_for_what_is_quoted_in_pence():
    answer = ask([PAID, trade("2024-01-03", "buy", "100", "5", "2",
                              currency="GBP"),
                  trade("2024-01-04", "sell", "50", "550", "200")],
                 base="GBP", instruments={"ACME": {"currency": "GBX"}},
                 prices={"ACME": {"2024-01-04": "560"}})
    assert position(answer)["cost"] == "251"
    assert position(answer)["value"] == "280"
    assert answer["realised"][0]["proceeds"] == "273"


def test_pence_in_pairs_and_in_a_rate():
    for pair, rate in (("GBPUSD", "1.25"), ("GBXUSD", "0.0125"),
                       ("USDGBX", "80"), ("USDGBP", "0.8")):
        answer = ask([did("2024-01-02", "deposit", amount="10000",
                          currency="GBX")],
                     fx={pair: {"2024-01-02": rate}})
        assert answer["value"] == "125", pair
    answer = ask([did("2024-01-02", "deposit", amount="10000",
                      currency="GBX", rate="0.0125")])
    assert answer["paid_in"] == "125"


def yen(fx, on="2024-01-10", **more):
    return ask([did(on, "deposit", amount="160000", currency="JPY")],
               fx=fx, margin=True, **more)


@pytest.mark.parametrize("fx", [
    {"JPYEUR": "0.00625", "EURUSD": "1.1"},
    {"EURJPY": "160", "EURUSD": "1.1"},
    {"EURJPY": "160", "USDEUR": "0.909090909090909091"},
    {"CHFJPY": "160", "CHFUSD": "1.1", "EURJPY": "1"},
    # Of two ways, the first in the alphabet; its own pair before both.
    {"CHFJPY": "160", "CHFUSD": "1.1", "EURJPY": "160", "EURUSD": "2"},
    {"EURJPY": "160", "EURUSD": "2", "JPYUSD": "0.006875"}])
def test_a_rate_through_a_third_currency(fx):
    answer = yen({p: {"2024-01-09": r} for p, r in fx.items()})
    assert answer["paid_in"] == "1100" and answer["faults"] == []


def test_not_through_two_other_currencies():
    answer = yen({"JPYCHF": {"2024-01-09": "0.005"},
                  "CHFEUR": {"2024-01-09": "1"},
                  "EURUSD": {"2024-01-09": "1"}})
    assert [f["pair"] for f in answer["faults"]] == ["JPYUSD"]


def test_either_rate_of_two_may_be_a_week_old():
    fx = {"EURJPY": {"2024-01-03": "160"}, "EURUSD": {"2024-01-08": "1.1"}}
    assert yen(fx)["paid_in"] == "1100"
    assert [f["code"] for f in yen(fx, "2024-01-11")["faults"]] == \
        ["no_rate"]
    # Its own pair is too old from the 12th on, and the other way is open.
    fx["EURJPY"]["2024-01-12"] = "160"
    fx["USDJPY"] = {"2024-01-04": "100"}
    assert yen(fx, "2024-01-11")["paid_in"] == "1600"
    assert yen(fx, "2024-01-12")["paid_in"] == "1100"
    answer = yen(fx, "2024-01-12", as_of="2024-01-16")
    assert answer["stale"] is True
    assert answer["warnings"] == [{
        "code": "no_rate", "pair": "JPYUSD", "date": "2024-01-16",
        "detail": "no rate within 7 days, neither told nor through a third "
        "currency"}]
    assert yen(fx, "2024-01-12", as_of="2024-01-15")["warnings"] == []


def test_prices_of_nothing_are_told():
    answer = ask([PAID], prices={"ACNE": {"2024-01-02": "1"}})
    assert [(w["code"], w["symbol"]) for w in answer["warnings"]] == \
        [("unused_prices", "ACNE")]


def test_time_weighted_return_of_the_specification():
    some = [did("2024-01-02", "deposit", amount="10000"),
            trade("2024-01-02", "buy", "10000", "1"),
            did("2024-01-03", "deposit", amount="5000"),
            trade("2024-01-03", "buy", "5000", "1"),
            trade("2024-01-05", "sell", "1941.747572815533980582", "1.03"),
            did("2024-01-05", "withdrawal", amount="2000")]
    answer = ask(some, prices={"ACME": {
        "2024-01-05": "1.03", "2024-01-02": "1", "2024-01-04": "1.0098",
        "2024-01-03": "1.02"}})
    assert answer["value"] == "13450"
    near(answer["performance"]["twr"]["value"], 0.03)


def test_money_weighted_return_of_the_specification():
    some = [did("2023-01-01", "deposit", amount="10000"),
            did("2023-07-01", "deposit", amount="5000"),
            did("2024-01-01", "withdrawal", amount="2000"),
            did("2024-12-31", "interest", amount="2500")]
    answer = ask(some)
    assert answer["value"] == "15500"
    near(answer["performance"]["xirr"]["value"], 0.093863430932, 1e-9)
    near(answer["performance"]["simple"]["value"], 2500 / 15000)


def reference_cases():
    return shared_json("reference", "accounting", "cases.json")["cases"]


def reference_activities(case, apart):
    """`apart`: what lies in two depots is two instruments."""
    for on, kind, symbol, quantity, price, fee, money, *depot in \
            case["activities"]:
        yield trade(on, kind.lower(), str(quantity), str(price), str(fee),
                    symbol=symbol + (depot[0] if depot and apart else ""),
                    currency=money)


def test_the_reference_purchase():
    case = next(c for c in reference_cases() if c["name"] == "baln-buy")
    want = case["expected"]
    answer = ask(list(reference_activities(case, False)), base="CHF",
                 as_of=case["as_of"], scope="positions",
                 prices={s: {d: str(p) for d, p in days.items()}
                         for s, days in case["prices"].items()})
    held = position(answer, "BALN.SW")
    assert held["quantity"] == want["quantity"]
    assert held["value"] == want["market_value"]
    assert held["unrealised"] == want["net_gain"]
    assert answer["identity"]["gain"] == want["net_gain"]
    fee = Decimal(want["fees"])
    assert Decimal(held["cost"]) - fee == Decimal(want["cost_basis"])


def test_the_reference_sale():
    case = next(c for c in reference_cases()
                if c["name"] == "novn-buy-and-sell")
    want = case["expected"]
    answer = ask(list(reference_activities(case, False)), base="CHF",
                 as_of=case["as_of"], scope="positions")
    assert answer["realised_total"] == want["realized_gain"]
    assert answer["value"] == want["market_value"]
    near(answer["performance"]["simple"]["value"], float(want["net_pct"]))


@pytest.mark.parametrize("method, apart, cost, open_gain", [
    ("fifo", True, "fifo_per_depot_cost_of_holding", "fifo_unrealized"),
    ("average", False, "moving_average_cost_over_all_depots",
     "moving_average_unrealized")])
def test_the_reference_depots(method, apart, cost, open_gain):
    case = next(c for c in reference_cases()
                if c["name"] == "pp-issue1909-two-depots")
    want = case["expected"]
    told = list(reference_activities(case, apart))
    closes = {a["symbol"]: {case["as_of"]: str(case["price"])} for a in told}
    answer = ask(told, base="EUR", as_of=case["as_of"], scope="positions",
                 method=method, prices=closes)
    assert answer["cost"] == want[cost]
    assert answer["unrealised"] == want[open_gain]
    assert answer["value"] == want["market_value"]
    assert answer["identity"]["gain"] == want["total_gain"]
    near(answer["performance"]["simple"]["value"],
         float(want["total_gain_pct"]))


# ---- the ledger again, in Python's decimals ------------------------------

CENT = Decimal("0.01")


def cents(value):
    return value.quantize(CENT, rounding=ROUND_HALF_EVEN)


class Lots:
    """Long holdings in one currency, lot by lot."""

    def __init__(self, method):
        self.method, self.lots, self.gains = method, [], []

    def buy(self, origin, quantity, cost):
        lot = [origin, quantity, cost, cost / quantity]
        if self.method == "average" and self.lots:
            self.lots[0][1] += quantity
            self.lots[0][2] += cost
        else:
            self.lots.append(lot)

    def next(self):
        if self.method == "lifo":
            return self.lots[-1]
        if self.method == "hifo":
            return max(self.lots, key=lambda x: x[3])
        if self.method == "lofo":
            return min(self.lots, key=lambda x: x[3])
        return self.lots[0]

    def sell(self, quantity, proceeds):
        taken = Decimal(0)
        used = []
        while quantity > 0:
            lot = self.next()
            units = min(quantity, lot[1])
            part = lot[2] if units == lot[1] else \
                cents(lot[2] * units / lot[1])
            used.append((lot[0], units, part))
            lot[1] -= units
            lot[2] -= part
            if lot[1] == 0:
                self.lots.remove(lot)
            quantity -= units
            taken += part
        self.gains.append((proceeds - taken, used))


def made_up(dice, method):
    """Activities and what Python makes of them."""
    on, book, told, held = date(2020, 1, 1), Lots(method), [], Decimal(0)
    told.append(did(str(on), "deposit", amount="100000000"))
    for _ in range(dice.randint(5, 120)):
        on += timedelta(days=dice.randint(1, 20))
        price = Decimal(dice.randint(100, 99999)) / 1000
        fee = Decimal(dice.randint(0, 999)) / 100
        if held > 0 and dice.random() < 0.45:
            quantity = held if dice.random() < 0.1 else \
                (held * dice.randint(1, 99) / 100).quantize(Decimal("0.0001"))
            if quantity == 0:
                continue
            book.sell(quantity, cents(quantity * price) - fee)
            held -= quantity
            kind = "sell"
        else:
            quantity = Decimal(dice.randint(1, 999999)) / \
                dice.choice([1, 10, 1000])
            book.buy(len(told), quantity, cents(quantity * price) + fee)
            held += quantity
            kind = "buy"
        told.append(trade(str(on), kind, f"{quantity:f}", f"{price:f}",
                          f"{fee:f}"))
    return told, book


def test_random_histories_agree_with_python_lot_by_lot():
    dice = random.Random(7)
    told, books = [], []
    with localcontext() as context:
        context.prec = 60
        for i in range(150):
            method = METHODS[i % 5]
            activities, book = made_up(dice, method)
            dice.shuffle(activities)
            told.append({"base": "USD", "method": method, "margin": True,
                         "activities": activities})
            books.append(book)
    for request, book, answer in zip(told, books, ask_all(told)):
        assert "error" not in answer, answer
        assert answer["faults"] == [] and answer["identity"]["holds"]
        got = [(Decimal(r["gain"]), [(Decimal(x["quantity"]),
                                      Decimal(x["cost"]))
                                     for x in r["lots"]])
               for r in answer["realised"]]
        assert got == [(gain, [(q, c) for _, q, c in used])
                       for gain, used in book.gains], request["method"]
        assert pairs(position(answer)["lots"]) == \
            [(q, c) for _, q, c, _ in book.lots]


def test_a_thousand_activities_a_line_and_the_gain_by_any_method():
    dice = random.Random(11)
    told, _ = made_up(dice, "fifo")
    held = sum(Decimal(a["quantity"]) * (1 if a["type"] == "buy" else -1)
               for a in told if "quantity" in a)
    if held:
        told.append(trade("2099-01-01", "sell", f"{held:f}", "12.34"))
    totals = {ask(told, method=m)["realised_total"] for m in METHODS[:5]}
    assert len(totals) == 1


def test_what_is_paid_for_at_home():
    """Cost and gain in both currencies, but no euros in the account."""
    answer = ask([did("2024-01-02", "deposit", amount="2000"),
                  trade("2024-01-02", "buy", "10", "100", "10"),
                  did("2024-01-03", "dividend", symbol="ACME", amount="20",
                      tax="5"),
                  trade("2024-01-04", "sell", "5", "110", "2",
                        rate="1.2")],
                 instruments={"ACME": {"currency": "EUR", "home": True}},
                 fx={"EURUSD": {"2024-01-02": "1.10", "2024-01-04": "1.05"}},
                 prices={"ACME": {"2024-01-04": "110"}})
    assert answer["faults"] == []
    assert answer["cash"]["EUR"] == {"amount": "0", "book": "0"}
    # 2000 - 1010 * 1.1, 15 * 1.1, 548 * 1.2
    assert answer["cash"]["USD"]["amount"] == "1563.1"
    held = position(answer)
    assert (held["cost"], held["cost_base"]) == ("505", "555.5")
    assert (held["realised"], held["realised_base"]) == ("43", "102.1")
    sold, = answer["realised"]
    assert (sold["price_effect"], sold["currency_effect"]) == ("47.3", "54.8")
    assert (held["value_base"], held["price_effect"]) == ("577.5", "49.5")
    fault, = ask([did("2024-01-02", "deposit", amount="1000"),
                  trade("2024-01-02", "buy", "10", "100", "10")],
                 instruments={"ACME": {"currency": "EUR", "home": True}},
                 fx={"EURUSD": {"2024-01-02": "1.10"}})["faults"]
    assert (fault["code"], fault["held"], fault["asked"]) == (
        "not_enough_cash", "1000", "1111")


# ---- several accounts ------------------------------------------------------

def at(account, activity, **more):
    return {**activity, "account": account, **more}


def test_the_reference_depots_as_accounts():
    case = next(c for c in reference_cases()
                if c["name"] == "pp-issue1909-two-depots")
    want = case["expected"]
    told = [at(a[7] if len(a) > 7 else "one", trade(
        a[0], a[1].lower(), str(a[3]), str(a[4]), str(a[5]), symbol=a[2],
        currency=a[6])) for a in case["activities"]]
    answer = ask(told, base="EUR", as_of=case["as_of"], scope="positions",
                 prices={told[0]["symbol"]: {case["as_of"]:
                                             str(case["price"])}})
    assert answer["cost"] == want["fifo_per_depot_cost_of_holding"]
    assert answer["unrealised"] == want["fifo_unrealized"]
    assert answer["identity"]["gain"] == want["total_gain"]
    near(answer["performance"]["simple"]["value"],
         float(want["total_gain_pct"]))
    assert len(answer["accounts"]) == 2


TWO = [at("old", did("2024-01-02", "deposit", amount="10000")),
       at("new", did("2024-01-02", "deposit", amount="500")),
       at("old", trade("2024-01-10", "buy", "100", "10", "1", id="L1")),
       at("old", trade("2024-02-10", "buy", "50", "12", "1")),
       at("old", did("2024-03-01", "transfer_out", symbol="ACME", id="move",
                     quantity="120"), to="new"),
       at("old", did("2024-03-01", "transfer_out", amount="1000"),
          to="new"),
       at("new", trade("2024-03-01", "sell", "110", "11"))]


@pytest.mark.parametrize("method, gain, cost", [
    ("fifo", "88.8", "120.2"), ("lifo", "68.7", "100.1")])
def test_lots_move_to_another_account(method, gain, cost):
    closes = {"ACME": {"2024-03-01": "11", "2024-02-10": "12"}}
    answer = ask(TWO, prices=closes, accounts={
        "old": {}, "new": {"method": method}})
    assert answer["faults"] == []
    sold, = answer["realised"]
    assert sold["account"] == "new" and sold["gain"] == gain
    assert {x["opened"] for x in sold["lots"]} == {"2024-01-10",
                                                   "2024-02-10"}
    assert all(x["activity_id"] == "move" for x in sold["lots"])
    held = {p["account"]: p for p in answer["positions"]}
    assert held["old"]["quantity"] == "30" and held["new"]["cost"] == cost
    assert held["old"]["cost"] == "360.6"
    old, new = answer["accounts"]["old"], answer["accounts"]["new"]
    assert (old["paid_out"], new["paid_in"]) == ("2241.4", "2741.4")
    assert old["cash"]["USD"]["amount"] == "7398"
    assert new["cash"]["USD"]["amount"] == "2710"
    assert old["identity"]["holds"] and new["identity"]["holds"]
    # What only moved is no flow of the whole.
    assert (answer["paid_in"], answer["paid_out"]) == ("10500", "0")
    assert answer["value"] == "10548"
    assert answer["identity"]["gain"] == "48"
    one = ask([{k: v for k, v in a.items() if k != "account"}
               for a in TWO if "to" not in a], prices=closes)
    assert one["performance"] == answer["performance"]


def test_a_lot_is_picked_after_it_moved():
    told = TWO[:-1] + [at("new", trade("2024-03-02", "sell", "20", "11",
                          lots=[{"activity": "move", "part": 1,
                                 "quantity": "20"}]))]
    answer = ask(told, method="specific", accounts={
        "old": {"method": "fifo"}, "new": {}})
    assert answer["faults"] == []
    assert answer["realised"][0]["lots"][0]["opened"] == "2024-02-10"


def test_what_cannot_leave_does_not_arrive():
    told = [{**a, "quantity": "151"} if a.get("id") == "move" else a
            for a in TWO]
    answer = ask(told)
    assert [(f["activity"], f["account"], f["code"])
            for f in answer["faults"]] == [
        (4, "old", "more_than_held"), (6, "new", "more_than_held")]
    assert {p["account"]: p["quantity"] for p in answer["positions"]} == \
        {"old": "150"}


def test_what_cannot_arrive_does_not_leave():
    told = [at("new", trade("2024-01-05", "short", "5", "9"))] + TWO[:-1]
    answer = ask(told, margin=True)
    assert [(f["activity"], f["account"], f["code"])
            for f in answer["faults"]] == [(5, "new", "wrong_side")]
    assert {p["account"]: p["quantity"] for p in answer["positions"]} == \
        {"old": "150", "new": "-5"}


def test_a_market_price_of_what_moves_is_the_flow_of_each():
    told = [{**a, "price": "15"} if a.get("id") == "move" else a
            for a in TWO]
    answer = ask(told)
    assert answer["paid_in"] == "10500"
    assert answer["identity"]["carried"] == "0"
    assert answer["accounts"]["new"]["paid_in"] == "3300"
    assert answer["accounts"]["new"]["identity"]["carried"] == "558.6"


def test_a_loss_is_washed_in_another_account():
    answer = ask([at("a", did("2024-01-01", "deposit", amount="10000")),
                  at("a", trade("2024-01-02", "buy", "100", "10")),
                  at("a", trade("2024-02-01", "sell", "100", "8")),
                  at("b", did("2024-01-01", "deposit", amount="10000")),
                  at("b", trade("2024-02-20", "buy", "40", "8"))])
    wash, = answer["washes"]
    assert (wash["account"], wash["activity"]) == ("b", 4)
    assert wash["disallowed"] == "80"
    held = {p["account"]: p for p in answer["positions"]}
    assert held["b"]["lots"][0]["washed_cost_base"] == "400"


def test_through_three_accounts_in_a_day_and_back():
    told = [at("a", did("2024-01-01", "deposit", amount="100")),
            at("a", trade("2024-01-02", "buy", "10", "10"))]
    for k, (x, y) in enumerate((("a", "b"), ("b", "c"), ("c", "a"))):
        told.append(at(x, did("2024-01-05", "transfer_out", symbol="ACME",
                              quantity="10", time=f"1{k}:00"), to=y))
    answer = ask(told)
    assert answer["faults"] == []
    assert {p["account"]: p["quantity"] for p in answer["positions"]} == \
        {"a": "10", "b": "0", "c": "0"}
    lot, = answer["positions"][0]["lots"]
    assert (lot["opened"], lot["cost"]) == ("2024-01-02", "100")


def test_units_that_go_in_a_circle_need_times():
    told = [at("a", did("2024-01-01", "deposit", amount="1000")),
            at("a", trade("2024-01-03", "buy", "10", "10")),
            at("b", did("2024-01-01", "transfer_in", symbol="ACME",
                        quantity="5", lots=[{"opened": "2020-01-01",
                                             "quantity": "5",
                                             "cost": "7"}])),
            at("a", did("2024-01-05", "transfer_out", symbol="ACME",
                        quantity="10"), to="b"),
            at("b", did("2024-01-05", "transfer_out", symbol="ACME",
                        quantity="5"), to="a")]
    assert "activities[3]: goes in a circle" in error(told)


@pytest.mark.parametrize("change, where", [
    ({"account": ""}, "activities[0].account: an account's name"),
    ({"account": 5}, "activities[0].account: an account's name"),
    ({"account": "x", "to": "y"}, "activities[0].to: not a member of buy"),
    ({}, "activities[0].account is missing")])
def test_an_account_that_cannot_be_read(change, where):
    buy = {**trade("2024-01-03", "buy", "10", "50"), **change}
    other = at("b", did("2024-01-01", "deposit", amount="1"))
    assert where in error([buy, other])


@pytest.mark.parametrize("accounts, where", [
    ([], "accounts: an object"), ({"b": 5}, "accounts.b: method"),
    ({"b": {"colour": 1}}, "accounts.b: method"),
    ({"b": {"method": "guess"}}, "accounts.b.method"),
    ({"b": {"margin": "yes"}}, "accounts.b.margin"),
    ({"c": {}}, "activities[0].account: no such account: b")])
def test_accounts_that_cannot_be_read(accounts, where):
    told = [at("b", did("2024-01-01", "deposit", amount="1"))]
    assert where in error(told, accounts=accounts)


def test_an_account_cannot_give_to_itself():
    assert "activities[0].to: the same" in error([at("b", did(
        "2024-01-01", "transfer_out", amount="1"), to="b")])


# ---- laws of returns ------------------------------------------------------

def with_closes(dice, times=1):
    """Whole units and cents, so that no amount is rounded."""
    on, told, closes = date(2022, 1, 3), [], {}
    cash = Decimal(0)
    held = 0
    for i in range(80):
        price = Decimal(dice.randint(5000, 9000)) / 100 * times
        closes[str(on)] = f"{price:f}"
        if i % 9 == 0:
            paid = Decimal(dice.randint(100000, 900000)) / 100 * times
            told.append(did(str(on), "deposit", amount=f"{paid:f}"))
            cash += paid
        units = int(cash / price / 2)
        if dice.random() < 0.5 and units:
            told.append(trade(str(on), "buy", str(units), f"{price:f}"))
            cash -= units * price
            held += units
        elif held:
            units = dice.randint(1, held)
            told.append(trade(str(on), "sell", str(units), f"{price:f}"))
            cash += units * price
            held -= units
        on += timedelta(days=dice.randint(1, 5))
    return told, {"ACME": closes}


def shown(answer, name):
    return answer["performance"][name]["value"]


@pytest.mark.parametrize("seed", range(5))
def test_windows_link_to_the_whole(seed):
    told, closes = with_closes(random.Random(seed))
    days = sorted(closes["ACME"])
    middle = date.fromisoformat(days[40])
    whole = shown(ask(told, prices=closes), "twr")
    first = shown(ask(told, prices=closes, as_of=str(middle)), "twr")
    then = shown(ask(told, prices=closes, **{
        "from": str(middle + timedelta(days=1))}), "twr")
    near((1 + first) * (1 + then) - 1, whole)


@pytest.mark.parametrize("seed", range(5))
def test_ten_times_the_money_returns_the_same(seed):
    small, closes = with_closes(random.Random(seed))
    large, dear = with_closes(random.Random(seed), 10)
    a, b = ask(small, prices=closes), ask(large, prices=dear)
    assert Decimal(b["value"]) == 10 * Decimal(a["value"])
    assert Decimal(b["identity"]["gain"]) == 10 * Decimal(
        a["identity"]["gain"])
    for name in ("simple", "twr", "xirr"):
        near(shown(a, name), shown(b, name), 1e-9)


@pytest.mark.parametrize("seed", range(5))
def test_at_the_money_weighted_rate_nothing_is_left(seed):
    told, closes = with_closes(random.Random(seed))
    answer = ask(told, prices=closes)
    rate = shown(answer, "xirr")
    begin = date.fromisoformat(told[0]["date"])
    flows = [(a["date"], -float(a["amount"])) for a in told
             if a["type"] == "deposit"]
    flows.append((answer["as_of"], float(answer["value"])))
    left = sum(amount * (1 + rate) ** -((date.fromisoformat(d) - begin).days
                                        / 365) for d, amount in flows)
    assert abs(left) < 1e-6 * sum(abs(amount) for _, amount in flows)


def test_bought_and_held_returns_what_the_asset_did():
    closes = {"2024-01-02": "100", "2024-01-03": "90", "2024-01-05": "130",
              "2024-02-01": "117"}
    answer = ask([did("2024-01-02", "deposit", amount="1000"),
                  trade("2024-01-02", "buy", "10", "100")],
                 prices={"ACME": closes})
    near(shown(answer, "twr"), 0.17)
    near(shown(answer, "simple"), 0.17)


def test_a_split_with_prices_to_match_changes_no_return():
    told, closes = with_closes(random.Random(9))
    on = sorted(closes["ACME"])[30]
    split = [a if a["date"] < on or "symbol" not in a else
             {**a, "quantity": str(2 * int(a["quantity"])),
              "price": f"{Decimal(a['price']) / 2:f}"} for a in told]
    halved = {d: p if d < on else f"{Decimal(p) / 2:f}"
              for d, p in closes["ACME"].items()}
    split.append(did(on, "split", symbol="ACME", ratio="2:1"))
    a = ask(told, prices=closes)
    b = ask(split, prices={"ACME": halved})
    assert a["performance"] == b["performance"]
    assert a["identity"] == b["identity"]


# ---- what can be told ----------------------------------------------------

def test_every_kind_in_one_history():
    some = [
        did("2024-01-02", "deposit", amount="50000"),
        trade("2024-01-03", "buy", "100", "50", "1", symbol="PRNT"),
        trade("2024-01-03", "buy", "101", "30", symbol="ACME"),
        trade("2024-01-04", "short", "10", "20", symbol="BOLT"),
        trade("2024-01-05", "cover", "4", "19", symbol="BOLT"),
        trade("2024-01-05", "sell", "10", "51", "1", symbol="PRNT"),
        did("2024-01-06", "dividend", symbol="PRNT", amount="20", tax="3"),
        did("2024-01-06", "interest", amount="5", tax="1"),
        did("2024-01-06", "fee", amount="2"),
        did("2024-01-06", "tax", amount="2"),
        did("2024-01-07", "split", symbol="ACME", ratio="3:2", price="20"),
        did("2024-01-08", "transfer_in", symbol="MOVE", quantity="10",
            price="40", lots=[{"opened": "2020-05-04", "quantity": "6",
                               "cost": "60"},
                              {"opened": "2021-05-04", "quantity": "4",
                               "cost": "80"}]),
        did("2024-01-09", "transfer_out", symbol="MOVE", quantity="7",
            price="41"),
        did("2024-01-09", "transfer_in", amount="100"),
        did("2024-01-10", "exchange", amount="500", currency="USD",
            received="450", into_currency="EUR", fee="1"),
        did("2024-01-11", "reinvestment", symbol="PRNT", amount="25",
            quantity="0.5", price="50"),
        did("2024-01-12", "buy", symbol="BOND", quantity="1000",
            price="98.5", accrued="12"),
        did("2024-01-13", "coupon", symbol="BOND", amount="30"),
        did("2024-01-14", "stock_dividend", symbol="PRNT", ratio="5:100"),
        did("2024-01-15", "spin_off", symbol="PRNT", into="CHLD",
            ratio="1:2", price="45", price_into="5"),
        did("2024-01-16", "merger", symbol="ACME", into="NEWC", ratio="1:2",
            amount="60", price_into="90"),
        did("2024-01-17", "rename", symbol="NEWC", into="META"),
        did("2024-01-18", "return_of_capital", symbol="META", amount="40"),
        did("2024-01-19", "staking", symbol="COIN", quantity="0.5",
            price="2000"),
        did("2024-01-20", "bonus", symbol="PRNT", quantity="2",
            time="15:30"),
        did("2024-01-21", "withdrawal", amount="100")]
    assert {a["type"] for a in some} == set(KINDS)
    answer = ask(some, instruments={"BOND": {"percent": True}},
                 fx={"EURUSD": {"2024-01-08": "1.10", "2024-02-01": "1.2"}},
                 prices={"PRNT": {"2024-02-01": "46"}}, **{
                     "as_of": "2024-02-01", "from": "2024-01-10"})
    assert answer["faults"] == []
    assert Decimal(answer["identity"]["value_start"]) > 0
    assert position(answer, "META")["quantity"] == "75.5" or \
        position(answer, "META")["lots"]
    assert any(r.get("review") for r in answer["realised"])


def test_options_are_of_a_hundred():
    some = [did("2024-01-02", "deposit", amount="1000"),
            trade("2024-01-03", "buy", "2", "3.50", "1.30", symbol="CALL")]
    answer = ask(some, instruments={"CALL": {"multiplier": 100}},
                 prices={"CALL": {"2024-01-04": "4"}})
    assert position(answer, "CALL")["cost"] == "701.3"
    assert position(answer, "CALL")["value"] == "800"


def test_a_fault_is_told_and_the_rest_stands():
    some = [did("2024-01-02", "deposit", amount="1000", id="pay"),
            trade("2024-01-03", "buy", "10", "50"),
            trade("2024-02-01", "sell", "11", "60", id="much"),
            trade("2024-02-02", "sell", "4", "60")]
    answer = ask(some)
    assert answer["faults"] == [{
        "activity": 2, "activity_id": "much", "code": "more_than_held",
        "date": "2024-02-01", "field": "quantity",
        "detail": "more than there is",
        "held": "10", "asked": "11", "missing": "1"}]
    assert position(answer)["quantity"] == "6"


def test_without_the_cash_and_on_margin():
    some = [trade("2024-01-03", "buy", "10", "50")]
    assert [f["code"] for f in ask(some)["faults"]] == ["not_enough_cash"]
    assert ask(some, margin=True)["faults"] == []
    answer = ask(some, scope="positions")
    assert answer["faults"] == [] and answer["paid_in"] == "500"


def test_what_comes_later_is_not_looked_at():
    early = ask(THREE_LOTS + [SALE], as_of="2024-03-31",
                prices={"ACME": {"2024-03-28": "10", "2024-04-02": "99"}})
    assert early["realised"] == []
    assert position(early)["price"] == "10"
    assert early["value"] == "9977"
    before = ask(THREE_LOTS, as_of="2024-03-31",
                 prices={"ACME": {"2024-03-28": "10"}})
    for answer in (early, before):
        answer.pop("id")
    assert early == before


def test_the_same_line_is_answered_the_same():
    line = json.dumps({"base": "USD", "activities": THREE_LOTS + [SALE]})
    first, second = answers(line + "\n" + line)
    assert first == second and first["id"] is None


def test_amounts_are_strings():
    def walk(value, path):
        if isinstance(value, dict):
            for key, inner in value.items():
                walk(inner, path + [key])
        elif isinstance(value, list):
            for inner in value:
                walk(inner, path)
        elif isinstance(value, float):
            assert path[0] == "performance", path
    walk(ask(THREE_LOTS + [SALE]), [])


def test_the_list_and_the_help_say_what_can_be_told():
    table, = answers("", "--list")
    assert sorted(t["name"] for t in table["types"]) == sorted(KINDS)
    assert table["methods"] == METHODS
    for t in table["types"]:
        assert t["doc"]
        assert set(t["must"]) | set(t["may"]) <= set(table["activity"])
    done = subprocess.run([PROGRAM, "ledger", "--help"], check=True,
                          capture_output=True)
    for word in KINDS + list(table["activity"]) + list(table["members"]):
        assert word in done.stdout.decode()
    wrong = subprocess.run([PROGRAM, "ledger", "--nonsense"], check=False,
                           capture_output=True)
    assert wrong.returncode == 1 and b"ledger" in wrong.stderr


# ---- what cannot be read -------------------------------------------------

BUY = trade("2024-01-03", "buy", "10", "50")


@pytest.mark.parametrize("request_, where", [
    ({"base": None}, "base is missing"),
    ({"base": "QQQ"}, "base"),
    ({"base": 5}, "base"),
    ({"activities": None}, "activities is missing"),
    ({"activities": {}}, "activities: an array"),
    ({"activities": [5]}, "activities[0]: an object"),
    ({"activities": [[]]}, "activities[0]: an object"),
    ({"activities": [{}]}, "activities[0].type is missing"),
    ({"activities": [did("2024-01-03", "juggle")]},
     "activities[0].type: unknown type: juggle"),
    ({"activities": [{**BUY, "date": "2024-02-30"}]}, "activities[0].date"),
    ({"activities": [{**BUY, "date": 20240101}]}, "activities[0].date"),
    ({"activities": [{**BUY, "colour": "red"}]}, "activities[0].colour"),
    ({"activities": [{**BUY, "ratio": "2:1"}]}, "activities[0].ratio"),
    ({"activities": [{**BUY, "symbol": 5}]}, "activities[0].symbol"),
    ({"activities": [{**BUY, "symbol": ""}]}, "activities[0].symbol"),
    ({"activities": [{**BUY, "currency": "ZZZ"}]}, "activities[0].currency"),
    ({"activities": [{**BUY, "currency": "USD"},
                     {**BUY, "currency": "EUR"}]}, "activities[1].currency"),
    ({"activities": [{**BUY, "time": "25:00"}]}, "activities[0].time"),
    ({"activities": [{**BUY, "id": 5}]}, "activities[0].id"),
    ({"activities": [{**BUY, "id": "a"}, {**BUY, "id": "a"}]},
     "activities[1].id"),
    ({"activities": [{**BUY, "price": None}]}, "activities[0].price"),
    ({"activities": [{k: v for k, v in BUY.items() if k != "price"}]},
     "price or an amount is missing"),
    ({"activities": [{k: v for k, v in BUY.items() if k != "quantity"}]},
     "activities[0].quantity is missing"),
    ({"activities": [did("2024-01-01", "transfer_in", symbol="A")]},
     "symbol and quantity"),
    ({"activities": [did("2024-01-01", "transfer_out")]},
     "amount is missing"),
    ({"activities": [did("2024-01-01", "transfer_in", symbol="A",
                         quantity="1")]}, "lots, an amount or a price"),
    ({"activities": [did("2024-01-01", "split", symbol="A", ratio="2")]},
     "activities[0].ratio"),
    ({"activities": [did("2024-01-01", "split", symbol="A",
                         ratio="2:1:1")]}, "activities[0].ratio"),
    ({"activities": [{**SALE, "lots": 5}]}, "activities[0].lots"),
    ({"activities": [{**SALE, "lots": [{}]}]}, "activities[0].lots[0]"),
    ({"activities": [{**SALE, "lots": [{"activity": 9,
                                        "quantity": "1"}]}]},
     "activities[0].lots[0]"),
    ({"activities": [{**SALE, "lots": [{"activity": "nobody",
                                        "quantity": "1"}]}]},
     "activities[0].lots[0].activity"),
    ({"activities": [{**SALE, "lots": [{"activity": 0,
                                        "quantity": "x"}]}]},
     "activities[0].lots[0].quantity"),
    ({"activities": [{**SALE, "lots": [{"activity": 0, "part": -1,
                                        "quantity": "1"}]}]},
     "activities[0].lots[0].part"),
    ({"activities": [did("2024-01-01", "transfer_in", symbol="A",
                         quantity="1", lots=[{"quantity": "1", "cost": "1",
                                              "opened": "1.1.2020"}])]},
     "activities[0].lots[0].opened"),
    ({"activities": [{k: v for k, v in BUY.items() if k != "date"}]},
     "activities[0].date is missing"),
    ({"method": "guess"}, "method"),
    ({"method": [{"from": "then", "method": "fifo"}]}, "method[0].from"),
    ({"method": [{}]}, "method"),
    ({"as_of": "yesterday"}, "as_of"),
    ({"from": "2025-01-01", "as_of": "2024-01-01"}, "from: after as_of"),
    ({"since": 5}, "since"),
    ({"margin": "yes"}, "margin"),
    ({"scope": "galaxy"}, "scope"),
    ({"weather": "fine"}, "weather: unknown member"),
    ({"prices": []}, "prices"),
    ({"activities": [BUY], "prices": {"ACME": []}}, "prices.ACME"),
    ({"activities": [BUY], "prices": {"ACME": {"today": "1"}}},
     "prices.ACME"),
    ({"activities": [BUY], "prices": {"ACME": {"2024-01-01": "-1"}}},
     "prices.ACME.2024-01-01"),
    ({"prices": {"NONE": {"2024-01-01": "NaN"}}}, "prices.NONE.2024-01-01"),
    ({"fx": {"EURUSD": {"2024-01-01": "0"}}}, "fx.EURUSD"),
    ({"fx": {"EURUSD": {"2024-01-01": "1"}, "USDEUR": {}}}, "fx.USDEUR"),
    ({"fx": {"EURJPY": {}, "JPYEUR": {}}}, "fx.JPYEUR"),
    ({"fx": {"GBPUSD": {}, "USDGBX": {}}}, "fx.USDGBX"),
    ({"fx": {"GBPGBX": {}}}, "fx.GBPGBX"),
    ({"base": "GBX"}, "base: GBX is a hundredth; say GBP"),
    ({"activities": [{**BUY, "currency": "GBX", "price":
                      "0.0000000000000000" + "1"}]}, "activities[0]: an "
     "amount is too precise"),
    ({"activities": [{**BUY, "currency": "GBP"},
                     {**BUY, "currency": "GBX"}]}, "activities[1].currency"),
    ({"activities": [{**BUY, "currency": "GBX"}],
      "prices": {"ACME": {"2024-01-03": "0." + "1" * 17}}},
     "prices.ACME.2024-01-03"),
    ({"fx": {"USDUSD": {}}}, "fx.USDUSD"),
    ({"fx": {"EUR": {}}}, "fx.EUR"),
    ({"fx": {"QQQUSD": {}}}, "fx.QQQUSD"),
    ({"instruments": []}, "instruments"),
    ({"instruments": {"": {}}}, "instruments"),
    ({"instruments": {"A": 5}}, "instruments.A"),
    ({"instruments": {"A": {"colour": 1}}}, "instruments.A"),
    ({"instruments": {"A": {"currency": "QQQ"}}}, "instruments.A.currency"),
    ({"instruments": {"A": {"multiplier": "0"}}}, "instruments.A.multiplier"),
    ({"instruments": {"A": {"percent": 1}}}, "instruments.A.percent"),
    ({"instruments": {"A": {"home": 1}}}, "instruments.A.home"),
])
def test_the_error_says_where(request_, where):
    assert where in error(**request_)


@pytest.mark.parametrize("bad", [
    "NaN", "Infinity", "-Infinity", "1e5", "", " 1", "1 ", "0x10", "1,5",
    "--1", ".", "9" * 40, "0." + "1" * 19, True, False, [], {}, None,
    0.1 + 0.2, 1e300, -1e300, 1e-7])
@pytest.mark.parametrize("member", ["quantity", "price", "fee"])
def test_a_number_that_is_none(member, bad):
    assert f"activities[0].{member}" in error([{**BUY, member: bad}])


def test_json_numbers_where_they_are_exact():
    answer = ask([did("2024-01-02", "deposit", amount=1000),
                  trade("2024-01-03", "buy", 2, 12.61, 0.01)])
    assert position(answer)["cost"] == "25.23"
    assert ask([did("2024-01-02", "deposit",
                    amount=123456789012.345)])["value"] == "123456789012.345"


@pytest.mark.parametrize("change, code", [
    ({"quantity": "-10"}, "amount"), ({"quantity": "0"}, "amount"),
    ({"price": "-1"}, "amount"), ({"fee": "-1"}, "amount"),
    ({"tax": "-1"}, "amount"), ({"amount": "-1"}, "amount"),
    ({"rate": "-1"}, "amount"), ({"accrued": "-1"}, "amount"),
    ({"quantity": "99999999999", "price": "99999999999"}, "too_big")])
def test_what_can_be_read_but_not_be_done(change, code):
    some = [did("2024-01-02", "deposit", amount="1000"), {**BUY, **change}]
    answer = ask(some)
    assert [(f["activity"], f["code"]) for f in answer["faults"]] == \
        [(1, code)]
    assert answer["faults"][0]["detail"]
    if code == "amount":
        assert answer["faults"][0]["field"] == next(iter(change))
    assert answer["cash"]["USD"]["amount"] == "1000"


def test_no_rate_is_a_fault():
    answer = ask([did("2024-01-02", "deposit", amount="10", currency="EUR")])
    fault, = answer["faults"]
    assert (fault["code"], fault["field"]) == ("no_rate", "currency")
    assert (fault["pair"], fault["date"]) == ("EURUSD", "2024-01-02")
    answer = ask([did("2024-01-02", "deposit", amount="10"),
                  did("2024-01-02", "exchange", amount="1", currency="USD",
                      received="1", into_currency="EUR")])
    assert [f["pair"] for f in answer["faults"]] == ["EURUSD"]


def test_lines_that_cannot_be_read_are_answered_and_passed_by():
    good = json.dumps({"id": "x", "base": "USD", "activities": []})
    lines = ["", "{", "[]", "5", "null", '"a"', "{}", '{"id": 7}',
             '{"base":"USD","base":"USD","activities":[]}',
             '{"id":1,"base":"USD","activities":[],"x":NaN}',
             '{"id":1,"base":"USD","activities":[],"x":1e999}',
             "\x00", "\xff", "[" * 5000, good]
    got = answers("\n".join(lines).encode("latin-1"))
    assert len(got) == len(lines)
    assert all("error" in a for a in got[:-1])
    assert got[7]["id"] == 7
    assert got[-1]["id"] == "x" and got[-1]["value"] == "0"


def test_nothing_at_all():
    assert answers("") == []
    answer = ask([])
    assert answer["positions"] == [] and answer["value"] == "0"
    assert answer["performance"]["twr"]["reason"] == "INSUFFICIENT_DATA"
    assert answer["performance"]["xirr"]["reason"] == "NO_SOLUTION"


def test_the_ends_of_the_calendar():
    answer = ask([did("0001-01-01", "deposit", amount="1"),
                  did("9999-12-31", "deposit", amount="1")],
                 **{"from": "0001-01-01"})
    assert answer["value"] == "2"


def test_random_lines_are_answered_each_with_one_line():
    dice = random.Random(3)
    words = KINDS + ["ACME", "USD", "EUR", "2024-01-01", "2024-01-02", "1",
                     "0", "-5", "1e9", "2:1", "99999999999999999999", "", 5,
                     0.5, None, True, [], {}, "fifo", "specific", -1]
    names = ("date type symbol quantity price amount fee tax accrued rate "
             "ratio into price_into received into_currency currency time "
             "lots id").split()

    def value(name):
        if dice.random() < 0.08:
            return dice.choice(words)
        return {"date": dice.choice(["2024-01-01", "2024-01-02"]),
                "type": dice.choice(KINDS), "symbol": dice.choice("AB"),
                "into": dice.choice("BC"), "currency": "USD",
                "into_currency": dice.choice(["EUR", "USD"]),
                "ratio": dice.choice(["2:1", "1:3"]), "time": "10:00",
                "id": str(dice.random()),
                "lots": [{"activity": 0, "quantity": "1"}]}.get(
                    name, str(dice.randint(0, 20)))

    table = {t["name"]: t for t in answers("", "--list")[0]["types"]}
    lines = []
    for _ in range(1500):
        some = []
        for _ in range(dice.randint(0, 6)):
            kind = dice.choice(KINDS)
            must, may = table[kind]["must"], table[kind]["may"]
            picked = ["date", *must, *(m for m in may if m != "currency" and
                                       dice.random() < 0.4)]
            if dice.random() < 0.1:
                picked.append(dice.choice(names))
            some.append({"type": kind, **{m: value(m) for m in picked}})
        lines.append(json.dumps({
            "base": "USD", "activities": some,
            "method": dice.choice(METHODS), "margin": dice.random() < 0.5,
            "fx": {"EURUSD": {"2024-01-01": "1.1"}},
            "prices": {"A": {"2024-01-02": "3"}}}))
    got = answers("\n".join(lines))
    assert len(got) == len(lines)
    told = [a for a in got if "error" not in a]
    assert len(told) > 200
    assert all(a["identity"]["holds"] for a in told)
