#!/bin/sh
# Builds the web app and the API reference into a directory.
#
#	frontend/build.sh OUT
#
# Works with the node and npm of Debian 12: where node is too old for the
# tools, a newer one comes from the npm registry into .cache and is used
# for this build only. Packages are installed again only when
# package-lock.json has changed.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
out=${1:?usage: build.sh OUT}
mkdir -p "$out"
out=$(cd "$out" && pwd)
cd "$here"

NODE_PACKAGE=22.23.3
NPM_PACKAGE=11.19.1
tools=$here/.cache/tools
stamp=$here/node_modules/.installed

say() { printf '  %-5s %s\n' "$1" "$2"; }
die() { printf 'frontend: %s\n' "$1" >&2; exit 1; }

command -v npm >/dev/null || die 'npm is missing (Debian: apt-get install npm)'
[ "$(npm --version 2>/dev/null | cut -d. -f1)" -ge 9 ] || die 'npm 9 or newer is needed'

# Is this version (v20.19.0) one the tools run with?
new_enough() {
	echo "$1" | sed 's/^v//' | awk -F. '{ exit !($1 > 22 ||
	    ($1 == 22 && $2 >= 12) || ($1 == 20 && $2 >= 19)) } END { if (NR == 0) exit 1 }'
}

# The node binary for this machine, from the package that npm's "node" is
# made of, and an npm to run with it: npm leaves out packages that its own
# node is too old for, and the tools' native parts are such. Neither needs
# an install script.
fetch_tools() {
	case $(uname -m) in
	x86_64)		arch=linux-x64 ;;
	aarch64)	arch=linux-arm64 ;;
	*)		die "node is older than 20.19, and there is no package of a newer one for $(uname -m)" ;;
	esac
	node=$tools/node_modules/node-$arch/bin/node
	npm=$tools/node_modules/npm/bin/npm-cli.js
	if ! { [ -x "$node" ] && [ -f "$npm" ]; }; then
		say NODE "$NODE_PACKAGE for this build, since ${found:-none} is too old"
		mkdir -p "$tools"
		printf '{"private":true}\n' >"$tools/package.json"
		npm install --prefix "$tools" --ignore-scripts --no-audit --no-fund \
		    --no-save --no-package-lock --loglevel=error \
		    "node-$arch@$NODE_PACKAGE" "npm@$NPM_PACKAGE"
		chmod +x "$node"
		new_enough "$("$node" --version)" || die "$node does not run here"
	fi
	PATH=$(dirname "$node"):$PATH
	export PATH
	run_npm() { "$node" "$npm" "$@"; }
}

install_packages() {
	sum=$(cksum <package-lock.json)
	[ -f "$stamp" ] && [ "$(cat "$stamp")" = "$sum" ] && return
	say NPM 'installing packages'
	run_npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
	printf '%s\n' "$sum" >"$stamp"
}

# npm's own node counts too: Debian's npm does not look for one in PATH.
run_npm() { npm "$@"; }
node=$(command -v node || :)
found=$(node --version 2>/dev/null || :)
theirs=$(npm version --json 2>/dev/null | sed -n 's/.*"node": *"\([0-9.]*\)".*/\1/p')
if ! new_enough "$found" || ! new_enough "$theirs"; then
	found=$(printf '%s\n%s\n' "$found" "$theirs" | sort -V | head -n 1)
	fetch_tools
fi
install_packages

say VITE "$out"
"$node" node_modules/vite/bin/vite.js build --outDir "$out" --emptyOutDir --logLevel warn
"$node" scripts/finish.mjs "$out"
