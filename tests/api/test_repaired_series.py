"""A real series made dirty in the ways that providers are known for, and its
clean twin: what cannot be is left out and told, and the twin mends it.
"""

import csv

import pytest

from test_ingest import SHARED, folder, found, kept, run, track, world

assert folder and world     # fixtures
CLEAN = {name: SHARED / "market" / "corporate_actions"
         / f"{name}-1d-no-bad-divs.csv" for name in ("CALM", "EWG")}

pytestmark = pytest.mark.skipif(
    not CLEAN["CALM"].is_file(), reason="the price files are not beside this"
    " checkout (../shared/data/market)")


def clean(name):
    """[day, open, high, low, close, volume] as text, of prices as told."""
    with CLEAN[name].open() as file:
        return [[row["Datetime" if "Datetime" in row else "Date"][:10],
                 row["Open"], row["High"], row["Low"], row["Close"],
                 row["Volume"]] for row in csv.DictReader(file)]


def hundred(row):
    return [row[0], *(str(float(p) * 100) for p in row[1:5]), row[5]]


# What is done to a row; the rule that finds it; is the bar left out?
FAULTS = {
    "hundredfold": (hundred, "hundredfold", True),
    "upside down": (lambda r: [r[0], r[1], r[3], r[2], r[4], r[5]],
                    "inverted", True),
    "no close": (lambda r: [*r[:4], "", r[5]], "no_close", True),
    "nothing": (lambda r: [r[0], "0", "0", "0", "0", r[5]], "negative", True),
    "below zero": (lambda r: [*r[:4], "-" + r[4], r[5]], "negative", True),
    "times its volume": (lambda r: [*r[:5], str(int(float(r[5]) * 1000))],
                         "volume", False),
}


def write(folder, name, rows):
    (folder / f"{name}.csv").write_text(
        "Date,Open,High,Low,Close,Volume\n"
        + "".join(",".join(row) + "\n" for row in rows))


def close(row):
    return [str(row[0]), *(round(float(p), 6) for p in row[1:5])]


@pytest.mark.parametrize("name, rows", [("CALM", 662), ("EWG", 662)])
def test_dirty_rows_are_left_out_and_the_twin_mends_them(
        world, folder, name, rows):
    twin = clean(name)
    assert len(twin) == rows
    dirty, broken = list(twin), {}
    for i, (what, (spoil, _, out)) in enumerate(FAULTS.items()):
        at = 60 + 90 * i
        dirty[at] = spoil(dirty[at])
        if out:
            broken[twin[at][0]] = what
    dirty[30], dirty[31] = dirty[31], dirty[30]     # out of order
    dirty.append(dirty[40])                         # told twice
    write(folder, name, dirty)
    track(world, name, first="2022-01-03")
    run(world, folder)
    told = {rule for rule, _ in found(world, name)}
    assert {rule for _, rule, _ in FAULTS.values()} <= told
    assert {"unsorted", "twice"} <= told
    assert [close(r) for r in kept(world, name)] == [
        close(r) for r in twin if r[0] not in broken]

    write(folder, name, twin)
    world.postgres.rows(
        "update bursar.tracks set watermark = null returning 1")
    run(world, folder)
    assert [close(r) for r in kept(world, name)] == [close(r) for r in twin]
    assert not {rule for rule, _ in found(world, name)} & {
        rule for _, rule, _ in FAULTS.values()}
