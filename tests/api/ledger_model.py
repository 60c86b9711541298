"""The ledger again, in Python's decimals: what the server must agree with.

Average cost; amounts and the cost a sale takes are rounded half-even to the
currency's two places; the last unit sold takes the rest of the cost.
"""

from decimal import ROUND_HALF_EVEN, Context, Decimal, localcontext

CENT = Decimal("0.01")
WIDE = Context(prec=120, rounding=ROUND_HALF_EVEN)
# Within a day: what brings money and units first.
RANK = {"deposit": 0, "buy": 1, "dividend": 2, "interest": 2, "fee": 3,
        "sell": 4, "withdrawal": 5}


class Refused(Exception):
    pass


def cents(value):
    with localcontext(WIDE):
        return value.quantize(CENT, rounding=ROUND_HALF_EVEN)


class Holding:
    def __init__(self):
        self.quantity = self.cost = self.realised = self.income = Decimal(0)


class Entry:
    """One activity: kind, day, symbol, and what its kind needs."""

    def __init__(self, kind, on, symbol=None, quantity=None, price=None,
                 amount=None, commission="0", withheld="0"):
        self.kind, self.on, self.symbol = kind, on, symbol
        self.quantity = Decimal(quantity) if quantity is not None else None
        self.price = Decimal(price) if price is not None else None
        self.commission, self.withheld = Decimal(commission), Decimal(withheld)
        if kind in ("buy", "sell"):
            with localcontext(WIDE):
                self.amount = cents(self.quantity * self.price)
        else:
            self.amount = Decimal(amount)
        self.realised = None


class Ledger:
    """The state after all entries, or Refused with the reason."""

    def __init__(self, entries):
        self.cash = self.paid_in = self.paid_out = Decimal(0)
        self.realised = self.income = self.fees = self.taxes = Decimal(0)
        self.holdings = {}
        ordered = sorted(range(len(entries)),
                         key=lambda i: (entries[i].on, RANK[entries[i].kind], i))
        for place, i in enumerate(ordered):
            self.apply(entries[i])
            last = place + 1 == len(ordered)
            if last or entries[ordered[place + 1]].on != entries[i].on:
                if self.cash < 0:
                    raise Refused("not_enough_cash")

    def apply(self, e):
        with localcontext(WIDE):
            getattr(self, e.kind)(e)

    def holding(self, e):
        return self.holdings.setdefault(e.symbol, Holding())

    def buy(self, e):
        h = self.holding(e)
        self.cash -= e.amount + e.commission
        h.quantity += e.quantity
        h.cost += e.amount + e.commission

    def sell(self, e):
        h = self.holding(e)
        if e.quantity > h.quantity:
            raise Refused("more_than_held")
        taken = h.cost if e.quantity == h.quantity else cents(
            h.cost * e.quantity / h.quantity)
        e.realised = e.amount - e.commission - taken
        h.quantity -= e.quantity
        h.cost -= taken
        h.realised += e.realised
        self.realised += e.realised
        self.cash += e.amount - e.commission

    def deposit(self, e):
        self.cash += e.amount
        self.paid_in += e.amount

    def withdrawal(self, e):
        self.cash -= e.amount
        self.paid_out += e.amount

    def dividend(self, e):
        self.interest(e)
        self.holding(e).income += e.amount - e.withheld

    def interest(self, e):
        self.cash += e.amount - e.withheld
        self.income += e.amount
        self.taxes += e.withheld

    def fee(self, e):
        self.cash -= e.amount
        self.fees += e.amount
