#!/bin/sh
# The rules a compiler does not know: which way includes point, which room
# may speak to which library, how a line looks. One finding a line.
cd "$(dirname "$0")/.." || exit 1

# The Makefile's order of rooms; those of one pair do not know each other.
ranks=$(sed -n '/^RANKS/,/[^\\]$/p' Makefile | sed 's/^RANKS.*=//; s/\\$//')
pairs="ledger:quant kore:flow"

# Written in halves, so that this file does not find itself.
words="\<(TO""DO|FIX""ME)\>|(^|[^\"A-Za-z])XX""X\>"	# \"XX""X\" is a currency
paths="/wo""rk/"
hosts="registry\.npm""js|registry\.yarn""pkg|npm""mirror|pypi\.o""rg|python""hosted"
hosts="$hosts|crates\.i""o|proxy\.gola""ng|rubygems\.o""rg"

list=$(mktemp) || exit 1
trap 'rm -f "$list"' EXIT
git ls-files --cached --others --exclude-standard 2>/dev/null |
    sort -u | while read -r f; do [ -f "$f" ] && echo "$f"; done >"$list"
[ -s "$list" ] || find . -type f -not -path '*/node_modules/*' \
    -not -path './build/*' | sed 's,^\./,,' >"$list"

code()
{
	grep -E '^src/.*\.[ch]$' "$list" | grep -v '^src/kore/shim/'
}

includes()
{
	code | xargs awk -v ranks="$ranks" -v pairs="$pairs" '
	BEGIN {
		n = split(ranks, order, " ")
		for (i = 1; i <= n; i++)
			rank[order[i]] = i
		rank["main"] = n + 1
		n = split(pairs, p, " ")
		for (i = 1; i <= n; i++) {
			split(p[i], q, ":")
			peer[q[1], q[2]] = peer[q[2], q[1]] = 1
		}
		one["libpq-fe.h"] = " store "
		one["hiredis"] = " cache "
		one["curl"] = " feed "
		one["jwt.h"] = " auth "
		one["sodium.h"] = " auth "
		one["jansson.h"] = " http feed calc "
		one["kore"] = " kore flow http main "
		one["openssl"] = " store http auth feed "
		one["zlib.h"] = " http "
		one["sanitizer"] = " base flow "
		one["gmp.h"] = one["cmocka.h"] = " (tests) "
	}
	function found(why) {
		printf "%s:%d: %s\n", FILENAME, FNR, why
	}
	FNR == 1 {
		room = FILENAME
		sub(/^src\//, "", room)
		sub(/\/.*|\.c$/, "", room)
		test = FILENAME ~ /_test\.c$/
	}
	!/^[ \t]*#[ \t]*include/ { next }
	/</ {
		what = $0
		sub(/^[^<]*</, "", what)
		sub(/>.*/, "", what)
		key = what
		sub(/\/.*/, "", key)
		if (!(key in one) || 
		    ((test || FILENAME ~ /\.h$/) && one[key] ~ /tests/))
			next
		if (index(one[key], " " room " ") == 0)
			found("<" what "> belongs to" one[key] "only")
		next
	}
	{
		what = $0
		sub(/^[^"]*"/, "", what)
		sub(/".*/, "", what)
		to = what
		if (sub(/\/.*/, "", to) == 0) {
			if (what ~ /_sql\.h$/ && what != room "_sql.h")
				found("statements of another room: " what)
			else if (what == "migrations.h" && room != "store")
				found("migrations belong to store only")
			next
		}
		if (to == room)
			next
		if (!(to in rank))
			found("no such room: " what)
		else if (rank[to] > rank[room] || (room, to) in peer)
			found("arrow points up: " room " > " what)
		else if (to != "base" && what != to "/" to ".h" &&
		    what != "kore/boot.h")
			found("inner header of another room: " what)
	}'
}

lines()
{
	code | xargs awk '
	function found(line, why) {
		printf "%s:%d: %s\n", FILENAME, line, why
	}
	function columns(s,	n, i, cut) {
		gsub(/[\200-\277]/, "", s)
		n = 0
		while ((i = index(s, "\t")) > 0) {
			n += i - 1
			n += 8 - n % 8
			s = substr(s, i + 1)
		}
		return n + length(s)
	}
	columns($0) > 80 { found(FNR, columns($0) " columns") }
	/[ \t]$/ { found(FNR, "space at the end") }
	/^ / && !/^ \*/ && !/^    [^ \t]/ { found(FNR, "indented by spaces") }
	/^\t+        / || /^\t* +\t/ { found(FNR, "indented by spaces") }
	/^[a-z_].*\(/ { name = FNR }
	/^\{/ { body = FNR }
	/^\}/ && body {
		if (FNR - body - 1 > 80)
			found(name, "function of " FNR - body - 1 " lines")
		body = 0
	}'
}

forbidden()
{
	tr '\n' '\0' <"$list" | xargs -0 grep -InE "$words|$paths|$hosts" |
	    sed -E "s,^([^:]*:[0-9]*):.*($words|$paths|$hosts).*,\\1: says \\2,"
}

rooms()
{
	for d in src/*/; do
		room=${d#src/}
		[ -f "$d/README.md" ] || echo "$d: no README.md"
		case " $(echo $ranks) " in
		*" ${room%/} "*) ;;
		*) echo "$d: no rank in the Makefile" ;;
		esac
	done
	grep -E '^src/.*/[^/]*(util|helper|manager|common|misc)[^/]*$' "$list" |
	    sed 's/$/:1: a name that says nothing/'
}

all=$(includes; lines; forbidden; rooms)
[ -z "$all" ] || echo "$all"
n=$(printf '%s' "$all" | grep -c '')
echo "tidy: $n findings"
[ "$n" -eq 0 ]
