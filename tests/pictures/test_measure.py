"""Text is measured with the font's widths and wrapped without losing or cutting anything."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.pictures.arabic import shaped
from planner.pictures.measure import clean, is_rtl, text_width, wrap
from tests.pictures.plans import titles


def test_figures_are_tabular_and_bold_is_wider():
    assert {text_width(figure, 10) for figure in "0123456789"} == {6.0}
    assert text_width("Plan", 13, 600) > text_width("Plan", 13) > text_width("Plan", 13, 400, 87.5)


@pytest.mark.parametrize(
    ("text", "width"),
    [
        ("", 0),
        ("中文", 20),
        ("\N{COMBINING ACUTE ACCENT}", 0),
        ("\N{ZERO WIDTH JOINER}", 0),
        ("\N{ROCKET}", 13.5),
        ("\N{DEVANAGARI LETTER KA}", 8),
    ],
)
def test_signs_that_the_fonts_lack_are_taken_as_wide(text, width):
    assert text_width(text, 10) == width


def test_arabic_letters_are_measured_joined():
    assert shaped("بَبب و") == "ﺑﺒﺐ و"
    assert text_width("ببب", 12) < 3 * text_width("ب", 12)
    assert shaped("plan") == "plan"


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("", []),
        (" \n\t ", []),
        ("Managing import documents: a national case", ["Managing", "import", "documents:", "a national", "case"]),
        ("Post-delivery cooperation", ["Post-", "delivery", "cooperation"]),
        ("end-user", ["end-user"]),
        ("Documentation", ["Documenta-", "tion"]),
        ("assessments)", ["assess-", "ments)"]),
        ("internationally", ["internatio-", "nally"]),
        ("переадресации", ["переадре-", "сации"]),
        ("轉用風險評估的文件", ["轉用風險評", "估的文件"]),
        ("（轉用）風險、評估、和", ["（轉用）風", "險、評估、", "和"]),
        ("11\N{NO-BREAK SPACE}(6)", ["11\N{NO-BREAK SPACE}(6)"]),
        ("line\none", ["line one"]),
        ("soft\N{SOFT HYPHEN}ened", ["softened"]),
    ],
)
def test_wrap(text, lines):
    assert wrap(text, 66, 12, 400, 87.5) == lines


@given(titles(), st.integers(40, 400))
def test_lines_fit_and_hold_the_whole_text(text, width):
    lines = wrap(text, width, 12, 400, 87.5)
    for line in lines:
        assert text_width(line, 12, 400, 87.5) <= width
        assert line == line.strip(" ")
    bare = clean(text).replace(" ", "")
    assert _without_hyphens("".join(lines)) == _without_hyphens(bare)


def _without_hyphens(text):
    return "".join(char for char in text if char != "-" and unicodedata.category(char) != "Zs")


@given(titles())
def test_words_are_cut_only_where_they_do_not_fit_alone(text):
    if all(text_width(word, 12) <= 90 for word in clean(text).split(" ")) and "-" not in text:
        for line in wrap(text, 90, 12):
            assert not line.endswith("-")


@given(st.text(st.characters(exclude_categories=())))
def test_clean_leaves_one_line_that_can_be_printed(text):
    cleaned = clean(text)
    assert not any(unicodedata.category(char) in {"Cc", "Cs", "Zl", "Zp"} for char in cleaned)
    assert clean(cleaned) == cleaned
    cleaned.encode()


def test_direction_is_that_of_the_first_letter():
    assert [is_rtl(text) for text in ("plan", "خطة", "11 خطة", "2018–19", "")] == [False, True, True, False, False]
