"""What every answer carries, and how files and documents are served."""

import gzip
import re
import subprocess
import urllib.parse

import pytest

from client import DAY, INSTANT, AMOUNT, query
from conftest import portfolio_new
from openapi import operations

APP = "/assets/main-0a1b2c3d.js"


def every_kind_of_answer(anyone, alice):
    yield anyone.get("/")
    yield anyone.get(APP)
    yield anyone.get("/portfolio/somewhere")
    yield anyone.get("/assets/gone-00000000.js")
    yield anyone.get("/docs/")
    yield anyone.get("/docs")
    yield anyone.get("/health")
    yield anyone.get("/metrics")
    yield anyone.get("/api/v1/openapi.json")
    yield anyone.get("/api/v1/auth/me")                             # 401
    yield anyone.get("/api/v1/nothing")                             # 404
    yield anyone.call("DELETE", "/api/v1/portfolios")               # 405
    yield anyone.post("/api/v1/auth/login", {})                     # 422
    yield anyone.post("/api/v1/auth/login", raw="{")                # 400
    yield anyone.post("/api/v1/auth/login", raw="x", kind="a/b")    # 415
    yield anyone.call("HEAD", "/")
    yield anyone.call("OPTIONS", "/api/v1/portfolios")
    yield alice.get("/api/v1/portfolios")
    yield alice.get("/api/v1/portfolios?x=1")                       # 400
    etag = anyone.get(APP).headers["ETag"]
    yield anyone.get(APP, headers={"If-None-Match": etag})          # 304


def test_security_headers_on_every_kind_of_answer(anyone, alice):
    seen = set()
    for answer in every_kind_of_answer(anyone, alice):
        seen.add(answer.status)
        h = answer.headers
        policy = h["Content-Security-Policy"] or ""
        rules = dict(r.strip().partition(" ")[::2] for r in policy.split(";"))
        assert rules.get("default-src") in ("'self'", "'none'"), answer
        assert rules.get("frame-ancestors") == "'none'", answer
        assert rules.get("base-uri") == "'none'", answer
        assert rules.get("object-src", rules["default-src"]) == "'none'", answer
        scripts = rules.get("script-src", rules["default-src"])
        assert "unsafe" not in scripts.replace("'wasm-unsafe-eval'", ""), answer
        assert h["X-Content-Type-Options"] == "nosniff", answer
        assert h["Referrer-Policy"] in (
            "no-referrer", "strict-origin-when-cross-origin"), answer
        assert h["Cross-Origin-Opener-Policy"] == "same-origin", answer
        assert h["Cross-Origin-Resource-Policy"] == "same-origin", answer
        assert h["Permissions-Policy"], answer
        assert h["X-Request-Id"], answer
        assert h["Date"], answer
        assert h["Strict-Transport-Security"] is None, "only under TLS"
        assert "kore" not in (h["Server"] or "").lower(), answer
        assert not re.search(r"\d\.\d", h["Server"] or ""), "a version banner"
        for name in set(h.keys()):
            assert len(h.get_all(name)) == 1 or name.lower() == "set-cookie", name
        if answer.status in (204, 304):
            assert answer.body == b"" and h["Content-Type"] is None, answer
        elif answer.body:
            assert h["Content-Type"], answer
    assert {200, 304, 400, 401, 404, 405, 415, 422} <= seen


def test_request_id_is_echoed_or_made(anyone):
    sent = "test-7f3a.42"
    assert anyone.get("/health", headers={"X-Request-Id": sent}
                      ).headers["X-Request-Id"] == sent
    made = {anyone.get("/health").headers["X-Request-Id"] for _ in range(5)}
    assert len(made) == 5
    problem = anyone.get("/api/v1/nothing", headers={"X-Request-Id": sent})
    assert problem.problem(404)["request_id"] == sent
    for bad in ("x" * 500, "a b", "<script>", "a;b\x7f"):
        echoed = anyone.get("/health", headers={"X-Request-Id": bad}
                            ).headers["X-Request-Id"]
        assert echoed != bad and re.match(r"[\w.-]+\Z", echoed), bad


def test_request_id_is_in_the_log(server, anyone):
    anyone.get("/api/v1/nothing", headers={"X-Request-Id": "find-me-0815"})
    assert any("find-me-0815" in line for line in
               server.log_text().splitlines())


def test_log_lines_are_json_objects(server):
    for line in server.log_lines():
        assert isinstance(line, dict) and line


# ---- caching ------------------------------------------------------------------------

def test_authenticated_json_is_not_stored(alice):
    for path in ("/api/v1/portfolios", "/api/v1/auth/me",
                 "/api/v1/dashboard/overview"):
        answer = alice.get(path)
        if answer.status == 404:
            continue
        control = answer.headers["Cache-Control"]
        assert control == "no-store" or (
            answer.headers["ETag"] and "private" in control
            and "no-cache" in control), (path, control)


def test_unchanged_answer_is_304_and_changed_is_not(alice):
    book = portfolio_new(alice, name="Validator")
    answer = alice.get(book.path)
    tag = answer.headers["ETag"]
    same = alice.get(book.path, headers={"If-None-Match": tag})
    assert (same.status, same.body) == (304, b"")
    assert same.headers["ETag"] == tag
    for value in (f'"other", {tag}', "*", f"W/{tag}"):
        assert alice.get(book.path, headers={"If-None-Match": value}
                         ).status == 304, value
    assert alice.get(book.path, headers={"If-None-Match": '"other"'}).status == 200
    alice.patch(book.path, {"name": "Validator II"}, match=tag).ok()
    changed = alice.get(book.path, headers={"If-None-Match": tag})
    assert changed.status == 200 and changed.headers["ETag"] != tag


def test_hashed_assets_are_immutable_and_the_page_is_not(anyone):
    control = anyone.get(APP).headers["Cache-Control"]
    assert "immutable" in control and "public" in control
    assert int(re.search(r"max-age=(\d+)", control).group(1)) >= 31536000
    for path in ("/", "/index.html", "/some/page"):
        assert anyone.get(path).headers["Cache-Control"] == "no-cache", path
    assert "immutable" not in (anyone.get("/assets/gone-00000000.js")
                               .headers["Cache-Control"] or "")


def test_files_are_validated_by_etag(anyone):
    for path in ("/", APP, "/favicon.svg"):
        tag = anyone.get(path).headers["ETag"]
        assert tag and tag.startswith('"')
        again = anyone.get(path, headers={"If-None-Match": tag})
        assert (again.status, again.body) == (304, b""), path


# ---- compression ----------------------------------------------------------------------

def unbrotli(data):
    script = ("process.stdout.write(require('zlib').brotliDecompressSync("
              "require('fs').readFileSync(0)))")
    return subprocess.run(["node", "-e", script], input=data, check=True,
                          capture_output=True).stdout


def test_files_come_compressed_as_the_client_likes(anyone):
    plain = anyone.get(APP)
    assert plain.headers["Content-Encoding"] is None
    assert "accept-encoding" in plain.headers["Vary"].lower()
    for accepted, encoding, undo in (
            ("gzip", "gzip", gzip.decompress), ("br", "br", unbrotli),
            ("gzip, deflate, br", "br", unbrotli),
            ("gzip;q=1.0, identity; q=0.5", "gzip", gzip.decompress)):
        answer = anyone.get(APP, headers={"Accept-Encoding": accepted})
        assert answer.headers["Content-Encoding"] == encoding, accepted
        assert undo(answer.body) == plain.body
        assert len(answer.body) < len(plain.body)
        assert "accept-encoding" in answer.headers["Vary"].lower()
    for accepted in ("identity", "gzip;q=0", "br;q=0, gzip;q=0", "zstd"):
        answer = anyone.get(APP, headers={"Accept-Encoding": accepted})
        assert answer.headers["Content-Encoding"] is None, accepted
        assert answer.body == plain.body


def test_large_json_comes_compressed(alice):
    path = "/api/v1/prices" + query(symbol="AAPL")
    plain = alice.get(path)
    packed = alice.get(path, headers={"Accept-Encoding": "gzip"})
    assert plain.headers["Content-Encoding"] is None
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.body) == plain.body
    small = alice.get("/api/v1/auth/me", headers={"Accept-Encoding": "gzip"})
    assert small.headers["Content-Encoding"] is None


# ---- methods ----------------------------------------------------------------------------

def test_head_is_get_without_the_body(anyone, alice):
    for client, path in ((anyone, "/"), (anyone, APP), (anyone, "/health"),
                         (alice, "/api/v1/portfolios"),
                         (anyone, "/api/v1/nothing")):
        get, head = client.get(path), client.call("HEAD", path)
        assert head.status == get.status, path
        assert head.body == b""
        for name in ("Content-Type", "Content-Length", "ETag", "Cache-Control"):
            assert head.headers[name] == get.headers[name], (path, name)


def test_options_says_what_may_be_done(anyone, alice):
    answer = alice.call("OPTIONS", "/api/v1/portfolios")
    assert answer.status in (200, 204)
    assert {m.strip() for m in answer.headers["Allow"].split(",")} == {
        "GET", "HEAD", "POST", "OPTIONS"}
    assert answer.headers["Access-Control-Allow-Origin"] is None


def test_nobody_else_may_read_with_a_browser(anyone):
    answer = anyone.get("/health", headers={"Origin": "https://evil.example"})
    assert answer.headers["Access-Control-Allow-Origin"] is None


# ---- the web app ---------------------------------------------------------------------------

@pytest.mark.parametrize("path", [
    "/", "/index.html", "/portfolio", "/login", "/positions/BRK.B",
    "/a/b/c?x=1"])
def test_pages_of_the_app_are_its_index(anyone, path):
    answer = anyone.get(path)
    assert answer.status == 200
    assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
    assert b'<div id="root"' in answer.body or b"<div id=root>" in answer.body


@pytest.mark.parametrize("path", [
    "/assets/gone-00000000.js", "/assets/", "/robots.php",
    "/favicon.png", "/.git/config", "/.env", "/index.html.gz", "/assets/../secret",
    "/%2e%2e/%2e%2e/etc/passwd", "/..%2f..%2fetc/passwd", "/assets/%00.js",
    "/docs/gone.html"])
def test_missing_files_are_404_and_not_the_index(anyone, path):
    answer = anyone.get(path)
    assert answer.status in (400, 404), answer
    assert b"root:" not in answer.body
    assert b"id=root" not in answer.body
    answer.problem(answer.status)


def test_files_have_their_types(anyone):
    for path, kind in ((APP, "text/javascript"), ("/favicon.svg", "image/svg+xml"),
                       ("/assets/style-9f8e7d6c.css", "text/css")):
        assert anyone.get(path).headers["Content-Type"].startswith(kind)


def test_files_cannot_be_written(anyone):
    for method in ("PUT", "DELETE", "PATCH", "POST"):
        answer = anyone.call(method, APP, raw="x" if method != "DELETE" else None)
        assert answer.status in (404, 405), answer


# ---- documents ----------------------------------------------------------------------------

def test_docs_page_is_self_hosted(anyone, world):
    if not (world.app_dir() / "docs").exists():
        pytest.skip("the web app, which brings the page, is not built")
    answer = anyone.get("/docs/")
    assert answer.status == 200
    assert answer.headers["Content-Type"].startswith("text/html")
    linked = re.findall(r"""(?:src|href)=["']?([^"' >]+)""", answer.text)
    assert linked
    for link in linked:
        target = urllib.parse.urljoin("/docs/", link)
        assert target.startswith("/"), f"{link} is elsewhere"
        assert anyone.get(target.split("#")[0]).status == 200, link
    assert not re.search(r"<script(?![^>]*src=)[^>]*>[^<]", answer.text), (
        "a script in the page, which the policy forbids")


def test_openapi_document_is_whole(anyone):
    answer = anyone.get("/api/v1/openapi.json")
    document = answer.ok()
    assert document["openapi"].startswith("3.1")
    assert anyone.get("/api/openapi.json").body == answer.body
    ids = [o.id for o in operations(document)]
    assert len(ids) == len(set(ids))
    for operation in operations(document):
        assert operation.row["summary"] and operation.row["tags"], operation
        assert {"200", "201", "204"} & set(operation.row["responses"]), operation
        for schema in find_refs(document):
            assert operation.resolve({"$ref": schema}) is not None


def find_refs(node):
    if isinstance(node, dict):
        for name, value in node.items():
            if name == "$ref":
                yield value
            else:
                yield from find_refs(value)
    elif isinstance(node, list):
        for value in node:
            yield from find_refs(value)


def test_every_problem_says_what_is_wrong(anyone, alice):
    """In words of its own, beside the title of its kind."""
    silent = {}
    for answer in every_kind_of_answer(anyone, alice):
        if answer.status >= 400 and answer.body:
            problem = answer.problem(answer.status)
            if not problem.get("detail"):
                silent[answer.asked] = problem["title"]
    assert not silent, silent


def problem_types(anyone):
    yield anyone.get("/api/v1/nothing").problem(404)["type"]
    yield anyone.post("/api/v1/auth/login", {}).problem(422)["type"]


def test_types_of_problems_resolve(anyone):
    for kind in problem_types(anyone):
        url, _, anchor = urllib.parse.urljoin("/", kind).partition("#")
        answer = anyone.get(url)
        assert answer.status == 200 and answer.headers["Content-Type"].startswith(
            "text/html")
        assert f'id="{anchor}"' in answer.text


# ---- what the document promises --------------------------------------------------------------

def fits(operation, schema, value, at="answer"):
    """The value is what the schema says, member for member."""
    schema = operation.resolve(schema)
    for many in ("anyOf", "oneOf"):
        if many in schema:
            reasons = []
            for one in schema[many]:
                try:
                    return fits(operation, one, value, at)
                except AssertionError as reason:
                    reasons.append(reason)
            raise reasons[0]
    kinds = schema.get("type")
    if kinds is None:
        return None
    kinds = kinds if isinstance(kinds, list) else [kinds]
    actual = {type(None): "null", bool: "boolean", int: "integer",
              float: "number", str: "string", list: "array", dict: "object"}[
                  type(value)]
    assert actual in kinds or (actual == "integer" and "number" in kinds), (
        f"{at} is {value!r}, not {kinds}")
    if actual == "object" and "properties" in schema:
        missing = set(schema.get("required", [])) - set(value)
        extra = set(value) - set(schema["properties"])
        assert not missing and not extra, (at, missing, extra)
        for name, member in value.items():
            fits(operation, schema["properties"][name], member, f"{at}.{name}")
    if actual == "array" and "items" in schema:
        for i, item in enumerate(value[:50]):
            fits(operation, schema["items"], item, f"{at}[{i}]")
    if actual == "string":
        form = schema.get("format")
        pattern = {"date": DAY, "date-time": INSTANT, "decimal": AMOUNT}.get(form)
        assert pattern is None or pattern.match(value), (at, value, form)
        assert "enum" not in schema or value in schema["enum"], (at, value)
    return None


def test_every_read_answers_what_the_document_promises(demo, server):
    document = server.client().get("/api/v1/openapi.json").ok()
    mine = next(p for p in demo.get("/api/v1/portfolios").ok()["items"]
                if p["is_default"])
    values = {"portfolio": mine["id"], "symbol": "AAPL"}
    held = demo.get(f"/api/v1/portfolios/{mine['id']}/positions").ok()["items"]
    tried = 0
    for operation in operations(document):
        if operation.method != "GET" or "stream" in operation.path or (
                "activity" in operation.path_params):
            continue
        if "position" in operation.path:
            values["symbol"] = held[0]["symbol"]
        answer = operation.call(demo, values)
        assert answer.status == 200, answer
        promised = operation.row["responses"]["200"]
        content = operation.resolve(promised).get("content", {})
        kind = answer.headers["Content-Type"].split(";")[0]
        assert kind in content, (operation, kind, list(content))
        if "json" in kind and "schema" in content[kind]:
            fits(operation, content[kind]["schema"], answer.json(),
                 operation.id)
        tried += 1
    assert tried >= 15


# ---- health --------------------------------------------------------------------------------

def test_probes(anyone):
    for path in ("/livez", "/readyz", "/api/v1/livez", "/api/v1/readyz"):
        assert anyone.get(path).status == 200, path
    health = anyone.get("/health").ok()
    assert health["status"] == "ok"
    assert health["version"]


def test_metrics_are_prometheus_text(server, anyone):
    answer = anyone.get("/metrics")
    names = set()
    for line in answer.text.splitlines():
        if line.startswith("# TYPE "):
            names.add(line.split()[2])
            assert line.split()[3] in ("counter", "gauge", "histogram", "summary")
        elif line and not line.startswith("#"):
            name = re.match(r"([a-z_][a-z0-9_]*)(\{[^}]*\})? "
                            r"([-+0-9.eE]+|NaN|[+-]Inf)$", line)
            assert name, line
            base = re.sub(r"_(bucket|sum|count)$", "", name.group(1))
            assert base in names or name.group(1) in names, line
    before = server.meters()["bursar_flows_total"]
    anyone.get("/health")
    assert server.meters()["bursar_flows_total"] > before


def test_metrics_name_no_tenant(server, alice, anyone):
    text = anyone.get("/metrics").text
    me = alice.get("/api/v1/auth/me").ok()
    assert me["tenant"]["id"] not in text and me["user"]["id"] not in text
