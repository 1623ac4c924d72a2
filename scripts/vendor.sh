#!/bin/sh
# Fetch what the tests use but Python packages do not bring: axe-core, which looks for barriers on pages.
# Nothing of it is served. Run from anywhere; the result is committed, so that tests need no network.
#
#   scripts/vendor.sh [version]
set -eu

VERSION="${1:-4.14.1}"
TARGET="$(cd "$(dirname "$0")/.." && pwd)/tests/vendor"
SCRATCH="$(mktemp -d)"
trap 'rm -rf "$SCRATCH"' EXIT

cd "$SCRATCH"
echo '{"private": true}' > package.json
npm install --ignore-scripts --no-audit --no-fund --silent "axe-core@$VERSION"

mkdir -p "$TARGET"
cp node_modules/axe-core/axe.min.js "$TARGET/axe.min.js"
cp node_modules/axe-core/LICENSE "$TARGET/axe.LICENSE"
cp node_modules/axe-core/LICENSE-3RD-PARTY.txt "$TARGET/axe.LICENSE-3RD-PARTY.txt"
SUM="$(sha256sum "$TARGET/axe.min.js" | cut -d ' ' -f 1)"
cat > "$TARGET/manifest.json" <<MANIFEST
[
  {
    "file": "axe.min.js",
    "name": "axe-core",
    "version": "$VERSION",
    "licence": "MPL-2.0",
    "source": "https://registry.npmjs.org/axe-core/-/axe-core-$VERSION.tgz",
    "sha256": "$SUM"
  }
]
MANIFEST
echo "axe-core $VERSION: $SUM"
