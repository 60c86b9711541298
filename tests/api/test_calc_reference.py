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

# Their word, ours, what theirs is in ours.
EMPYRICAL = {
    "cum_returns_final": ("cumulative", 1), "annual_return": ("annualised", 1),
    "max_drawdown": ("max_drawdown", 1), "beta": ("beta", 1),
    "annual_volatility": ("volatility", 1), "sharpe_ratio": ("sharpe", 1),
    "sortino_ratio": ("sortino", 1), "calmar_ratio": ("calmar", 1),
    "omega_ratio": ("omega", 1), "downside_risk": ("downside_deviation", 1),
    "excess_sharpe": ("information_ratio", 252 ** -0.5),
    "alpha": ("alpha", 1), "capture": ("capture_ratio", 1),
    "up_capture": ("up_capture", 1), "down_capture": ("down_capture", 1),
    "cum_returns": ("wealth", 100), "roll_sharpe_ratio": ("rolling_sharpe", 1),
    "aggregate_returns": ("monthly_returns", 1), "cagr": ("annualised", 1),
    "alpha_beta": ("beta", 1), "up_alpha_beta": ("beta", 1),
    "down_alpha_beta": ("beta", 1), "up_down_capture": ("capture_ratio", 1),
}

# What is defined otherwise here, and why.
OTHERWISE = {
    "tail_ratio": "no figure of ours",
    "stability_of_timeseries": "no figure of ours",
    "roll_max_drawdown": "no figure of ours",
    "value_at_risk": "under 1 / (1 - c) returns are no tail",
    "cagr": "theirs counts missing days",
    "capture": "theirs is of annual returns",
    "up_capture": "theirs is of annual returns",
    "down_capture": "theirs is of annual returns",
    "up_down_capture": "theirs is of annual returns",
}


def empyrical_columns(case, series):
    """The arguments that are series, without days that one of them lacks."""
    columns = {}
    for name, value in case["args"].items():
        if isinstance(value, str) and value.startswith("$"):
            columns[name] = series[value[1:]]["values"]
        elif isinstance(value, list):
            columns[name] = value
    rows = [row for row in zip(*columns.values()) if None not in row]
    return {name: [row[i] for row in rows] for i, name in enumerate(columns)}


def empyrical_question(case, series):
    """Ours for theirs."""
    args, fn = case["args"], EMPYRICAL[case["metric"]][0]
    columns = empyrical_columns(case, series)
    params, inputs = {}, {"returns": columns["returns"]}
    for name, value in args.items():
        if name == "period" and value in YEAR:
            params["periods"] = YEAR[value]
        elif name == "window":
            params["window"] = value
        elif name in ("benchmark", "factor_returns"):
            inputs["benchmark"] = columns.get(name, [])
        elif name in ("required_return", "risk_free") and name in columns:
            inputs["returns"] = [r - q for r, q in zip(inputs["returns"],
                                                       columns[name])]
        elif name in ("required_return", "risk_free") and value:
            if fn == "omega":
                inputs["returns"] = [r - value for r in inputs["returns"]]
            else:
                params["mar" if name[1] == "e" else "risk_free"] = value
    if fn in ("sortino", "downside_deviation"):
        params.setdefault("mar", 0)
    if fn == "monthly_returns":
        first = datetime.date.fromisoformat(
            series[args["returns"][1:]]["start"])
        inputs["dates"] = [str(first + datetime.timedelta(days=i))
                           for i in range(len(inputs["returns"]))]
    return fn, params, inputs


def empyrical_answer(case, got):
    """The number, or numbers, that theirs is; None where there is none."""
    fn, by = EMPYRICAL[case["metric"]]
    if "values" in got:
        found = got["values"]["return" if fn == "monthly_returns" else fn]
        return [x * by for x in found if x is not None]
    value = got["annual" if fn == "downside_deviation" else "value"]
    return None if value is None else value * by


def test_figures_as_empyricals():
    data = shared_json("reference", "risk", "empyrical.json")
    compared = differ = 0
    for case in data["cases"]:
        want = case["expected"]
        number = isinstance(want, (int, float))
        if case["metric"] not in EMPYRICAL or \
                case["args"].get("convert_to", "monthly") != "monthly" or \
                case["args"].get("required_return") == -10.0:
            differ += 1
            continue
        fn, params, inputs = empyrical_question(case, data["series"])
        got = empyrical_answer(case, ask(fn, params, **inputs))
        if case["metric"] in OTHERWISE and number and want != 1:
            differ += 1
            continue
        if isinstance(want, list) and want[:1] != ["NaN"]:
            # They answer for the missing day too.
            assert len(want) - len(got) in (0, 1), case
            for g, w in zip(got, want[len(want) - len(got):]):
                assert abs(g - w) < 10.0 ** -case["decimals"], case
        elif number:
            assert abs(got - want) < 10.0 ** -case["decimals"], case
        else:
            assert got is None, case
        compared += 1
    assert (compared, differ) == (49, 15)


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
