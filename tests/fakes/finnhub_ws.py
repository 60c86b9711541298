#!/usr/bin/python3
"""Finnhub's stream of trades for tests, with its bad days on demand.

Prints its port on the first line of standard output, then serves on loopback
until its standard input is closed. Needs nothing but the standard library.

  GET  /?token=…       the WebSocket, as Finnhub speaks it: a second one with
                       the same key ends both; more than 50 symbols are refused
  POST /_mode          {"mode": "ok"}     of openings to come
  POST /_trades        [["AAPL", "146.76"], …] to whoever subscribed
  POST /_send          {"what": "ping"}   to all that are open
  GET  /_state         what was seen so far

With FINNHUB_FAKE_CERT, a file of a certificate and its key, it speaks TLS.

Modes: ok 401 403 429 500 html wrong-accept no-upgrade hang close huge-head.
What to send: see `SENDS`.
"""
import base64
import hashlib
import json
import os
import ssl
import struct
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

KEY = os.environ.get("FINNHUB_FAKE_KEY", "test-key")
GUID = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
SYMBOLS_MAX = 50

REFUSALS = {
    "401": (401, '{"error":"Invalid API key."}'),
    "403": (403, '{"error":"You don\'t have access to this resource."}'),
    "429": (429, '{"error":"API limit reached."}'),
    "500": (500, "internal"),
    "html": (200, "<html>Maintenance</html>"),
}

lock = threading.RLock()
mode = "ok"
lines = []
seen = {"opened": 0, "refused": 0, "dropped": 0, "most": 0, "unmasked": 0,
        "pongs": [], "closes": [], "subscribed": 0, "too_many": 0,
        "keys_wrong": 0}


def frame(op, payload, fin=True, mask=None, rsv=0, length=None):
    n = len(payload) if length is None else length
    head = bytes([(0x80 if fin else 0) | rsv << 4 | op])
    bit = 0x80 if mask else 0
    if n < 126:
        head += bytes([bit | n])
    elif n < 65536:
        head += bytes([bit | 126]) + struct.pack(">H", n)
    else:
        head += bytes([bit | 127]) + struct.pack(">Q", n)
    if mask:
        payload = bytes(b ^ mask[i % 4] for i, b in enumerate(payload))
        head += mask
    return head + payload


def text(value):
    return value.encode() if isinstance(value, str) else json.dumps(
        value, separators=(",", ":")).encode()


def trade(symbol, price, t=None, **more):
    return {"s": symbol, "p": PRICE % price, "v": 43,
            "t": int(time.time() * 1000) if t is None else t,
            "c": ["1", "24"], **more}


PRICE = "\0%s\0"


def trades(rows):
    """Prices stand in the text as they were given."""
    return text({"type": "trade", "data": rows}).replace(
        b'"\\u0000', b"").replace(b'\\u0000"', b"")


def whole(rows):
    return frame(1, trades(rows))


def some(line):
    return sorted(line.symbols)[:1] or ["AAPL"]


def data_of(line, price):
    return trades([trade(s, price) for s in some(line)])


SENDS = {
    # A server's everyday life.
    "ping": lambda l, a: [frame(9, b"are you there")],
    "app-ping": lambda l, a: [frame(1, text({"type": "ping"}))],
    "bytewise": lambda l, a: [bytes([b]) for b in frame(1, data_of(l, a))],
    "fragments": lambda l, a: [
        frame(1, data_of(l, a)[:20], fin=False), frame(9, b"between"),
        frame(0, data_of(l, a)[20:21], fin=False), frame(0, b"", fin=False),
        frame(0, data_of(l, a)[21:])],
    "many": lambda l, a: [b"".join(
        [frame(1, data_of(l, "1.5"))] * 200 + [frame(1, data_of(l, a))])],
    "large": lambda l, a: [whole(
        [trade("ZZZZ", "1.25")] * 2000 + [trade(s, a) for s in some(l)])],
    # Nonsense that must not end it.
    "garbage": lambda l, a: [frame(1, b) for b in (
        b"", b"{", b"null", b"[]", b"12", b'"trade"', b'{"type":7}',
        b'{"type":"trade"}', b'{"type":"trade","data":{}}',
        b'{"type":"trade","data":[1,null,"x",[],{}]}',
        b'{"type":"news","data":[]}', b"[" * 5000, b"{\"a\":" * 3000)],
    "bad-trades": lambda l, a: [frame(1, text(
        '{"type":"trade","data":[' + ",".join(
            '{"s":"%s","p":%s,"t":%s}' % (some(l)[0], p, t) for p, t in (
                ("0", NOW()), ("-1", NOW()), ('"146"', NOW()),
                ("null", NOW()), ("1e40", NOW()), ("17", "0"),
                ("18", NOW() + 86400000), ("19", '"x"'), ("20", "1e12")))
        + ',{"p":21,"t":1},{"s":"","p":22,"t":1},{"s":"%s","p":23}]}' % (
            "A" * 40)))],
    "error": lambda l, a: [frame(1, text(
        {"type": "error", "msg": "Subscribing to too many symbols"}))],
    "binary": lambda l, a: [frame(2, b"\0\1\2")],
    "pong": lambda l, a: [frame(10, b"nobody asked")],
    # What breaks the protocol and must end it.
    "masked": lambda l, a: [frame(1, data_of(l, a), mask=b"abcd")],
    "reserved": lambda l, a: [frame(1, b"{}", rsv=4)],
    "opcode": lambda l, a: [frame(3, b"{}")],
    "continuation": lambda l, a: [frame(0, b"{}")],
    "interleaved": lambda l, a: [frame(1, b"{", fin=False), frame(1, b"}")],
    "ping-long": lambda l, a: [frame(9, b"x" * 126)],
    "ping-cut": lambda l, a: [frame(9, b"x", fin=False)],
    "utf8": lambda l, a: [frame(1, b'{"type":"\xff\xfe"}')],
    "huge": lambda l, a: [frame(1, b"x" * 10, length=1 << 40)],
    "too-long": lambda l, a: [frame(1, b"x", length=(1 << 20) + 1)],
    "close": lambda l, a: [frame(8, struct.pack(">H", 1001) + b"bye")],
    "close-empty": lambda l, a: [frame(8, b"")],
    "close-odd": lambda l, a: [frame(8, b"\3")],
    "close-code": lambda l, a: [frame(8, struct.pack(">H", 1005))],
    "half": lambda l, a: [frame(1, data_of(l, a))[:9], None],
    "reset": lambda l, a: [None],
}


def NOW():
    return int(time.time() * 1000)


class Line:
    def __init__(self, sock):
        self.sock, self.symbols, self.kept = sock, set(), b""
        self.send_lock = threading.Lock()

    def send(self, data):
        try:
            with self.send_lock:
                self.sock.sendall(data)
        except OSError:
            pass

    def end(self):
        try:
            self.sock.shutdown(2)
        except OSError:
            pass

    def take(self, n):
        while len(self.kept) < n:
            more = self.sock.recv(65536)
            if not more:
                raise OSError("gone")
            self.kept += more
        data, self.kept = self.kept[:n], self.kept[n:]
        return data

    def frame(self):
        first, second = self.take(2)
        n = second & 0x7f
        if n == 126:
            n = struct.unpack(">H", self.take(2))[0]
        elif n == 127:
            n = struct.unpack(">Q", self.take(8))[0]
        if not second & 0x80:
            seen["unmasked"] += 1
            return first & 15, self.take(n)
        mask = self.take(4)
        return first & 15, bytes(
            b ^ mask[i % 4] for i, b in enumerate(self.take(n)))

    def heard(self, op, payload):
        if op == 9:
            self.send(frame(10, payload))
        elif op == 10:
            seen["pongs"].append(payload.decode())
        elif op == 8:
            seen["closes"].append(
                struct.unpack(">H", payload[:2])[0] if payload else 1005)
            raise OSError("closed")
        elif op == 1:
            self.asked(json.loads(payload))

    def asked(self, said):
        symbol = said["symbol"]
        if said["type"] == "unsubscribe":
            self.symbols.discard(symbol)
        elif len(self.symbols) >= SYMBOLS_MAX:
            seen["too_many"] += 1
            self.send(SENDS["error"](self, None)[0])
        else:
            seen["subscribed"] += 1
            self.symbols.add(symbol)

    def serve(self):
        with lock:
            lines.append(self)
            seen["opened"] += 1
            seen["most"] = max(seen["most"], len(lines))
            if len(lines) > 1:
                seen["dropped"] += 1
                for line in lines:
                    line.end()
        try:
            while True:
                op, payload = self.frame()
                with lock:
                    self.heard(op, payload)
        except (OSError, ValueError, KeyError):
            pass
        with lock:
            lines.remove(self)


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *args):
        pass

    def answer(self, status, body):
        data = text(body)
        self.send_response(status)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def do_POST(self):
        global mode
        body = json.loads(self.rfile.read(
            int(self.headers.get("Content-Length", 0))) or b"{}")
        with lock:
            if self.path == "/_mode":
                mode = body["mode"]
            elif self.path == "/_trades":
                for line in lines:
                    rows = [trade(*row) for row in body
                            if row[0] in line.symbols]
                    if rows:
                        line.send(whole(rows))
            elif self.path == "/_send":
                for line in list(lines):
                    for part in SENDS[body["what"]](line, body.get("price")):
                        line.end() if part is None else line.send(part)
        self.answer(200, {})

    def do_GET(self):
        if self.path == "/_state":
            with lock:
                self.answer(200, {**seen, "open": len(lines), "symbols": [
                    sorted(line.symbols) for line in lines]})
            return
        self.close_connection = True
        with lock:
            how = mode
        key = parse_qs(urlsplit(self.path).query).get("token", [""])[0]
        if key != KEY:
            seen["keys_wrong"] += 1
            how = "401"
        if how in REFUSALS:
            seen["refused"] += 1
            self.answer(*REFUSALS[how])
        elif how == "hang":
            time.sleep(20)
        elif how == "huge-head":
            self.wfile.write(b"HTTP/1.1 101 x\r\n" + b"X-A: y\r\n" * 5000)
        elif how != "close":
            self.open(how)

    def open(self, how):
        asked = self.headers.get("Sec-WebSocket-Key", "")
        accept = base64.b64encode(hashlib.sha1(
            (b"other" if how == "wrong-accept" else asked.encode()) + GUID
        ).digest()).decode()
        head = ["HTTP/1.1 101 Switching Protocols",
                "upgrade: WebSocket", "Connection: keep-alive, Upgrade",
                f"Sec-WebSocket-Accept: {accept}"]
        if how == "no-upgrade":
            del head[1]
        self.wfile.write("\r\n".join(head).encode() + b"\r\n\r\n")
        Line(self.connection).serve()


class Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request, client_address):
        pass


def main():
    server = Server(("127.0.0.1", 0), Handler)
    if "FINNHUB_FAKE_CERT" in os.environ:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(os.environ["FINNHUB_FAKE_CERT"])
        server.socket = context.wrap_socket(
            server.socket, server_side=True, do_handshake_on_connect=False)
    sys.stdout.write(f"{server.server_address[1]}\n")
    sys.stdout.flush()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    sys.stdin.read()


if __name__ == "__main__":
    main()
