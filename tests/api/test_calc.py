"""`bursar calc`: the calculators from outside, without a server."""

import json
import random
import subprocess

import pytest
from calculator import A, B, answer_lines, ask, ask_all, flows, near
from world import PROGRAM

RF = {"risk_free": 0.03}
GOLDEN = [
    ("cumulative", {}, 0.0275102432162),
    ("annualised", {}, 0.329703097375),
    ("volatility", {}, 0.17181514523),
    ("sharpe", RF, 1.56964896053),
    ("downside_deviation", RF, 0.00693395889473),
    ("sortino", RF, 2.45009230964),
    ("sortino", {"mar": 0}, 2.74453229096),
    ("max_drawdown", {}, -0.026279719752),
    ("calmar", {}, 12.5459137497),
    ("beta", RF, 1.19771075809),
    ("alpha", RF, 0.111424606377),
    ("correlation", RF, 0.98945551129),
    ("r_squared", RF, 0.979022208823),
    ("treynor", RF, 0.225170778748),
    ("tracking_error", {}, 0.0375075035971),
    ("information_ratio", {}, 3.66726619499),
    ("up_capture", {}, 1.22065515293),
    ("down_capture", {}, 1.11797223761),
    ("capture_ratio", {}, 1.09184746443),
    ("var", {}, 0.01502),
    ("es", {}, 0.0178),
    ("var", {"method": "normal"}, 0.0166153047972),
    ("es", {"method": "normal"}, 0.0211379354449),
    ("skew", {}, -0.0330176831281),
    ("kurtosis", {}, -0.707376182056),
    ("var", {"method": "cornish_fisher"}, 0.0164909478381),
]


def table():
    return answer_lines("", "--list")[0]


def test_the_list_says_what_each_function_takes():
    rows = table()
    names = [row["name"] for row in rows]
    assert len(names) == len(set(names)) >= 70
    for row in rows:
        assert set(row) == {"name", "params", "inputs", "optional", "outputs",
                            "doc"}
        assert row["outputs"] and row["doc"]
        for p in row["params"]:
            if "words" in p:
                assert p["default"] in p["words"]
            elif p["default"] is not None:
                assert p["min"] <= p["default"] <= p["max"]
    for name in ("sma ema rsi macd bollinger atr adx stoch sharpe sortino "
                 "max_drawdown beta alpha xirr twr modified_dietz var es "
                 "volatility correlation cumulative annualised calmar omega "
                 "treynor tracking_error information_ratio up_capture "
                 "down_capture").split():
        assert name in names


def test_golden_figures():
    answers = ask_all([(fn, params, {"returns": A, "benchmark": B})
                       for fn, params, _ in GOLDEN])
    for (fn, _, want), got in zip(GOLDEN, answers):
        near(got["value"], want, 1e-11)
        assert fn != "var" or "LOW_CONFIDENCE" in got["warnings"]
    beta = ask("rolling_beta", {"window": 10}, returns=A, benchmark=B)
    near(beta["values"]["rolling_beta"][-1], 1.21560595181, 1e-11)
    assert beta["values"]["rolling_beta"][:9] == [None] * 9


def test_a_rate_for_each_period_is_as_good_as_a_years():
    rate = 1.03 ** (1 / 252) - 1
    near(ask("sharpe", returns=A, risk_free=[rate] * 24)["value"],
         1.56964896053, 1e-11)
    near(ask("sharpe", returns=A, risk_free=0.03)["value"],
         1.56964896053, 1e-11)


VALUES = [{"date": f"2024-01-0{i + 1}", "value": v}
          for i, v in enumerate(["10000", "15300", "15147", "13450"])]
FLOWS = [{"date": "2024-01-02", "amount": "5000"},
         {"date": "2024-01-04", "amount": "-2000"}]


def test_golden_time_weighted_return():
    got = ask("twr", values=VALUES, flows=FLOWS)
    near(got["value"], 0.03)
    near(got["returns"][2], 0.020003961180, 1e-9)
    for rule, want in (("end", 0.03375), ("start", 0.031395348837),
                       ("in_start_out_end", 0.03)):
        got = ask("modified_dietz", {"rule": rule}, values=VALUES,
                  flows=FLOWS)
        near(got["value"], want, 1e-10)
        assert got["warnings"] == ["APPROXIMATE", "LOW_CONFIDENCE"]


def test_golden_money_weighted_rates():
    for pairs, want in (
        ((("2008-01-01", -10000), ("2008-03-01", 2750), ("2008-10-30", 4250),
          ("2009-02-15", 3250), ("2009-04-01", 2750)), 0.373362533519),
        ((("2020-01-01", -1000), ("2021-01-01", 750), ("2022-01-01", 500)),
         0.175009264615),
        ((("2020-01-01", -1000), ("2021-01-01", 1100)), 0.099713585934),
        ((("2023-01-01", -10000), ("2023-07-01", -5000), ("2024-01-01", 2000),
          ("2024-12-31", 15500)), 0.093863430932),
    ):
        near(ask("xirr", flows=flows(*pairs))["value"], want, 1e-10)
        near(ask("xirr", flows=flows(*pairs[::-1]))["value"], want, 1e-10)
    got = ask("xirr", flows=flows(("2021-01-01", -1000), ("2022-01-01", 2300),
                                  ("2023-01-01", -1320)))
    assert got["warnings"] == ["MULTIPLE_ROOTS"]
    assert [round(r, 9) for r in got["roots"]] == [0.1, 0.2]
    got = ask("xirr", flows=flows(("2021-01-01", 100), ("2022-01-01", 50)))
    assert (got["value"], got["reason"]) == (None, "NO_SOLUTION")
    got = ask("xirr", flows=flows(("2021-01-01", -100), ("2021-01-02", 90)))
    near(got["value"], -0.1)
    assert got["warnings"] == ["NOT_ANNUALISED"]


EDGES = [
    ("sharpe", {}, [], "INSUFFICIENT_DATA"),
    ("sharpe", {}, [0.01], "INSUFFICIENT_DATA"),
    ("sharpe", {}, [0.001] * 24, "ZERO_VARIANCE"),
    ("sharpe", {}, [0.1] * 24, "ZERO_VARIANCE"),
    ("sortino", {"mar": 0}, [0.01, 0.02], "NO_DOWNSIDE"),
    ("calmar", {}, [0.01, 0.02], "NO_DRAWDOWN"),
    ("beta", {}, A, "ZERO_VARIANCE"),
    ("information_ratio", {}, [0.001] * 24, "ZERO_DENOMINATOR"),
    ("up_capture", {}, [-0.01, -0.02], "MISALIGNED"),
    ("omega", {}, [0.01, 0.02], "NO_DOWNSIDE"),
    ("var", {}, [0.01] * 10, "INSUFFICIENT_DATA"),
]


def test_figures_that_do_not_exist_say_why():
    answers = ask_all([(fn, params, {"returns": r, "benchmark": [0.001] * 24})
                       for fn, params, r, _ in EDGES])
    for (fn, _, _, why), got in zip(EDGES, answers):
        assert (got["value"], got["reason"]) == (None, why), fn
    wiped = [0.1, 0.1, 0.1, 0.1, -1, 0.5]
    assert ask("cumulative", returns=wiped)["value"] == -1
    assert ask("max_drawdown", returns=wiped)["value"] == -1


def test_horizons_are_of_overlapping_returns_or_scaled():
    two = [(1 + x) * (1 + y) - 1 for x, y in zip(A, A[1:])]
    for fn, method in (("var", "historical"), ("var", "normal"),
                       ("var", "cornish_fisher"), ("es", "historical"),
                       ("es", "normal")):
        params = {"method": method}
        got = ask(fn, dict(params, horizon=2), returns=A)
        near(got["value"], ask(fn, params, returns=two)["value"])
        assert got["warnings"] == ["LOW_CONFIDENCE"]
        got = ask(fn, dict(params, horizon=3), returns=A)
        near(got["value"], 3 ** 0.5 * ask(fn, params, returns=A)["value"])
        assert got["warnings"] == ["APPROXIMATE", "LOW_CONFIDENCE"]


def test_where_a_drawdown_was():
    days = [f"2024-01-{d:02}" for d in range(1, 5)]
    got = ask("max_drawdown", returns=[0.1, -0.2, 0.3], dates=days)
    assert (got["peak"], got["trough"], got["recovery"]) == (1, 2, 3)
    assert got["peak_date"] == "2024-01-02"
    assert got["recovery_date"] == "2024-01-04"
    got = ask("max_drawdown", returns=[-0.1, 0.01], dates=days[1:3])
    assert (got["peak"], got["peak_date"]) == (0, None)
    assert (got["recovery"], got["trough_date"]) == (None, "2024-01-02")
    assert (got["fall_days"], got["recovery_days"]) == (None, None)
    got = ask("max_drawdown", returns=[0.1, -0.2, 0.3], dates=[
        "2024-01-01", "2024-01-31", "2024-03-01", "2024-03-08"])
    assert (got["fall_days"], got["recovery_days"]) == (30, 7)


def test_days_of_returns_ascend_and_are_as_many():
    for fn in ("max_drawdown", "annualised", "calmar"):
        for days, why in ((["2024-01-02", "2024-01-01"], "INVALID_INPUT"),
                          (["2024-01-01"] * 2, "INVALID_INPUT"),
                          (["2024-01-01"] * 4, "MISALIGNED"),
                          ([], "MISALIGNED")):
            got = ask(fn, returns=[-0.1, 0.2], dates=days)
            assert (got["value"], got["reason"]) == (None, why), (fn, days)


def test_calmar_of_the_last_months():
    months = [f"{2020 + i // 12}-{i % 12 + 1:02}-28" for i in range(49)]
    r = [0.02 if i % 3 else -0.01 - i / 1000 for i in range(48)]
    params = {"periods": 12}
    want = ask("calmar", params, returns=r[-36:])["value"]
    assert want != ask("calmar", params, returns=r)["value"]
    params["months"] = 36
    near(ask("calmar", params, returns=r)["value"], want)
    near(ask("calmar", params, returns=r, dates=months)["value"], want)
    near(ask("calmar", params, returns=r, dates=months[1:])["value"], want)
    near(ask("calmar", params, returns=r[-12:])["value"],
         ask("calmar", {"periods": 12}, returns=r[-12:])["value"])


def test_turnover_is_a_year_s_lesser_side():
    values = [{"date": "2023-01-01", "value": 900},
              {"date": "2024-01-01", "value": 1100}]
    trades = [("2023-03-01", 300), ("2023-04-01", -150), ("2024-01-01", -100)]
    near(ask("turnover", values=values, flows=flows(*trades))["value"], 0.25)
    near(ask("turnover", values=values, flows=[])["value"], 0)
    for pairs, was, why in (
            ([("2022-12-31", 1)], values, "INVALID_INPUT"),
            ([], values[:1], "INSUFFICIENT_DATA"),
            ([], [dict(v, value=0) for v in values],
             "NON_POSITIVE_BASE")):
        got = ask("turnover", values=was, flows=flows(*pairs))
        assert (got["value"], got["reason"]) == (None, why)


def test_a_summary_s_warnings_are_of_any_of_its_figures():
    got = ask("summary", returns=A)
    assert got["warnings"] == ["SHORT_HISTORY", "NOT_ANNUALISED",
                               "LOW_CONFIDENCE"]
    assert "warnings" not in ask("summary", returns=(A + B) * 11)


def test_months_are_linked():
    got = ask("monthly_returns", returns=[0.1, 0.1, -0.5],
              dates=["2024-01-30", "2024-01-31", "2024-02-01"])["values"]
    assert got["month"] == ["2024-01", "2024-02"]
    near(got["return"][0], 0.21)
    near(got["return"][1], -0.5)


def test_parts_add_up():
    got = ask("contribution", returns=[0.03, -0.01], contributions={
        "ACME": [0.02, -0.02], "XAUR": [0.01, 0.01]})["values"]
    near(got["ACME"] + got["XAUR"], 1.03 * 0.99 - 1)
    got = ask("brinson", segments=[
        {"weight": 0.6, "return": 0.1, "benchmark_weight": 0.5,
         "benchmark_return": 0.05},
        {"weight": 0.4, "return": 0.02, "benchmark_weight": 0.5,
         "benchmark_return": 0.03}])["values"]
    near(sum(map(sum, got.values())), 0.068 - 0.04)


# ---- lines that are wrong --------------------------------------------------


@pytest.mark.parametrize("fn,params,inputs,says", [
    ("rsi", {"perod": 2}, {}, "params.perod: rsi has only period"),
    ("sma", {"period": 2, "window": 3}, {},
     "params.window: sma has only period"),
    ("obv", {"period": 2}, {}, "params.period: obv has no parameters"),
    ("var", {"method": "magic"}, {},
     "params.method: one of the words historical normal cornish_fisher"),
    ("xirr", {}, {"flows": flows(("2024-02-30", 1))},
     "inputs.flows[0].date: a day as \"2024-01-31\""),
    ("xirr", {}, {"flows": flows(("2024-02-03", 1), ("2024-02-04", "x"))},
     "inputs.flows[1].amount: a number"),
    ("twr", {}, {"values": [{"date": "2024-01-01"}]},
     "inputs.values[0].value: a number"),
    ("twr", {}, {"values": [{"date": "2024-01-01", "value": 1}, 7]},
     "inputs.values[1]: an object of \"date\" and \"value\""),
    ("brinson", {}, {"segments": [{"weight": 1, "return": 0.1}]},
     "inputs.segments[0].benchmark_weight: a number"),
], ids=lambda x: x if isinstance(x, str) and ":" not in x else "")
def test_an_error_names_the_field_and_what_it_must_be(fn, params, inputs,
                                                      says):
    assert ask(fn, params, **inputs)["error"] == says


BAD = [
    "", "nonsense", "{", "[1]", "1", "null", '{"id": 1',
    '{"id": 1, "id": 2}', '{"fn": "sma"}', '{"fn": 7}', '{"fn": "astrology"}',
    '{"fn": "sma", "inputs": []}', '{"fn": "sma", "inputs": {"close": 7}}',
    '{"fn": "sma", "inputs": {"close": [1, null]}}',
    '{"fn": "sma", "inputs": {"close": [1, "x"]}}',
    '{"fn": "sma", "inputs": {"close": [1, "NaN"]}}',
    '{"fn": "sma", "inputs": {"close": [1, NaN]}}',
    '{"fn": "sma", "inputs": {"close": [1, Infinity]}}',
    '{"fn": "sma", "inputs": {"close": [1, 1e999]}}',
    '{"fn": "sma", "inputs": {"close": [1, [2]]}}',
    '{"fn": "sma", "params": 7, "inputs": {"close": [1]}}',
    '{"fn": "sma", "params": {"period": 0}, "inputs": {"close": [1]}}',
    '{"fn": "sma", "params": {"period": -1}, "inputs": {"close": [1]}}',
    '{"fn": "sma", "params": {"period": 1.5}, "inputs": {"close": [1]}}',
    '{"fn": "sma", "params": {"period": 1e30}, "inputs": {"close": [1]}}',
    '{"fn": "sma", "params": {"preiod": 3}, "inputs": {"close": [1]}}',
    '{"fn": "var", "params": {"method": "magic"}, "inputs": {"returns": [1]}}',
    '{"fn": "xirr", "inputs": {"flows": [{"date": "2024-02-30"}]}}',
    '{"fn": "xirr", "inputs": {"flows": [[1, 2]]}}',
    '{"fn": "xirr", "inputs": {"flows": [{"date": "2024-02-20", '
    '"amount": "1e5"}]}}',
    '{"fn": "sma\\u0000", "inputs": {"close": [1]}}',
    "[" * 5000,
]


def test_a_bad_line_is_answered_and_the_next_is_read():
    good = '{"id": "ok", "fn": "sma", "params": {"period": 1}, ' \
        '"inputs": {"close": [1, "2.5"]}}'
    lines = [line for bad in BAD for line in (bad, good)]
    answers = answer_lines("\n".join(lines))
    assert len(answers) == len(lines)
    for line, bad, fine in zip(BAD, answers[::2], answers[1::2]):
        assert isinstance(bad["error"], str) and bad["error"], line
        assert set(bad) == {"id", "error"}
        assert fine == {"id": "ok", "values": {"sma": [1, 2.5]}}


def test_where_an_element_is_not_what_it_should_be():
    day, value = '"date": "2024-01-02"', '"value": 1'
    for fn, inputs, where in (
        ("sma", '"close": [1, 2, null]', "inputs.close[2]"),
        ("sma", '"close": [1, "2.5", "x", 3]', "inputs.close[2]"),
        ("sma", '"close": ["2024-01-02"]', "inputs.close[0]"),
        ("sma", '"close": [true]', "inputs.close[0]"),
        ("sma", '"close": [[1]]', "inputs.close[0]"),
        ("sma", '"close": {"a": 1}', "inputs.close"),
        ("sma", '"close": [{%s, %s}]' % (day, value), "inputs.close[0]"),
        ("twr", '"values": [1], "dates": [1]', "inputs.dates[0]"),
        ("twr", '"values": [1, 2], "dates": ["2024-01-01", "2024-02-30"]',
         "inputs.dates[1]"),
        ("twr", '"values": [{%s, %s}, {%s}]' % (day, value, day),
         "inputs.values[1]"),
        ("twr", '"values": [{%s, "amount": 1}]' % day, "inputs.values[0]"),
        ("twr", '"values": [{%s, %s}, 3]' % (day, value), "inputs.values[1]"),
        ("twr", '"values": ["2024-01-01"]', "inputs.values[0]"),
        ("xirr", '"flows": [{%s, %s}]' % (day, value), "inputs.flows[0]"),
        ("xirr", '"flows": [{%s, "amount": 1}, {"amount": 1}]' % day,
         "inputs.flows[1]"),
        ("xirr", '"flows": [1]', "inputs.flows[0]"),
        ("brinson", '"segments": [1]', "inputs.segments[0]"),
        ("brinson", '"segments": [{%s, %s}]' % (day, value),
         "inputs.segments[0]"),
    ):
        got = answer_lines('{"fn": "%s", "inputs": {%s}}' % (fn, inputs))[0]
        assert got["error"].startswith(where), (inputs, got)
    for broken in ("[1,]", "[1 2]", "[01]", "[1.]", "[.5]", "[-]", "[1e]",
                   "[1e999]", "[NaN]", "[1", '["1]', "[1}", "[,1]", "[+1]",
                   '[{"date": "2024-01-02", "value": 1,}]'):
        got = answer_lines('{"fn": "sma", "inputs": {"close": %s}}' % broken)
        assert len(got) == 1 and "malformed" in got[0]["error"], broken


def test_dated_values_may_say_more_and_in_any_order():
    more = [dict(reversed(v.items()), note=f"x{i}") if i in (1, 3) else v
            for i, v in enumerate(VALUES)]
    flows_ = [dict(FLOWS[0], id=[1, {"a": 2}]), FLOWS[1]]
    want = ask("twr", values=VALUES, flows=FLOWS)
    assert ask("twr", values=more, flows=flows_) == want
    assert ask("twr", values=[dict(reversed(v.items())) for v in VALUES],
               flows=FLOWS) == want


def test_numbers_are_read_and_written_as_python_does():
    dice = random.Random(5)
    texts = ["0", "-0", "1", "-1.5", "1e5", "1E+05", "2.5e-3", "0.1",
             "9007199254740993", "123456789012345678901234567890",
             "0.000000000000000000000012345", "1e-320", "4.9e-324", "1e308",
             "0." + "0" * 300 + "1", "1" * 300, "3.14159265358979323846"]
    for _ in range(20000):
        x = dice.uniform(-1, 1) * 10 ** dice.randint(-25, 25)
        texts.append(dice.choice(("%r", "%.3f", "%.15e", "%.20g", "%.2f"))
                     % x)
    got = answer_lines('{"fn": "sma", "params": {"period": 1}, "inputs": '
                       '{"close": [%s]}}' % " , ".join(texts))[0]
    assert got["values"]["sma"] == [float(t) for t in texts]


def test_mutilated_requests_are_answered_line_by_line():
    dice = random.Random(6)
    requests = [json.dumps({"id": [1, "x"], "fn": fn, "params": {},
                            "inputs": inputs}).encode() for fn, inputs in (
        ("sma", {"close": [1, 2.5, "3.10", -4e-3]}),
        ("twr", {"values": VALUES, "flows": FLOWS}),
        ("covariance_matrix", {"prices": {"A": [1, 2, 3], "B": [3, 1, 2]}}),
        ("monthly_returns", {"returns": [0.1], "dates": ["2024-01-31"]}))]
    pieces = [b"[", b"]", b"{", b"}", b",", b":", b'"', b"\\", b"@0",
              b'"@0"', b"0", b"-", b"1e9", b" ", b"\x00", b"\xff", b"null",
              b'"id"', b'"date"', b"\t", b"\r"]
    lines = []
    for _ in range(4000):
        line = bytearray(dice.choice(requests))
        for _ in range(dice.randint(1, 4)):
            at = dice.randrange(len(line))
            cut = dice.choice((0, 0, 1, 3))
            line[at:at + cut] = dice.choice(pieces)
        lines.append(bytes(line))
    assert len(answer_lines(b"\n".join(lines))) == len(lines)


def test_a_million_bars_need_their_arrays_and_no_more():
    if b"__asan_init" in PROGRAM.read_bytes():
        pytest.skip("a sanitizer's memory is not the program's")
    dice = random.Random(7)
    closes = [round(100 + 10 * dice.random(), 4) for _ in range(1000000)]
    most = []
    with subprocess.Popen([PROGRAM, "calc"], stdin=subprocess.PIPE,
                          stdout=subprocess.PIPE) as run:
        for n in (20, len(closes)):
            text = json.dumps({"fn": "rsi", "inputs": {"close": closes[:n]}})
            run.stdin.write(text.encode() + b"\n")
            run.stdin.flush()
            values = json.loads(run.stdout.readline())["values"]["rsi"]
            assert len(values) == n and values[:15] == [None] * 14 + [
                values[14]]
            with open(f"/proc/{run.pid}/status", encoding="ascii") as status:
                most += [int(line.split()[1]) * 1024 for line in status
                         if line.startswith("VmHWM:")]
        run.stdin.close()
        assert run.wait() == 0
    # One array in, one out, of 8 bytes a bar; the text alone has 19 MB.
    assert most[1] - most[0] < 2.5 * 8 * len(closes), most


def test_bytes_that_are_no_text_are_an_error():
    for line in (b'{"fn": "\xff"}\n', b'\x00\n', b'{"id": "\xed\xa0\x80"}\n'):
        assert "error" in answer_lines(line)[0]


def test_the_id_comes_back_as_it_is():
    ids = [0, -3, 1.5, "a \"quoted\" \\ one", None, True, ["x"], {"y": 1}]
    lines = [json.dumps({"id": i, "fn": "none"}) for i in ids]
    assert [a["id"] for a in answer_lines("\n".join(lines))] == ids


def test_days_that_do_not_ascend_or_match():
    twice = [{"date": "2024-01-01", "value": 1}] * 2
    assert ask("twr", values=twice)["reason"] == "INVALID_INPUT"
    assert ask("twr", values=VALUES[::-1])["reason"] == "INVALID_INPUT"
    assert ask("twr", values=VALUES, flows=flows(
        ("2024-02-01", 1)))["reason"] == "MISSING_PRICE"
    assert ask("twr", values=[1, 2], dates=[
        "2024-01-01"])["reason"] == "MISALIGNED"
    assert ask("twr", values=[])["reason"] == "INSUFFICIENT_DATA"
    assert ask("twr", values=[], flows=[])["reason"] == "INSUFFICIENT_DATA"
    assert ask("twr", values=[1, 2], flows=[])["value"] == 1
    assert ask("monthly_returns", returns=[1], dates=[])["reason"] == \
        "MISALIGNED"


def test_every_function_survives_odd_numbers():
    """No crash, no NaN, one answer each; the parser refuses the rest."""
    odd = [[], [0], [1], [-1], [0] * 40, [1] * 40, [-1] * 40, [1e308] * 40,
           [-1e308, 1e308] * 20, [5e-324] * 40, [1e-300, 1e300] * 20,
           [0, -1, 1, 2] * 10]
    questions = []
    for row in table():
        for x in odd:
            day = [f"{2000 + i // 12}-{i % 12 + 1:02}-01"
                   for i in range(len(x))]
            special = {
                "dates": day,
                "flows": [{"date": d, "amount": a} for d, a in zip(day, x)],
                "contributions": {"A": x}, "segments": [
                    {"weight": v, "return": v, "benchmark_weight": v,
                     "benchmark_return": v} for v in x],
                "prices": {"A": x, "B": x[::-1]}, "covariance": [x] * len(x),
                "factors": [x, x[::-1]]}
            inputs = {name: special.get(name, x)
                      for name in row["inputs"] + row["optional"]}
            questions.append((row["name"], {}, inputs))
            if "covariance" in inputs:
                questions.append((row["name"], {}, {"prices": {
                    "A": [abs(v) for v in x], "B": [abs(v) for v in x]}}))
    for (fn, _, inputs), got in zip(questions, ask_all(questions)):
        assert "error" not in got, (fn, got)
        if got.get("value", 0) is None:
            assert got["reason"], fn


# ---- laws --------------------------------------------------------------------

def test_laws_of_any_returns():
    dice = random.Random(13)
    for _ in range(5):
        r = [dice.gauss(0.0005, 0.01) for _ in range(200)]
        beta, corr, es, var, var99, whole, left, right = (
            a["value"] for a in ask_all([
                ("beta", {}, {"returns": r, "benchmark": r}),
                ("correlation", {}, {"returns": r, "benchmark": r}),
                ("es", {}, {"returns": r}), ("var", {}, {"returns": r}),
                ("var", {"confidence": 0.99}, {"returns": r}),
                ("cumulative", {}, {"returns": r}),
                ("cumulative", {}, {"returns": r[:77]}),
                ("cumulative", {}, {"returns": r[77:]})]))
        near(beta, 1)
        near(corr, 1)
        assert es >= var and var99 >= var
        near((1 + left) * (1 + right) - 1, whole)


def test_a_long_request_has_a_long_answer():
    close = [100 + i % 7 for i in range(100000)]
    got = ask("sma", {"period": 7}, close=close)["values"]["sma"]
    assert len(got) == 100000 and got[:6] == [None] * 6
    near(got[-1], 103, 1e-14)
