"""What every answer carries, and how files and documents are served."""

import gzip
import json
import re
import socket
import subprocess
import urllib.parse

import pytest

from client import new_key, query
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
        assert {"200", "201", "202", "204"} & set(operation.row["responses"]), operation
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


# ---- variants and their tags ---------------------------------------------------------------

GZIP = {"Accept-Encoding": "gzip"}


@pytest.mark.parametrize("path", [
    APP, "/", "/api/v1/openapi.json", "/api/v1/prices?symbol=AAPL"])
def test_each_coding_of_a_text_has_its_own_tag(alice, path):
    plain, packed = alice.get(path), alice.get(path, headers=GZIP)
    assert packed.headers["Content-Encoding"] == "gzip"
    tags = plain.headers["ETag"], packed.headers["ETag"]
    assert tags[0] != tags[1] and not tags[0].startswith("W/")
    assert gzip.decompress(packed.body) == plain.body
    for tag, more, status in ((tags[0], {}, 304), (tags[1], GZIP, 304),
                              (tags[0], GZIP, 200), (tags[1], {}, 200)):
        answer = alice.get(path, headers={"If-None-Match": tag, **more})
        assert answer.status == status, (tag, more)
        if status == 304:
            assert answer.headers["ETag"] == tag


def test_not_modified_has_what_a_cache_needs_and_no_more(alice):
    for path in (APP, "/api/v1/portfolios"):
        full = alice.get(path)
        answer = alice.get(path, headers={
            "If-None-Match": full.headers["ETag"]})
        assert answer.status == 304
        for name in ("ETag", "Cache-Control", "Vary"):
            assert answer.headers[name] == full.headers[name], name
        for name in ("Content-Type", "Content-Length", "Content-Encoding"):
            assert answer.headers[name] is None, name


def test_head_is_conditional_too(alice):
    tag = alice.get("/api/v1/portfolios").headers["ETag"]
    answer = alice.call("HEAD", "/api/v1/portfolios",
                        headers={"If-None-Match": tag})
    assert (answer.status, answer.headers["ETag"]) == (304, tag)


def test_what_was_read_compressed_can_be_changed(alice):
    book = portfolio_new(alice, name="Compressed")
    tag = alice.get(book.path).headers["ETag"]
    for sent, status in (
            (f'"{tag[1:-1]}-gzip"', 200), (f'"{tag[1:-1]}-zip"', 412),
            (f"W/{tag}", 412), ('"other", "another"', 412)):
        answer = alice.patch(book.path, {"name": f"Compressed {sent[:30]}"},
                             match=sent)
        assert answer.status == status, (sent, answer)
    tag = alice.get(book.path).headers["ETag"]
    answer = alice.patch(book.path, {"name": "Listed"},
                         match=f'"other" , {tag}')
    assert answer.status == 200
    assert alice.patch(book.path, {"name": "Any"}, match="*").status == 200
    assert alice.patch(book.path, {"name": "None"}).status == 428


@pytest.mark.parametrize("accepted, encoding", [
    ("*", "br"), ("*;q=0", None), ("gzip;q=0.0, br;q=0.00", None),
    ("GZIP", "gzip"), ("gzip;q=1, br;q=0.1", "gzip"),
    ("gzip;q=0.5, br;q=0.5", "br"), ("br;q=0, *", "gzip"),
    ("identity, gzip;q=0.5", None), ("x-gzip, gzippy", None), ("", None),
    (",;q=1,,", None), ("gzip ; q=0.8", "gzip"), ("gzip;q=junk", "gzip")])
def test_weights_of_codings(anyone, accepted, encoding):
    answer = anyone.get(APP, headers={"Accept-Encoding": accepted})
    assert answer.headers["Content-Encoding"] == encoding


# ---- what is asked for, and how ----------------------------------------------------------

@pytest.mark.parametrize("accept, status", [
    ("application/json", 200), ("*/*", 200), ("application/*", 200),
    ("text/html", 406), ("text/html, */*;q=0.1", 200),
    ("text/*, image/png", 406), ("application/json;q=0, */*", 406),
    ("application/*;q=0, application/json", 200), ("*/*;q=0", 406),
    ("APPLICATION/JSON; charset=utf-8", 200), ("", 200),
    ("application/xml", 406)])
def test_who_cannot_read_json_is_told_so(alice, accept, status):
    answer = alice.get("/api/v1/portfolios", headers={"Accept": accept})
    assert answer.status == status, answer
    if status == 406:
        assert "application/json" in answer.problem(406)["detail"]


def test_a_write_whose_answer_cannot_be_read_is_not_done(alice):
    before = alice.get("/api/v1/portfolios?limit=200").body
    alice.post("/api/v1/portfolios", {"name": "Unread"}, headers={
        "Accept": "text/html"}).problem(406)
    assert alice.get("/api/v1/portfolios?limit=200").body == before


def test_types_of_other_answers(anyone, alice):
    assert anyone.get("/metrics", headers={
        "Accept": "text/plain;version=0.0.4;q=0.5"}).status == 200
    anyone.get("/metrics", headers={"Accept": "application/json"}).problem(406)
    alice.get("/api/v1/stream", headers={
        "Accept": "application/json"}).problem(406)
    assert anyone.get(APP, headers={"Accept": "image/png"}).status == 200


@pytest.mark.parametrize("headers, status", [
    ({"Content-Type": "application/json; charset=UTF-8"}, 422),
    ({"Content-Type": 'application/json;charset="utf-8"'}, 422),
    ({"Content-Type": "Application/JSON"}, 422),
    ({"Content-Type": "application/json; charset=latin1"}, 415),
    ({"Content-Type": "application/json", "Content-Encoding": "gzip"}, 415),
    ({"Content-Type": "application/json", "Content-Encoding": "identity"}, 422),
    ({"Content-Type": "text/plain"}, 415),
    ({"Content-Type": "application/jsonx"}, 415),
    ({"Content-Type": "multipart/form-data; boundary=x"}, 415),
    ({"Content-Type": "application/x-www-form-urlencoded"}, 415)])
def test_bodies_of_other_kinds_are_refused(anyone, headers, status):
    anyone.post("/api/v1/auth/login", raw="{}", headers=headers
                ).problem(status)


@pytest.mark.parametrize("path", [
    "/api/v1/portfolios/", "/api/v1//portfolios", "//api/v1/portfolios",
    "/api/v1/%70ortfolios", "/api//v1/portfolios", "/api/v1", "/api", "/api/",
    "/api/v1/", "/api/v2/portfolios", "/api/v1/portfolios/%2e%2e",
    "/api/v1/./portfolios", "/api/v1/portfolios;v=1",
    "/api/v1/auth/me/x.css", "/API/v1/portfolios"])
def test_paths_are_taken_as_they_are(alice, path):
    answer = alice.get(path)
    if answer.status == 200:        # no path of the API: a page of the app
        assert b"id=root" in answer.body
        assert not path.startswith("/api/"), answer
    else:
        answer.problem(404)


def test_a_value_in_a_path_may_be_encoded(alice):
    plain = alice.get("/api/v1/assets/AAPL").ok()
    assert alice.get("/api/v1/assets/%41A%50L").ok() == plain
    alice.get("/api/v1/assets/AAPL%2F").problem(404)
    alice.get("/api/v1/assets/AAPL%00").problem(404)
    alice.get("/api/v1/assets/AAPL%").problem(404)


def test_methods_of_files(anyone):
    options = anyone.call("OPTIONS", APP)
    assert (options.status, options.body) == (204, b"")
    for answer in (options, anyone.post(APP, {}), anyone.delete("/")):
        assert {m.strip() for m in answer.headers["Allow"].split(",")} == {
            "GET", "HEAD", "OPTIONS"}, answer
        assert answer.headers["ETag"] is None
        assert answer.headers["Content-Encoding"] is None
    anyone.post(APP, {}).problem(405)
    anyone.post("/assets/gone.js", {}).problem(404)
    anyone.call("OPTIONS", "/assets/gone.js").problem(404)


def test_methods_of_routes(anyone, alice):
    answer = alice.call("PUT", "/api/v1/portfolios", {"name": "x"})
    answer.problem(405)
    assert {m.strip() for m in answer.headers["Allow"].split(",")} == {
        "GET", "HEAD", "POST", "OPTIONS"}
    anyone.call("OPTIONS", "/api/v1/nothing").problem(404)


def test_pages_of_other_sites_write_nothing(alice, anyone):
    before = alice.get("/api/v1/portfolios?limit=200").body
    for site, status in (("cross-site", 403), ("same-site", 403),
                         ("junk", 403), ("same-origin", 422), ("none", 422)):
        more = {"headers": {"Sec-Fetch-Site": site}}
        alice.post("/api/v1/portfolios", {}, **more).problem(status)
        anyone.post("/api/v1/auth/login", {}, **more).problem(status)
    assert alice.get("/api/v1/portfolios?limit=200").body == before
    assert alice.get("/api/v1/portfolios", headers={
        "Sec-Fetch-Site": "cross-site"}).status == 200


# ---- targets -----------------------------------------------------------------------------

@pytest.mark.parametrize("target, status", [
    ("http://localhost/api/v1/portfolios", 200),
    ("https://elsewhere.example:8443/api/v1/portfolios?limit=1", 200),
    ("http://localhost/api/v1/nothing", 404), ("http://localhost", 200),
    ("portfolios", 400), ("ftp://localhost/", 400), ("*", 400)])
def test_a_target_may_be_a_whole_address(server, alice, target, status):
    got, body = sent_raw(server, f"Authorization: Bearer {alice.token}",
                         path=target)
    assert got == status, body


def test_options_of_the_whole_server(server):
    with socket.create_connection((server.host, server.port), 10) as s:
        s.sendall(b"OPTIONS * HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        assert s.recv(65536).startswith(b"HTTP/1.1 204 ")


# ---- header fields that come twice, or are lies -------------------------------------------

def sent_raw(server, *lines, path="/api/v1/portfolios"):
    """The answer's status and body; http.client would not send it so."""
    with socket.create_connection((server.host, server.port), 10) as s:
        s.sendall("\r\n".join((f"GET {path} HTTP/1.1", "Host: x",
                               "Connection: close", *lines, "", "")).encode())
        data = b""
        while part := s.recv(65536):
            data += part
    head, body = data.split(b"\r\n\r\n", 1)
    return int(head.split()[1]), body


def test_lines_of_one_name_are_one_list(server, alice):
    bearer = f"Authorization: Bearer {alice.token}"
    assert sent_raw(server, bearer)[0] == 200
    assert sent_raw(server, bearer, bearer)[0] == 401
    assert sent_raw(server, bearer, "Authorization: Bearer x")[0] == 401
    assert sent_raw(server, bearer, "Accept: text/html", "Accept: */*")[0] == 200
    tag = alice.get("/api/v1/portfolios").headers["ETag"]
    assert sent_raw(server, bearer, 'If-None-Match: "x"',
                    f"If-None-Match: {tag}")[0] == 304


def clients_logged(server, paths):
    by_path = {line["path"]: line["client"] for line in server.log_lines()
               if line.get("event") == "request"}
    return [by_path[path] for path in paths]


FORWARDED = {
    "192.0.2.7": "192.0.2.7",
    "203.0.113.9, 192.0.2.7": "192.0.2.7",          # the first may be a lie
    " 192.0.2.7 ": "192.0.2.7",
    "192.0.2.7, 127.0.0.2": "192.0.2.7",            # two proxies, both ours
    "2001:DB8:0:0::7": "2001:db8::7",
    "[2001:db8::7]:4711": "2001:db8::7",
    "192.0.2.7:4711": "192.0.2.7",
    "::ffff:192.0.2.7": "192.0.2.7",
    "unknown": "127.0.0.1", "": "127.0.0.1", ",": "127.0.0.1",
    "192.0.2.7,": "127.0.0.1", "192.0.2.777": "127.0.0.1",
    "a\\nb": "127.0.0.1", "1" * 3000: "127.0.0.1",
    "x, 127.0.0.2": "127.0.0.2",
}


def test_forwarded_addresses_are_believed_from_the_end(world):
    server = world.serve(trusted_proxies="127.0.0.1, 127.0.0.2", workers=1)
    paths = [f"/assets/{i}.js" for i in range(len(FORWARDED))]
    for path, sent in zip(paths, FORWARDED):
        server.client().get(path, headers={"X-Forwarded-For": sent})
    assert clients_logged(server, paths) == list(FORWARDED.values())
    sent_raw(server, "X-Forwarded-For: 203.0.113.9",
             "X-Forwarded-For: 192.0.2.7", path="/assets/two.js")
    server.client().from_address("127.0.0.3").get(
        "/assets/other.js", headers={"X-Forwarded-For": "192.0.2.7"})
    assert clients_logged(server, ["/assets/two.js", "/assets/other.js"]) == [
        "192.0.2.7", "127.0.0.3"]
    server.stop()


def test_what_is_sent_cannot_forge_a_log_line(server, anyone):
    evil = '/assets/%0a{"event":"forged"}"\\x'.replace("\\x", "%5c")
    anyone.get(evil, headers={
        "X-Request-Id": 'a","event":"forged', "User-Agent": '"}\\u000a{'})
    assert not any(line.get("event") == "forged"
                   for line in server.log_lines())


def test_under_tls_everything_says_so(world):
    server = world.serve(public_url="https://bursar.example", workers=1)
    anyone = server.client()
    answers = [anyone.get("/"), anyone.get("/api/v1/nothing"),
               anyone.get("/api/v1/portfolios"), anyone.get("/livez"),
               anyone.call("POST", "/api/v1/auth/login", raw="x" * 2000000)]
    assert [a.status for a in answers] == [200, 404, 401, 200, 413]
    for answer in answers:
        value = answer.headers["Strict-Transport-Security"]
        assert int(re.search(r"max-age=(\d+)", value).group(1)) >= 31536000
    assert answers[1].problem(404)["type"].startswith("https://bursar.example/")
    server.stop()


def refused_before_it_was_read(server):
    for sent in (b"GET / HTTP/1.1\r\n\r\n", b"GET / HTTP/1.1\r\nHost: x\r\n" +
                 b"A: b\r\n" * 200 + b"\r\n", b"POST / HTTP/1.1\r\nHost: x\r\n\r\n",
                 b"GET /" + b"a" * 20000, b"GET / HTTP/3.0\r\nHost: x\r\n\r\n",
                 b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9999999\r\n\r\n",
                 b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n",
                 b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nExpect: z\r\n\r\n"):
        with socket.create_connection((server.host, server.port), 10) as s:
            s.sendall(sent)
            data = b""
            while part := s.recv(65536):
                data += part
        yield data


def test_a_coding_that_is_not_read_is_called_one(server):
    *_, chunked, _ = refused_before_it_was_read(server)
    problem = json.loads(chunked.decode().split("\r\n\r\n", 1)[1])
    assert problem["status"] == 501
    assert "transfer coding" in problem["title"]


@pytest.mark.parametrize("status, raw, said", [
    (422, "null", "must be an object"), (422, "5", "must be an object"),
    (422, "[]", "must be an object"),
    (400, '{"username": "a", "b": 1,\n "username": "c"}',
     'it has the member "username" twice: line 2'),
    (400, '{"a": {"x": "x", "x": "y"}, "z": 1}',
     'it has the member "x" twice: line 1'),
    (400, "{", "not JSON"), (400, "nul", "not JSON")])
def test_a_body_that_is_none_is_said_to_be_what_it_is(
        anyone, status, raw, said):
    problem = anyone.call("POST", "/api/v1/auth/login",
                          raw=raw).problem(status)
    assert said in json.dumps(problem["detail"]).replace('\\"', '"'), problem


def test_what_is_refused_unread_is_a_whole_problem(server):
    """With all members and all headers, like the others."""
    statuses = []
    for data in refused_before_it_was_read(server):
        head, body = data.decode().split("\r\n\r\n", 1)
        first, *lines = head.split("\r\n")
        fields = {k.lower(): v for k, v in
                  (line.split(": ", 1) for line in lines)}
        problem = json.loads(body)
        statuses.append(problem["status"])
        assert int(first.split()[1]) == problem["status"]
        assert set(problem) == {"type", "title", "status", "detail",
                                "instance", "request_id"}
        assert fields["x-request-id"] == problem["request_id"]
        assert fields["cache-control"] == "no-store"
        for name in ("date", "content-security-policy", "vary",
                     "x-content-type-options", "permissions-policy"):
            assert fields[name], (name, first)
        assert len(fields) == len(lines), "a header twice"
    assert statuses == [400, 431, 411, 414, 505, 413, 501, 417]


# ---- lists go on, requests repeat ---------------------------------------------------------

def test_the_link_to_the_next_page_asks_for_the_same(alice):
    book = portfolio_new(alice, name="Paged")
    for i in range(5):
        book.buy("AAPL", "1", "10", "0", f"2024-02-0{i + 1}")
    seen, path = [], f"{book.path}/activities?kind=buy&limit=2&symbol=AAPL"
    while path:
        answer = alice.get(path)
        page = answer.ok()
        seen += [a["id"] for a in page["items"]]
        link = answer.headers["Link"]
        assert bool(link) == bool(page["next_cursor"])
        path = link and re.fullmatch(r'<([^<>]+)>; rel="next"', link).group(1)
        if path:
            assert "kind=buy" in path and "limit=2" in path
            assert "symbol=AAPL" in path and path.count("cursor=") == 1
    assert len(seen) == len(set(seen)) == 5


def test_a_repeated_request_gets_the_whole_answer_again(alice):
    key, body = new_key(), {"name": "Once and for all", "currency": "USD"}
    first = alice.post("/api/v1/portfolios", body, key=key)
    assert first.status == 201 and first.headers["Location"]
    for path in ("/api/v1/portfolios", "/api/portfolios"):
        again = alice.post(path, body, key=key)
        assert (again.status, again.body) == (201, first.body), path
        assert again.headers["Idempotency-Replayed"] == "true"
        for name in ("Location", "ETag", "Content-Type"):
            assert again.headers[name] == first.headers[name], name
    assert first.headers["Idempotency-Replayed"] is None
    alice.post("/api/v1/portfolios", {"name": "Other"}, key=key).problem(
        422, pointer="Idempotency-Key", code="reused")


def test_a_key_may_be_quoted_and_has_to_be_visible(alice):
    key, body = new_key(), {"name": "Quoted"}
    first = alice.post("/api/v1/portfolios", body, key=f'"{key}"').ok(201)
    assert alice.post("/api/v1/portfolios", body, key=key).ok(201) == first
    for bad in ("k\xe4y", "a b", '""', "x" * 129):
        alice.post("/api/v1/portfolios", body, key=bad).problem(
            422, pointer="Idempotency-Key", code="format")


def test_a_key_is_for_one_path_and_one_person(alice, mark):
    one, two = (portfolio_new(alice, name=n) for n in ("Key", "Keys"))
    key = new_key()
    body = {"kind": "deposit", "amount": "1", "on": "2024-02-01"}
    for client, book in ((alice, one), (alice, two), (mark, one)):
        answer = client.post(f"{book.path}/cash", body, key=key)
        assert answer.status == 201, answer
        assert answer.headers["Idempotency-Replayed"] is None


def test_a_request_in_flight_is_409_for_its_double(world, alice):
    server = world.serve(lock_timeout_ms=300)
    mine = server.client().bearer(alice.token)
    me, key = mine.get("/api/v1/auth/me").ok(), new_key()
    psql = world.postgres.psql_open()
    psql.stdin.write(
        "begin; insert into bursar.idempotency_keys (tenant_id, user_id,"
        f" route, key, request_hash) values ('{me['tenant']['id']}',"
        f" '{me['user']['id']}', '2 /portfolios', '{key}', ''); select 1;\n")
    psql.stdin.flush()
    assert psql.stdout.readline().strip() == "1"
    answer = mine.post("/api/v1/portfolios", {"name": "Twice"}, key=key)
    answer.problem(409)
    assert int(answer.headers["Retry-After"]) >= 1
    psql.stdin.close()
    psql.wait(10)
    assert mine.post("/api/v1/portfolios", {"name": "Twice"}, key=key
                     ).status == 201
    server.stop()


def test_old_keys_are_forgotten(world, alice):
    me, key = alice.get("/api/v1/auth/me").ok(), new_key()
    old = ("from bursar.idempotency_keys where created_at < now() - interval"
           f" '24 hours' and tenant_id = '{me['tenant']['id']}'")
    first = alice.post("/api/v1/portfolios", {"name": "Old key"}, key=key)
    world.postgres.rows(
        "update bursar.idempotency_keys set created_at = now() - interval"
        f" '25 hours' where tenant_id = '{me['tenant']['id']}'")
    there = int(world.postgres.value(f"select count(*) {old}"))
    again = alice.post("/api/v1/portfolios", {"name": "Old key II"}, key=key)
    assert again.status == 201 and again.body != first.body
    left = int(world.postgres.value(f"select count(*) {old}"))
    assert left == max(0, there - 1 - 20)


# ---- quotas, traces ------------------------------------------------------------------------

def test_who_asks_too_much_in_a_minute_is_told_when_to_come_again(
        world, alice, mark):
    server = world.serve(rate_per_minute=20)
    hers, his = (server.client().bearer(c.token) for c in (alice, mark))
    left = []
    for _ in range(60):     # at most two minutes' quotas
        answer = hers.get("/api/v1/portfolios")
        if answer.status == 429:
            break
        policy, field = (answer.headers[n] for n in
                         ("RateLimit-Policy", "RateLimit"))
        assert policy == '"default";q=20;w=60'
        left.append(int(re.fullmatch(
            r'"default";r=(\d+);t=([1-9]|[1-5]\d|60)', field).group(1)))
    assert answer.problem(429, "quota-exceeded")
    assert 1 <= int(answer.headers["Retry-After"]) <= 60
    assert answer.headers["RateLimit"].startswith('"default";r=0;')
    assert left[-20:] == list(range(19, -1, -1))
    assert his.get("/api/v1/portfolios").status == 200
    assert server.client().get("/livez").status == 200
    server.stop()


def test_a_trace_can_be_found_in_the_log(server, anyone):
    trace = "0af7651916cd43dd8448eb211c80319c"
    anyone.get("/api/v1/nothing", headers={
        "traceparent": f"00-{trace}-b7ad6b7169203331-01"})
    anyone.get("/api/v1/nothing", headers={"traceparent": "nonsense"})
    traces = {line.get("trace") for line in server.log_lines()}
    assert trace in traces and "nonsense" not in traces


def test_status_lines_say_their_reason(server):
    body = b'{"nothing":1}'
    with socket.create_connection((server.host, server.port), 10) as s:
        s.sendall(b"POST /api/v1/auth/login HTTP/1.1\r\nHost: x\r\n"
                  b"Content-Type: application/json\r\nContent-Length: %d\r\n"
                  b"\r\n" % len(body) + body)
        with s.makefile("rb") as answer:
            assert answer.readline().startswith(
                b"HTTP/1.1 422 Unprocessable Content")
