# One header from several: every #include "…" is replaced by what it names,
# the first time it is met; a table (.def), which is there to be read often,
# every time.
function copy(name,	line, path) {
	while ((getline line <("src/" name)) > 0) {
		if (line !~ /^#include "/) {
			print line
			continue
		}
		path = line
		sub(/^#include "/, "", path)
		sub(/".*/, "", path)
		if (path ~ /\.def$/)
			copy(path)
		else if (!(path in seen)) {
			seen[path] = 1
			copy(path)
		}
	}
	close("src/" name)
}
BEGIN {
	print "/*"
	print " * The core of Bursar: exact decimals and days (base), portfolios from"
	print " * what was done in them (ledger), returns, risk and indicators (quant)."
	print " * Written by `make install-core` from src/; link with -lbursar-core -lm."
	print " */"
	print "#ifdef __cplusplus"
	print "#error \"the core speaks C11\""
	print "#endif"
	for (i = 1; i < ARGC; i++)
		if (!(ARGV[i] in seen)) {
			seen[ARGV[i]] = 1
			copy(ARGV[i])
		}
	exit
}
