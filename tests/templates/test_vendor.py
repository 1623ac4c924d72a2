"""What was fetched from elsewhere is what the manifest says, and its licence lies beside it."""

import hashlib
import json
from pathlib import Path

VENDOR = Path(__file__).resolve().parents[1] / "vendor"


def is_fetched(path):
    return path.name != "manifest.json" and "LICEN" not in path.name


def test_vendored_files_are_those_of_the_manifest():
    entries = json.loads((VENDOR / "manifest.json").read_text(encoding="utf-8"))
    assert {entry["file"]: entry["sha256"] for entry in entries} == {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in VENDOR.iterdir() if is_fetched(path)
    }


def test_their_licences_lie_beside_them():
    assert (VENDOR / "axe.LICENSE").read_text(encoding="utf-8").startswith("Mozilla Public License, version 2.0")
    assert "Mozilla Public License" in (VENDOR / "ical.LICENSE").read_text(encoding="utf-8")
    assert "EUROPEAN UNION PUBLIC LICENCE v. 1.2" in (VENDOR / "schedule.LICENCE.txt").read_text(encoding="utf-8")
