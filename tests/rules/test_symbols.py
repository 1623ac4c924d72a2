"""What document symbols promise: every symbol met reads, and is written back to the letter."""

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.rules.symbol_words import author_word, kind_word, reads_as, series_word
from planner.rules.symbols import Symbol, build_symbol, parse_symbol

# All symbols of the record, and the examples of the domain note.
MET = [
    "ATT/CSP1/2015/1/Rev.1",
    "ATT/CSP1/2015/6",
    "ATT/CSP1/2015/INF.3",
    "ATT/CSP1/2015/PM.2/WP.2",
    "ATT/CSP1/2015/WP.2/Rev.2",
    "ATT/CSP1/2015/WP.6/Rev.1/Corr",
    "ATT/CSP1/CONF.3",
    "ATT/CSP10.WGTR/2024/CHAIR/778/AnnAgenda",
    "ATT/CSP10.WGTR/2024/CHAIR/779/IntroPaper",
    "ATT/CSP10.WGTU/2024/CHAIR/776/DrAgenda",
    "ATT/CSP10.WGTU/2024/CHAIR/777/DrWP",
    "ATT/CSP10/2024/PRES/782/WG.WP.IAC",
    "ATT/CSP2/2016/5",
    "ATT/CSP2/2016/WP.4/Rev.1",
    "ATT/CSP3.WGTU/2017/CHAIR/160/Conf.Rep",
    "ATT/CSP4.WGETI/2018/CHAIR/355/Conf.Rep",
    "ATT/CSP4.WGETI/2018/GROUP/257/M1.GROUP.Div",
    "ATT/CSP4.WGTR/2018/CHAIR/358/Conf.Rep",
    "ATT/CSP4.WGTU/2018/CHAIR/356/Conf.Rep",
    "ATT/CSP4/2018/SEC/369/Conf.FinRep.Rev1",
    "ATT/CSP5.WGETI/2019/CHAIR/529/Conf.Rep",
    "ATT/CSP5.WGTU/2019/CHAIR/443/M2.DiscPaper",
    "ATT/CSP5/2019/SEC/536/Conf.FinRep.Rev1",
    "ATT/CSP6.DIEF/2020/CHAIR/632/Conf.DIEF.ToR",
    "ATT/CSP6.WGETI/2020/CHAIR/584/M1.LetterWorkPlans.Rev1",
    "ATT/CSP6.WGETI/2020/CHAIR/607/Conf.Rep",
    "ATT/CSP6/2020/SEC/635/Conf.FinRep.Rev1",
    "ATT/CSP7.WGETI/2021/CHAIR/675/Conf.Rep",
    "ATT/CSP7/2021/SEC/681/Conf.FinRep.Rev1",
    "ATT/CSP8/2022/SEC/739/Conf.FinRep.Rev2",
    "ATT/CSP9.MC/2023/MC/747/PM1.BackgrPaper",
    "ATT/CSP9/2023/SEC/773/Conf.FinRep.Rev2",
]


@pytest.mark.parametrize("text", MET)
def test_every_symbol_met_comes_back_as_it_was(text):
    assert str(parse_symbol(text)) == text


@pytest.mark.parametrize(
    ("text", "symbol"),
    [
        (
            "ATT/CSP6.WGETI/2020/CHAIR/584/M1.LetterWorkPlans.Rev1",
            Symbol("modern", "CSP6", 2020, "WGETI", "CHAIR", 584, "M1", ("LetterWorkPlans",), revision=1),
        ),
        (
            "ATT/CSP10/2024/PRES/782/WG.WP.IAC",
            Symbol("modern", "CSP10", 2024, None, "PRES", 782, "WG", ("WP", "IAC")),
        ),
        (
            "ATT/CSP10.WGTU/2024/CHAIR/776/DrAgenda",
            Symbol("modern", "CSP10", 2024, "WGTU", "CHAIR", 776, None, ("DrAgenda",)),
        ),
        (
            "ATT/CSP1/2015/WP.6/Rev.1/Corr",
            Symbol("legacy", "CSP1", 2015, series="WP", number=6, revision=1, corrigendum=0),
        ),
        ("ATT/CSP1/2015/PM.2/WP.2", Symbol("legacy", "CSP1", 2015, preparatory=2, series="WP", number=2)),
        ("ATT/CSP1/CONF.3", Symbol("legacy", "CSP1", None, series="CONF", number=3)),
        ("ATT/CSP2/2016/5", Symbol("legacy", "CSP2", 2016, number=5)),
        (
            "ATT/CSP9/2023/SEC/1047/Conf.FinRep.Rev2.Corr1",
            Symbol("modern", "CSP9", 2023, None, "SEC", 1047, "Conf", ("FinRep",), revision=2, corrigendum=1),
        ),
    ],
)
def test_knows_the_parts(text, symbol):
    assert parse_symbol(text) == symbol
    assert str(symbol) == text


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "“” is not a document symbol. It begins with “ATT/CSP” and a number."),
        ("A/CONF.192/15", "“A/CONF.192/15” is not a document symbol. It begins with “ATT/CSP” and a number."),
        ("ATT/CSP0/2015/1", "“ATT/CSP0/2015/1” is not a document symbol. It begins with “ATT/CSP” and a number."),
        (
            "ATT/CSP7/2021/PRES",
            "“ATT/CSP7/2021/PRES” needs year, author, serial and suffix, as in “2019/SEC/536/Conf.FinRep.Rev1”.",
        ),
        ("ATT/CSP7/2021/PRES/<serial>/Conf.Rep", "“<serial>” is not a serial number. It has three digits or more."),
        ("ATT/CSP7/2021/SEC/12/Conf.Rep", "“12” is not a serial number. It has three digits or more."),
        ("ATT/CSP7/2021/SEC/000/Conf.Rep", "“000” is not a serial number. It has three digits or more."),
        ("ATT/CSP7/21/SEC/681/Conf.Rep", "“21” is not a year. It has four digits, as in 2019."),
        ("ATT/CSP7/2021/SEC/681/Conf", "“Conf” names no type of document, such as “Rep” or “DrAgenda”."),
        ("ATT/CSP7/2021/SEC/681/Conf.Rev1", "“Conf.Rev1” names no type of document, such as “Rep” or “DrAgenda”."),
        ("ATT/CSP7/2021/SEC/681/", "“” cannot be a part of “”. Parts are letters and digits."),
        ("ATT/CSP7/2021/SEC/681/Conf..Rep", "“” cannot be a part of “Conf..Rep”. Parts are letters and digits."),
        (
            "ATT/CSP7.WGETI/2021/WP.1",
            "“ATT/CSP7.WGETI/2021/WP.1” names a group, so it needs year, author, serial and suffix.",
        ),
        (
            "ATT/CSP1/2015/WP.6/Corr/Rev.1",
            (
                "“ATT/CSP1/2015/WP.6/Corr/Rev.1” is not a document symbol. The year is followed by “PM.2”, "
                "“WP.6”, “INF.3”, “CONF.3” or a number, then “Rev.1”, then “Corr”."
            ),
        ),
        ("ATT/CSP1/" + "x" * 120, "A document symbol has at most 120 characters."),
    ],
)
def test_says_what_is_wrong(text, sentence):
    with pytest.raises(ValueError, match=re.escape(sentence)) as caught:
        parse_symbol(text)

    assert str(caught.value) == sentence


@pytest.mark.parametrize(
    "text",
    [
        "ATT/CSP5/2019/SEC/536/Conf.FinRep.Rev1\n",
        " ATT/CSP5/2019/SEC/536/Conf.FinRep.Rev1",
        "att/csp5/2019/sec/536/conf.finrep",
        "ATT/CSP5/2019/SEC/0536/Conf.FinRep",
        "ATT/CSP5/٢٠١٩/SEC/536/Conf.FinRep",
        "ATT/CSP1/2015/WP.06",
        "ATT/CSP1/2015",
        "ATT/CSP1/1815/WP.6",
        "ATT/CSP1",
        "ATT",
        "ATT/CSP1/2015/PM.2",
        "ATT/CSP1/2015/WP.6/Rev.1/Corr/2",
        "ATT/CSP5/2019/SEC/536/Conf.FinRep/Rev.1",
    ],
)
def test_reads_no_other_shape(text):
    with pytest.raises(ValueError, match=r"[.]$"):
        parse_symbol(text)


def test_revisions_are_counted_and_drop_the_corrigendum():
    report = parse_symbol("ATT/CSP9/2023/SEC/773/Conf.FinRep")
    paper = parse_symbol("ATT/CSP1/2015/WP.6/Rev.1/Corr")

    assert str(report.next_revision()) == "ATT/CSP9/2023/SEC/773/Conf.FinRep.Rev1"
    assert str(report.next_revision().next_revision()) == "ATT/CSP9/2023/SEC/773/Conf.FinRep.Rev2"
    assert str(paper.next_revision()) == "ATT/CSP1/2015/WP.6/Rev.2"
    assert str(paper.original) == "ATT/CSP1/2015/WP.6"


def test_sorting_is_by_time():
    in_order = [
        "ATT/CSP1/2015/PM.2/WP.2",
        "ATT/CSP1/2015/6",
        "ATT/CSP1/2015/WP.2/Rev.2",
        "ATT/CSP1/2015/WP.6",
        "ATT/CSP1/2015/WP.6/Rev.1",
        "ATT/CSP1/2015/WP.6/Rev.1/Corr",
        "ATT/CSP1/2015/INF.3",
        "ATT/CSP1/CONF.3",
        "ATT/CSP2/2016/5",
        "ATT/CSP3.WGTU/2017/CHAIR/160/Conf.Rep",
        "ATT/CSP5.WGTU/2019/CHAIR/443/M2.DiscPaper",
        "ATT/CSP5/2019/SEC/536/Conf.FinRep.Rev1",
        "ATT/CSP5/2019/SEC/536/Conf.FinRep.Rev2",
        "ATT/CSP6.WGETI/2020/CHAIR/584/M1.LetterWorkPlans.Rev1",
        "ATT/CSP12/2026/SEC/1002/DrAgenda",
    ]

    shuffled = in_order[::2] + in_order[1::2]

    assert sorted(shuffled, key=lambda text: parse_symbol(text).sort_key) == in_order


def test_builds_the_symbol_of_a_new_paper():
    symbol = build_symbol(
        conference=13, group="WGETI", year=2027, author="CHAIR", serial=901, marker="M1", parts=("DrAgenda",)
    )

    assert str(symbol) == "ATT/CSP13.WGETI/2027/CHAIR/901/M1.DrAgenda"


@pytest.mark.parametrize(
    "wrong",
    [
        {"serial": 0},
        {"serial": 7_000_000},
        {"author": "chair"},
        {"parts": ()},
        {"parts": ("Rep/1",)},
        {"parts": ("Rep", "Rev1")},
        {"parts": ("M1", "Rep")},
        {"parts": ("A.B",)},
        {"marker": "M1.Rep"},
        {"year": 19},
        {"group": "WG/ETI"},
        {"conference": -1},
    ],
)
def test_builds_nothing_that_reads_in_another_way(wrong):
    right = {"conference": 13, "year": 2027, "author": "CHAIR", "serial": 901, "parts": ("Rep",)}

    with pytest.raises(ValueError, match=r"[.]$"):
        build_symbol(**right | wrong)


@pytest.mark.parametrize(
    ("text", "kind", "author", "series", "words"),
    [
        (
            "ATT/CSP6.WGETI/2020/CHAIR/584/M1.LetterWorkPlans.Rev1",
            "letter with work plans",
            "the Chair",
            "first working group series",
            "letter with work plans, issued by the Chair, first working group series, revision 1",
        ),
        (
            "ATT/CSP4.WGETI/2018/GROUP/257/M1.GROUP.Div",
            "document GROUP.Div",
            "a group of States",
            "first working group series",
            "document GROUP.Div, issued by a group of States, first working group series",
        ),
        (
            "ATT/CSP6.DIEF/2020/CHAIR/632/Conf.DIEF.ToR",
            "terms of reference (DIEF)",
            "the Chair",
            "Conference",
            "terms of reference (DIEF), issued by the Chair, Conference",
        ),
        (
            "ATT/CSP1/2015/WP.6/Rev.1/Corr",
            "working paper",
            "None",
            "None",
            "working paper, revision 1, corrigendum",
        ),
        (
            "ATT/CSP1/2015/PM.2/WP.2",
            "working paper",
            "None",
            "preparatory meeting 2",
            "working paper, preparatory meeting 2",
        ),
        ("ATT/CSP2/2016/5", "document", "None", "None", "document"),
        ("ATT/CSP9/2023/XYZ/800/M3.Rep", "report", "XYZ", "series M3", "report, issued by XYZ, series M3"),
    ],
)
def test_reads_in_words(text, kind, author, series, words):
    symbol = parse_symbol(text)

    assert [str(say(symbol)) for say in (kind_word, author_word, series_word, reads_as)] == [
        kind,
        author,
        series,
        words,
    ]


CODES = st.from_regex(r"[A-Z][A-Z0-9]{0,4}", fullmatch=True)
PARTS = st.lists(st.from_regex(r"[A-Za-z][A-Za-z0-9-]{0,8}", fullmatch=True), min_size=1, max_size=3).map(tuple)
MODERN = st.builds(
    Symbol,
    st.just("modern"),
    st.integers(1, 99).map("CSP{}".format),
    st.integers(2017, 2199),
    st.none() | CODES,
    CODES,
    st.integers(1, 999_999),
    st.sampled_from([None, "M1", "M2", "PM1", "WG", "Conf"]),
    PARTS.map(lambda parts: ("Rep", *parts, "x")),
    revision=st.none() | st.integers(1, 99),
    corrigendum=st.none() | st.integers(0, 9),
)
LEGACY = st.builds(
    Symbol,
    st.just("legacy"),
    st.integers(1, 99).map("CSP{}".format),
    st.none() | st.integers(2013, 2199),
    preparatory=st.none() | st.integers(1, 9),
    series=st.sampled_from([None, "WP", "INF", "CONF"]),
    number=st.integers(1, 999),
    revision=st.none() | st.integers(1, 99),
    corrigendum=st.none() | st.integers(0, 9),
)


@given(MODERN | LEGACY)
def test_what_is_written_reads_back(symbol):
    assert parse_symbol(str(symbol)) == symbol


@given(MODERN | LEGACY, MODERN | LEGACY)
def test_the_order_is_total_and_a_revision_follows(one, other):
    assert (one.sort_key == other.sort_key) == (one == other)
    assert one.original.sort_key <= one.sort_key < one.next_revision().sort_key
    assert replace(one.next_revision(), corrigendum=0).sort_key > one.next_revision().sort_key


@given(st.text() | st.from_regex(r"ATT/CSP[0-9]/[0-9A-Za-z./-]{0,30}", fullmatch=True))
def test_any_text_is_refused_or_comes_back(text):
    try:
        symbol = parse_symbol(text)
    except ValueError:
        return
    assert str(symbol) == text
