# embed.awk: turn texts into C, so that the program carries what it runs by.
#   -v mode=sql -v room=x x.sql     the statements of one room
#   -v mode=migrations *.sql        every migration, in order
#   -v mode=text -v name=x file     one text as an array
# A statement starts at a line `-- name: doc` or `-- global name: doc` and
# ends at a `;` that ends a line. It refuses text between statements, two
# statements of one name and a statement without an end.

function fail(why) {
	printf "%s:%d: %s\n", FILENAME, FNR, why > "/dev/stderr"
	failed = 1
	exit 1
}

# A line as the inside of a C string literal.
function quoted(s) {
	gsub(/\\/, "&&", s)
	gsub(/"/, "\\\"", s)
	gsub(/\?/, "\\?", s)
	gsub(/\t/, "\\t", s)
	return s
}

function highest(s,	n, max) {
	max = 0
	while (match(s, /\$[0-9]+/)) {
		n = substr(s, RSTART + 1, RLENGTH - 1) + 0
		if (n > max)
			max = n
		s = substr(s, RSTART + RLENGTH)
	}
	return max
}

function begin_statement(line) {
	sub(/^-- */, "", line)
	global = sub(/^(global|\[global\]) +/, "", line) ? "true" : "false"
	name = line
	sub(/:.*/, "", name)
	if (name in seen)
		fail("second statement named " name)
	seen[name] = 1
	names[++count] = name
	text = ""
	params = 0
}

function end_statement() {
	printf "static const struct sql sql_%s = {\n", name
	printf "\t.name = \"%s\",\n", name
	printf "\t.global = %s,\n", global
	printf "\t.params = %d,\n", params
	printf "\t.text =%s,\n};\n\n", text
	name = ""
}

BEGIN {
	printf "/* Made by embed.awk. */\n"
	if (mode == "sql")
		printf "#include \"store/store.h\"\n\n"
	if (mode == "migrations")
		printf "%s\n%s\n%s[] = {\n",
		    "struct migration { const char *name, *text; };\n",
		    "__attribute__((unused))",
		    "static const struct migration migrations"
	if (mode == "text")
		printf "__attribute__((unused))\nstatic const char %s[] =",
		    name
}

mode == "sql" && name == "" && /^[ \t]*$/ { next }
mode == "sql" && name == "" && /^-- *((global|\[global\]) +)?[a-z0-9_]+:/ {
	begin_statement($0)
	next
}
mode == "sql" && /^[ \t]*--/ { next }
mode == "sql" && name == "" { fail("text outside a statement") }
mode == "sql" {
	line = $0
	last = sub(/;[ \t]*$/, "", line)
	if (highest(line) > params)
		params = highest(line)
	text = text sprintf("\n\t    \"%s\\n\"", quoted(line))
	if (last)
		end_statement()
	next
}

mode == "migrations" && FNR == 1 {
	if (file != "")
		printf " },\n"
	file = FILENAME
	sub(/.*\//, "", file)
	printf "\t{ .name = \"%s\", .text =", file
}
{ printf "\n\t    \"%s\\n\"", quoted($0) }

END {
	if (failed)
		exit 1
	if (mode == "sql" && name != "")
		fail("statement " name " has no end")
	if (mode == "sql") {
		printf "__attribute__((unused))\n"
		printf "static const struct sql *const %s_sql[] = {\n", room
		for (i = 1; i <= count; i++)
			printf "\t&sql_%s,\n", names[i]
		printf "\tNULL\n};\n"
	}
	if (mode == "migrations")
		printf "%s\t{ .name = NULL }\n};\n", file == "" ? "" : " },\n"
	if (mode == "text")
		printf ";\n"
}
