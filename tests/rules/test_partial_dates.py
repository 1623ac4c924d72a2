"""What partial dates promise."""

import re
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.rules.partial_dates import PartialDate, parse_partial_date

DAYS = st.dates(date(1900, 1, 1), date(2200, 12, 31))
PARTIAL_DATES = st.builds(
    lambda day, length: PartialDate(*(day.year, day.month, day.day)[:length]), DAYS, st.integers(1, 3)
)


@pytest.mark.parametrize(
    ("text", "precision", "earliest", "latest", "day"),
    [
        ("2019-08-30", "day", date(2019, 8, 30), date(2019, 8, 30), date(2019, 8, 30)),
        ("2020-02", "month", date(2020, 2, 1), date(2020, 2, 29), None),
        ("2024", "year", date(2024, 1, 1), date(2024, 12, 31), None),
    ],
)
def test_knows_what_is_known(text, precision, earliest, latest, day):
    value = parse_partial_date(text)

    assert (value.precision, value.earliest, value.latest, value.day) == (precision, earliest, latest, day)
    assert (str(value), value.text) == (text, text)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "“” is not a date. Write a day as 2019-08-30, a month as 2020-04 or a year as 2024."),
        ("spring", "“spring” is not a date. Write a day as 2019-08-30, a month as 2020-04 or a year as 2024."),
        ("2019-02-29", "2019-02 has no day 29. It ends with 28."),
        ("2019-13", "There is no month 13. Months are 01 to 12."),
        ("2019-00", "“2019-00” has a part 00. Leave out what is not known."),
        ("1899", "The year 1899 is not between 1900 and 2200."),
        ("2201-01-01", "The year 2201 is not between 1900 and 2200."),
    ],
)
def test_says_what_is_wrong(text, sentence):
    with pytest.raises(ValueError, match=re.escape(sentence)) as caught:
        parse_partial_date(text)

    assert str(caught.value) == sentence


@pytest.mark.parametrize(
    "text",
    ["2019-8-30", " 2019", "2019\n", "2019-08-30T10:00", "20190830", "٢٠١٩", "2019-08-", "-2019", "30.8.2019"],
)
def test_reads_no_other_shape(text):
    with pytest.raises(ValueError, match="is not a date"):
        parse_partial_date(text)


def test_takes_a_date_as_files_hold_it():
    assert PartialDate.from_value(date(2019, 8, 30)) == parse_partial_date("2019-08-30")


@pytest.mark.parametrize("value", [2024, None, 20.5, True, datetime(2019, 8, 30, tzinfo=UTC), ["2019"]])
def test_takes_nothing_else(value):
    with pytest.raises(ValueError, match="Write a day, a month or a year in quotes"):
        PartialDate.from_value(value)


def test_a_day_needs_its_month():
    with pytest.raises(ValueError, match="needs its month"):
        PartialDate(2019, 0, 3)


@given(PARTIAL_DATES)
def test_comes_back_as_it_was_written(value):
    assert parse_partial_date(value.text) == value


@given(PARTIAL_DATES, PARTIAL_DATES)
def test_sorts_like_its_text(one, other):
    assert (one < other) == (one.text < other.text)


@given(PARTIAL_DATES)
def test_the_day_lies_between_first_and_last(value):
    assert value.earliest <= value.latest
    assert (value.day is None) == (value.precision != "day")
    assert (value.earliest == value.latest) == (value.precision == "day")


@given(st.text())
def test_any_text_is_read_or_refused(text):
    try:
        value = parse_partial_date(text)
    except ValueError:
        return
    assert value.text == text
