"""What a State's standing promises: a status only where it is certain."""

from datetime import date, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from planner.rules.partial_dates import PartialDate, parse_partial_date
from planner.rules.standing import Bounds, StatusPeriod, bounds, contradictions, first_certain_day, status_on


def period(status, from_=None, until=None, known_on=None, deposited=None):
    return StatusPeriod(status, *(text and parse_partial_date(text) for text in (from_, until, known_on, deposited)))


PARTY_2014 = period("state_party", "2014")
SIGNED_THEN_JOINED = (period("signatory", "2013-06-03", "2025-03"), period("state_party", "2025-03"))


@pytest.mark.parametrize(
    ("day", "status"),
    [
        (date(2013, 12, 31), None),
        (date(2014, 1, 1), None),
        (date(2014, 12, 30), None),
        (date(2014, 12, 31), "state_party"),
        (date(2030, 1, 1), "state_party"),
    ],
)
def test_a_year_is_certain_from_its_last_day_on(day, status):
    assert status_on([PARTY_2014], day) == status


@pytest.mark.parametrize(
    ("deposited", "first", "last"),
    [
        ("2013", date(2014, 12, 24), date(2014, 12, 24)),
        ("2014", date(2014, 12, 24), date(2015, 3, 31)),
        ("2020", date(2020, 3, 31), date(2021, 3, 31)),
        ("2020-07", date(2020, 9, 29), date(2020, 10, 29)),
        ("2020-07-06", date(2020, 10, 4), date(2020, 10, 4)),
    ],
)
def test_a_status_begins_ninety_days_after_the_deposit(deposited, first, last):
    party = period("state_party", deposited=deposited)
    assert party.begins == (first, last)
    assert bounds(party) == Bounds(first, None, last, None)
    assert [status_on([party], day) for day in (last - timedelta(days=1), last)] == [None, "state_party"]


def test_a_day_that_is_known_stands_above_the_deposit():
    party = period("state_party", "2020-12-01", deposited="2020-07-06")
    assert (party.begins, contradictions([party])) == ((date(2020, 12, 1), date(2020, 12, 1)), ())
    assert len(contradictions([period("state_party", "2019", deposited="2020")])) == 1
    assert len(contradictions([period("state_party", until="2020-12", deposited="2020-10-03")])) == 1


def test_who_has_deposited_may_be_a_signatory_still():
    periods = (period("signatory", "2013"), period("state_party", deposited="2020-07"))
    assert [status_on(periods, day) for day in (date(2020, 9, 28), date(2020, 9, 29))] == ["signatory", None]


@pytest.mark.parametrize(
    ("day", "status"),
    [
        (date(2013, 6, 2), None),
        (date(2013, 6, 3), "signatory"),
        (date(2025, 2, 28), "signatory"),
        (date(2025, 3, 1), None),
        (date(2025, 3, 30), None),
        (date(2025, 3, 31), "state_party"),
    ],
)
def test_a_signatory_that_joins_is_undecided_in_the_month_of_joining(day, status):
    assert status_on(SIGNED_THEN_JOINED, day) == status


@pytest.mark.parametrize(
    ("day", "status"), [(date(2020, 1, 1), None), (date(2025, 8, 30), None), (date(2025, 8, 31), "state_party")]
)
def test_an_unknown_start_is_certain_from_what_is_known(day, status):
    assert status_on([period("state_party", known_on="2025-08")], day) == status


def test_an_unknown_start_and_nothing_known_gives_nothing():
    assert status_on([period("state_party")], date(2199, 1, 1)) is None


def test_what_is_known_within_the_year_of_the_start_helps():
    assert first_certain_day([period("state_party", "2025", known_on="2025-08")], "state_party") == date(2025, 8, 31)


def test_the_end_is_exclusive():
    known = [period("signatory", "2013-06-03", "2014-12-24")]

    assert [status_on(known, date(2014, 12, day)) for day in (23, 24)] == ["signatory", None]


def test_two_statuses_at_once_are_none():
    both = [period("signatory", "2013"), period("state_party", "2020-05-01")]

    assert status_on(both, date(2021, 1, 1)) is None
    assert status_on(both, date(2019, 1, 1)) == "signatory"


def test_another_status_that_may_have_begun_is_a_doubt():
    both = [period("signatory", "2013"), period("state_party", "2020")]

    assert status_on(both, date(2020, 2, 1)) is None


def test_no_periods_give_no_status():
    assert status_on([], date(2020, 1, 1)) is None
    assert first_certain_day([], "state_party") is None


def test_first_certain_days_of_a_signatory_that_joins():
    assert first_certain_day(SIGNED_THEN_JOINED, "signatory") == date(2013, 6, 3)
    assert first_certain_day(SIGNED_THEN_JOINED, "state_party") == date(2025, 3, 31)
    assert first_certain_day(SIGNED_THEN_JOINED, "observer") is None


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        (period("signatory", "2015", "2014"), "A period from 2015 cannot end on 2014."),
        (period("signatory", "2015-01-01", "2015-01-01"), "A period from 2015-01-01 cannot end on 2015-01-01."),
        (period("signatory", "2015", known_on="2014-05"), "What begins in 2015 cannot be known for 2014-05."),
        (period("signatory", None, "2015", "2016"), "What ends in 2015 cannot be known for 2016."),
    ],
)
def test_a_period_that_cannot_be_true_is_named_and_gives_nothing(wrong, sentence):
    assert [str(message) for message in contradictions([PARTY_2014, wrong])] == [sentence]
    assert status_on([PARTY_2014, wrong], date(2020, 1, 1)) is None


def test_periods_that_can_be_true_contradict_nothing():
    assert contradictions((PARTY_2014, *SIGNED_THEN_JOINED)) == ()


DAYS = st.dates(date(2010, 1, 1), date(2020, 12, 31))


def blurs(day):
    """Return what a source may say of a day."""
    return (PartialDate(day.year), PartialDate(day.year, day.month), PartialDate(day.year, day.month, day.day))


@st.composite
def histories(draw):
    """A true history, statuses one after the other, and what the record knows of it."""
    ends = sorted(draw(st.lists(DAYS, min_size=2, max_size=5, unique=True)))
    statuses = draw(st.permutations(["signatory", "state_party", "observer", "withdrawn"]))
    true, known = [], []
    for i, (start, end) in enumerate(zip(ends, [*ends[1:], None], strict=True)):
        if i >= len(statuses):
            break
        held = draw(st.dates(start, (end or date(2021, 1, 1)) - timedelta(days=1)))
        true.append((statuses[i], start, end))
        known.append(
            StatusPeriod(
                statuses[i],
                draw(st.none() | st.sampled_from(blurs(start))),
                draw(st.sampled_from(blurs(end))) if end else None,
                draw(st.none() | st.sampled_from(blurs(held))),
            )
        )
    return true, known


def truth(history, day):
    return next((status for status, start, end in history if start <= day and (end is None or day < end)), None)


@given(histories(), DAYS)
def test_a_status_is_never_given_that_was_not_held(history, day):
    true, known = history

    assert status_on(known, day) in {None, truth(true, day)}
    assert contradictions(known) == ()


@given(histories(), DAYS)
def test_knowing_less_never_gives_more(history, day):
    _, known = history
    status = status_on(known, day)
    for i, one in enumerate(known):
        for blurred_start in (None, one.from_ and PartialDate(one.from_.year)):
            less = [*known[:i], StatusPeriod(one.status, blurred_start, one.until, one.known_on), *known[i + 1 :]]

            assert status_on(less, day) in {None, status}


@given(histories(), DAYS, st.sampled_from(["signatory", "state_party"]))
def test_no_day_before_the_first_certain_day_is_certain(history, day, status):
    _, known = history
    first = first_certain_day(known, status)

    assert first is None or status_on(known, first) == status
    if status_on(known, day) == status:
        assert first is not None
        assert first <= day


@given(st.sampled_from([*blurs(date(2014, 6, 5)), None]), st.sampled_from([*blurs(date(2015, 6, 5)), None]), DAYS, DAYS)
def test_what_has_no_end_stays_certain(from_, known_on, one, other):
    assume(one <= other)
    lasting = [StatusPeriod("state_party", from_, None, known_on)]
    if status_on(lasting, one):
        assert status_on(lasting, other) == "state_party"


@given(histories(), DAYS, st.randoms())
def test_the_order_of_the_periods_does_not_matter(history, day, random):
    _, known = history
    shuffled = list(known)
    random.shuffle(shuffled)

    assert status_on(shuffled, day) == status_on(known, day)
