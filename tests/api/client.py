"""A small HTTP client for the tests: it hides nothing and forgives nothing.

It reads JSON as the standard says (no NaN, no member twice), keeps the
answer's headers, and can speak from any address of the loopback network.
"""

import base64
import hashlib
import hmac
import http.client
import json
import re
import time
import urllib.parse
import uuid
from decimal import Decimal

AMOUNT = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]*[1-9])?\Z")
DAY = re.compile(r"\d{4}-\d\d-\d\d\Z")
INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z\Z")


def _members_once(pairs):
    names = [name for name, _ in pairs]
    assert len(names) == len(set(names)), f"a member twice: {names}"
    return dict(pairs)


def _no_constant(text):
    raise AssertionError(f"{text} is not JSON")


def read_json(text):
    return json.loads(
        text, object_pairs_hook=_members_once, parse_constant=_no_constant
    )


def amount(value):
    """An exact amount: a string in plain decimal, normalised."""
    assert isinstance(value, str), f"{value!r} should be a string"
    assert AMOUNT.match(value), f"{value!r} is not plain decimal"
    assert value != "-0", "negative zero"
    return Decimal(value)


def ratio(value):
    assert isinstance(value, (int, float)) and not isinstance(value, bool), value
    return float(value)


class Answer:
    def __init__(self, response, body, seconds, method, path):
        self.status = response.status
        self.headers = response.headers
        self.body = body
        self.seconds = seconds
        self.asked = f"{method} {path}"

    @property
    def text(self):
        return self.body.decode()

    def __repr__(self):
        return f"<{self.asked} -> {self.status} {self.body[:600]!r}>"

    def json(self):
        kind = self.headers["Content-Type"] or ""
        assert kind.startswith(("application/json", "application/problem+json",
                                "application/openapi+json")), (kind, self)
        return read_json(self.text)

    def ok(self, status=200):
        assert self.status == status, self
        return self.json() if self.body else None

    def problem(self, status, kind=None, pointer=None, code=None):
        """Assert an RFC 9457 problem; answer it."""
        assert self.status == status, self
        assert self.headers["Content-Type"].startswith(
            "application/problem+json"), (self.headers["Content-Type"], self)
        body = self.json()
        assert body["status"] == status, body
        for name in ("type", "title", "instance", "request_id"):
            assert isinstance(body.get(name), str) and body[name], (name, body)
        if kind is not None:
            assert body["type"].rsplit("/", 1)[-1].rsplit("#", 1)[-1] == kind, body
        for fault in body.get("errors", []):
            assert set(fault) == {"pointer", "code", "detail"}, fault
        if pointer is not None:
            assert pointer in [e["pointer"] for e in body.get("errors", [])], body
        if code is not None:
            assert code in [e["code"] for e in body.get("errors", [])], body
        return body


class Client:
    """Calls to one server, with or without a bearer token."""

    def __init__(self, host, port, token=None, source=None, timeout=30):
        self.host, self.port = host, port
        self.token, self.source, self.timeout = token, source, timeout
        self.session = None
        self._kept = None

    def bearer(self, token):
        return Client(self.host, self.port, token, self.source, self.timeout)

    def from_address(self, source):
        return Client(self.host, self.port, self.token, source, self.timeout)

    def connect(self):
        source = (self.source, 0) if self.source else None
        return http.client.HTTPConnection(
            self.host, self.port, timeout=self.timeout, source_address=source
        )

    def keep_alive(self):
        """From now on use one connection."""
        self._kept = self.connect()
        return self

    def call(self, method, path, body=None, *, headers=None, form=None,
             raw=None, key=None, match=None, kind=None):
        send = dict(headers or {})
        if self.token is not None and "Authorization" not in send:
            send["Authorization"] = f"Bearer {self.token}"
        data = raw
        if form is not None:
            data = urllib.parse.urlencode(form).encode()
            send.setdefault("Content-Type", "application/x-www-form-urlencoded")
        elif body is not None:
            data = json.dumps(body).encode()
            send.setdefault("Content-Type", "application/json")
        elif raw is not None:
            data = raw if isinstance(raw, bytes) else raw.encode()
            send.setdefault("Content-Type", kind or "application/json")
        if key is not None:
            send["Idempotency-Key"] = key
        if match is not None:
            send["If-Match"] = match
        if data is None and method in ("POST", "PUT", "PATCH"):
            data = b""
        send = {k: v for k, v in send.items() if v is not None}
        link = self._kept or self.connect()
        began = time.monotonic()
        try:
            link.request(method, path, body=data, headers=send)
            response = link.getresponse()
            content = response.read()
        finally:
            if self._kept is None:
                link.close()
        return Answer(response, content, time.monotonic() - began, method, path)

    def get(self, path, **more):
        return self.call("GET", path, **more)

    def post(self, path, body=None, **more):
        return self.call("POST", path, body, **more)

    def patch(self, path, body=None, **more):
        return self.call("PATCH", path, body, **more)

    def delete(self, path, **more):
        return self.call("DELETE", path, **more)

    def login(self, username, password):
        """A client of this user; .session is what log-in answered."""
        answer = self.post("/api/v1/auth/login",
                           {"username": username, "password": password})
        session = answer.ok()
        mine = self.bearer(session["access_token"])
        mine.session = session
        return mine


def new_key():
    return str(uuid.uuid4())


def query(**members):
    return "?" + urllib.parse.urlencode(members)


# ---- tokens, made by hand ---------------------------------------------------

def b64(data):
    if isinstance(data, (dict, list)):
        data = json.dumps(data, separators=(",", ":"), sort_keys=True)
    if isinstance(data, str):
        data = data.encode()
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def unb64(text):
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def token_parts(token):
    """Header and payload of a token, as dictionaries."""
    head, payload, _ = token.split(".")
    return json.loads(unb64(head)), json.loads(unb64(payload))


def token_made(header, payload, secret, digest=hashlib.sha256):
    signed = f"{b64(header)}.{b64(payload)}"
    mac = hmac.new(secret, signed.encode(), digest).digest()
    return f"{signed}.{b64(mac)}"
