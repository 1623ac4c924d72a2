"""What the reader of YAML makes of text, and what it refuses."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.services.record_files.faults import Wrong
from planner.services.record_files.reading import MOST_BYTES, read_file


def read(tmp_path: Path, text: str | bytes) -> tuple[object, list[str]]:
    path = tmp_path / "file.yaml"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    value, faults = read_file(path)
    return value, [str(fault) for fault in faults]


def plain(value: object) -> object:
    return str(value.message) if isinstance(value, Wrong) else value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("word", "word"),
        ("'NO'", "NO"),
        ("NO", False),
        ("true", True),
        ("~", None),
        ("12", 12),
        ("-3", -3),
        ("2019-08-30", date(2019, 8, 30)),
        ("'2020-04'", "2020-04"),
        ("2020-04", "2020-04"),
        ("[1, a]", [1, "a"]),
        ("2019-02-30", "2019-02 has no day 30. It ends with 28."),
        ("2019-8-3", "2019-8-3"),
        ("2019-08-30 10:00:00", "2019-08-30 10:00:00 is not a day. Write a day as 2019-08-30."),
        ("10:00", "10:00 is not a plain whole number. Write text (an hour, a code) in quotes."),
        ("0x1f", "0x1f is not a plain whole number. Write text (an hour, a code) in quotes."),
        ("1_000", "1_000 is not a plain whole number. Write text (an hour, a code) in quotes."),
        ("9" * 19, "9" * 19 + " is not a plain whole number. Write text (an hour, a code) in quotes."),
        ("-1.5", -1.5),
        (".nan", ".nan is not a plain number. Write text in quotes."),
        ("1.5e3", "1.5e3"),
        ("1.5e+3", "1.5e+3 is not a plain number. Write text in quotes."),
        ('"a\\0b"', "The text holds characters that are no text (control characters)."),
        ("!!python/object:os.system x", "Tags of YAML (!) are not accepted."),
        ("!!str 5", "Tags of YAML (!) are not accepted."),
    ],
)
def test_values(tmp_path: Path, text: str, value: object):
    found, faults = read(tmp_path, f"key: {text}\n")
    assert faults == []
    assert plain(found["key"]) == value


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (b"", "file.yaml: The file is empty."),
        (b" \n\n", "file.yaml: The file is empty."),
        (b"a: b", "file.yaml:1: The last line has no end. The file may have been cut short."),
        (b"a: 1\nb: \xff\n", "file.yaml:2: The file is not UTF-8 text."),
        (b"a: &x 1\nb: *x\n", "file.yaml:1: Anchors and references of YAML (& and *) are not accepted."),
        (b"a: &x [1]\n", "file.yaml:1: Anchors and references of YAML (& and *) are not accepted."),
        (b"a: 1\n---\nb: 1\n", "file.yaml:2: The file holds more than one document."),
        (b"a: !!set {b}\n", "file.yaml:1: Tags of YAML (!) are not accepted."),
        (
            b"a: " + b"[" * 31 + b"]" * 31 + b"\n",
            "file.yaml:1: Lists and mappings are nested too deeply (more than 30).",
        ),
        # so many that the parser itself gives up
        (
            b"a: " + b"[" * 50_000 + b"\n",
            "file.yaml:1: The file cannot be read as YAML: exceeded maximum nesting depth.",
        ),
    ],
)
def test_files_that_cannot_be_read(tmp_path: Path, text: bytes, fault: str):
    assert read(tmp_path, text) == (None, [fault])


@pytest.mark.parametrize(
    "text",
    ["a: [1\n", "a: 'b\n", "a: b: c\n", "\ta: 1\n", "a: 1\n b: 2\n", 'a: "\\ud800"\n', "{\n", "- a\nb: c\n"],
)
def test_broken_yaml_names_the_line(tmp_path: Path, text: str):
    value, faults = read(tmp_path, text)
    assert value is None
    assert len(faults) == 1
    assert "The file cannot be read as YAML: " in faults[0]
    assert faults[0].startswith("file.yaml:")


def test_a_file_that_is_too_large_is_not_read(tmp_path: Path):
    path = tmp_path / "file.yaml"
    with path.open("wb") as file:
        file.truncate(MOST_BYTES + 1)
    value, faults = read_file(path)
    assert (value, [str(fault) for fault in faults]) == (None, ["file.yaml: The file is larger than 20 MB."])


def test_what_is_no_file(tmp_path: Path):
    assert [str(fault) for fault in read_file(tmp_path / "none.yaml")[1]] == ["none.yaml: The file is missing."]
    (tmp_path / "dir.yaml").mkdir()
    assert [str(fault) for fault in read_file(tmp_path / "dir.yaml")[1]] == [
        "dir.yaml: The file cannot be opened: Is a directory."
    ]


def test_keys_that_stand_twice_are_remembered(tmp_path: Path):
    value, _ = read(tmp_path, "a: 1\nb: 2\na: 3\n")
    assert (dict(value), value.repeated, value.lines) == ({"a": 3, "b": 2}, ["a"], {"a": 3, "b": 2})


def test_keys_that_are_no_text_do_no_harm(tmp_path: Path):
    value, faults = read(tmp_path, "1: a\ntrue: b\n? [x]\n: c\n? 2019-01-01\n: d\n")
    assert faults == []
    assert list(value) == ["1", "True", "?", "datetime.date(2019, 1, 1)"]


@given(st.binary(max_size=200))
def test_any_bytes_give_a_value_or_a_fault(tmp_path_factory, data: bytes):
    path = tmp_path_factory.mktemp("any") / "file.yaml"
    path.write_bytes(data)
    value, faults = read_file(path)
    assert value is None or faults == []
