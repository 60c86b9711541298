"""Jobs: the queue and its schedules over the API and at the command line.

What workers promise when they are killed is tested on the queue itself, in
src/jobs/queue_test.c. Here: who sees what, who may what, and what is refused.
"""

import datetime
import json
import subprocess
import time
import uuid
import zoneinfo

import pytest

from client import new_key
from world import PROGRAM, ROOT, wait_until

NOBODY = "01890000-0000-7000-8000-00000000dead"
RUNS, SCHEDULES = "/api/v1/jobs/runs", "/api/v1/jobs/schedules"


@pytest.fixture(scope="module", autouse=True)
def schedules(world, server):
    """A worker has been there, and is gone: schedules are made, nothing runs."""
    world.tool("work", "--drain").check()


class Worker:
    def __init__(self, world, **settings):
        self.log = open(world.dir / f"work-{uuid.uuid4().hex[:8]}.log", "w+")
        self.process = subprocess.Popen(
            [str(PROGRAM), "work"], env=world.environment(**settings),
            cwd=ROOT, stdin=subprocess.DEVNULL, stderr=self.log)

    def stop(self):
        self.process.terminate()
        code = self.process.wait(30)
        self.log.seek(0)
        said = self.log.read()
        self.log.close()
        assert code == 0, said
        return said


@pytest.fixture
def worker(world):
    worker = Worker(world)
    yield worker
    if worker.process.returncode is None:
        worker.stop()


def tenant_of(client):
    return client.get("/api/v1/auth/me").ok()["tenant"]["id"]


@pytest.fixture(scope="module")
def rows(postgres, alice, bob):
    """The same in two tenants: a run of each status, with a log line."""
    made = {}
    for name, client in (("alice", alice), ("bob", bob)):
        tenant = tenant_of(client)
        made[name] = {}
        for status in ("waiting", "dead", "done", "cancelled"):
            ended = "null" if status == "waiting" else "now()"
            made[name][status] = postgres.value(
                "insert into bursar.job_runs (id, tenant, kind, args, status,"
                " failures_max, error, ended_at, run_at) values"
                f" ('{uuid_v7()}', '{tenant}', 'test.of_tenant',"
                f" '{{\"whose\": \"{name}\"}}', '{status}', 5,"
                f" 'why {name}', {ended}, now()) returning id")
            postgres.rows(
                "insert into bursar.job_lines values"
                f" ('{made[name][status]}', 1, 1, now(), 'info', 'of {name}')")
        made[name]["schedule"] = postgres.value(
            "insert into bursar.job_schedules (id, tenant, name, kind, args,"
            f" cron, zone, next_at) values ('{uuid.uuid4()}', '{tenant}',"
            f" 'report', 'test.of_tenant', '{{\"whose\": \"{name}\"}}',"
            " '0 7 * * mon', 'Europe/Berlin', now() + interval '1 day')"
            " returning id")
    yield made
    postgres.rows("delete from bursar.job_runs where kind = 'test.of_tenant'")
    postgres.rows("delete from bursar.job_schedules where name = 'report'")


def uuid_v7():
    """As the program makes them: they sort by time."""
    ms = time.time_ns() // 1_000_000
    return str(uuid.UUID(int=ms << 80 | 7 << 76 | 2 << 62
                         | uuid.uuid4().int & (1 << 62) - 1))


def count(postgres):
    return int(postgres.value("select count(*) from bursar.job_runs"))


def tidy_schedule(client):
    return next(s for s in client.get(SCHEDULES).ok()["items"]
                if s["name"] == "jobs.tidy")


# ---- tenants -------------------------------------------------------------------

def test_a_tenant_sees_its_own_runs_only(rows, alice, bob):
    for mine, client, other in (("alice", alice, "bob"), ("bob", bob, "alice")):
        text = client.get(f"{RUNS}?limit=200").text
        items = json.loads(text)["items"]
        own = [r for r in items if r["kind"] == "test.of_tenant"]
        assert {r["id"] for r in own} == {
            v for k, v in rows[mine].items() if k != "schedule"}
        assert all(r["args"] == {"whose": mine} for r in own)
        assert f'"{other}"' not in text and f"why {other}" not in text


def test_what_is_anothers_is_not_there(rows, alice, bob, postgres):
    before = postgres.rows("select * from bursar.job_runs order by id")
    kept = postgres.rows("select * from bursar.job_schedules order by id")
    for client, other in ((alice, "bob"), (bob, "alice")):
        for id in [*rows[other].values(), NOBODY]:
            client.get(f"{RUNS}/{id}").problem(404)
            client.post(f"{RUNS}/{id}/cancel").problem(404)
            client.post(f"{RUNS}/{id}/retry").problem(404)
            if id != rows[other]["schedule"] and id != NOBODY:
                continue
            client.get(f"{SCHEDULES}/{id}").problem(404)
            client.post(f"{SCHEDULES}/{id}/run").problem(404)
            client.call("PATCH", f"{SCHEDULES}/{id}", {"state": "paused"},
                        match="*").problem(404)
    assert postgres.rows("select * from bursar.job_runs order by id") == before
    assert postgres.rows(
        "select * from bursar.job_schedules order by id") == kept


def test_schedules_of_a_tenant_are_its_own(rows, alice, bob):
    for mine, client, other in (("alice", alice, "bob"), ("bob", bob, "alice")):
        ids = [s["id"] for s in client.get(SCHEDULES).ok()["items"]]
        assert rows[mine]["schedule"] in ids
        assert rows[other]["schedule"] not in ids
        shown = client.get(f"{SCHEDULES}/{rows[mine]['schedule']}").ok()
        assert shown["args"] == {"whose": mine} and not shown["shared"]


def test_a_cursor_is_no_other_tenants(rows, alice, bob):
    cursor = alice.get(f"{RUNS}?limit=1").ok()["next_cursor"]
    assert bob.get(f"{RUNS}?limit=1&cursor={cursor}").status == 400


def test_a_function_is_not_fooled_by_the_tenant_it_is_given(
        rows, postgres, alice, bob):
    """Beside what the statement says, the transaction's setting counts."""
    mine, other = tenant_of(alice), tenant_of(bob)
    for call in (f"job_list('{other}', 'test.of_tenant', null, null, 100)",
                 f"job_show('{other}', '{rows['bob']['done']}')",
                 f"job_log('{other}', '{rows['bob']['done']}', true, 10)",
                 f"job_cancel('{other}', '{rows['bob']['waiting']}', true)",
                 f"job_retry('{other}', '{rows['bob']['dead']}', true)",
                 f"job_schedule_lock('{other}', '{rows['bob']['schedule']}')"):
        assert postgres.rows(
            f"set app.tenant_id = '{mine}';"
            f" select count(*) from bursar.{call}",
            user="bursar_app") == [["0"]], call


def test_roles_in_a_tenant(rows, alice, mark, vera):
    """Of a kind that this version does not know only admins may."""
    run = rows["alice"]["dead"]
    for client in (vera, mark):
        client.get(f"{RUNS}/{run}").ok()
        client.post(f"{RUNS}/{run}/retry").problem(403)
        client.post(f"{RUNS}/{run}/cancel").problem(403)
    assert alice.post(f"{RUNS}/{run}/retry").ok(202)["status"] == "waiting"
    assert alice.post(f"{RUNS}/{run}/cancel").ok(202)["status"] == "cancelled"
    assert alice.post(f"{RUNS}/{run}/retry").ok(202)["error"] is None


def test_nobody_is_told_nothing(server):
    for path in (RUNS, SCHEDULES, "/api/v1/jobs/kinds", "/api/v1/jobs/workers",
                 f"{RUNS}/{NOBODY}"):
        server.client().get(path).problem(401)


# ---- the installation's ------------------------------------------------------------

def test_only_operators_command_what_is_the_installations(
        alice, bob, mark, postgres):
    """bob owns his tenant, but operates nothing."""
    run = alice.post(RUNS, {"kind": "jobs.tidy"}, key=new_key()).ok(202)
    schedule = tidy_schedule(bob)
    before = postgres.rows("select * from bursar.job_runs order by id")
    for client in (bob, mark):
        client.post(RUNS, {"kind": "jobs.tidy"}).problem(403)
        client.post(f"{RUNS}/{run['id']}/cancel").problem(403)
        client.post(f"{RUNS}/{run['id']}/retry").problem(403)
        client.post(f"{SCHEDULES}/{schedule['id']}/run").problem(403)
        client.call("PATCH", f"{SCHEDULES}/{schedule['id']}",
                    {"state": "paused"}, match="*").problem(403)
    assert postgres.rows(
        "select * from bursar.job_runs order by id") == before
    assert tidy_schedule(bob) == schedule


def test_others_see_that_it_is_and_how_far(alice, bob, postgres):
    run = alice.post(RUNS, {"kind": "jobs.tidy"}).ok(202)["id"]
    postgres.rows(
        "update bursar.job_runs set error = 'secret why', doing = 'secret at',"
        f" progress = 0.5, result = '{{\"secret\": 1}}' where id = '{run}'")
    postgres.rows("insert into bursar.job_lines values"
                  f" ('{run}', 1, 1, now(), 'info', 'secret line')")
    seen = bob.get(f"{RUNS}/{run}")
    assert "secret" not in seen.text
    assert seen.json()["run"]["progress"] == 0.5
    assert seen.json()["run"]["shared"] is True
    assert seen.json()["log"] == []
    assert "secret" not in bob.get(f"{RUNS}?kind=jobs.tidy").text
    shown = alice.get(f"{RUNS}/{run}").ok()
    assert shown["run"]["error"] == "secret why"
    assert shown["run"]["result"] == {"secret": 1}
    assert [line["line"] for line in shown["log"]] == ["secret line"]
    postgres.rows(f"delete from bursar.job_runs where id = '{run}'")


def test_kinds_say_whether_one_may(alice, bob):
    for client, may in ((alice, True), (bob, False)):
        kinds = {k["name"]: k for k in
                 client.get("/api/v1/jobs/kinds").ok()["items"]}
        assert kinds["jobs.tidy"]["allowed"] is may
        assert kinds["jobs.tidy"]["shared"] is True


# ---- runs -----------------------------------------------------------------------------

def test_a_run_from_the_queue_to_its_log(alice, worker, postgres):
    key = new_key()
    run = alice.post(RUNS, {"kind": "jobs.tidy", "args": {}}, key=key).ok(202)
    again = alice.post(RUNS, {"kind": "jobs.tidy", "args": {}}, key=key)
    assert again.ok(202)["id"] == run["id"]
    assert again.headers["Idempotency-Replayed"] == "true"
    done = wait_until(lambda: (r := alice.get(f"{RUNS}/{run['id']}").ok())[
        "run"]["status"] == "done" and r, 10, what="the run's end")
    assert done["run"]["progress"] == 1 and done["run"]["attempt"] >= 1
    assert done["run"]["result"] == {"runs": 0}
    assert [line["line"] for line in done["log"]] == ["0 runs forgotten"]
    for word in ("retry", "cancel"):
        alice.post(f"{RUNS}/{run['id']}/{word}").problem(409)
    assert run["id"] in [r["id"] for r in alice.get(
        f"{RUNS}?kind=jobs.tidy&status=done").ok()["items"]]


def test_an_alike_run_is_not_put_in_twice(alice, postgres):
    first = alice.post(RUNS, {"kind": "jobs.tidy"}, key=new_key()).ok(202)
    before = count(postgres)
    second = alice.post(RUNS, {"kind": "jobs.tidy"}, key=new_key()).ok(202)
    assert second["id"] == first["id"] and count(postgres) == before
    alice.post(f"{RUNS}/{first['id']}/cancel").ok(202)
    third = alice.post(RUNS, {"kind": "jobs.tidy"}, key=new_key()).ok(202)
    assert third["id"] != first["id"]
    # and the first cannot come back beside it
    alice.post(f"{RUNS}/{first['id']}/retry").problem(409)
    alice.post(f"{RUNS}/{third['id']}/cancel").ok(202)
    alice.post(f"{RUNS}/{first['id']}/retry").ok(202)
    alice.post(f"{RUNS}/{first['id']}/cancel").ok(202)


def test_old_runs_are_forgotten_and_dead_ones_later(
        alice, worker, postgres, rows):
    ids = {s: rows["bob"][s] for s in ("done", "dead", "cancelled")}
    postgres.rows("update bursar.job_runs set ended_at = now() - interval"
                  f" '31 days' where id in ('{ids['done']}', '{ids['dead']}')")
    run = alice.post(RUNS, {"kind": "jobs.tidy"}, key=new_key()).ok(202)
    wait_until(lambda: alice.get(f"{RUNS}/{run['id']}").ok()["run"]["status"]
               == "done", 10, what="the run's end")
    left = {id for id, in postgres.rows("select id from bursar.job_runs")}
    assert ids["done"] not in left
    assert {ids["dead"], ids["cancelled"]} <= left
    assert int(postgres.value("select count(*) from bursar.job_lines where"
                              f" run_id = '{ids['done']}'")) == 0


def test_a_schedule_keeps_its_newest_runs(alice, worker, postgres, schedule):
    made = (
        "insert into bursar.job_runs (id, kind, status, failures_max,"
        " schedule_id, period, ended_at) select gen_random_uuid(),"
        f" 'test.often', '{{}}', 5, '{schedule['id']}',"
        " date_trunc('minute', now()) - make_interval(mins => i + {}), now()"
        " from generate_series(1, {}) i")
    postgres.rows(made.format("done", 0, 250))
    postgres.rows(made.format("dead", 1000, 5))
    run = alice.post(RUNS, {"kind": "jobs.tidy"}, key=new_key()).ok(202)
    wait_until(lambda: alice.get(f"{RUNS}/{run['id']}").ok()["run"]["status"]
               == "done", 10, what="the run's end")
    left = postgres.rows(
        "select status, count(*), min(period) >= now() - interval '201 min'"
        " from bursar.job_runs where kind = 'test.often' group by 1 order by 1")
    assert left[0][:2] == ["dead", "5"]
    assert left[1][0] == "done" and 198 <= int(left[1][1]) <= 200
    assert left[1][2] == "t"
    postgres.rows("delete from bursar.job_runs where kind = 'test.often'")


def test_pages_hold_each_run_once(rows, alice):
    everything = [r["id"] for r in alice.get(f"{RUNS}?limit=200").ok()["items"]]
    seen, cursor = [], ""
    while cursor is not None:
        page = alice.get(f"{RUNS}?limit=2{cursor}").ok()
        seen += [r["id"] for r in page["items"]]
        cursor = page["next_cursor"] and f"&cursor={page['next_cursor']}"
    assert seen == everything == sorted(everything, reverse=True)


def test_workers_are_seen_while_they_live(alice, bob, world):
    worker = Worker(world, work_jobs=3)
    mine = wait_until(lambda: [
        w for w in alice.get("/api/v1/jobs/workers").ok()["items"]
        if w["pid"] == worker.process.pid], 10, what="the worker")
    assert mine[0]["places"] == 3 and mine[0]["running"] == 0
    theirs = bob.get("/api/v1/jobs/workers").ok()["items"]
    assert [(w["host"], w["pid"]) for w in theirs] == [(None, None)]
    said = worker.stop()
    assert "work_begins" in said and "work_ends" in said
    assert alice.get("/api/v1/jobs/workers").ok()["items"] == []


def test_whoever_watches_sees_workers_and_queues(server, alice, world):
    run = alice.post(RUNS, {"kind": "jobs.tidy"}, key=new_key()).ok(202)
    said = server.client().get("/metrics").text
    assert "\nbursar_job_workers 0\n" in said
    assert '\nbursar_job_runs{kind="jobs.tidy",status="waiting"} 1\n' in said
    assert '\nbursar_job_oldest_seconds{kind="jobs.tidy",' in said
    alice.post(f"{RUNS}/{run['id']}/cancel").ok(202)


def test_portfolios_roll_on_as_a_job(book, postgres, worker, world):
    book.buy("AAPL", "1", "180", on="2024-02-01")
    postgres.rows("update bursar.portfolios set rolled_at = null"
                  f" where id = '{book.id}'")
    world.tool("jobs", "run", "portfolio.roll", "--wait").check()
    assert postgres.value("select rolled_at is not null from"
                          f" bursar.portfolios where id = '{book.id}'") == "t"


@pytest.mark.parametrize("body, pointer", [
    ({}, "/kind"),
    ({"kind": ""}, "/kind"),
    ({"kind": "jobs.nothing"}, "/kind"),
    ({"kind": 7}, "/kind"),
    ({"kind": "x" * 65}, "/kind"),
    ({"kind": "jobs.tidy", "args": []}, "/args"),
    ({"kind": "jobs.tidy", "args": "x"}, "/args"),
    ({"kind": "jobs.tidy", "args": {"days": 1}}, "/args/days"),
    ({"kind": "jobs.tidy", "when": "now"}, "/when"),
    ({"kind": "jobs.tidy", "tenant": NOBODY}, "/tenant"),
])
def test_a_run_that_is_none_is_refused(alice, postgres, body, pointer):
    before = count(postgres)
    alice.post(RUNS, body).problem(422, pointer=pointer)
    assert count(postgres) == before


@pytest.mark.parametrize("query, pointer", [
    ("status=finished", "?status"), ("colour=red", "?colour"),
    ("limit=0", "?limit"), ("limit=201", "?limit"), ("cursor=x", "?cursor"),
    ("status=done&status=dead", "?status"), ("kind=" + "x" * 65, "?kind"),
])
def test_a_question_that_is_none_is_refused(alice, query, pointer):
    alice.get(f"{RUNS}?{query}").problem(400, pointer=pointer)


# ---- schedules ---------------------------------------------------------------------------

@pytest.fixture
def schedule(alice, postgres):
    """jobs.tidy's, put back as it was."""
    yield tidy_schedule(alice)
    now = tidy_schedule(alice)
    alice.call("PATCH", f"{SCHEDULES}/{now['id']}", {
        "state": "active", "cron": "17 3 * * *", "zone": "UTC"},
        match=f'"v{now["version"]}"').ok()


def change(client, schedule, body, **more):
    more.setdefault("match", f'"v{schedule["version"]}"')
    return client.call("PATCH", f"{SCHEDULES}/{schedule['id']}", body, **more)


def next_daily(hour, minute, zone):
    here = zoneinfo.ZoneInfo(zone)
    now = datetime.datetime.now(here)
    day = now.date()
    while True:
        at = datetime.datetime(day.year, day.month, day.day, hour, minute,
                               tzinfo=here)
        if at > now:
            return at.astimezone(datetime.timezone.utc)
        day += datetime.timedelta(days=1)


def test_a_schedule_says_when_it_fires_next(alice, schedule):
    assert schedule["next_at"] == next_daily(3, 17, "UTC").strftime(
        "%Y-%m-%dT%H:%M:%SZ")
    changed = change(alice, schedule, {
        "cron": "30 12 * * *", "zone": "Asia/Kathmandu"}).ok()
    assert changed["next_at"] == next_daily(
        12, 30, "Asia/Kathmandu").strftime("%Y-%m-%dT%H:%M:%SZ")
    assert changed["version"] == schedule["version"] + 1


def test_a_paused_schedule_has_no_next_time(alice, schedule):
    paused = change(alice, schedule, {"state": "paused"}).ok()
    assert paused["state"] == "paused" and paused["next_at"] is None
    shown = alice.get(f"{SCHEDULES}/{schedule['id']}")
    assert shown.ok() == paused
    assert shown.headers["ETag"] == f'"v{paused["version"]}"'
    resumed = change(alice, paused, {"state": "active"}).ok()
    assert resumed["next_at"] == schedule["next_at"]


def test_a_schedule_runs_by_hand_beside_its_times(alice, schedule):
    run = alice.post(f"{SCHEDULES}/{schedule['id']}/run").ok(202)
    assert run["kind"] == "jobs.tidy" and run["period"] is None
    assert tidy_schedule(alice) == schedule
    alice.post(f"{RUNS}/{run['id']}/cancel").ok(202)


def test_a_schedule_fires(alice, schedule, postgres, worker):
    postgres.rows("update bursar.job_schedules set next_at ="
                  " date_trunc('minute', now()) - interval '2 days'"
                  f" where id = '{schedule['id']}'")
    fired = wait_until(lambda: [
        r for r in alice.get(f"{RUNS}?kind=jobs.tidy&status=done").ok()["items"]
        if r["schedule_id"] == schedule["id"]], 10, what="the schedule's run")
    assert len(fired) == 1
    last = next_daily(3, 17, "UTC") - datetime.timedelta(days=1)
    assert fired[0]["period"] == last.strftime("%Y-%m-%dT%H:%M:%SZ")
    after = tidy_schedule(alice)
    assert after["fired_at"] == fired[0]["period"]
    assert after["next_at"] == schedule["next_at"]


@pytest.mark.parametrize("body, pointer", [
    ({"cron": "61 * * * *"}, "/cron"),
    ({"cron": "every day"}, "/cron"),
    ({"cron": ""}, "/cron"),
    ({"cron": "0 0 30 2 *"}, "/cron"),
    ({"cron": "0 " * 100}, "/cron"),
    ({"zone": "Mars/Olympus"}, "/zone"),
    ({"zone": "../../etc/passwd"}, "/zone"),
    ({"zone": ""}, "/zone"),
    ({"state": "stopped"}, "/state"),
    ({"state": True}, "/state"),
    ({"next_at": "2030-01-01T00:00:00Z"}, "/next_at"),
    ({"kind": "jobs.other"}, "/kind"),
    ({"version": 1}, "/version"),
])
def test_a_change_that_is_none_is_refused(alice, schedule, body, pointer):
    change(alice, schedule, body).problem(422, pointer=pointer)
    assert tidy_schedule(alice) == schedule


def test_changes_ask_for_what_they_change(alice, schedule):
    change(alice, schedule, {"state": "paused"}, match=None).problem(428)
    change(alice, schedule, {"state": "paused"}, match='"v0"').problem(412)
    assert tidy_schedule(alice) == schedule


def test_a_tenants_schedule_is_its_admins(rows, alice, vera, mark):
    path = f"{SCHEDULES}/{rows['alice']['schedule']}"
    for client in (vera, mark):
        client.call("PATCH", path, {"state": "paused"}, match="*").problem(403)
    tag = alice.get(path).headers["ETag"]
    paused = alice.call("PATCH", path, {"state": "paused"}, match=tag).ok()
    assert paused["state"] == "paused" and not paused["shared"]
    # what it runs is of another version
    alice.post(f"{path}/run").problem(409)


# ---- the command line -----------------------------------------------------------------------

def command(world, *words):
    return world.tool("jobs", *words)


def test_the_command_line_runs_waits_and_prints_json(world, worker):
    done = command(world, "run", "jobs.tidy", "--wait", "--json").check()
    run = json.loads(done.out)
    assert run["status"] == "done" and run["tenant"] is None
    assert "100 %" in done.err
    plain = command(world, "run", "jobs.tidy", "--wait").check()
    assert json.loads(plain.out) == {"runs": 0}
    shown = command(world, "show", run["id"]).check()
    assert "0 runs forgotten" in shown.out and "jobs.tidy" in shown.out
    listed = json.loads(command(world, "list", "--json", "--limit", 200,
                                "--status", "done").check().out)
    assert run["id"] in [r["id"] for r in listed]
    assert {r["status"] for r in listed} == {"done"}
    assert run["id"] in command(world, "list").check().out


def test_the_command_line_commands_any_tenants_runs(world, rows, postgres):
    run = rows["bob"]["waiting"]
    assert json.loads(command(
        world, "cancel", run, "--json").check().out)["status"] == "cancelled"
    assert command(world, "retry", run).check().out.split() == [run, "waiting"]


def test_the_command_line_pauses_and_resumes(world, alice, schedule):
    paused = json.loads(command(world, "pause", "jobs.tidy",
                                "--json").check().out)
    assert paused["state"] == "paused" and paused["next_at"] is None
    assert tidy_schedule(alice)["state"] == "paused"
    assert "jobs.tidy" in command(world, "schedules").check().out
    command(world, "resume", "jobs.tidy").check()
    assert tidy_schedule(alice)["next_at"] == schedule["next_at"]
    names = [s["name"] for s in json.loads(
        command(world, "schedules", "--json").check().out)]
    assert "jobs.tidy" in names


@pytest.mark.parametrize("code, words", [
    (2, ()), (2, ("dance",)), (2, ("show",)), (2, ("list", "extra")),
    (2, ("list", "--limit", "none")), (2, ("list", "--colour", "red")),
    (2, ("list", "--limit")), (2, ("list", "--status", "finished")),
    (2, ("run", "jobs.tidy", "--args", "{")),
    (2, ("run", "jobs.tidy", "--args", '{"a": 1}')),
    (3, ("show", NOBODY)), (3, ("show", "x")), (3, ("cancel", NOBODY)),
    (3, ("retry", NOBODY)), (3, ("run", "jobs.nothing")),
    (3, ("pause", "nothing")), (3, ("resume", NOBODY)),
])
def test_the_command_line_tells_by_its_code(world, code, words):
    done = command(world, *words)
    assert done.code == code and done.out == "" and done.err, done.err


def test_the_command_line_refuses_what_has_ended(world, rows):
    assert command(world, "cancel", rows["alice"]["done"]).code == 4
    assert command(world, "retry", rows["alice"]["done"]).code == 4


def test_the_command_line_asks_for_the_owner(world):
    done = subprocess.run(
        [str(PROGRAM), "jobs", "list"], env=world.environment(), cwd=ROOT,
        stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=60)
    assert done.returncode == 1 and "BURSAR_OWNER_URL" in done.stderr


def test_work_takes_no_other_words(world):
    assert world.tool("work", "hard").code == 2
