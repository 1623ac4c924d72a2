#!/bin/sh
# Fetch what the tests use but Python packages do not bring: axe-core, which looks for barriers on pages, ical.js, which
# reads our calendars as Thunderbird does, and the schemas of voc/schedule, which schedules for phones are validated
# against (EUPL-1.2, unchanged).
# Nothing of it is served. Run from anywhere; the result is committed, so that tests need no network.
#
#   scripts/vendor.sh [version of axe-core] [commit of voc/schedule] [version of ical.js]
set -eu

VERSION="${1:-4.14.1}"
COMMIT="${2:-0a403ee5239e0f7883b539a0e05e08f42b737ecb}"
ICAL="${3:-2.2.1}"
SCHEDULE="https://raw.githubusercontent.com/voc/schedule/$COMMIT"
TARGET="$(cd "$(dirname "$0")/.." && pwd)/tests/vendor"
SCRATCH="$(mktemp -d)"
trap 'rm -rf "$SCRATCH"' EXIT

cd "$SCRATCH"
echo '{"private": true}' > package.json
npm install --ignore-scripts --no-audit --no-fund --silent "axe-core@$VERSION" "ical.js@$ICAL"

mkdir -p "$TARGET"
cp node_modules/axe-core/axe.min.js "$TARGET/axe.min.js"
cp node_modules/axe-core/LICENSE "$TARGET/axe.LICENSE"
cp node_modules/axe-core/LICENSE-3RD-PARTY.txt "$TARGET/axe.LICENSE-3RD-PARTY.txt"
cp node_modules/ical.js/dist/ical.min.js "$TARGET/ical.min.mjs"
cp node_modules/ical.js/LICENSE "$TARGET/ical.LICENSE"
curl -fsSL -o "$TARGET/schedule.xml.xsd" "$SCHEDULE/validator/xsd/schedule.xml.xsd"
curl -fsSL -o "$TARGET/schedule.schema.json" "$SCHEDULE/validator/json/schema.json"
curl -fsSL -o "$TARGET/schedule.LICENCE.txt" "$SCHEDULE/LICENCE.txt"
SUM="$(sha256sum "$TARGET/axe.min.js" | cut -d ' ' -f 1)"
ICAL_SUM="$(sha256sum "$TARGET/ical.min.mjs" | cut -d ' ' -f 1)"
XSD_SUM="$(sha256sum "$TARGET/schedule.xml.xsd" | cut -d ' ' -f 1)"
JSON_SUM="$(sha256sum "$TARGET/schedule.schema.json" | cut -d ' ' -f 1)"
SHORT="$(printf %.12s "$COMMIT")"
cat > "$TARGET/manifest.json" <<MANIFEST
[
  {
    "file": "axe.min.js",
    "name": "axe-core",
    "version": "$VERSION",
    "licence": "MPL-2.0",
    "source": "https://registry.npmjs.org/axe-core/-/axe-core-$VERSION.tgz",
    "sha256": "$SUM"
  },
  {
    "file": "ical.min.mjs",
    "name": "ical.js",
    "version": "$ICAL",
    "licence": "MPL-2.0",
    "source": "https://registry.npmjs.org/ical.js/-/ical.js-$ICAL.tgz",
    "sha256": "$ICAL_SUM"
  },
  {
    "file": "schedule.xml.xsd",
    "name": "voc/schedule",
    "version": "$SHORT",
    "licence": "EUPL-1.2",
    "source": "$SCHEDULE/validator/xsd/schedule.xml.xsd",
    "sha256": "$XSD_SUM"
  },
  {
    "file": "schedule.schema.json",
    "name": "voc/schedule",
    "version": "$SHORT",
    "licence": "EUPL-1.2",
    "source": "$SCHEDULE/validator/json/schema.json",
    "sha256": "$JSON_SUM"
  }
]
MANIFEST
echo "axe-core $VERSION: $SUM"
