"""/assets: search as you type, also with typing errors; filters; pages. The
tenant's own instruments. What is kept up to date.
"""

import pytest

from client import query

NAMES = {
    "QQAAA": ("Zebulon Therapeutics Holdings", "stock", "EUR"),
    "QQAAB": ("Zebulon Wolframite Mining plc", "stock", "GBP"),
    "QQZEB": ("Quixotic Airlines AG", "stock", "EUR"),
    "ZEBULON": ("Nothing Else Fund", "fund", "EUR"),
    "QQETF": ("Société Zéphyr & Cie World ETF", "etf", "EUR"),
    "QQBIG": ("Zebulonia Gigantic Corporation", "stock", "USD"),
}


@pytest.fixture(scope="module")
def assets(world):
    for symbol, (name, kind, currency) in NAMES.items():
        cap = "5e12" if symbol == "QQBIG" else "null"
        world.postgres.rows(
            "insert into bursar.instruments (id, symbol, name, kind, currency,"
            " exchange, source, market_cap) values (gen_random_uuid(),"
            f" '{symbol}', '{name}', '{kind}', '{currency}', 'QQEX', 'test',"
            f" {cap}) on conflict do nothing returning 1")
    world.postgres.rows(
        "insert into bursar.identifiers (instrument_id, kind, value, source)"
        " select id, k, v, 'test' from bursar.instruments, (values"
        " ('isin', 'DE000QQ00012'), ('figi', 'BBG000QQ0019'),"
        " ('name', 'Former Glockenspiel')) as x (k, v)"
        " where symbol = 'QQZEB' on conflict do nothing returning 1")


def found(client, q, **members):
    answer = client.get("/api/v1/assets" + query(q=q, limit=20, **members))
    return [a["symbol"] for a in answer.ok()["items"]]


@pytest.mark.parametrize("q, first", [
    ("QQAAA", "QQAAA"),                 # a symbol
    ("qqaa", "QQAAA"),                  # how it begins
    ("zebulon", "ZEBULON"),             # a symbol goes before names
    ("zebulon ther", "QQAAA"),          # words as they are typed
    ("ther zebulon", "QQAAA"),          # in any order
    ("wolfram", "QQAAB"),               # not the first word
    ("DE000QQ00012", "QQZEB"),          # an ISIN
    ("de000qq", "QQZEB"),
    ("BBG000QQ0019", "QQZEB"),          # a FIGI
    ("glockensp", "QQZEB"),             # a former name
    ("societe zephyr", "QQETF"),        # accents need not be typed
    ("SOCIÉTÉ", "QQETF"),
    ("wolfamite", "QQAAB"),             # one missing
    ("wollframite", "QQAAB"),           # one too many
    ("wolfranite", "QQAAB"),            # a wrong one
    ("wolfarmite", "QQAAB"),            # two swapped
    ("wofram", "QQAAB"),                # while it is typed
    ("quixotc airlnes", "QQZEB"),       # in both words
    ("wolfra mite", "QQAAB"),           # one word written apart
    ("Quix-otic", "QQZEB"),
    ("'; drop table instruments; --quixotic", None),
])
def test_search_finds(demo, assets, q, first):
    symbols = found(demo, q)
    assert (symbols or [None])[0] == first, symbols


def test_the_better_known_goes_first(demo, assets):
    assert found(demo, "zebuloni")[0] == "QQBIG"
    symbols = found(demo, "zebul")
    assert set(symbols) >= {"ZEBULON", "QQAAA", "QQAAB", "QQBIG"}


@pytest.mark.parametrize("q", ["%", "_", "\\", "...", "¡¿", "😀", "' or 1=1"])
def test_signs_are_no_wildcards(demo, assets, q):
    assert not set(NAMES) & set(found(demo, q))


def test_filters(demo, assets):
    assert found(demo, "zebulon", kind="fund") == ["ZEBULON"]
    assert found(demo, "zebulon", kind="Fund") == ["ZEBULON"]
    assert set(found(demo, "zebulon", currency="GBP")) == {"QQAAB"}
    assert found(demo, "zebulon", exchange="nowhere") == []
    listed = demo.get("/api/v1/assets" + query(exchange="QQEX")).ok()["items"]
    assert [a["symbol"] for a in listed] == sorted(NAMES)
    assert found(demo, "zebulon", tracked="true") == []


def test_what_an_asset_is_found_by_follows_it(demo, world, assets):
    """Filters, names it had and identifiers, whatever else is told of it."""
    world.postgres.rows("update bursar.instruments set sector = 'Toys',"
                        " country = 'Elbonia', market_cap = 3e10"
                        " where symbol = 'QQZEB' returning 1")
    assert found(demo, "quixotic", sector="Toys") == ["QQZEB"]
    assert found(demo, "quixotic", country="Elbonia", kind="stock") == [
        "QQZEB"]
    assert found(demo, "quixotic", sector="Toy_") == []
    for q in ("glockenspiel", "quixotic glock", "DE000QQ00012",
              "airlines de000qq"):
        assert found(demo, q) == ["QQZEB"], q
    world.postgres.rows("delete from bursar.identifiers where value ="
                        " 'Former Glockenspiel' returning 1")
    assert found(demo, "glockenspiel") == []
    world.postgres.rows(
        "update bursar.instruments set sector = null, country = null,"
        " market_cap = null where symbol = 'QQZEB' returning 1;")
    world.postgres.rows(
        "insert into bursar.identifiers (instrument_id, kind, value, source)"
        " select id, 'name', 'Former Glockenspiel', 'test'"
        " from bursar.instruments where symbol = 'QQZEB' returning 1")
    assert found(demo, "glockenspiel") == ["QQZEB"]
    assert found(demo, "quixotic", sector="Toys") == []


@pytest.fixture(scope="module")
def crowd(world):
    """Three thousand that share their words, and few of them well known."""
    world.postgres.rows(
        "insert into bursar.instruments (id, symbol, name, kind, currency,"
        " exchange, source, market_cap) select gen_random_uuid(),"
        " 'YY' || lpad(n::text, 4, '0'), 'Yondering Moonlit ' ||"
        " (array['Alpha', 'Beta', 'Gamma'])[1 + n % 3] || ' Ventures '"
        " || n, 'stock', 'USD', case when n = 2999 then 'QQRARE' else"
        " 'QQCROWD' end, 'test', case when n = 2500 then 4e12 end"
        " from generate_series(1, 3000) n on conflict do nothing returning 1")
    world.postgres.rows(
        "insert into bursar.instruments (id, symbol, name, kind, currency,"
        " exchange, source, market_cap) values (gen_random_uuid(), 'YQ.B',"
        " 'Yonderland Yak Holdings Class B', 'stock', 'USD', 'QQCROWD',"
        " 'test', 2e10) on conflict do nothing returning 1")


@pytest.mark.parametrize("q, first", [
    ("yondering ventures 2999", "YY2999"),  # of all that share two words
    ("moonlit gamma 2999", "YY2999"),
    ("alpha yondering 2997", "YY2997"),
    ("yo", "YY2500"),                       # the best known of a beginning
    ("yon", "YY2500"), ("yond", "YY2500"), ("yondering", "YY2500"),
    ("yq.b", "YQ.B"), ("YQ-B", "YQ.B"), ("yq b", "YQ.B"), ("yqb", "YQ.B"),
    ("yy0007", "YY0007"),                   # a symbol that nobody knows
    ("yonderng ventres 2999", "YY2999"),
])
def test_none_is_lost_in_a_crowd(demo, crowd, q, first):
    symbols = found(demo, q)
    assert symbols and symbols[0] == first, symbols


def test_a_filter_finds_the_one_in_a_crowd(demo, crowd):
    assert found(demo, "yondering", exchange="QQRARE") == ["YY2999"]
    assert found(demo, "yondering moon", exchange="QQRARE") == ["YY2999"]
    assert found(demo, "yondering", exchange="QQRARE", kind="etf") == []
    assert found(demo, "yondering", tracked="true") == []


def test_pages_of_a_search_hold_each_once(demo, crowd):
    path, cursor, seen = "/api/v1/assets" + query(
        q="yondering", limit=40), None, []
    for _ in range(8):
        body = demo.get(path + (f"&cursor={cursor}" if cursor else "")).ok()
        seen += [a["symbol"] for a in body["items"]]
        cursor = body["next_cursor"]
        if cursor is None:
            break
    assert len(seen) >= 280 and len(set(seen)) == len(seen)
    assert seen[0] == "YY2500"


def pages(client, **members):
    path, seen = "/api/v1/assets" + query(**members), []
    cursor = None
    while True:
        body = client.get(path + (f"&cursor={cursor}" if cursor else "")).ok()
        seen += [a["symbol"] for a in body["items"]]
        cursor = body["next_cursor"]
        if cursor is None:
            return seen


def test_pages_hold_everything_once(demo, assets):
    every = pages(demo, limit=7)
    assert len(every) == len(set(every)) and every == sorted(every)
    assert set(NAMES) <= set(every)
    searched = pages(demo, q="zebul", limit=2)
    assert sorted(searched) == ["QQAAA", "QQAAB", "QQBIG", "ZEBULON"]


def test_a_new_name_is_found_and_the_old_one_is_not(demo, world, assets):
    world.postgres.rows("update bursar.instruments set name = 'Yttrium Plc'"
                        " where symbol = 'QQAAA' returning 1")
    assert found(demo, "yttri") == ["QQAAA"]
    assert "QQAAA" not in found(demo, "therapeutics")
    world.postgres.rows(
        f"update bursar.instruments set name = '{NAMES['QQAAA'][0]}'"
        " where symbol = 'QQAAA' returning 1")
