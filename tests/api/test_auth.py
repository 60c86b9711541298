"""Who may come in, for how long, and what becomes of a stolen token."""

import base64
import concurrent.futures
import hashlib
import hmac
import http.cookies
import json
import secrets
import time

import pytest

from client import b64, new_key, token_made, token_parts, unb64
from world import PASSWORD

ME = "/api/v1/auth/me"


def same_but_id(problem):
    return {k: v for k, v in problem.items() if k != "request_id"}


@pytest.fixture
def person(world):
    """The name of a fresh owner of a fresh tenant."""
    name = f"p{secrets.token_hex(4)}"
    world.seed(f"Tenant of {name}", name)
    return name


def session_of(anyone, name):
    return anyone.post("/api/v1/auth/login",
                       {"username": name, "password": PASSWORD}).ok()


# ---- log-in -------------------------------------------------------------------

def test_login_answers_a_session(anyone):
    answer = anyone.post("/api/v1/auth/login",
                         {"username": "alice", "password": PASSWORD})
    session = answer.ok()
    assert set(session) == {"access_token", "token_type", "expires_in",
                            "refresh_token", "user", "tenant", "role"}
    assert session["token_type"] == "bearer"
    assert 0 < session["expires_in"] <= 900
    assert set(session["user"]) == {"id", "username", "name"}
    assert set(session["tenant"]) == {"id", "name"}
    assert session["tenant"]["name"] == "Acorn"
    assert session["role"] == "owner"
    assert answer.headers["Cache-Control"] == "no-store"
    assert len(unb64(session["refresh_token"])) >= 32


def test_login_sets_a_cookie_scripts_cannot_read(anyone):
    answer = anyone.post("/api/v1/auth/login",
                         {"username": "alice", "password": PASSWORD})
    cookie = http.cookies.SimpleCookie(answer.headers["Set-Cookie"])
    morsel = cookie["bursar_session"]
    assert morsel["httponly"] and morsel["samesite"] == "Strict"
    assert morsel["path"] == "/" and not morsel["secure"]
    assert not morsel["domain"]
    assert answer.ok()["access_token"] not in answer.headers["Set-Cookie"]


def test_login_under_https_sets_a_host_cookie_and_hsts(world):
    server = world.serve(public_url="https://bursar.example")
    answer = server.client().post("/api/v1/auth/login", {
        "username": "alice", "password": PASSWORD})
    set_cookie = answer.headers["Set-Cookie"]
    assert set_cookie.startswith("__Host-bursar_session=")
    assert "secure" in set_cookie.lower()
    assert "max-age=" in answer.headers["Strict-Transport-Security"]
    server.stop()


def test_wrong_password_and_unknown_user_look_the_same(anyone, person):
    wrong = anyone.post("/api/v1/auth/login",
                        {"username": person, "password": "not-the-password"})
    unknown = anyone.post("/api/v1/auth/login",
                          {"username": "n" + secrets.token_hex(4),
                           "password": "not-the-password"})
    assert same_but_id(wrong.problem(401)) == same_but_id(unknown.problem(401))
    strip = {"x-request-id", "date"}
    assert ({k: v for k, v in wrong.headers.items() if k.lower() not in strip}
            == {k: v for k, v in unknown.headers.items() if k.lower() not in strip})
    assert "Set-Cookie" not in wrong.headers


def test_unknown_user_costs_as_much_time_as_a_wrong_password(anyone, person):
    def seconds(name):
        took = []
        for _ in range(5):
            took.append(anyone.post("/api/v1/auth/login", {
                "username": name, "password": "not-the-password"}).seconds)
        return sorted(took)[2]
    known, unknown = seconds(person), seconds("n" + secrets.token_hex(4))
    assert unknown > 0.5 * known, "an unknown name is answered too fast"
    assert known > 0.5 * unknown


def test_form_login_refuses_like_json_login(anyone, person):
    anyone.post("/api/auth/token",
                form={"username": person, "password": "nope"}).problem(401)
    anyone.post("/api/auth/token", form={"username": person}).problem(422)


def test_login_reads_only_what_it_promises(anyone):
    path = "/api/v1/auth/login"
    good = {"username": "alice", "password": PASSWORD}
    anyone.post(path, {**good, "role": "owner"}).problem(422, pointer="/role")
    anyone.post(path, {"username": "alice"}).problem(422, pointer="/password")
    anyone.post(path, {**good, "password": [PASSWORD]}).problem(
        422, pointer="/password")
    anyone.post(path, raw='{"username":"alice","username":"bob","password":"x"}'
                ).problem(400)
    anyone.post(path, raw=f"username=alice&password={PASSWORD}",
                kind="text/plain").problem(415)


def test_usernames_fold_case_and_count_as_one(anyone, person):
    anyone.post("/api/v1/auth/login", {
        "username": person.upper(), "password": PASSWORD}).ok()


def test_passwords_are_kept_as_argon2id(world):
    for hashed, in world.postgres.rows("select password_hash from bursar.users"):
        assert hashed.startswith("$argon2id$v=19$m=65536,t=2,p=1$"), hashed[:40]
    salts = [h.split("$")[4] for h, in
             world.postgres.rows("select password_hash from bursar.users")]
    assert len(set(salts)) == len(salts)


# ---- access tokens ------------------------------------------------------------

@pytest.fixture(scope="module")
def token(server, world):
    session = session_of(server.client(), "alice")
    world.never_logged["an access token"] = session["access_token"]
    return session["access_token"]


@pytest.fixture(scope="module")
def key(token, world):
    """The key that signs, made from the secret as the server makes it."""
    root = hashlib.blake2b(bytes.fromhex(world.secret), digest_size=32).digest()
    made = hashlib.blake2b(b"jwt", key=root, digest_size=32).digest()
    signed, _, mac = token.rpartition(".")
    assert hmac.new(made, signed.encode(), hashlib.sha256).digest() == unb64(mac)
    return made


def refused(server, token):
    answer = server.client().get(ME, headers={"Authorization": f"Bearer {token}"})
    answer.problem(401)
    assert answer.headers["WWW-Authenticate"].startswith("Bearer"), answer
    return answer


def test_refusal_says_that_the_token_is_what_is_wrong(server, token):
    signed, _, _ = token.rpartition(".")
    answer = refused(server, f"{signed}.{b64(b'x' * 32)}")
    assert 'error="invalid_token"' in answer.headers["WWW-Authenticate"]


def test_token_made_by_hand_with_the_key_is_accepted(server, token, key):
    """Otherwise the refusals below would prove nothing."""
    head, payload = token_parts(token)
    made = token_made(head, payload, key)
    server.client().bearer(made).get(ME).ok()


def test_token_holds_nothing_that_should_not_be_read(token):
    head, payload = token_parts(token)
    assert head["alg"] == "HS256"
    assert payload["exp"] - payload["iat"] <= 900
    assert "alice" not in json.dumps(payload) and PASSWORD not in json.dumps(payload)


@pytest.mark.parametrize("alg", ["none", "None", "nOnE", "NONE", ""])
@pytest.mark.parametrize("sign", ["empty", "keyed"])
def test_no_algorithm_is_refused(server, token, key, alg, sign):
    head, payload = token_parts(token)
    made = token_made({**head, "alg": alg}, payload, key)
    if sign == "empty":
        made = made.rpartition(".")[0] + "."
    refused(server, made)


@pytest.mark.parametrize("alg,digest", [
    ("HS384", hashlib.sha384), ("HS512", hashlib.sha512),
    ("RS256", hashlib.sha256), ("ES256", hashlib.sha256),
    ("PS256", hashlib.sha256), ("EdDSA", hashlib.sha256),
    ("hs256", hashlib.sha256), ("HS256 ", hashlib.sha256)])
def test_other_algorithms_with_the_same_secret_are_refused(
        server, token, key, alg, digest):
    head, payload = token_parts(token)
    refused(server, token_made({**head, "alg": alg}, payload, key, digest))


def public_texts(server):
    """Texts anybody can get, which a confused server might take for a key."""
    anyone = server.client()
    yield b""
    yield b"\0" * 32
    yield b"secret"
    yield b"dev-secret-change-me"
    for path in ("/api/v1/openapi.json", "/", "/health"):
        yield anyone.get(path).body


def test_signed_with_what_is_public_is_refused(server, token):
    head, payload = token_parts(token)
    for text in public_texts(server):
        refused(server, token_made(head, payload, text))


def test_bent_signatures_are_refused(server, token):
    signed, _, mac = token.rpartition(".")
    raw = unb64(mac)
    flipped = bytes([raw[0] ^ 1]) + raw[1:]
    head, payload, _ = token.split(".")
    bent = {
        "no signature": f"{signed}.",
        "no last part": signed,
        "short": f"{signed}.{b64(raw[:16])}",
        "one byte": f"{signed}.{b64(raw[:1])}",
        "long": f"{signed}.{b64(raw + b'x')}",
        "padded": f"{token}=",
        "flipped": f"{signed}.{b64(flipped)}",
        "not base64": f"{signed}.{mac[:-2]}!!",
        "standard base64": f"{signed}.{base64.b64encode(b'?' * 32).decode()}",
        "one part more": f"{token}.{mac}",
        "five parts": f"{head}.{payload}.{mac}.{mac}.{mac}",
        "dots only": "..",
        "empty payload": f"{head}..{mac}",
        "swapped": f"{payload}.{head}.{mac}",
        "quoted": f'"{token}"',
    }
    for name, made in bent.items():
        assert refused(server, made).status == 401, name


def test_whitespace_inside_a_token_is_refused(server, token):
    signed, _, mac = token.rpartition(".")
    refused(server, f"{signed}. {mac}")
    refused(server, f"{signed}.\t{mac}")


def now():
    return int(time.time())


@pytest.mark.parametrize("exp", [
    -61, 0.5 - 120, "0", "-1", "text", "1e300", "null", "list", "{}", "true"])
def test_bad_expiry_is_refused(server, token, key, exp):
    """Numbers are seconds from now, the rest is what it says."""
    values = {"0": 0, "-1": -1, "text": str(now() + 600), "1e300": 1e300,
              "null": None, "list": [now() + 600], "{}": {}, "true": True}
    head, payload = token_parts(token)
    made = values[exp] if isinstance(exp, str) else now() + exp
    refused(server, token_made(head, {**payload, "exp": made}, key))


def test_missing_or_far_expiry_is_refused(server, token, key):
    head, payload = token_parts(token)
    without = {k: v for k, v in payload.items() if k != "exp"}
    refused(server, token_made(head, without, key))
    refused(server, token_made(head, {**payload, "exp": 253402300799}, key))


@pytest.mark.parametrize("claim", ["nbf", "iat"])
@pytest.mark.parametrize("value", ["in two minutes", "soon", 1e300, -5])
def test_not_yet_valid_is_refused(server, token, key, claim, value):
    if value == "in two minutes":
        value = now() + 120
    head, payload = token_parts(token)
    refused(server, token_made(head, {**payload, claim: value}, key))


@pytest.mark.parametrize("claim", ["iss", "aud"])
@pytest.mark.parametrize("value", [None, "other", "", ["bursar"], 1, "BURSAR"])
def test_wrong_issuer_or_audience_is_refused(server, token, key, claim, value):
    head, payload = token_parts(token)
    assert claim in payload, f"a token must say its {claim}"
    changed = {**payload, claim: value}
    if value is None:
        del changed[claim]
    refused(server, token_made(head, changed, key))


@pytest.mark.parametrize("typ", ["JWT", "rt+jwt", "", None, 5])
def test_other_kinds_of_token_are_refused(server, token, key, typ):
    head, payload = token_parts(token)
    if head.get("typ") == typ:
        pytest.skip("that is the kind an access token has")
    changed = {**head, "typ": typ}
    if typ is None:
        del changed["typ"]
    refused(server, token_made(changed, payload, key))


def test_tampered_payload_under_the_old_signature_is_refused(server, token):
    head, payload, mac = token.split(".")
    claims = json.loads(unb64(payload))
    for name, value in claims.items():
        if isinstance(value, str):
            bent = value[:-1] + ("0" if value[-1] != "0" else "1")
        else:
            bent = value + 1
        refused(server, f"{head}.{b64({**claims, name: bent})}.{mac}")
    refused(server, f"{head}.{b64({**claims, 'role': 'admin'})}.{mac}")


def test_members_twice_are_refused(server, token, key):
    head, payload = token_parts(token)
    twice = json.dumps(payload)[:-1] + f',"sub":"{payload.get("sub")}"}}'
    signed = f"{b64(head)}.{b64(twice)}"
    mac = hmac.new(key, signed.encode(), hashlib.sha256).digest()
    refused(server, f"{signed}.{b64(mac)}")


def test_token_of_another_installation_is_refused(server, token):
    head, payload = token_parts(token)
    refused(server, token_made(head, payload, secrets.token_bytes(32)))


@pytest.mark.parametrize("more", [
    {"kid": "../../dev/null"}, {"kid": "' or 1=1--"}, {"kid": 7},
    {"kid": "unknown"}, {"crit": ["x"]}, {"b64": False, "crit": ["b64"]}])
def test_headers_that_ask_for_other_rules_are_refused(server, token, key, more):
    head, payload = token_parts(token)
    refused(server, token_made({**head, **more}, payload, key))


@pytest.mark.parametrize("more", [
    {"jku": "http://127.0.0.1:1/keys"}, {"x5u": "http://127.0.0.1:1/c"},
    {"jwk": {"kty": "oct", "k": b64(b"x" * 32)}}])
def test_keys_that_a_token_brings_along_are_not_used(server, token, more):
    head, payload = token_parts(token)
    refused(server, token_made({**head, **more}, payload, b"x" * 32))


def test_huge_and_deep_tokens_are_refused_at_once(server, token, key):
    head, payload = token_parts(token)
    deep = json.loads("[" * 200 + "]" * 200)
    for more in ({"x": "y" * 3000}, {"x": deep}, {str(i): i for i in range(200)}):
        made = token_made(head, {**payload, **more}, key)
        answer = server.client().get(
            ME, headers={"Authorization": f"Bearer {made}"})
        assert answer.status in (401, 431), answer
        assert answer.seconds < 2
    server.client().bearer(token).get(ME).ok()


@pytest.mark.parametrize("value", [
    "Basic YWxpY2U6eA==", "Bearer", "Bearer ", "bearer", "Token x", "x",
    "Bearer a b", "Bearer " + "a" * 2000])
def test_other_authorizations_are_refused(anyone, value):
    answer = anyone.get(ME, headers={"Authorization": value})
    answer.problem(401)


def test_no_token_is_told_how_to_log_in(anyone):
    answer = anyone.get(ME)
    answer.problem(401)
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")
    assert "invalid_token" not in answer.headers["WWW-Authenticate"]


def test_token_in_the_address_is_not_used(anyone, token):
    assert anyone.get(f"{ME}?access_token={token}").status in (400, 401)


# ---- refreshing ---------------------------------------------------------------

def refresh(anyone, token):
    return anyone.post("/api/v1/auth/refresh", {"refresh_token": token})


def test_refresh_rotates(anyone, person):
    first = session_of(anyone, person)
    second = refresh(anyone, first["refresh_token"]).ok()
    assert second["refresh_token"] != first["refresh_token"]
    assert second["access_token"] != first["access_token"]
    anyone.bearer(second["access_token"]).get(ME).ok()
    refresh(anyone, second["refresh_token"]).ok()


def test_refresh_tokens_are_kept_hashed(anyone, world, person):
    session = session_of(anyone, person)
    token = session["refresh_token"]
    world.never_logged["a refresh token"] = token
    plain = [t for t in world.postgres.tables() if world.postgres.rows(
        f"select 1 from bursar.{t} x where x::text like '%{token}%' limit 1")]
    assert plain == []


def test_reuse_revokes_the_whole_family(anyone, person):
    first = session_of(anyone, person)
    second = refresh(anyone, first["refresh_token"]).ok()
    third = refresh(anyone, second["refresh_token"]).ok()
    refresh(anyone, first["refresh_token"]).problem(401)
    refresh(anyone, third["refresh_token"]).problem(401)
    for session in (first, second, third):
        anyone.bearer(session["access_token"]).get(ME).problem(401)
    # Other log-ins of the same person are another family.
    other = session_of(anyone, person)
    anyone.bearer(other["access_token"]).get(ME).ok()


def test_other_families_survive_a_reuse(anyone, person):
    bystander = session_of(anyone, person)
    first = session_of(anyone, person)
    second = refresh(anyone, first["refresh_token"]).ok()
    refresh(anyone, second["refresh_token"]).ok()
    refresh(anyone, first["refresh_token"]).problem(401)
    anyone.bearer(bystander["access_token"]).get(ME).ok()
    refresh(anyone, bystander["refresh_token"]).ok()


def test_lost_answer_may_be_asked_for_again(anyone, person):
    """Within 10 s and only while the successor has not been used."""
    first = session_of(anyone, person)
    second = refresh(anyone, first["refresh_token"]).ok()
    again = refresh(anyone, first["refresh_token"]).ok()
    assert again["refresh_token"] == second["refresh_token"] or (
        refresh(anyone, again["refresh_token"]).status == 200)
    anyone.bearer(again["access_token"]).get(ME).ok()


def test_lost_answer_is_not_given_after_ten_seconds(anyone, person, world):
    first = session_of(anyone, person)
    second = refresh(anyone, first["refresh_token"]).ok()
    time.sleep(10.6)
    refresh(anyone, first["refresh_token"]).problem(401)
    refresh(anyone, second["refresh_token"]).problem(401)


def test_parallel_refreshes_leave_one_living_token(anyone, person):
    first = session_of(anyone, person)
    with concurrent.futures.ThreadPoolExecutor(16) as pool:
        answers = list(pool.map(
            lambda _: refresh(anyone, first["refresh_token"]), range(32)))
    assert {a.status for a in answers} <= {200, 401}, [a.status for a in answers]
    good = {a.json()["refresh_token"] for a in answers if a.status == 200}
    assert len(good) <= 1, "several successors of one token live"


@pytest.mark.parametrize("token", [
    "", "x", "../..", "0" * 64, "A" * 43, "bur_" + "A" * 43, "\u0000"])
def test_made_up_refresh_tokens_are_refused(anyone, token):
    assert refresh(anyone, token).status in (400, 401, 422)


def test_cookie_refresh_needs_the_header(anyone, person):
    login = anyone.post("/api/v1/auth/login",
                        {"username": person, "password": PASSWORD})
    cookie = login.headers["Set-Cookie"].split(";")[0]
    without = anyone.post("/api/v1/auth/refresh", headers={"Cookie": cookie})
    assert without.status in (401, 403), without
    with_header = anyone.post("/api/v1/auth/refresh", headers={
        "Cookie": cookie, "X-Bursar": "app"})
    session = with_header.ok()
    assert "Set-Cookie" in with_header.headers
    anyone.bearer(session["access_token"]).get(ME).ok()


def test_access_token_is_no_refresh_token_and_the_other_way(anyone, person):
    session = session_of(anyone, person)
    assert refresh(anyone, session["access_token"]).status in (401, 422)
    anyone.bearer(session["refresh_token"]).get(ME).problem(401)


# ---- logging out --------------------------------------------------------------

def test_logout_kills_at_once(anyone, person):
    session = session_of(anyone, person)
    mine = anyone.bearer(session["access_token"])
    mine.get(ME).ok()
    answer = mine.post("/api/v1/auth/logout")
    assert answer.status == 204 and answer.body == b""
    assert "bursar_session=" in answer.headers["Set-Cookie"]
    # Whichever worker is asked, on whichever connection.
    for _ in range(12):
        mine.get(ME).problem(401)
    refresh(anyone, session["refresh_token"]).problem(401)


def test_logout_of_one_session_leaves_the_other(anyone, person):
    one, two = session_of(anyone, person), session_of(anyone, person)
    anyone.bearer(one["access_token"]).post("/api/v1/auth/logout")
    anyone.bearer(two["access_token"]).get(ME).ok()


def test_logout_without_a_token_is_refused(anyone):
    anyone.post("/api/v1/auth/logout").problem(401)


def test_logout_by_one_worker_is_known_to_all(anyone, person):
    session = session_of(anyone, person)
    mine = anyone.bearer(session["access_token"])
    kept = [anyone.bearer(session["access_token"]).keep_alive()
            for _ in range(8)]
    for client in kept:
        client.get(ME).ok()
    mine.post("/api/v1/auth/logout")
    for client in kept:
        client.get(ME).problem(401)


def test_disabled_user_is_out(anyone, world, person):
    session = session_of(anyone, person)
    world.postgres.rows("update bursar.users set disabled = true"
                        f" where username = '{person}'")
    refresh(anyone, session["refresh_token"]).problem(401)
    anyone.post("/api/v1/auth/login", {
        "username": person, "password": PASSWORD}).problem(401)


# ---- throttling ---------------------------------------------------------------

def fail_to_log_in(client, name, times):
    return [client.post("/api/v1/auth/login", {
        "username": name, "password": f"wrong-{i}"}) for i in range(times)]


def test_account_is_throttled_after_ten_failures(anyone, person, world):
    answers = fail_to_log_in(anyone.from_address("127.0.0.21"), person, 11)
    assert [a.status for a in answers] == [401] * 10 + [429]
    answers[-1].problem(429)
    assert 0 < int(answers[-1].headers["Retry-After"]) <= 900
    # From another address too, and for the right password.
    anyone.from_address("127.0.0.22").post("/api/v1/auth/login", {
        "username": person, "password": PASSWORD}).problem(429)


def test_spellings_of_a_name_count_as_one_account(anyone, person):
    client = anyone.from_address("127.0.0.23")
    for i in range(10):
        name = person.upper() if i % 2 else person
        client.post("/api/v1/auth/login", {
            "username": name, "password": "wrong"}).problem(401)
    client.post("/api/v1/auth/login", {
        "username": person.capitalize(), "password": "wrong"}).problem(429)


def test_throttled_account_keeps_its_live_sessions(anyone, person):
    session = session_of(anyone, person)
    fail_to_log_in(anyone.from_address("127.0.0.24"), person, 11)
    anyone.bearer(session["access_token"]).get(ME).ok()
    refresh(anyone, session["refresh_token"]).ok()


def test_throttling_looks_the_same_for_unknown_names(anyone, person):
    ghost = "n" + secrets.token_hex(4)
    known = fail_to_log_in(anyone.from_address("127.0.0.25"), person, 11)
    unknown = fail_to_log_in(anyone.from_address("127.0.0.26"), ghost, 11)
    assert [a.status for a in known] == [a.status for a in unknown]
    assert same_but_id(known[-1].json()).keys() == same_but_id(
        unknown[-1].json()).keys()


def test_successful_logins_do_not_throttle(anyone, person):
    for _ in range(12):
        session_of(anyone.from_address("127.0.0.27"), person)


def test_many_logins_at_once_do_not_starve_the_rest(server, anyone, world):
    reader = anyone.bearer(session_of(anyone, "alice")["access_token"])
    with concurrent.futures.ThreadPoolExecutor(24) as pool:
        logins = [pool.submit(
            anyone.from_address(f"127.0.1.{i + 1}").post,
            "/api/v1/auth/login",
            {"username": f"crowd{i}", "password": "wrong"}) for i in range(24)]
        slowest = max(reader.get("/api/v1/portfolios").seconds
                      for _ in range(20))
        statuses = {f.result().status for f in logins}
    assert statuses <= {401, 429, 503}, statuses
    assert slowest < 2.0


# ---- roles ----------------------------------------------------------------------

def test_viewer_may_look_but_not_touch(alice, vera, mark):
    items = vera.get("/api/v1/portfolios").ok()["items"]
    made = alice.post("/api/v1/portfolios", {"name": "Roles"},
                      key=new_key()).ok(201)
    path = f"/api/v1/portfolios/{made['id']}"
    vera.get(path).ok()
    vera.get(f"{path}/positions").ok()
    for refused_write in (
            vera.post("/api/v1/portfolios", {"name": "Mine"}, key=new_key()),
            vera.post(f"{path}/cash", {"kind": "deposit", "amount": "1"},
                      key=new_key()),
            vera.post(f"{path}/trades", {
                "kind": "buy", "symbol": "AAPL", "quantity": "1",
                "price": "1"}, key=new_key()),
            vera.post(f"{path}/dividends", {"symbol": "AAPL", "amount": "1"},
                      key=new_key()),
            vera.patch(path, {"name": "Hers"}, match="*"),
            vera.delete(path, match="*")):
        problem = refused_write.problem(403)
        assert "member" in problem["detail"] or "admin" in problem["detail"] or (
            "owner" in problem["detail"]), "403 tells which right is missing"
    mark.post(f"{path}/cash", {"kind": "deposit", "amount": "10"},
              key=new_key()).ok(201)
    assert len(vera.get("/api/v1/portfolios").ok()["items"]) == len(items) + 1


def test_me_says_who_and_which_feed(vera):
    me = vera.get(ME).ok()
    assert set(me) == {"user", "tenant", "role", "feed", "simulated"}
    assert me["role"] == "viewer" and me["tenant"]["name"] == "Acorn"
    assert me["feed"] == "simulated" and me["simulated"] is True


# ---- the secret -------------------------------------------------------------------

@pytest.mark.parametrize("secret", [
    "", "secret", "dev-secret-change-me", "00" * 31, "A" * 20,
    b64(b"x" * 16), "00" * 32, "ff" * 32, "not base64 at all !!! not hex !!!!!"])
def test_weak_secrets_stop_the_start(world, secret):
    said = world.serve_refused(secret=secret)
    assert "secret" in said.lower()
    assert len(secret) < 16 or secret not in said


def test_no_secret_in_the_log(server, world):
    text = server.log_text()
    for what, value in world.never_logged.items():
        assert value not in text, what
    assert "$argon2id$" not in text
