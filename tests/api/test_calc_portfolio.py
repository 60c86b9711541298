"""`bursar calc` about many assets: weights, paths, factors, trades."""

import csv
import random

import pytest

from calculator import A, B, ask, near, shared, shared_json

COVARIANCE = {"bonds": [0.0025, 0.001, 0.0], "shares": [0.001, 0.04, 0.006],
              "gold": [0.0, 0.006, 0.0225]}
EXPECTED = [0.03, 0.08, 0.04]


def two_walks(n=300):
    dice = random.Random(7)
    prices = {"A": [100.0], "B": [50.0], "C": [10.0]}
    for _ in range(n):
        common = dice.gauss(0.0004, 0.008)
        for name, path in prices.items():
            path.append(path[-1] * (1 + common + dice.gauss(
                0, 0.005 + 0.005 * (name == "C"))))
    return prices


@pytest.mark.parametrize("fn,params", [
    ("min_variance", {}), ("max_sharpe", {"risk_free": 0.01}),
    ("target_return", {"target": 0.06}), ("max_utility", {"aversion": 4}),
    ("risk_parity", {}), ("hrp", {})])
def test_weights_add_up_and_say_what_they_expect(fn, params):
    got = ask(fn, params, covariance=COVARIANCE, expected=EXPECTED)["values"]
    w = got["weights"]
    assert list(w) == list(COVARIANCE)
    near(sum(w.values()), 1)
    assert all(-1e-12 <= x <= 1 + 1e-12 for x in w.values())
    near(got["return"], sum(x * m for x, m in zip(w.values(), EXPECTED)))
    near(got["volatility"] ** 2, sum(
        w[a] * w[b] * c for a, row in COVARIANCE.items()
        for b, c in zip(COVARIANCE, row)))
    if fn == "target_return":
        near(got["return"], 0.06)


def test_bounds_are_kept():
    got = ask("max_sharpe", {"min": 0.1, "max": 0.5}, covariance=COVARIANCE,
              expected=EXPECTED)["values"]["weights"]
    assert all(0.1 - 1e-12 <= x <= 0.5 + 1e-12 for x in got.values())
    got = ask("min_variance", covariance=COVARIANCE, lower=[0, 0.3, 0],
              upper=[1, 1, 0.05])["values"]["weights"]
    near(got["shares"], 0.3)
    assert got["gold"] <= 0.05 + 1e-12
    got = ask("min_variance", {"max": 0.2}, covariance=COVARIANCE)
    assert (got["value"], got["reason"]) == (None, "NO_SOLUTION")


def test_prices_do_as_well_as_their_covariance():
    prices = two_walks()
    c = ask("covariance_matrix", prices=prices)["values"]
    r = {name: [y / x - 1 for x, y in zip(p, p[1:])]
         for name, p in prices.items()}
    near(c["A"][1], 252 * ask("covariance", returns=r["A"],
                              benchmark=r["B"])["value"])
    one = ask("min_variance", prices=prices)["values"]
    two = ask("min_variance", covariance=c)["values"]
    for name in prices:
        near(one["weights"][name], two["weights"][name], 1e-9)
    shrunk = ask("ledoit_wolf", prices=prices)
    assert 0 < shrunk["shrinkage"] < 1
    assert abs(shrunk["values"]["A"][1]) < abs(c["A"][1])
    assert "prices or inputs.covariance" in ask("min_variance")["error"]


def test_a_frontier_rises():
    points = ask("efficient_frontier", {"points": 9}, covariance=COVARIANCE,
                 expected=EXPECTED)["values"]["points"]
    assert len(points) == 9
    for a, b in zip(points, points[1:]):
        assert b["return"] > a["return"]
        assert b["volatility"] >= a["volatility"] - 1e-12
    near(points[-1]["weights"]["shares"], 1)


def test_twenty_shares_as_the_reference():
    cases = shared_json("reference", "optim", "efficient_frontier.json")
    with open(shared("reference", "optim", "mu_cov.csv"),
              encoding="utf-8") as f:
        rows = list(csv.DictReader(f))
    names = [row["ticker"] for row in rows]
    inputs = {"covariance": {row["ticker"]: [float(row[name])
                                             for name in names]
                             for row in rows},
              "expected": [float(row["mu"]) for row in rows]}
    for (fn, params), case in zip(
            (("min_variance", {}), ("target_return", {"target": 0.25}),
             ("max_utility", {"aversion": 2})), cases["cases"]):
        got = ask(fn, {"risk_free": 0.02, **params}, **inputs)["values"]
        for key, want in zip(("return", "volatility", "sharpe"),
                             case["performance"]):
            near(got[key], want, 1e-6)


def test_factors():
    got = ask("regression", returns=A, factors={"market": B})["values"]
    near(got["coefficients"][1], ask("beta", returns=A,
                                     benchmark=B)["value"])
    near(got["r_squared"], ask("r_squared", returns=A,
                               benchmark=B)["value"])
    near(sum(got["residuals"]), 0)
    assert ask("regression", returns=A, factors=[B, B])["reason"] == \
        "ZERO_VARIANCE"
    assert ask("regression", returns=A, factors=[B[1:]])["reason"] == \
        "MISALIGNED"


def test_paths():
    got = ask("projection", {"start": 1000, "mean": 0.05, "flow": 100,
                             "horizon": 3})["values"]
    near(got["p50"][2], ((1000 * 1.05 + 100) * 1.05 + 100) * 1.05 + 100)
    assert got["p5"] == got["p95"] and got["ruined"] == 0
    pension = {"start": 1000, "flow": -90, "growth": 0.02, "horizon": 8,
               "paths": 500}
    one, two = (ask("projection", pension, returns=[x + 0.02 for x in A])
                for _ in range(2))
    assert one["values"] == two["values"]
    other = ask("projection", {**pension, "seed": 2},
                returns=[x + 0.02 for x in A])
    assert other["values"]["mean"] != one["values"]["mean"]
    gone = ask("projection", {"start": 1000, "flow": -150,
                              "horizon": 10})["values"]
    assert gone["ruined"] == 1 and gone["p95"][6:] == [0, 0, 0, 0]


def test_trades():
    got = ask("rebalance", {"cash": 100}, held=[500, 300, 200],
              target=[0.3, 0.3, 0.4])["values"]["trades"]
    for g, w in zip(got, (-170, 30, 240)):
        near(g, w)
    got = ask("rebalance", {"cash": 100, "sales": "no"},
              held=[500, 300, 200], target=[0.3, 0.3, 0.4])
    near(sum(got["values"]["trades"]), 100)
    assert min(got["values"]["trades"]) == 0
    assert ask("rebalance", held=[1, 1], target=[1])["reason"] == "MISALIGNED"
