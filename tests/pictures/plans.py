"""Plans to draw: a small one with known values, and any plan at all."""

from datetime import date

from hypothesis import strategies as st

from planner.pictures.plan_data import Cycle, Forum, Mark, Plan, PlanBar, PlanMark, Row, Topic, TopicState, Words

SOME_WORDS = ("risk", "Überprüfungsverfahren", "документация", "خطر", "التحويل", "轉用", "a\u0301", "👩\u200d🚀")
WORDS = Words("Work plan", "Plans", "and what was done", "Today, 1 March 2027", "The record", "Illustration")
ROWS = (
    Row("Before the transfer", "Stage 1", "1", "Origin and embarkation"),
    Row("The whole chain", "Whole chain", note="Response"),
)


def small_plan(**changes):
    cycles = (
        Cycle("CSP5", "2018–19", "Import papers", starts_on=date(2018, 9, 1), ends_on=date(2019, 9, 1)),
        Cycle("CSP6", "2019–20", "Assessing risk", starts_on=date(2019, 9, 1), ends_on=date(2020, 9, 1)),
        Cycle("CSP7", "2020–21", None, is_future=True, is_illustration=True),
    )
    topics = (
        Topic("t1", "Assessing the risk", 0, 0, 0, TopicState.DELAYED, "/topics/1", carried_to=("t2",)),
        Topic("t2", "Delayed items", 0, 1, 1, TopicState.DISCUSSED, is_recalled=True),
        Topic("t3", "Catalogue", 1, 1, 2, TopicState.DRAFT, "/topics/3", moved_from="CSP5"),
    )
    plans = (PlanBar("First plan", 0, 1, TopicState.DISCUSSED, "/plan", (PlanMark(Mark.ENDORSES, "endorsed", 1.0),)),)
    forum = Forum("Forum", "closed", 0.5, "established", (1.0, 1.5), "two meetings", 2.0, "confirmed")
    values = {"cycles": cycles, "rows": ROWS, "words": WORDS, "topics": topics, "plans": plans, "forum": forum}
    return Plan(**{**values, "today": 2.5, **changes})


def titles(most=60):
    """Texts of any signs, some of them a single long word."""
    any_text = st.text(st.characters(exclude_categories=("Cs",)), max_size=most)
    words = st.lists(st.sampled_from(SOME_WORDS), max_size=9)
    return any_text | words.map(" ".join) | st.integers(1, 200).map("x".__mul__)


@st.composite
def spans(draw, count):
    first = draw(st.integers(0, count - 1))
    return first, draw(st.integers(first, count - 1))


@st.composite
def any_plan(draw, most_topics=25):
    count = draw(st.integers(1, 20))
    rows = tuple(Row(draw(titles()), draw(titles(10)), draw(st.sampled_from(["", "1"])), draw(titles())) for _ in "123")
    cycles = tuple(
        Cycle(f"CSP{number}", f"{number}", draw(st.none() | titles()), draw(st.booleans()), draw(st.booleans()))
        for number in range(count)
    )
    keys = [str(number) for number in range(draw(st.integers(0, most_topics)))]
    topics = tuple(
        Topic(
            key,
            draw(titles()),
            draw(st.integers(0, 2)),
            *draw(spans(count)),
            draw(st.sampled_from(TopicState)),
            draw(st.none() | st.just("/topic")),
            is_recalled=draw(st.booleans()),
            moved_from=draw(st.none() | st.just("CSP1")),
            carried_to=tuple(draw(st.lists(st.sampled_from([*keys, "elsewhere"]), max_size=2, unique=True))),
        )
        for key in keys
    )
    moment = st.floats(0, count)
    plans = tuple(
        PlanBar(
            draw(titles()),
            *draw(spans(count)),
            draw(st.sampled_from(TopicState)),
            marks=tuple(
                PlanMark(draw(st.sampled_from(Mark)), draw(titles()), draw(moment))
                for _ in range(draw(st.integers(0, 3)))
            ),
        )
        for _ in range(draw(st.integers(0, 4)))
    )
    forum = st.builds(
        Forum,
        titles(),
        titles(),
        st.none() | moment,
        titles(),
        st.lists(moment, max_size=4).map(tuple),
        titles(),
        st.none() | moment,
        titles(),
    )
    return Plan(cycles, rows, WORDS, topics, plans, draw(st.none() | forum), draw(st.none() | moment))
