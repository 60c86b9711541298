"""Questions to `bursar calc`, many in one process, and reference data."""

import csv
import json
import os
import subprocess

import pytest

from world import PROGRAM

SHARED = os.environ.get("BURSAR_SHARED", os.path.join(
    os.path.dirname(__file__), "..", "..", "..", "shared"))

# Portfolio and benchmark of the specification's golden vectors.
A = [0.0061, -0.0123, 0.0035, 0.0148, -0.0072, 0.0009, -0.0201, 0.0187,
     0.0042, -0.0066, 0.0119, 0.0000, -0.0034, 0.0078, -0.0155, 0.0213,
     0.0027, -0.0091, 0.0056, 0.0132, -0.0048, -0.0017, 0.0095, -0.0110]
B = [0.0044, -0.0101, 0.0052, 0.0110, -0.0090, 0.0021, -0.0165, 0.0150,
     0.0030, -0.0049, 0.0088, 0.0004, -0.0058, 0.0061, -0.0129, 0.0170,
     0.0000, -0.0075, 0.0063, 0.0097, -0.0030, -0.0026, 0.0081, -0.0094]


def constant(word):
    raise AssertionError(f"{word} is not JSON")


def answer_lines(text, *words):
    """The answers to lines of text (or bytes), parsed."""
    if isinstance(text, str):
        text = text.encode()
    done = subprocess.run([PROGRAM, "calc", *words], input=text,
                          capture_output=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr.decode()[-2000:]
    assert done.stderr == b"", done.stderr.decode()[-2000:]
    return [json.loads(line, parse_constant=constant)
            for line in done.stdout.decode().splitlines()]


def ask_all(questions):
    """(fn, params, inputs) each, answered in order."""
    lines = [json.dumps({"id": i, "fn": fn, "params": params,
                         "inputs": inputs})
             for i, (fn, params, inputs) in enumerate(questions)]
    answers = answer_lines("\n".join(lines) + "\n")
    assert [a["id"] for a in answers] == list(range(len(lines)))
    return answers


def ask(fn, params=None, **inputs):
    return ask_all([(fn, params or {}, inputs)])[0]


def near(got, want, relative=1e-10):
    """Relative to what is wanted, to 1e-12 near 0."""
    assert got is not None, f"no value; {want} is wanted"
    assert abs(got - want) <= max(relative * abs(want), 1e-12), (got, want)


def flows(*pairs):
    return [{"date": d, "amount": a} for d, a in pairs]


def shared(*path):
    name = os.path.join(SHARED, "data", *path)
    if not os.path.exists(name):
        pytest.skip(f"no reference data at {os.path.join(*path)}")
    return name


def shared_json(*path):
    with open(shared(*path), encoding="utf-8") as f:
        return json.load(f)


def shared_csv(*path):
    with open(shared(*path), encoding="utf-8") as f:
        return list(csv.DictReader(f))
