#!/usr/bin/python3
"""Data providers for tests, each below a path of its own name, with the real
ones' answers and, on demand, their bad days.

Prints its port on the first line of standard output, then serves on loopback
until its standard input is closed. Needs nothing but the standard library.

  /finnhub/{quote,search,stock/{profile2,candle,dividend,split,metric}}
  /alphavantage/query  /yahoo/v8/finance/chart/SYMBOL  /frankfurter/v1/A..B
  /ecb/stats/eurofxref/FILE  /sec/files/company_tickers.json
  /sec/submissions/CIK.json  /sec/api/xbrl/companyfacts/CIK.json
  /openfigi/v3/mapping  /fred/fred/series/observations
  POST /_mode   {"provider": "ecb", "mode": "500", "delay_ms": 0}
  GET  /_calls  {"total": 3, "ecb": 2, "asked": [["ecb", "/ecb/.."]],
                 "sent": 12345}
  POST /_reset  all well again, and the counts forgotten

Modes of all: ok empty 401 403 404 429 500 html truncated redirect wait huge
hang close. Of whoever has prices: zero negative future unsorted jump blip. Of
yahoo: pence. Of ecb: whole, with all days since 1999. Of alphavantage: quota unknown. Of finnhub: free, a plan without
history; limit, a 200 that is none.
"""
import datetime
import json
import os
import sys
import threading
import time
import zoneinfo
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, unquote, urlsplit

SHARED = os.path.join(os.environ.get("BURSAR_SHARED", "../shared"), "data")
KEYS = {"finnhub": os.environ.get("FAKE_FINNHUB_KEY", "test-key"),
        "alphavantage": os.environ.get("FAKE_ALPHAVANTAGE_KEY", "test-key"),
        "fred": os.environ.get("FAKE_FRED_KEY", "test-key"),
        "openfigi": os.environ.get("FAKE_OPENFIGI_KEY", "test-key")}
DAY = datetime.timedelta(days=1)
EPOCH = datetime.date(1970, 1, 1)
HUGE = 1 << 30

FACTS = {"cik": 1318605, "entityName": "Fake, Inc.", "facts": {"us-gaap": {
    "Revenues": {"units": {"USD": [
        {"start": "2020-01-01", "end": "2020-12-31", "val": 100, "fy": 2020,
         "fp": "FY", "form": "10-K", "filed": "2021-02-01", "accn": "a"}]}}}}}
FILINGS = {"cik": "1318605", "name": "Fake, Inc.", "tickers": ["TSLA"],
           "filings": {"recent": {
               "accessionNumber": ["b", "a"], "form": ["10-Q", "10-K"],
               "filingDate": ["2021-05-01", "2021-02-01"],
               "reportDate": ["2021-03-31", "2020-12-31"]}}}
TICKERS = {"0": {"cik_str": 320193, "ticker": "AAPL", "title": "Apple Inc."},
           "1": {"cik_str": 1067983, "ticker": "BRK-B", "title": "BERKSHIRE"}}

lock = threading.Lock()
modes, delays, calls = {}, {}, {"total": 0, "asked": [], "sent": 0}


def recorded(name, otherwise):
    try:
        with open(os.path.join(SHARED, name), encoding="utf-8") as f:
            return f.read()
    except OSError:
        return json.dumps(otherwise)


def replayed(name):
    """A recorded answer's body, as the provider sent it."""
    text = recorded("providers/" + name, {})
    told = json.loads(text)
    if isinstance(told, dict) and "response" in told:
        return json.dumps(told["response"]["bodyJson"])
    return text


def weekdays(first, last):
    """Oldest first, none after today."""
    last = min(last, datetime.date.today())
    while first <= last:
        if first.weekday() < 5:
            yield first
        first += DAY


def closes(days, how, number=lambda d: (d - EPOCH).days):
    """[day, price]: always the same ones, or what a bad day makes of them."""
    rows = [[d, 100 + number(d) % 50 / 10] for d in days]
    if how == "zero":
        rows = [[d, 0] for d, _ in rows]
    elif how == "negative":
        rows = [[d, -p] for d, p in rows]
    elif how == "future":
        rows.append([datetime.date(2999, 1, 4), 100])
    elif how == "unsorted":
        rows = rows[::-2] + rows[-2::-2] + rows[:1]
    elif how == "jump":
        half = len(rows) // 2
        rows = [[d, p * (100 if i >= half else 1)]
                for i, (d, p) in enumerate(rows)]
    elif how == "blip" and len(rows) > 4:
        rows[len(rows) // 2][1] *= 100
    return rows


def moments(first, last, minutes, how):
    """[second, price]: sessions from 14:30 to 21:00 UTC, none after now."""
    last = min(last, int(time.time()))
    days = weekdays(date_of(first), date_of(last))
    rows = [[unix(d) + 60 * m, 100 + (d - EPOCH).days % 50 / 10 + m / 1000]
            for d in days for m in range(0, 390, minutes)]
    rows = [r for r in rows if first <= r[0] <= last]
    bad = closes([t for t, _ in rows], how, lambda t: t // 60)
    if how == "future":
        bad[-1][0] = unix(datetime.date(2999, 1, 4))
    return bad if how != "ok" else rows


def unix(day, hour=14):
    return (day - EPOCH).days * 86400 + hour * 3600 + 1800


def date_of(text):
    return EPOCH + datetime.timedelta(seconds=int(text))


def new_york(second):
    at = datetime.datetime.fromtimestamp(
        second, zoneinfo.ZoneInfo("America/New_York"))
    return at.strftime("%Y-%m-%d %H:%M:%S")


def columns(rows):
    """A provider's parallel arrays."""
    return {"o": [p for _, p in rows], "h": [p and p + 1 for _, p in rows],
            "l": [p and p - 1 for _, p in rows], "c": [p for _, p in rows],
            "v": [1000] * len(rows)}


# ---- each provider: (path, query, headers, body, mode) -> (status, text) ------

def finnhub(path, query, headers, body, how):
    if headers.get("X-Finnhub-Token") != KEYS["finnhub"]:
        return 401, '{"error":"Invalid API key."}'
    if how == "limit":
        return 200, '{"error":"API limit reached."}'
    what, symbol = path.rsplit("/", 1)[-1], query.get("symbol", "")
    unknown = symbol.startswith("ZZZZ")
    if what in ("candle", "dividend", "split") and how == "free":
        return 403, '{"error":"You don\'t have access to this resource."}'
    if what == "candle":
        return 200, json.dumps(finnhub_candle(query, how, unknown))
    today = datetime.date.today()
    rows = closes(weekdays(today - 9 * DAY, today), how)
    if what == "quote":
        price = 0 if unknown else rows[-1][1]
        return 200, json.dumps({
            "c": price, "d": None, "dp": None, "h": price, "l": price,
            "o": price, "pc": 0 if unknown else rows[-2][1],
            "t": 0 if unknown else int(time.time()) - 20})
    return 200, json.dumps({
        "profile2": {} if unknown else {
            "ticker": symbol, "name": symbol + " Inc.", "currency": "USD",
            "exchange": "NASDAQ NMS - GLOBAL MARKET", "country": "US",
            "finnhubIndustry": "Technology", "ipo": "1980-12-12",
            "marketCapitalization": 1000.5, "shareOutstanding": 10},
        "search": {"count": 1, "result": [
            {"symbol": query.get("q", "").upper(), "type": "Common Stock",
             "description": "FOUND INC"}]},
        "metric": {"metric": {} if unknown else
                   {"beta": 1.25, "peTTM": 30.5, "52WeekHigh": 120}},
        "dividend": [], "split": [] if how != "split" else [
            {"symbol": symbol, "date": rows[2][0].isoformat(),
             "fromFactor": 1, "toFactor": 4}]}[what])


def finnhub_candle(query, how, unknown):
    first, last = int(query["from"]), int(query["to"])
    if query["resolution"] == "D":
        rows = [[unix(d, 0) - 1800, p] for d, p in closes(
            weekdays(date_of(first), date_of(last)), how)]
    else:
        rows = moments(first, last, int(query["resolution"]), how)
    if unknown or not rows:
        return {"s": "no_data"}
    return {"s": "ok", "t": [t for t, _ in rows], **columns(rows)}


def alphavantage(path, query, headers, body, how):
    key = query.get("apikey")
    if key != KEYS["alphavantage"]:
        return 200, json.dumps({"Error Message": "the parameter apikey is "
                                "invalid or missing."})
    if how == "quota":
        return 200, json.dumps({"Information": "We have detected your API key "
                                f"as {key} and our standard API rate limit is "
                                "25 requests per day."})
    symbol, today = query.get("symbol", ""), datetime.date.today()
    rows = closes(weekdays(today - 140 * DAY, today), how)[-100:]
    if how == "unknown" or (symbol.startswith("ZZZZ")
                            and query["function"] != "OVERVIEW"):
        return 200, json.dumps({"Global Quote": {}}
                               if query["function"] == "GLOBAL_QUOTE" else
                               {"Error Message": "Invalid API call."})
    if query["function"] == "OVERVIEW":
        return 200, json.dumps({} if symbol.startswith("ZZZZ") else {
            "Symbol": symbol, "AssetType": "Common Stock",
            "Name": symbol + " Overview", "CIK": "320193",
            "Exchange": "NASDAQ", "Currency": "USD", "Country": "USA",
            "Sector": "TECHNOLOGY", "Industry": "None",
            "OfficialSite": "https://fake.example",
            "MarketCapitalization": "1000500000", "PERatio": "30.5",
            "Beta": "1.25", "DividendYield": "None",
            "SharesOutstanding": "10000000"})
    if query["function"] == "CURRENCY_EXCHANGE_RATE":
        rate = {"zero": 0, "negative": -1.1, "jump": 110}.get(how, 1.1)
        day = "2999-01-04" if how == "future" else today.isoformat()
        return 200, json.dumps({"Realtime Currency Exchange Rate": {
            "1. From_Currency Code": query["from_currency"],
            "3. To_Currency Code": query["to_currency"],
            "5. Exchange Rate": str(rate),
            "6. Last Refreshed": f"{day} 00:00:01", "7. Time Zone": "UTC"}})
    if query["function"] == "GLOBAL_QUOTE":
        day, price = rows[-1]
        return 200, json.dumps({"Global Quote": {
            "01. symbol": symbol, "02. open": str(price),
            "03. high": str(price), "04. low": str(price),
            "05. price": str(price), "06. volume": "1000",
            "07. latest trading day": day.isoformat(),
            "08. previous close": str(rows[-2][1])}})
    if query["function"] == "TIME_SERIES_INTRADAY":
        now = int(time.time())
        return 200, json.dumps({"Meta Data": {}, "Time Series (5min)": {
            new_york(t): {"1. open": str(p), "2. high": str(p + 1),
                          "3. low": str(p - 1), "4. close": str(p),
                          "5. volume": "10"} for t, p in reversed(moments(
                now - 9 * 86400, now,
                int(query["interval"].removesuffix("min")), how))}})
    return 200, json.dumps({"Meta Data": {}, "Time Series (Daily)": {
        d.isoformat(): {"1. open": str(p), "2. high": str(p + 1),
                        "3. low": str(p - 1), "4. close": str(p),
                        "5. volume": "1000"} for d, p in reversed(rows)}})


def yahoo(path, query, headers, body, how):
    symbol = unquote(path.rsplit("/", 1)[-1])
    if symbol.startswith("ZZZZ"):
        return 404, json.dumps({"chart": {"result": None, "error": {
            "code": "Not Found", "description": "No data found"}}})
    if query["interval"] == "1d":
        rows = closes(weekdays(date_of(query["period1"]),
                               date_of(query["period2"])), how)
        times = [unix(d) for d, _ in rows]
    else:
        rows = moments(int(query["period1"]), int(query["period2"]),
                       int(query["interval"].removesuffix("m")), how)
        times = [t for t, _ in rows]
    by = 100 if how == "pence" else 1
    price = rows[-1][1] if rows else 100
    quote = {name: [p * by for _, p in rows]
             for name in ("open", "high", "low", "close")}
    quote["volume"] = [1000] * len(rows)
    return 200, json.dumps({"chart": {"error": None, "result": [{
        "meta": {"currency": "GBp" if how == "pence" else "USD",
                 "symbol": symbol, "gmtoffset": -18000,
                 "regularMarketPrice": price * by,
                 "regularMarketTime": int(time.time()) - 20,
                 "longName": symbol + " Inc.", "instrumentType": "EQUITY"},
        "timestamp": times,
        "events": {"dividends": {"1": {
            "amount": 0.25 * by, "date": times[0]}}} if rows else {},
        "indicators": {"quote": [quote]}}]}})


def frankfurter(path, query, headers, body, how):
    first, last = path.rsplit("/", 1)[-1].split("..")
    rows = closes(weekdays(datetime.date.fromisoformat(first),
                           datetime.date.fromisoformat(last)), how)
    return 200, json.dumps({
        "base": "EUR", "start_date": first, "end_date": last,
        "rates": {d.isoformat(): {"USD": p / 100, "CHF": p / 110}
                  for d, p in rows}})


def ecb(path, query, headers, body, how):
    if how == "whole":
        return 200, ecb_whole()
    days = 1 if "daily" in path else 90 if "90d" in path else 900
    today = datetime.date.today()
    rows = closes(weekdays(today - days * DAY, today), how)
    return 200, ("<?xml version=\"1.0\" encoding=\"UTF-8\"?>"
                 "<gesmes:Envelope xmlns:gesmes=\"x\"><Cube>" + "".join(
                     f"<Cube time='{d}'><Cube currency='USD' rate='{p / 100}'"
                     f"/><Cube currency='GBP' rate='{p / 120:.5f}'/></Cube>"
                     for d, p in reversed(rows))
                 + "</Cube></gesmes:Envelope>")


def ecb_whole():
    """All days that the bank has told of, as its file of them has it."""
    with open(os.path.join(SHARED, "fx", "eurofxref-hist.csv"),
              encoding="utf-8") as f:
        head, *rows = [line.strip().split(",") for line in f]
    return ("<gesmes:Envelope><Cube>" + "".join(
        f"<Cube time='{row[0]}'>" + "".join(
            f"<Cube currency='{name}' rate='{rate}'/>"
            for name, rate in zip(head[1:], row[1:])
            if name and rate not in ("", "N/A")) + "</Cube>"
        for row in rows) + "</Cube></gesmes:Envelope>")


def sec(path, query, headers, body, how):
    if "@" not in headers.get("User-Agent", ""):
        return 403, "<html>Undeclared Automated Tool</html>"
    if path.endswith("company_tickers.json"):
        return 200, recorded("providers/sec/company_tickers.json", TICKERS)
    if not path.endswith("CIK0001318605.json"):
        return 404, "<html>NoSuchKey</html>"
    if "companyfacts" in path:
        return 200, json.dumps(FACTS)
    return 200, recorded("providers/sec/submissions-CIK0001318605.json",
                         FILINGS)


def openfigi(path, query, headers, body, how):
    key, jobs = headers.get("X-OPENFIGI-APIKEY"), json.loads(body)
    if key not in (None, KEYS["openfigi"]):
        return 401, ""
    if len(jobs) > (100 if key else 5):
        return 413, ""
    return 200, json.dumps([
        {"warning": "No identifier found."}
        if job["idValue"].startswith("ZZZZ") else
        {"data": [{"figi": f"BBG{job['idValue'][:9]:0<9}",
                   "ticker": job["idValue"], "name": job["idType"],
                   "exchCode": job.get("exchCode", "US")}]} for job in jobs])


def fred(path, query, headers, body, how):
    if query.get("api_key") != KEYS["fred"]:
        return 400, json.dumps({"error_code": 400, "error_message": "Bad "
                                "Request. The value for variable api_key is "
                                "not registered."})
    rows = weekdays(datetime.date.fromisoformat(query["observation_start"]),
                    datetime.date.fromisoformat(query["observation_end"]))
    return 200, json.dumps({"observations": [
        {"date": d.isoformat(), "value": "." if d.day == 1 else "5.25"}
        for d in rows]})


PROVIDERS = {f.__name__: f for f in (
    finnhub, alphavantage, yahoo, frankfurter, ecb, sec, openfigi, fred)}
REFUSALS = {"401": (401, "{}"), "403": (403, "{}"), "404": (404, "{}"),
            "429": (429, "Too Many Requests"), "500": (500, "{}"),
            "html": (200, "<!DOCTYPE html><html>Maintenance</html>"),
            "empty": (200, "")}


class Handler(BaseHTTPRequestHandler):
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
        with lock:
            calls["sent"] += len(body)

    def control(self, body):
        with lock:
            if self.path == "/_mode":
                order = json.loads(body)
                modes[order["provider"]] = order.get("mode", "ok")
                delays[order["provider"]] = order.get("delay_ms", 0)
            elif self.path == "/_reset":
                modes.clear()
                delays.clear()
                calls.clear()
                calls.update({"total": 0, "asked": [], "sent": 0})
            text = json.dumps(calls)
        self.send(200, text)

    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        if self.path.startswith("/_"):
            self.control(body)
        else:
            self.serve(body)

    def do_GET(self):
        if self.path.startswith("/_"):
            self.control(b"")
        else:
            self.serve(b"")

    def serve(self, body):
        parts = urlsplit(self.path)
        name, _, rest = parts.path[1:].partition("/")
        with lock:
            calls["total"] += 1
            calls[name] = calls.get(name, 0) + 1
            calls["asked"].append([name, self.path])
            how, delay = modes.get(name, "ok"), delays.get(name, 0)
        time.sleep(delay / 1000)
        if name not in PROVIDERS:
            self.send(404, "{}")
            return
        if how.startswith("recorded:"):
            self.send(200, replayed(how.removeprefix("recorded:")))
            return
        query = {k: v[0] for k, v in parse_qs(parts.query).items()}
        status, text = PROVIDERS[name](
            "/" + rest, query, self.headers, body, how)
        self.answer(status, text, how)

    def answer(self, status, text, how):
        if how in REFUSALS:
            self.send(*REFUSALS[how])
        elif how == "truncated":
            self.send(200, text[:len(text) // 2])
        elif how == "redirect":
            self.send(302, "", [("Location", "/ecb/stats/eurofxref/"
                                 "eurofxref-daily.xml")])
        elif how == "wait":
            self.send(429, "{}", [("Retry-After", "120")])
        elif how == "huge":
            self.huge()
        elif how == "hang":
            time.sleep(30)
        elif how == "close":
            self.close_connection = True
            self.connection.close()
        else:
            self.send(status, text)

    def huge(self):
        """A gigabyte, without saying so beforehand."""
        self.send_response(200)
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        piece = b" " * 65536
        for _ in range(HUGE // len(piece)):
            try:
                self.wfile.write(b"10000\r\n" + piece + b"\r\n")
            except OSError:
                break
            with lock:
                calls["sent"] += len(piece)
        self.close_connection = True


class Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128

    def handle_error(self, request, client_address):
        pass


def main():
    server = Server(("127.0.0.1", 0), Handler)
    sys.stdout.write(f"{server.server_address[1]}\n")
    sys.stdout.flush()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    sys.stdin.read()


if __name__ == "__main__":
    main()
