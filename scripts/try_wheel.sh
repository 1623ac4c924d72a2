#!/usr/bin/env bash
# Builds a wheel from the sdist of the last commit in a scratch folder, installs it without the checkout, sets it up and
# asks for pages. Needs the .venv of `make run` for the build tools.
set -euo pipefail
source=$(cd "$(dirname "$0")/.." && pwd)
scratch=$(mktemp -d)
server=""
finish() {
    [ -z "$server" ] || kill "$server" 2>/dev/null || true
    rm -rf "$scratch"
}
trap finish EXIT
install="python -m pip --disable-pip-version-check install --quiet --quiet"

git clone --quiet "$source" "$scratch/source"
cd "$scratch/source"
"$source/.venv/bin/python" -m hatchling build --target sdist --directory "$scratch/dist" >/dev/null 2>&1
"$source/.venv/bin/python" -m pip --disable-pip-version-check wheel --quiet --no-deps --no-build-isolation \
    --wheel-dir "$scratch/dist" "$scratch"/dist/*.tar.gz
python3 -m venv "$scratch/venv"
"$scratch"/venv/bin/$install --require-hashes -r requirements/runtime.txt
"$scratch"/venv/bin/$install --no-deps "$scratch"/dist/*.whl
rm -rf "$scratch/source"

mkdir "$scratch/elsewhere"
cd "$scratch/elsewhere"
unset PLANNER_INSTANCE PLANNER_DATABASE_URL HOST
PORT=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
export PORT
"$scratch/venv/bin/planner" setup >/dev/null
"$scratch/venv/bin/planner" serve >/dev/null &
server=$!
for _ in $(seq 100); do
    curl --silent --fail --output /dev/null "http://127.0.0.1:$PORT/healthz" && break
    sleep 0.1
done
page=$(curl --silent --show-error --fail "http://127.0.0.1:$PORT/")
style=$(grep -o '/static/css/[^"]*' <<<"$page" | head -1)
for path in /readyz / /calendar.ics "$style"; do
    curl --silent --show-error --fail --output /dev/null \
        --write-out "$path %{http_code} %{size_download} bytes\n" "http://127.0.0.1:$PORT$path"
done
kill "$server"
wait "$server"
server=""
[ -f "$scratch/venv/var/planner-instance/planner.db" ]
[ -z "$(ls)" ]
echo "The wheel works: its data is in <prefix>/var/planner-instance, and it needs no checkout."
