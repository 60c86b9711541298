"""The processes a test talks to: PostgreSQL, Redis and the server, all its own.

Everything lives in one short temporary folder (sockets have short paths),
listens on a socket or a free port of the loopback, and is stopped by pid.
"""

import json
import os
import pathlib
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import urllib.parse

from client import Client

ROOT = pathlib.Path(__file__).resolve().parents[2]
PROGRAM = pathlib.Path(os.environ.get("BURSAR_BIN", ROOT / "build" / "bursar"))
BUILT_APP = pathlib.Path(os.environ.get("BURSAR_APP_DIR", ROOT / "build" / "app"))
PASSWORD = "plain-horse-1-battery"
SHARED = ROOT.parent / "shared" / "data"


def temporary_folder():
    path = pathlib.Path(tempfile.mkdtemp(prefix="bt-", dir="/tmp"))
    path.chmod(0o755)
    return path


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def wait_until(claim, seconds=10.0, every=0.05, what="it"):
    """Poll until the claim holds; answer its value."""
    end = time.monotonic() + seconds
    while True:
        value = claim()
        if value:
            return value
        assert time.monotonic() < end, f"{what} did not happen in {seconds} s"
        time.sleep(every)


def process_lives(pid):
    try:
        stat = pathlib.Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return False
    return stat.rsplit(")", 1)[1].split()[0] not in "ZX"


def process_children(pid):
    """Live children of a process, by their pids."""
    children = set()
    for entry in pathlib.Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        try:
            fields = (entry / "stat").read_text().rsplit(")", 1)[1].split()
        except OSError:
            continue
        if int(fields[1]) == pid and fields[0] not in "ZX":
            children.add(int(entry.name))
    return children


def run_script(name, *arguments):
    done = subprocess.run(
        ["sh", str(ROOT / "tests" / name), *map(str, arguments)],
        stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, f"{name} {arguments}: {done.stderr}"
    return done.stdout.strip()


class Postgres:
    def __init__(self, folder):
        self.dir = folder / "pg"
        self.start()

    def start(self):
        run_script("pg.sh", "start", self.dir)

    def stop(self, mode="fast"):
        run_script("pg.sh", "stop", self.dir, mode)

    def is_running(self):
        try:
            return process_lives(self.pid())
        except (OSError, IndexError):
            return False

    def drop(self):
        if not self.is_running():
            (self.dir / "data" / "postmaster.pid").unlink(missing_ok=True)
        run_script("pg.sh", "drop", self.dir)

    def pid(self):
        return int((self.dir / "data" / "postmaster.pid").read_text().split()[0])

    def family(self):
        """The postmaster and all that work in its folder, zombies too."""
        data, found = str(self.dir / "data"), {self.pid()}
        for entry in pathlib.Path("/proc").iterdir():
            try:
                if entry.name.isdigit() and os.readlink(entry / "cwd") == data:
                    found.add(int(entry.name))
            except OSError:
                continue
        return {pid for pid in found if os.path.exists(f"/proc/{pid}")}

    def kill(self):
        """As a crash would: nothing is written, nobody is told."""
        def ended():
            left = self.family()
            for pid in left:
                try:
                    os.kill(pid, signal.SIGKILL)
                except ProcessLookupError:
                    pass
            return not left
        wait_until(ended, 20, what="PostgreSQL's end")

    def url(self, user="postgres", password=None):
        who = user if password is None else f"{user}:{password}"
        return f"postgresql://{who}@{urllib.parse.quote(str(self.dir), '')}/bursar"

    def psql_open(self, user="postgres"):
        """A psql that reads statements from its standard input."""
        return subprocess.Popen(
            ["psql", "-XAtq", "-v", "ON_ERROR_STOP=1", self.url(user)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1)

    def rows(self, sql, user="postgres"):
        done = subprocess.run(
            ["psql", "-XAtq", "-F", "\x1f", "-v", "ON_ERROR_STOP=1",
             self.url(user), "-c", sql],
            capture_output=True, text=True, timeout=60)
        assert done.returncode == 0, done.stderr
        return [line.split("\x1f") for line in done.stdout.splitlines()]

    def value(self, sql):
        return self.rows(sql)[0][0]

    def tables(self):
        """Names of all tables of the schema bursar."""
        return [name for name, in self.rows(
            "select c.relname from pg_class c where relkind in ('r', 'p')"
            " and relnamespace = 'bursar'::regnamespace order by 1")]

    def tenant_tables(self):
        return [name for name, in self.rows(
            "select table_name from information_schema.columns"
            " join information_schema.tables using (table_schema, table_name)"
            " where table_schema = 'bursar' and column_name = 'tenant_id'"
            " and table_type = 'BASE TABLE' order by 1")]

    def counts(self, tables):
        """How many rows each table has, and what they say, as one digest."""
        select = " union all ".join(
            f"select '{t}', count(*), coalesce(md5(string_agg(x::text, '|'"
            f" order by x::text)), '') from bursar.{t} x" for t in tables)
        return {name: (int(n), digest) for name, n, digest in self.rows(select)}


class Redis:
    def __init__(self, folder):
        self.dir = folder / "redis"
        self.start()

    def start(self):
        run_script("redis.sh", "start", self.dir)

    def stop(self):
        run_script("redis.sh", "stop", self.dir)

    def pid(self):
        return int((self.dir / "redis.pid").read_text())

    def is_running(self):
        try:
            return process_lives(self.pid())
        except (OSError, ValueError):
            return False

    def pause(self):
        os.kill(self.pid(), signal.SIGSTOP)

    def resume(self):
        os.kill(self.pid(), signal.SIGCONT)

    def kill(self):
        pid = self.pid()
        os.kill(pid, signal.SIGKILL)
        wait_until(lambda: not os.path.exists(f"/proc/{pid}"), 20,
                   what="Redis's end")
        (self.dir / "redis.pid").unlink()
        (self.dir / "redis.sock").unlink()

    def url(self):
        return f"unix://{self.dir}/redis.sock"


class World:
    """One PostgreSQL with Bursar's schema, one Redis, and any servers."""

    def __init__(self):
        self.dir = temporary_folder()
        self.secret = secrets.token_hex(32)
        self.never_logged = {"password": PASSWORD, "secret": self.secret}
        self.servers = []
        self.postgres = self.redis = None
        try:
            self.postgres = Postgres(self.dir)
            self.redis = Redis(self.dir)
            self.tool("migrate").check()
        except BaseException:
            self.close()
            raise

    def environment(self, **settings):
        env = {k: v for k, v in os.environ.items()
               if not k.startswith("BURSAR_")}
        env.update({
            "BURSAR_DATABASE_URL": self.postgres.url("bursar_app", "unused"),
            "BURSAR_REDIS_URL": self.redis.url(),
            "BURSAR_SECRET": self.secret,
            "BURSAR_APP_DIR": str(self.app_dir()),
            "BURSAR_LOG_LEVEL": "fine",
            "BURSAR_TICK_MS": "500",
            "BURSAR_OPERATORS": "alice",
            "BURSAR_WORKERS": "2",
            "BURSAR_FINNHUB_STREAM_URL": "",
            "ASAN_OPTIONS": f"log_path={self.dir}/san:detect_leaks=0"
                            ":detect_stack_use_after_return=0",
            "UBSAN_OPTIONS": f"log_path={self.dir}/san:print_stacktrace=1",
        })
        env.update({f"BURSAR_{k.upper()}": str(v) for k, v in settings.items()})
        return {k: v for k, v in env.items() if v != "None"}

    def tool(self, *arguments, **settings):
        """Run one of the program's commands as the schema's owner."""
        env = self.environment(owner_url=self.postgres.url(), **settings)
        return Done(subprocess.run(
            [str(PROGRAM), *map(str, arguments)], env=env, cwd=ROOT,
            stdin=subprocess.DEVNULL, capture_output=True, text=True,
            timeout=300))

    def serve_refused(self, **settings):
        """What a server says that must not start; it gets 15 seconds."""
        settings.setdefault("listen", f"127.0.0.1:{free_port()}")
        process = subprocess.Popen(
            [str(PROGRAM), "serve"], env=self.environment(**settings), cwd=ROOT,
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT, text=True)
        try:
            said, _ = process.communicate(timeout=15)
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGTERM)
            said, _ = process.communicate()
            raise AssertionError(f"it started all the same:\n{said[-2000:]}")
        assert process.returncode != 0, said
        assert 0 < len(said.strip().splitlines()) <= 3, said
        return said

    def seed(self, tenant, user, role="owner", empty=True):
        more = ["--empty"] if empty else []
        return self.tool("seed", "--tenant", tenant, "--user", user,
                         "--password", PASSWORD, "--role", role, *more).check()

    def serve(self, ready=True, **settings):
        server = Server(self, settings)
        self.servers.append(server)
        server.start(ready)
        return server

    def app_dir(self):
        """A small web app, built like the real one: hashed, precompressed."""
        app = self.dir / "app"
        if app.exists():
            return app
        if (BUILT_APP / "docs").is_dir():
            shutil.copytree(BUILT_APP, app)     # for its documents
        (app / "assets").mkdir(parents=True, exist_ok=True)
        script = "export const answer = 42;\n" * 400
        (app / "index.html").write_text(
            "<!doctype html><html lang=en><title>Bursar</title>"
            "<script type=module src=/assets/main-0a1b2c3d.js></script>"
            "<div id=root></div>" + "<!-- padding -->" * 100 + "</html>\n")
        (app / "assets" / "main-0a1b2c3d.js").write_text(script)
        (app / "assets" / "style-9f8e7d6c.css").write_text("p{margin:0}" * 300)
        (app / "favicon.svg").write_text(
            "<svg xmlns='http://www.w3.org/2000/svg'/>")
        squeeze = """
            const fs = require('fs'), zlib = require('zlib');
            for (const f of process.argv.slice(1)) {
                const text = fs.readFileSync(f);
                fs.writeFileSync(f + '.gz', zlib.gzipSync(text));
                fs.writeFileSync(f + '.br', zlib.brotliCompressSync(text));
            }"""
        subprocess.run(
            ["node", "-e", squeeze, *map(str, [
                app / "index.html", app / "assets" / "main-0a1b2c3d.js",
                app / "assets" / "style-9f8e7d6c.css"])], check=True)
        return app

    def sanitizer_reports(self):
        """All but the note that it makes of every program with fibers."""
        return "".join(
            line for p in sorted(self.dir.glob("san.*"))
            for line in p.read_text(errors="replace").splitlines(True)
            if "makecontext/swapcontext" not in line)

    def close(self):
        for server in self.servers:
            server.stop()
        if self.redis:
            self.redis.stop()
        if self.postgres:
            self.postgres.drop()
        shutil.rmtree(self.dir, ignore_errors=True)


class Done:
    """What a command left behind."""

    def __init__(self, process):
        self.code = process.returncode
        self.out, self.err = process.stdout, process.stderr

    def check(self):
        assert self.code == 0, f"exit {self.code}\n{self.out}\n{self.err}"
        return self


class Server:
    def __init__(self, world, settings):
        self.world, self.settings = world, settings
        self.host, self.port = "127.0.0.1", free_port()
        self.log = world.dir / f"server-{self.port}.log"
        self.process = None
        self.workers_change = False     # a test that kills one says so

    @property
    def url(self):
        return f"http://{self.host}:{self.port}"

    @property
    def pid(self):
        return self.process.pid

    def restart_postgres(self, mode="fast"):
        """The database goes away and comes back, as in an upgrade."""
        self.world.postgres.stop(mode)
        self.world.postgres.start()

    def stop_redis(self):
        self.world.redis.stop()

    def start(self, ready=True):
        env = self.world.environment(
            listen=f"{self.host}:{self.port}", **self.settings)
        with open(self.log, "ab") as log:
            self.process = subprocess.Popen(
                [str(PROGRAM), "serve"], env=env, cwd=ROOT,
                stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        if ready:
            wait_until(self.is_ready, 30, what="the server's readiness\n"
                       + self.log_text()[-3000:])
            self.first_workers = self.worker_pids()

    def is_ready(self):
        assert self.process.poll() is None, (
            f"the server ended with {self.process.returncode}:\n"
            + self.log_text()[-3000:])
        try:
            return (self.client().get("/readyz").status == 200
                    and self.is_whole())
        except OSError:
            return False

    def is_whole(self):
        """Every worker has all its database connections."""
        workers = int(self.settings.get("workers", 2))
        each = int(self.settings.get("database_connections", 4))
        return self.meters()["bursar_db_connections"] == workers * each

    def client(self, **more):
        return Client(self.host, self.port, **more)

    def worker_pids(self):
        return process_children(self.pid)

    def log_text(self):
        return self.log.read_text(errors="replace") if self.log.exists() else ""

    def log_lines(self):
        """Every line as an object; a line that is none fails."""
        return [json.loads(line) for line in self.log_text().splitlines()]

    def meters(self):
        """/metrics as a dictionary; labels stay in the name."""
        text = self.client().get("/metrics").text
        return {line.rsplit(" ", 1)[0]: float(line.rsplit(" ", 1)[1])
                for line in text.splitlines() if line and line[0] != "#"}

    def restart(self):
        self.stop()
        self.start()

    def stop(self):
        """Stop it as an operator would; answer its exit code."""
        if self.process is None:
            return None
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(20)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        return self.process.returncode

    def faults(self):
        """What must never be seen, whatever the tests did."""
        found = []
        if not self.workers_change and self.process.poll() is None:
            if self.worker_pids() != self.first_workers:
                found.append("the worker processes changed")
        text = self.log_text()
        for line in text.splitlines():
            if "died" in line or "sandbox violation" in line:
                found.append(f"log: {line[:300]}")
        for what, value in self.world.never_logged.items():
            if value in text:
                at = text.index(value)
                found.append(f"log holds {what}: …{text[max(0, at - 80):at]}<it>")
        return found
