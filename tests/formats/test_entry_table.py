"""The table of entries, read back by foreign readers: the same values, and no text that runs."""

import csv
import io
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.core.xml_text import xml_safe
from planner.formats.entry_table import COLUMNS, Row, csv_text, row_of, workbook
from planner.formats.ical import entry_text
from tests.factories.entry import make_entry
from tests.formats.test_ical_any_values import entries, one_line, texts

MADE = datetime(2026, 5, 4, 8, 30, tzinfo=UTC)
HEADS = [column.head for column in COLUMNS]
FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", '=HYPERLINK("https://evil.example")', "{=1}", "https://a.example"]


def entry(**changes):
    facts = {
        "component": "VEVENT",
        "uid": "session-12@planner.example",
        "summary": "What was learned",
        "starts": datetime(2027, 2, 16, 9, tzinfo=UTC),
        "ends": datetime(2027, 2, 16, 12, tzinfo=UTC),
        "zone": "Europe/Zurich",
        "status": "CONFIRMED",
        "location": "Room 3, Geneva",
        "url": "https://plan.example/sessions/12",
        "created": MADE,
        "last_modified": MADE,
    }
    return make_entry(**(facts | changes))


def in_csv(rows):
    head, *found = csv.reader(io.StringIO(csv_text(rows)))
    assert head == HEADS
    return [dict(zip(head, line, strict=True)) for line in found]


def in_sheet(rows):
    book = openpyxl.load_workbook(io.BytesIO(workbook(rows)))
    (sheet,) = book.worksheets
    assert sheet.freeze_panes == "A2"
    head, *found = sheet.iter_rows()
    assert [cell.value for cell in head] == HEADS
    assert {cell.data_type for line in found for cell in line} <= {"s", "d", "n"}
    assert {cell.value for line in found for cell in line if cell.data_type == "n"} <= {None}
    return [dict(zip(HEADS, [cell.value for cell in line], strict=True)) for line in found]


BESIDE = {"meeting": "First series", "body": "Working Group", "mode": "Hybrid"}


def test_a_session_with_hours():
    row = row_of(entry_text(*entry()), link="https://other.example", **BESIDE)
    assert in_csv([row]) == [
        {
            "Day": "2027-02-16",
            "Last day": "2027-02-16",
            "Start": "2027-02-16T10:00:00+01:00",
            "End": "2027-02-16T13:00:00+01:00",
            "Zone": "Europe/Zurich",
            "Start UTC": "2027-02-16T09:00:00Z",
            "End UTC": "2027-02-16T12:00:00Z",
            "Title": "What was learned",
            "Meeting": "First series",
            "Body": "Working Group",
            "Place": "Room 3, Geneva",
            "Mode": "Hybrid",
            "State": "confirmed",
            "Link": "https://plan.example/sessions/12",
            "UID": "session-12@planner.example",
        }
    ]
    assert (
        in_sheet([row])
        == [
            {
                "Day": datetime(2027, 2, 16),  # noqa: DTZ001 - a sheet has no zones
                "Last day": datetime(2027, 2, 16),  # noqa: DTZ001
                "Start": datetime(2027, 2, 16, 10),  # noqa: DTZ001
                "End": datetime(2027, 2, 16, 13),  # noqa: DTZ001
                "Zone": "Europe/Zurich",
                "Start UTC": datetime(2027, 2, 16, 9),  # noqa: DTZ001
                "End UTC": datetime(2027, 2, 16, 12),  # noqa: DTZ001
                **{name: in_csv([row])[0][name] for name in HEADS[7:]},
            }
        ]
    )


def test_days_and_instants_that_take_no_time():
    days = row_of(entry_text(*entry(starts=date(2027, 2, 16), ends=date(2027, 2, 18), status="CANCELLED", url=None)))
    close = row_of(entry_text(*entry(ends=None)))
    assert days == Row(
        first=date(2027, 2, 16), last=date(2027, 2, 18), title="Cancelled: What was learned", place="Room 3, Geneva",
        state="cancelled", uid="session-12@planner.example",
    )  # fmt: skip
    assert (close.start, close.end, close.first, close.last) == (
        datetime(2027, 2, 16, 9, tzinfo=UTC), None, date(2027, 2, 16), date(2027, 2, 16)
    )  # fmt: skip
    assert [(line["Start"], line["End UTC"]) for line in in_csv([days, close])] == [
        ("", ""), ("2027-02-16T10:00:00+01:00", "")
    ]  # fmt: skip
    assert [(line["Start"], line["End UTC"]) for line in in_sheet([days, close])] == [
        (None, None), (datetime(2027, 2, 16, 10), None)  # noqa: DTZ001
    ]  # fmt: skip


def test_what_ends_at_midnight_takes_one_day():
    row = row_of(
        entry_text(*entry(starts=datetime(2027, 2, 16, 20, tzinfo=UTC), ends=datetime(2027, 2, 16, 23, tzinfo=UTC)))
    )
    assert (row.first, row.last) == (date(2027, 2, 16), date(2027, 2, 16))


def test_a_task_is_no_row():
    with pytest.raises(ValueError, match="without a start"):
        row_of(entry_text(*entry(component="VTODO", starts=None, ends=None, due=date(2027, 2, 16), status=None)))


@settings(deadline=None, max_examples=100)
@given(entries(), texts | st.sampled_from(FORMULAS))
def test_any_entry_is_read_back_as_it_was(made, beside):
    one, words = made
    row = row_of(entry_text(*made), meeting=beside, link="https://plan.example/1")
    (line,) = in_csv([row])
    (cells,) = in_sheet([row])
    prefix = "Cancelled: " if one.status == "CANCELLED" else ""
    title = xml_safe(one_line(prefix + words.summary))
    assert line["Title"].removeprefix("'") == title.removeprefix("'")
    assert (cells["Title"] or "") == title
    assert (line["UID"], line["State"]) == (one.uid, (one.status or "").lower())
    if isinstance(one.starts, datetime):
        for name, instant in (("Start", one.starts), ("End", one.ends)):
            assert datetime.fromisoformat(line[name]) == datetime.fromisoformat(line[f"{name} UTC"]) == instant
            assert close_to(cells[f"{name} UTC"].replace(tzinfo=UTC), instant)
            assert close_to(cells[name], instant.astimezone(ZoneInfo(line["Zone"])).replace(tzinfo=None))
    else:
        assert (line["Day"], line["Last day"]) == (one.starts.isoformat(), one.ends.isoformat())
        assert (cells["Day"].date(), cells["Last day"].date()) == (one.starts, one.ends)
        assert {line["Start"], line["End UTC"], line["Zone"]} == {""}


def close_to(one, other):
    """A sheet counts days in floating point: to the second is what it can say."""
    return abs(one - other) < timedelta(seconds=1)


@pytest.mark.parametrize("text", FORMULAS)
def test_no_text_runs(text):
    row = Row(first=date(2027, 1, 1), last=date(2027, 1, 1), title=text, meeting=text, place=text, link=text)
    (line,) = in_csv([row])
    runs = text.startswith(("=", "+", "-", "@", "\t", "\r"))
    assert line["Title"] == (f"'{text}" if runs else text)
    book = openpyxl.load_workbook(io.BytesIO(workbook([row])))
    cell = book.active["H2"]
    assert (cell.value, cell.data_type, cell.hyperlink) == (text, "s", None)


def test_equal_rows_give_equal_bytes_and_none_give_a_head():
    row = row_of(entry_text(*entry()))
    assert workbook([row, row]) == workbook([row, row])
    assert (in_csv([]), in_sheet([])) == ([], [])
