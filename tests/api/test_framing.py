"""What a request is, byte by byte: each case is sent over a raw socket and
is either refused with the connection's end or understood exactly once.
The honest client on the next connection never notices, and no worker dies.
"""

import socket
import time

import pytest

PATIENCE = 4.0
HOST = b"Host: localhost\r\n"
REFUSALS = {400, 408, 411, 413, 414, 417, 431, 501, 505}


class Wire:
    """A connection that says what came back."""

    def __init__(self, server):
        self.sock = socket.create_connection((server.host, server.port),
                                             timeout=PATIENCE)
        self.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.kept = b""
        self.ended = False

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.sock.close()

    def send(self, segments):
        if isinstance(segments, bytes):
            segments = [segments]
        for i, segment in enumerate(segments):
            if i:
                time.sleep(0.05)
            try:
                self.sock.sendall(segment)
            except (BrokenPipeError, ConnectionResetError):
                return

    def more(self):
        try:
            data = self.sock.recv(65536)
        except ConnectionResetError:
            data = b""
        if not data:
            self.ended = True
        self.kept += data
        return bool(data)

    def answer(self, head_only=False):
        """The next final answer as (status, headers, body), or None."""
        while b"\r\n\r\n" not in self.kept:
            if not self.more():
                assert self.kept == b"", "half an answer"
                return None
        head, self.kept = self.kept.split(b"\r\n\r\n", 1)
        lines = head.decode("latin-1").split("\r\n")
        version, status = lines[0].split(" ")[:2]
        assert version in ("HTTP/1.0", "HTTP/1.1")
        if status.startswith("1"):
            return self.answer(head_only)
        headers = {}
        for line in lines[1:]:
            name, value = line.split(":", 1)
            headers[name.lower()] = value.strip()
        length = 0
        if not head_only:
            length = int(headers.get("content-length", "0"))
        while len(self.kept) < length:
            assert self.more(), "an answer shorter than it says"
        body, self.kept = self.kept[:length], self.kept[length:]
        return int(status), headers, body

    def rest(self):
        """All further answers until the server ends the connection."""
        answers = []
        while True:
            one = self.answer()
            if one is None:
                return answers
            answers.append(one)


def get(path=b"/", extra=b"", version=b"HTTP/1.1"):
    return b"GET " + path + b" " + version + b"\r\n" + HOST + extra + b"\r\n"


def post(body, extra=b"", length=None, method=b"POST"):
    if length is None:
        length = b"Content-Length: %d\r\n" % len(body)
    return (method + b" /framing HTTP/1.1\r\n" + HOST +
            b"Content-Type: application/json\r\n" + length + extra +
            b"\r\n" + body)


SECOND = get(b"/smuggled")


def lines(n):
    """A request of n header lines, Host among them."""
    return get(extra=b"".join(b"X-%d: y\r\n" % i for i in range(n - 1)))


def target(n):
    return get(b"/" + b"a" * (n - 1))


def block(n):
    """A request whose header block has exactly n bytes."""
    start = get(extra=b"X-Long: \r\n")
    return get(extra=b"X-Long: " + b"v" * (n - len(start)) + b"\r\n")


def raw(*header_lines, start=b"GET / HTTP/1.1"):
    return b"\r\n".join((start,) + header_lines) + b"\r\n\r\n"


CHUNKED = b"Transfer-Encoding: chunked\r\n"
CHUNKS = b"5\r\nhello\r\n0\r\n\r\n"

# Refused: one problem, then the end of the connection.
REFUSED = {
    # length and body
    "body-longer-than-length": (post(b"hello!", length=b"Content-Length: 5\r\n"), 400),
    "body-much-longer-than-length": (post(b"h" * 3000, length=b"Content-Length: 1\r\n"), 400),
    "body-though-length-is-zero": (post(b"hello", length=b"Content-Length: 0\r\n"), 400),
    "request-hidden-behind-body": (post(b"hi") + SECOND, 400),
    "length-missing": (post(b"hello", length=b""), 411),
    "length-missing-put": (post(b"hello", length=b"", method=b"PUT"), 411),
    "length-missing-patch": (post(b"hello", length=b"", method=b"PATCH"), 411),
    "length-twice-different": (post(b"hello", length=b"Content-Length: 5\r\nContent-Length: 6\r\n"), 400),
    "length-twice-equal": (post(b"hello", length=b"Content-Length: 5\r\nContent-Length: 5\r\n"), 400),
    "length-list": (post(b"hello", length=b"Content-Length: 5, 5\r\n"), 400),
    "length-plus": (post(b"hello", length=b"Content-Length: +5\r\n"), 400),
    "length-minus": (post(b"hello", length=b"Content-Length: -5\r\n"), 400),
    "length-hex": (post(b"hello", length=b"Content-Length: 0x5\r\n"), 400),
    "length-fraction": (post(b"hello", length=b"Content-Length: 5.0\r\n"), 400),
    "length-empty": (post(b"hello", length=b"Content-Length:\r\n"), 400),
    "length-word": (post(b"hello", length=b"Content-Length: five\r\n"), 400),
    "length-inner-space": (post(b"hello", length=b"Content-Length: 5 5\r\n"), 400),
    "length-beyond-64-bits": (post(b"hello", length=b"Content-Length: 99999999999999999999\r\n"), 413),
    "length-beyond-63-bits": (post(b"hello", length=b"Content-Length: 9223372036854775808\r\n"), 413),
    "length-beyond-the-limit": (post(b"hello", length=b"Content-Length: 1048577\r\n"), 413),
    "length-nonsense-on-get": (get(extra=b"Content-Length: x\r\n"), 400),
    "length-twice-on-get": (get(extra=b"Content-Length: 0\r\nContent-Length: 5\r\n"), 400),
    "length-with-space-before-colon": (post(b"hello", length=b"Content-Length : 5\r\n"), 400),
    # transfer-encoding
    "chunked": (post(CHUNKS, CHUNKED, length=b""), 501),
    "chunked-and-length": (post(CHUNKS, CHUNKED), 400),
    "length-and-chunked-reversed": (post(CHUNKS, b"", length=CHUNKED + b"Content-Length: 5\r\n"), 400),
    "chunked-on-get": (get(extra=CHUNKED) + CHUNKS, 501),
    "chunked-obscured-by-case": (post(CHUNKS, b"tRaNsFeR-eNcOdInG: cHuNkEd\r\n", length=b""), 501),
    "chunked-obscured-by-tab": (post(CHUNKS, b"Transfer-Encoding:\tchunked\r\n", length=b""), 501),
    "chunked-obscured-by-space": (post(CHUNKS, b"Transfer-Encoding : chunked\r\n"), 400),
    "chunked-obscured-by-vt": (post(CHUNKS, b"Transfer-Encoding: \x0bchunked\r\n"), 400),
    "encoding-identity": (post(b"hello", b"Transfer-Encoding: identity\r\n"), 400),
    "encoding-unknown": (post(b"hello", b"Transfer-Encoding: xchunked\r\n"), 400),
    "encoding-twice": (post(CHUNKS, CHUNKED + b"Transfer-Encoding: x\r\n", length=b""), 501),
    "encoding-empty": (post(b"hello", b"Transfer-Encoding:\r\n"), 400),
    "encoding-behind-bare-cr": (post(CHUNKS, b"X: a\rTransfer-Encoding: chunked\r\n"), 400),
    "encoding-folded": (post(CHUNKS, b"Transfer-Encoding:\r\n chunked\r\n"), 400),
    # line ends and control characters
    "bare-lf-everywhere": (b"GET / HTTP/1.1\nHost: localhost\n\n", 400),
    "bare-lf-after-request-line": (b"GET / HTTP/1.1\n" + HOST + b"\r\n", 400),
    "bare-lf-in-header": (get(extra=b"X: a\nY: b\r\n"), 400),
    "bare-lf-ends-block": (b"GET / HTTP/1.1\r\nHost: localhost\r\n\n", 400),
    "bare-cr-in-value": (get(extra=b"X: a\rAuthorization: smuggled\r\n"), 400),
    "bare-cr-in-name": (get(extra=b"X\rY: a\r\n"), 400),
    "bare-cr-in-target": (get(b"/a\rb"), 400),
    "cr-cr-lf": (get(extra=b"X: a\r\r\n"), 400),
    "nul-in-value": (get(extra=b"X: a\x00b\r\n"), 400),
    "nul-in-name": (get(extra=b"X\x00Y: a\r\n"), 400),
    "nul-in-target": (get(b"/a\x00b"), 400),
    "nul-alone": (b"\x00" * 64, 400),
    "escape-in-value": (get(extra=b"X: \x1b[2J\r\n"), 400),
    "delete-in-value": (get(extra=b"X: \x7f\r\n"), 400),
    "vertical-tab-as-space": (b"GET\x0b/ HTTP/1.1\r\n" + HOST + b"\r\n", 400),
    "folded-header": (get(extra=b"X: a\r\n b\r\n"), 400),
    "folded-with-tab": (get(extra=b"X: a\r\n\tb\r\n"), 400),
    "folded-first-line": (b"GET / HTTP/1.1\r\n " + HOST + b"\r\n", 400),
    "tls-hello": (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"a" * 32, 400),
    # header lines
    "no-colon": (get(extra=b"nonsense\r\n"), 400),
    "empty-name": (get(extra=b": value\r\n"), 400),
    "space-in-name": (get(extra=b"X Y: a\r\n"), 400),
    "space-before-colon": (get(extra=b"X : a\r\n"), 400),
    "non-ascii-name": (get(extra=b"X\xc3\xa9: a\r\n"), 400),
    "separator-in-name": (get(extra=b"X(Y): a\r\n"), 400),
    "101-lines": (lines(101), 431),
    "500-lines": (lines(500), 431),
    "16385-bytes": (block(16385), 431),
    "40000-bytes": (block(40000), 431),
    "40000-bytes-without-an-end": (b"GET / HTTP/1.1\r\nX: " + b"a" * 40000, 431),
    # host
    "host-missing": (raw(b"X: y"), 400),
    "host-missing-1.0": (raw(b"X: y", start=b"GET / HTTP/1.0"), 400),
    "host-empty": (raw(b"Host:"), 400),
    "host-twice": (raw(b"Host: localhost", b"Host: evil.example"), 400),
    "host-twice-equal": (raw(b"Host: localhost", b"Host: localhost"), 400),
    "host-with-space": (raw(b"Host: a b"), 400),
    "host-with-slash": (raw(b"Host: a/b"), 400),
    "host-with-at": (raw(b"Host: a@b"), 400),
    "host-with-quote": (raw(b"Host: a\"><b"), 400),
    "host-long": (raw(b"Host: " + b"a" * 300), 400),
    "hostx-is-not-host": (raw(b"Hostx: localhost"), 400),
    # request line
    "no-version": (b"GET /\r\n" + HOST + b"\r\n", 400),
    "no-target": (b"GET HTTP/1.1\r\n" + HOST + b"\r\n", 400),
    "two-spaces": (b"GET  / HTTP/1.1\r\n" + HOST + b"\r\n", 400),
    "space-in-target": (get(b"/a b"), 400),
    "trailing-space": (b"GET / HTTP/1.1 \r\n" + HOST + b"\r\n", 400),
    "leading-space": (b" GET / HTTP/1.1\r\n" + HOST + b"\r\n", 400),
    "tab-for-space": (b"GET\t/\tHTTP/1.1\r\n" + HOST + b"\r\n", 400),
    "raw-utf-8-in-target": (get("/ä".encode()), 400),
    "separator-in-method": (b"GE{T / HTTP/1.1\r\n" + HOST + b"\r\n", 400),
    "version-small-letters": (get(version=b"http/1.1"), 400),
    "version-no-http": (get(version=b"ICAP/1.0"), 400),
    "version-0.9": (get(version=b"HTTP/0.9"), 505),
    "version-1.2": (get(version=b"HTTP/1.2"), 505),
    "version-2.0-preface": (b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", {400, 505}),
    "version-long": (get(version=b"HTTP/1.1.1"), 505),
    "only-blank-lines": (b"\r\n\r\n\r\n", 400),
    "target-8193-bytes": (target(8193), 414),
    "target-without-an-end": (b"GET /" + b"a" * 40000, 414),
    # expectations
    "expect-unknown": (post(b"hello", b"Expect: 200-ok\r\n"), 417),
}

# Answered once, and then the connection ends: what follows is not a request.
ONCE = {
    "two-requests-in-one-segment": get() + SECOND,
    "many-requests-in-one-segment": get() * 20,
    "get-with-body": get(extra=b"Content-Length: 5\r\n") + b"hello",
    "get-with-request-as-body": get(extra=b"Content-Length: %d\r\n" % len(SECOND)) + SECOND,
    "get-with-body-later": [get(extra=b"Content-Length: %d\r\n" % len(SECOND)), SECOND],
    "delete-with-body-later": [b"DELETE /framing HTTP/1.1\r\n" + HOST + b"Content-Length: %d\r\n\r\n" % len(SECOND), SECOND],
    "options-with-body-later": [b"OPTIONS / HTTP/1.1\r\n" + HOST + b"Content-Length: %d\r\n\r\n" % len(SECOND), SECOND],
    "unknown-method-with-body-later": [b"SEARCH / HTTP/1.1\r\n" + HOST + b"Content-Length: %d\r\n\r\n" % len(SECOND), SECOND],
    "connection-close": get(extra=b"Connection: close\r\n"),
    "connection-close-then-more": [get(extra=b"Connection: close\r\n"), SECOND],
    "version-1.0": get(version=b"HTTP/1.0"),
    "nonsense-after-request": get() + b"\x00\xff nonsense",
}

# Answered once, and the connection serves another request.
KEPT = {
    "plain": get(),
    "byte-by-byte": [bytes([b]) for b in get()],
    "cut-inside-line-end": [get()[:-3], get()[-3:]],
    "blank-line-first": b"\r\n" + get(),
    "length-zero-on-get": get(extra=b"Content-Length: 0\r\n"),
    "host-with-port": raw(b"Host: localhost:8080"),
    "host-ipv6": raw(b"Host: [::1]:8080"),
    "host-in-capitals": raw(b"HOST: LOCALHOST"),
    "host-last-of-100": raw(*[b"X-%d: y" % i for i in range(99)], b"Host: localhost"),
    "hostx-beside-host": raw(b"Hostx: evil.example", b"Host: localhost"),
    "empty-value": get(extra=b"X-Empty:\r\nX-Blank:   \r\n"),
    "tab-in-value": get(extra=b"X: a\tb\r\n"),
    "utf-8-in-value": get(extra="X: ä€😀\r\n".encode()),
    "no-space-after-colon": get(extra=b"X:y\r\n"),
    "space-after-value": get(extra=b"X: y  \t \r\n"),
    "100-lines": lines(100),
    "99-lines": lines(99),
    "25-lines": lines(25),
    "16384-bytes": block(16384),
    "16383-bytes": block(16383),
    "4096-bytes": block(4096),
    "4097-bytes": block(4097),
    "target-8192-bytes": target(8192),
    "target-8191-bytes": target(8191),
    "post-in-one": post(b"hello"),
    "post-header-then-body": [post(b"hello")[:-5], b"hello"],
    "post-body-in-two": [post(b"hello")[:-3], b"llo"],
    "post-empty": post(b""),
    "post-length-with-zeros": post(b"hello", length=b"Content-Length: 00005\r\n"),
    "post-expecting-continue": [post(b"hello", b"Expect: 100-continue\r\n")[:-5], b"hello"],
    "post-not-waiting-for-continue": post(b"hello", b"Expect: 100-continue\r\n"),
    "method-unknown": b"BREW / HTTP/1.1\r\n" + HOST + b"\r\n",
    "method-small-letters": b"get / HTTP/1.1\r\n" + HOST + b"\r\n",
    "method-trace": b"TRACE / HTTP/1.1\r\n" + HOST + b"\r\n",
    "method-options": b"OPTIONS / HTTP/1.1\r\n" + HOST + b"\r\n",
}


@pytest.fixture(scope="module")
def baseline(server):
    with Wire(server) as wire:
        wire.send(get())
        return wire.answer()[0]


@pytest.fixture(autouse=True)
def unharmed(server, baseline):
    """No worker dies and the next client is served as ever."""
    before = sorted(server.worker_pids())
    yield
    with Wire(server) as wire:
        wire.send(get())
        assert wire.answer()[0] == baseline
    assert sorted(server.worker_pids()) == before


@pytest.mark.parametrize("name", REFUSED)
def test_refused(server, name):
    segments, status = REFUSED[name]
    with Wire(server) as wire:
        wire.send(segments)
        answers = wire.rest()
    assert len(answers) == 1, answers
    got, headers, body = answers[0]
    assert got in (status if isinstance(status, set) else {status})
    assert headers["connection"] == "close"
    assert headers["content-type"].startswith("application/problem+json")
    assert int(headers["content-length"]) == len(body) > 0


@pytest.mark.parametrize("name", ONCE)
def test_answered_once_and_closed(server, name):
    with Wire(server) as wire:
        wire.send(ONCE[name])
        answers = wire.rest()
    assert len(answers) == 1, answers
    got, headers, _ = answers[0]
    assert got not in REFUSALS - {501} and got < 502
    assert headers["connection"] == "close"


@pytest.mark.parametrize("name", KEPT)
def test_answered_and_kept(server, name, baseline):
    with Wire(server) as wire:
        wire.send(KEPT[name])
        got, headers, _ = wire.answer()
        assert got not in REFUSALS - {501} and got < 502
        assert headers["connection"] == "keep-alive"
        wire.send(get())
        assert wire.answer()[0] == baseline


def test_two_requests_one_after_the_other_are_two_answers(server, baseline):
    with Wire(server) as wire:
        wire.send([get(), get(), get(extra=b"Connection: close\r\n")])
        assert [a[0] for a in wire.rest()] == [baseline] * 3


def test_request_after_a_body_in_its_own_segment_is_answered(server, baseline):
    with Wire(server) as wire:
        wire.send([post(b"hello")[:-5], b"hello",
                   get(extra=b"Connection: close\r\n")])
        answers = wire.rest()
    assert len(answers) == 2 and answers[1][0] == baseline


def test_body_and_next_request_share_a_segment(server, baseline):
    """The header came alone, so what follows the body is the next request
    and the answers keep their order."""
    with Wire(server) as wire:
        wire.send([post(b"hello")[:-5],
                   b"hello" + get(extra=b"Connection: close\r\n")])
        answers = wire.rest()
    assert len(answers) == 2 and answers[1][0] == baseline


@pytest.mark.parametrize("size", [4095, 4096, 4097, 8192, 16383, 16384])
def test_second_request_behind_a_full_buffer_is_whole_or_absent(
        server, baseline, size):
    with Wire(server) as wire:
        wire.send(block(size) + get(extra=b"Connection: close\r\n"))
        assert [a[0] for a in wire.rest()] in ([baseline], [baseline] * 2)


def test_continue_is_sent_when_asked_for(server):
    request = post(b"hello", b"Expect: 100-continue\r\n")
    with Wire(server) as wire:
        wire.send(request[:-5])
        assert wire.sock.recv(64) == b"HTTP/1.1 100 Continue\r\n\r\n"
        wire.send(b"hello")
        assert wire.answer()[0] not in REFUSALS


def test_head_has_no_body(server, baseline):
    with Wire(server) as wire:
        wire.send(b"HEAD / HTTP/1.1\r\n" + HOST + b"\r\n")
        assert wire.answer(head_only=True)[0] == baseline
        wire.send(get())
        assert wire.answer()[0] == baseline


def test_server_says_nothing_of_its_version(server):
    with Wire(server) as wire:
        wire.send(get())
        _, headers, _ = wire.answer()
    assert "server" not in headers and "x-powered-by" not in headers


def test_slow_header_is_given_up_and_an_idle_client_is_not(server, baseline):
    with Wire(server) as slow, Wire(server) as idle, Wire(server) as used:
        slow.send(b"GET / HTTP/1.1\r\nX: ")
        used.send(get())
        assert used.answer()[0] == baseline
        began = time.monotonic()
        slow.sock.settimeout(10)
        for _ in range(4):
            time.sleep(1)
            slow.send(b"a")
        answers = slow.rest()
        assert [a[0] for a in answers] == [408]
        assert 4 < time.monotonic() - began < 8
        for wire in (idle, used):
            wire.send(get())
            assert wire.answer()[0] == baseline


def test_slow_body_of_a_fast_header_is_awaited(server):
    with Wire(server) as wire:
        wire.sock.settimeout(10)
        wire.send(post(b"hello")[:-5])
        for byte in (b"h", b"e", b"l", b"l"):
            time.sleep(1.5)
            wire.send(byte)
        wire.send(b"o")
        assert wire.answer()[0] not in REFUSALS


def test_body_of_the_greatest_length_arrives(server):
    with Wire(server) as wire:
        wire.send(post(b"x" * 1048576))
        assert wire.answer()[0] not in REFUSALS - {413}


def test_client_that_is_still_sending_reads_why_it_is_refused(server):
    length = 4 * 1048576
    with Wire(server) as wire:
        wire.sock.sendall(post(b"", length=b"Content-Length: %d\r\n" % length))
        wire.sock.sendall(b"x" * length)
        assert [a[0] for a in wire.rest()] == [413]


def test_hundred_clients_that_stop_midway_hold_nobody_up(server, baseline):
    wires = [Wire(server) for _ in range(100)]
    try:
        for i, wire in enumerate(wires):
            wire.send((get()[:10], post(b"hello")[:-2], b"\r", b"")[i % 4])
        for _ in range(20):
            began = time.monotonic()
            with Wire(server) as wire:
                wire.send(get())
                assert wire.answer()[0] == baseline
            assert time.monotonic() - began < 1
    finally:
        for wire in wires:
            wire.sock.close()
