"""The command line without a database: help and wrong words are answered at
once, and when the database is away one sentence says so and names a setting.
"""

import json
import subprocess
import time

import pytest

from world import PROGRAM, ROOT

NOWHERE = "postgresql://nobody@127.0.0.1:1/bursar"


def told(*words, given=None, **settings):
    """What it says with no settings but these, and how long it takes."""
    began = time.monotonic()
    done = subprocess.run(
        [str(PROGRAM), *map(str, words)], cwd=ROOT, input=given or "",
        env={f"BURSAR_{k.upper()}": v for k, v in settings.items()},
        capture_output=True, text=True, timeout=60)
    assert time.monotonic() - began < 8, "it waited for a database"
    # A sanitizer's note about fibers is not the program's.
    done.stderr = "".join(line for line in done.stderr.splitlines(True)
                          if "makecontext/swapcontext" not in line)
    return done


@pytest.mark.parametrize("words", [
    ("jobs", "--help"), ("jobs", "list", "--help"), ("assets", "--help"),
    ("assets", "track", "--help"), ("prices", "--help"),
    ("prices", "import", "--help"), ("prices", "export", "--help"),
    ("indicators", "--help"), ("calc", "--help")], ids=" ".join)
def test_help_is_given_without_a_database(words):
    done = told(*words, owner_url=NOWHERE)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith(f"bursar {words[0]}")


@pytest.mark.parametrize("words", [
    ("jobs",), ("jobs", "dance"), ("jobs", "show"), ("jobs", "list", "--limit"),
    ("jobs", "list", "--status", "finished"),
    ("assets",), ("assets", "dance"), ("assets", "track"), ("prices",),
    ("prices", "import"), ("prices", "import", "--colour", "x.csv"),
    ("prices", "import", "--currency", "nope", "x.csv"), ("prices", "export"),
    ("indicators", "dance"), ("seed", "--dance")], ids=" ".join)
def test_wrong_words_are_refused_without_a_database(words):
    done = told(*words, owner_url=NOWHERE)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr and "database" not in done.stderr


def test_a_folder_is_no_file_of_prices(tmp_path):
    done = told("prices", "import", tmp_path, owner_url=NOWHERE)
    assert done.returncode == 2
    assert done.stderr == f"bursar: {tmp_path} is a folder: say {tmp_path}/*.csv\n"


@pytest.mark.parametrize("settings, named", [
    ({"owner_url": NOWHERE}, "BURSAR_OWNER_URL"),
    ({"database_url": NOWHERE}, "BURSAR_DATABASE_URL"),
    ({"owner_url": "host=/nowhere/at/all dbname=bursar"}, "BURSAR_OWNER_URL")],
    ids=["owner", "app", "socket"])
@pytest.mark.parametrize("words", [
    ("jobs", "list"), ("jobs", "schedules"), ("jobs", "run", "jobs.tidy"),
    ("assets", "list"), ("assets", "track", "AAPL"), ("seed",),
    ("prices", "import", "x.csv"), ("prices", "export", "--symbol", "X"),
    ("indicators", "update")], ids=" ".join)
def test_a_database_that_is_away_is_one_sentence(words, settings, named):
    done = told(*words, **settings)
    assert (done.returncode, done.stdout) == (1, "")
    (line,) = done.stderr.splitlines()
    assert line.startswith("bursar: the database cannot be reached (")
    assert named in line and "{" not in line


def test_the_example_of_calc_is_what_it_answers():
    request, answer = [line for line in
                       told("calc", "--help").stdout.splitlines()
                       if line.startswith("{")]
    assert json.loads(request)["fn"] == "rsi"
    assert told("calc", given=request + "\n").stdout == answer + "\n"


def test_the_owner_is_said_to_be_of_the_tools():
    (line,) = [line for line in told("settings", "--env").stdout.splitlines()
               if "may create the schema" in line]
    for word in ("migrate", "seed", "jobs", "prices", "assets", "indicators"):
        assert word in line


def test_the_command_that_make_run_leaves_has_its_settings(tmp_path):
    """var/bursar, as deploy/run.sh writes it, quotes whatever is in them."""
    text = (ROOT / "deploy" / "run.sh").read_text()
    begin = text.index("write_command()\n")
    function = text[begin:text.index("\n}\n", begin) + 3]
    owner = "postgresql://o:it's $(false) \"x\"@%2Fa b/bursar"
    subprocess.run(
        ["sh", "-uc", function + "write_command"], check=True, cwd=tmp_path,
        env={"PATH": "/usr/bin:/bin", "var": str(tmp_path), "program": "env",
             "owner_url": owner, "BURSAR_FEED": "one\\two", "OTHER": "left"})
    command = tmp_path / "bursar"
    assert command.stat().st_mode & 0o777 == 0o700
    assert [p.name for p in tmp_path.iterdir()] == ["bursar"]
    said = subprocess.run([str(command), "-0"], env={"PATH": "/usr/bin:/bin"},
                          capture_output=True, text=True, check=True).stdout
    given = dict(one.split("=", 1) for one in said.split("\0") if one)
    assert given["BURSAR_OWNER_URL"] == owner
    assert given["BURSAR_FEED"] == "one\\two" and "OTHER" not in given
