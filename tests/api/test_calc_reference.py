"""`bursar calc` beside other people's figures: ../shared/data/reference."""

import datetime
import math

import pytest

from calculator import ask, flows, near, shared_csv, shared_json

INDICATORS = [
    ("sma", {}, "sma", "sma.csv", "sma"),
    ("ema", {}, "ema", "ema.csv", "ema"),
    ("wma", {}, "wma", "wma.csv", "wma"),
    ("macd", {}, "macd", "macd.csv", "macd"),
    ("macd", {}, "histogram", "macd.csv", "histogram"),
    ("rsi", {}, "rsi", "rsi.csv", "rsi"),
    ("roc", {}, "roc", "roc.csv", "roc"),
    ("stoch", {}, "k", "stoch.csv", "oscillator"),
    ("stoch", {}, "d", "stoch.csv", "signal"),
    ("williams_r", {}, "williams_r", "willr.csv", "williamsR"),
    ("cci", {}, "cci", "cci.csv", "cci"),
    ("adx", {}, "adx", "adx.csv", "adx"),
    ("adx", {}, "plus_di", "adx.csv", "pdi"),
    ("stddev", {}, "deviation", "stdev.csv", "stdDev"),
    ("bollinger", {}, "upper", "bb.csv", "upperBand"),
    ("bollinger", {}, "bandwidth", "bb.csv", "width"),
    ("atr", {}, "atr", "atr.csv", "atr"),
    ("donchian", {}, "upper", "donchian.csv", "upperBand"),
    ("donchian", {}, "lower", "donchian.csv", "lowerBand"),
    ("obv", {}, "obv", "obv.csv", "obv"),
    ("vwap", {}, "vwap", "vwap.csv", "vwap"),
    ("mfi", {}, "mfi", "mfi.csv", "mfi"),
    ("slope", {}, "slope", "slope.csv", "slope"),
    ("true_range", {}, "true_range", "tr.csv", "tr"),
]


@pytest.mark.parametrize("fn,params,output,file,column", INDICATORS,
                         ids=[f"{row[0]}-{row[2]}" for row in INDICATORS])
def test_indicators_as_the_reference(fn, params, output, file, column):
    bars = shared_csv("reference", "indicators", "quotes-default.csv")
    want = [row[column] for row in shared_csv("reference", "indicators",
                                              file)]
    inputs = {name: [float(bar[name]) for bar in bars]
              for name in ("open", "high", "low", "close", "volume")}
    got = ask(fn, params, **inputs)["values"][output]
    assert len(got) == len(want) == 502
    assert sum(x is not None for x in got) > 400
    for g, w in zip(got, want):
        if w != "":
            near(g, float(w), 1e-9)


YEAR = {"daily": 252, "weekly": 52, "monthly": 12}
EMPYRICAL = {
    "cum_returns_final": "cumulative", "max_drawdown": "max_drawdown",
    "annual_return": "annualised", "annual_volatility": "volatility",
    "sharpe_ratio": "sharpe", "sortino_ratio": "sortino", "beta": "beta",
    "calmar_ratio": "calmar",
}


def empyrical_question(case, series):
    """None where it asks what we define otherwise, or of nothing at all."""
    args, inputs, params = case["args"], {}, {}
    for name, value in args.items():
        if isinstance(value, str) and value.startswith("$"):
            value = series.get(value[1:], {}).get("values")
            if value is None or None in value:
                return None
        if name in ("period", "annualization"):
            params["periods"] = YEAR.get(value)
        elif name in ("required_return", "starting_value", "risk_free"):
            if value:
                return None
        else:
            inputs[name if name == "returns" else "benchmark"] = value
    if not inputs.get("returns") or not isinstance(inputs["returns"], list):
        return None
    return EMPYRICAL[case["metric"]], params, inputs


def test_figures_as_empyricals():
    data = shared_json("reference", "risk", "empyrical.json")
    compared = 0
    for case in data["cases"]:
        if case["metric"] not in EMPYRICAL or \
                not isinstance(case["expected"], float):
            continue
        question = empyrical_question(case, data["series"])
        if question is None or not math.isfinite(case["expected"]):
            continue
        fn, params, inputs = question
        got = ask(fn, params, **inputs)["value"]
        assert abs(got - case["expected"]) < 10.0 ** -case["decimals"], case
        compared += 1
    assert compared >= 7


def closes(file):
    return {row["Date"]: float(row["Adj Close"]) for row in
            shared_csv("market", "daily", "adjclose", file)}


def test_ten_years_of_a_share_beside_the_market():
    case = shared_json("reference", "risk", "market_metrics.json")["cases"][0]
    a, b = (closes(file.rsplit("/", 1)[1]) for file in case["files"])
    days = sorted(set(a) & set(b))
    r, m = ([x[d] / x[before] - 1 for before, d in zip(days, days[1:])]
            for x in (a, b))
    want = case["metrics"]
    first = days.index(want["first"])
    r, m, ends = r[first - 1:], m[first - 1:], days[first:]
    last = ends.index(want["last"]) + 1
    r, m, ends = r[:last], m[:last], ends[:last]
    if len(r) != want["returns"]:
        r, m, ends = r[1:], m[1:], ends[1:]
    assert len(r) == want["returns"]
    for fn, params, key, sign in (
            ("cumulative", {}, "total_return", 1),
            ("annualised", {}, "annual_return_252", 1),
            ("volatility", {}, "annual_volatility", 1),
            ("sharpe", {}, "sharpe_rf0", 1), ("sortino", {}, "sortino_rf0", 1),
            ("calmar", {}, "calmar", 1), ("beta", {}, "beta", 1),
            ("alpha", {}, "alpha_daily_mean_x252", 1),
            ("correlation", {}, "correlation", 1),
            ("var", {}, "var_95_hist", -1), ("es", {}, "cvar_95_hist", -1),
            ("tracking_error", {}, "tracking_error", 1),
            ("information_ratio", {}, "information_ratio", 1)):
        near(ask(fn, params, returns=r, benchmark=m)["value"],
             sign * want[key], 1e-9)
    fall = ask("max_drawdown", returns=r, dates=ends)
    near(fall["value"], want["max_drawdown"], 1e-9)
    assert fall["trough_date"] == want["max_drawdown_trough"]


def worth(pairs, rate):
    """Of all flows on the last day, as a share of their sizes."""
    pairs = [(datetime.date.fromisoformat(d), a) for d, a in pairs]
    last = max(d for d, _ in pairs)
    terms = [a * (1 + rate) ** ((last - d).days / 365) for d, a in pairs]
    return abs(math.fsum(terms)) / math.fsum(map(abs, terms))


def test_money_weighted_rates_as_the_reference():
    for case in shared_json("reference", "risk", "xirr.json"):
        got = ask("xirr", flows=flows(*case["flows"]))
        if case["xirr"] is None:
            # They search less far; what is found must be a root.
            assert all(worth(case["flows"], r) < 1e-9 for r in got["roots"])
        elif len(got["roots"]) == 1:
            assert abs(got["annual"] - case["xirr"]) < 1e-9
        else:
            assert got["warnings"] == ["MULTIPLE_ROOTS"]
            assert any(abs(r - case["xirr"]) < 1e-9 * max(1, abs(r))
                       for r in got["roots"]), case["name"]
