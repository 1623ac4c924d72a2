#!/bin/sh
# Pins all dependencies, of any platform and of Python 3.11 and newer, into requirements/*.txt: names, versions and
# hashes, and nothing about where they were downloaded. Takes the newest versions that pyproject.toml allows; give
# names to move only these: sh scripts/lock.sh waitress flask
set -e
cd "$(dirname "$0")/.."
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
"${PYTHON:-python3}" -m venv "$scratch/venv"
"$scratch/venv/bin/python" -m pip --disable-pip-version-check install --quiet uv

# whatever index the environment sets for pip is the one for uv
index=$("$scratch/venv/bin/python" -m pip config get global.index-url 2>/dev/null || true)
[ -z "$index" ] || export UV_DEFAULT_INDEX="${UV_DEFAULT_INDEX:-$index}"

upgrade="--upgrade"
if [ $# -gt 0 ]; then
    upgrade=""
    for name in "$@"; do upgrade="$upgrade --upgrade-package $name"; done
fi

compile() {
    # $1 the file to write, the rest what to pin
    file=$1
    shift
    "$scratch/venv/bin/uv" pip compile --quiet --universal --python-version 3.11 --generate-hashes \
        --no-header --no-annotate --no-emit-index-url --no-emit-find-links $upgrade "$@" --output-file "$file"
    echo "$file: $(grep -c '==' "$file") packages"
}

# the first holds everything, so that a package has one version in all of them
compile requirements/test.txt pyproject.toml --all-extras --group test
upgrade=""
compile requirements/runtime.txt pyproject.toml --constraints requirements/test.txt
compile requirements/postgres.txt pyproject.toml --extra postgres --constraints requirements/test.txt
compile requirements/redis.txt pyproject.toml --extra redis --constraints requirements/test.txt
compile requirements/build.txt requirements/build.in --constraints requirements/test.txt
