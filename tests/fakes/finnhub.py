#!/usr/bin/python3
"""A Finnhub for tests: the real one's answers, and its bad days, on demand.

Prints its port on the first line of standard output, then serves on loopback
until its standard input is closed. Needs nothing but the standard library.

  GET  /quote?symbol=  /stock/profile2?symbol=  /search?q=   as Finnhub
  POST /_mode          {"mode": "ok", "delay_ms": 0}
  GET  /_calls         {"total": 3, "quote": {"AAPL": 2}, "profile2": ..}
  POST /_reset         forget the counts

Modes: ok unknown empty 401 403 429 429-as-200 html truncated zero nan
negative overflow types null 500 redirect huge hang drip close.
"""
import json
import os
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

KEY = os.environ.get("FINNHUB_FAKE_KEY", "test-key")
DATA = os.path.join(os.environ.get("BURSAR_SHARED", "../shared"),
                    "data", "providers", "finnhub")

QUOTE = ('{"c":308.82,"d":3.83,"dp":1.2558,"h":311.4,"l":305.84,'
         '"o":306.12,"pc":304.99,"t":1779480000}')
PROFILE = ('{"country":"US","currency":"USD","estimateCurrency":"USD",'
           '"exchange":"NASDAQ NMS - GLOBAL MARKET",'
           '"finnhubIndustry":"Technology","ipo":"1980-12-12",'
           '"logo":"https://static.example/AAPL.png",'
           '"marketCapitalization":4535749.272209372,"name":"Apple Inc",'
           '"phone":"14089961010","shareOutstanding":14687.36,'
           '"ticker":"AAPL","weburl":"https://www.apple.com/"}')
SEARCH = ('{"count":2,"result":[{"description":"Apple Inc",'
          '"displaySymbol":"AAPL","symbol":"AAPL","type":"Common Stock"},'
          '{"description":"Apple Fund","displaySymbol":"APLX",'
          '"symbol":"APLX","type":"ETP"}]}')
NOBODY = '{"c":0,"d":null,"dp":null,"h":0,"l":0,"o":0,"pc":0,"t":0}'


def recorded(name, otherwise):
    try:
        with open(os.path.join(DATA, name), encoding="utf-8") as f:
            return f.read()
    except OSError:
        return otherwise


PAYLOADS = {
    "quote": recorded("quote-AAPL.json", QUOTE),
    "profile2": recorded("profile2-AAPL.json", PROFILE),
    "search": recorded("search-apple.json", SEARCH),
}


def live(text):
    """A quote of some seconds ago, whatever day the recorded one is of."""
    quote = json.loads(text)
    quote["t"] = int(time.time()) - 20
    return json.dumps(quote)


UNKNOWN = {"quote": NOBODY, "profile2": "{}",
           "search": '{"count":0,"result":[]}'}

ERRORS = {
    "401": (401, '{"error":"Invalid API key."}'),
    "403": (403, '{"error":"You don\'t have access to this resource."}'),
    "429": (429, '{"error":"API limit reached. Please try again later. '
                 'Remaining Limit: 0"}'),
    "429-as-200": (200, '{"error":"API limit reached."}'),
    "html": (200, "<!DOCTYPE html><html><body>Maintenance</body></html>"),
    "empty": (200, ""),
    "500": (500, '{"error":"internal"}'),
}
PRICES = {
    "zero": "0", "nan": "NaN", "negative": "-308.82", "overflow": "1e400",
    "types": '"308.82"', "null": "null",
}

lock = threading.Lock()
mode = {"mode": "ok", "delay_ms": 0}
calls = {"total": 0}


def endpoint_of(path):
    return {"/quote": "quote", "/stock/profile2": "profile2",
            "/search": "search"}.get(path)


class Finnhub(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *args):
        pass

    def send(self, status, text, headers=()):
        body = text.encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        for name, value in headers:
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def do_POST(self):
        length = int(self.headers.get("Content-Length", 0))
        body = self.rfile.read(length)
        with lock:
            if self.path == "/_mode":
                mode.update({"delay_ms": 0}, **json.loads(body))
            elif self.path == "/_reset":
                calls.clear()
                calls["total"] = 0
            else:
                self.send(404, "{}")
                return
        self.send(200, json.dumps(mode))

    def do_GET(self):
        parts = urlsplit(self.path)
        if parts.path == "/_calls":
            with lock:
                text = json.dumps(calls)
            self.send(200, text)
            return
        endpoint = endpoint_of(parts.path)
        query = parse_qs(parts.query)
        what = (query.get("symbol") or query.get("q") or [""])[0]
        with lock:
            now = dict(mode)
            calls["total"] += 1
            if endpoint:
                of = calls.setdefault(endpoint, {})
                of[what] = of.get(what, 0) + 1
        if endpoint is None:
            self.send(404, '{"error":"not found"}')
            return
        time.sleep(now["delay_ms"] / 1000)
        self.answer(endpoint, what, now["mode"])

    def answer(self, endpoint, what, how):
        token = self.headers.get("X-Finnhub-Token")
        good = PAYLOADS[endpoint]
        if endpoint == "quote":
            good = live(good)
        if token is None:
            self.send(401, '{"error":"Please use an API key."}')
        elif token != KEY:
            self.send(401, '{"error":"Invalid API key."}')
        elif how in ERRORS:
            self.send(*ERRORS[how])
        elif how in PRICES:
            bad = json.loads(good)
            bad["c"] = "PRICE"
            self.send(200, json.dumps(bad).replace('"PRICE"', PRICES[how]))
        elif how == "truncated":
            self.send(200, good[:len(good) // 2])
        elif how == "redirect":
            self.send(302, "", [("Location", "/quote?symbol=AAPL")])
        elif how == "huge":
            self.send(200, " " * (3 << 20) + good)
        elif how == "hang":
            time.sleep(30)
        elif how == "close":
            self.close_connection = True
            self.connection.close()
        elif how == "drip":
            self.drip(good)
        elif how == "unknown" or what.startswith("ZZZZ"):
            self.send(200, UNKNOWN[endpoint])
        else:
            self.send(200, good)

    def drip(self, text):
        self.send_response(200)
        self.send_header("Content-Length", str(len(text.encode())))
        self.end_headers()
        for c in text.encode():
            try:
                self.wfile.write(bytes([c]))
                self.wfile.flush()
            except OSError:
                return
            time.sleep(0.2)


class Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128

    def handle_error(self, request, client_address):
        pass


def main():
    server = Server(("127.0.0.1", 0), Finnhub)
    sys.stdout.write(f"{server.server_address[1]}\n")
    sys.stdout.flush()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    sys.stdin.read()


if __name__ == "__main__":
    main()
