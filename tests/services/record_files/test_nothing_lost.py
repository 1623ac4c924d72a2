"""Walks every key of every record of the five files and finds its value in what the database gives back.

The files are read by another reader than the program's. What is compared is the export of the loaded database, so a
value that the import drops, or stores and cannot find again, is missed here by its path.
"""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
import yaml

from planner.core.paths import SEED
from planner.services.record_files import export_record
from tests.services.record_files.conftest import FIVE

KEYS = ("id", "iso2", "ref", "cycle", "number", "version")
"""What names a record in a list, the first that it has."""


def value_of(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value


def walk(value: object, path: str = "") -> Iterator[tuple[str, object]]:
    """Yield the path and value of everything known; entries of a list are named by their key, else by their place."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from walk(inner, f"{path}/{key}")
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            named = next((f"{key}={inner[key]}" for key in KEYS if isinstance(inner, dict) and key in inner), number)
            yield from walk(inner, f"{path}[{named}]")
    elif value is not None:
        yield path, value_of(value)


@pytest.mark.usefixtures("record_context")
def test_every_value_of_every_record_comes_back(tmp_path: Path):
    export_record(tmp_path / "out")
    lost = []
    for name in FIVE:
        given = dict(walk(yaml.safe_load((SEED / name).read_text())))
        back = dict(walk(yaml.safe_load((tmp_path / "out" / name).read_text())))
        assert len(given) > 300, name
        lost += [(name, path, value) for path, value in given.items() if back.get(path) != value]
    # The one value that moves: who presided over the tenth Conference is recalled, which now stands beside the State.
    assert lost == [("meetings.yaml", "/meetings[id=m-csp10]/chair_provenance", "recalled")]
    chair = next(
        meeting["chair"]
        for meeting in yaml.safe_load((tmp_path / "out" / "meetings.yaml").read_text())["meetings"]
        if meeting["id"] == "m-csp10"
    )
    assert chair == {"role": "President", "state": "RO", "provenance": "recalled"}


@pytest.mark.usefixtures("record_context")
def test_the_export_adds_nothing_to_the_facts(tmp_path: Path):
    export_record(tmp_path / "out")
    added = []
    for name in FIVE:
        given = dict(walk(yaml.safe_load((SEED / name).read_text())))
        back = walk(yaml.safe_load((tmp_path / "out" / name).read_text()))
        added += [path for path, value in back if given.get(path) != value]
    assert (
        [path for path in added if not path.startswith(("/counts/", "/meetings[id=m-csp10]/chair/"))]
        == [
            # the theme of a Conference stands at each plan that has a theme in its cycle
        ]
    )
