"""The stylesheet that pages load: current, complete, and made of names the templates use."""

import importlib.util
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
STATIC = ROOT / "planner" / "static"
SPEC = importlib.util.spec_from_file_location("build_css", ROOT / "scripts" / "build_css.py")
build_css = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(build_css)

SOURCES = sorted(
    path for path in (STATIC / "css").rglob("*.css") if path.name != "planner.css" and "vendor" not in path.parts
)


def test_stylesheet_is_current():
    assert build_css.TARGET.read_text(encoding="utf-8") == build_css.build(), "run python scripts/build_css.py"
    assert build_css.main(["--check"]) == 0


def test_no_stylesheet_is_left_out():
    assert sorted(build_css.list_sources()) == SOURCES


def test_timetable_has_a_class_for_each_step_of_twelve_hours():
    css = build_css.TARGET.read_text(encoding="utf-8")
    for letter, first, last in (("f", 0, 144), ("l", 1, 144), ("r", 1, 144)):
        found = {int(n) for n in re.findall(rf"^\.{letter}(\d+)\{{", css, flags=re.MULTILINE)}
        assert found == set(range(first, last + 1))


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.stem)
def test_sides_are_logical(path):
    """Nothing is left or right, so that a page may run from right to left."""
    sides = "left|right|top|bottom"
    physical = rf"(?<![\w-])((margin|padding|border)-({sides})|{sides}|width|height)\s*:|text-align:\s*(left|right)"
    css = re.sub(r"@media[^{]*\{|/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    assert [match.group(0) for match in re.finditer(physical, css)] == []


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.stem)
def test_every_file_stands_in_a_layer_and_selects_no_ids(path):
    css = re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    assert "@layer" in css
    selectors = re.findall(r"([^{};]+)\{", css)
    assert [selector for selector in selectors if re.search(r"#[a-z]", selector)] == []


def test_every_file_that_a_stylesheet_names_is_there():
    css = build_css.TARGET.read_text(encoding="utf-8")
    urls = {url for url in re.findall(r'url\("([^"?]+)(?:\?v=[0-9a-f]{12})?"\)', css) if not url.startswith("#")}
    assert {(STATIC / "css" / url).resolve().relative_to(STATIC).as_posix() for url in urls} == {
        path.relative_to(STATIC).as_posix() for path in (STATIC / "fonts").glob("*.woff2")
    }


def luminance(colour):
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


TOKENS = {
    name: (light, dark)
    for name, light, dark in re.findall(
        r"--([\w-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)",
        (STATIC / "css" / "tokens.css").read_text(encoding="utf-8"),
    )
}
TEXT = [
    *(
        (text, ground)
        for text in ("ink", "ink-2", "ink-3", "accent", "settled", "late", "fault")
        for ground in ("paper", "sunk")
    ),
    ("on-accent", "accent"),
    ("paper", "ink"),
    *(("ink", f"{tone}-tint") for tone in ("accent", "settled", "late", "fault")),
    *(("accent", f"{tone}-tint") for tone in ("accent", "late", "fault")),
    *((tone, f"{tone}-tint") for tone in ("late", "fault")),
    ("ink-2", "late-tint"),
    ("ink-2", "fault-tint"),
    ("ink-3", "late-tint"),
    ("ink-3", "fault-tint"),
]
SHAPES = [("edge", "paper"), *((f"c-{code}", "paper") for code in ("sp", "sg", "ob", "ro", "io", "cs", "ra", "in"))]


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), TEXT)
def test_text_has_the_contrast_of_wcag_aa(text, ground, scheme):
    assert contrast(TOKENS[text][scheme], TOKENS[ground][scheme]) >= 4.5


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("shape", "ground"), SHAPES)
def test_shapes_have_the_contrast_of_wcag_aa(shape, ground, scheme):
    assert contrast(TOKENS[shape][scheme], TOKENS[ground][scheme]) >= 3


def test_icons_named_in_templates_exist():
    templates = ROOT / "templates"
    sprite = set(re.findall(r'id="i-([\w-]+)"', (templates / "components" / "_icons.html").read_text(encoding="utf-8")))
    named = {
        name
        for path in templates.rglob("*.html")
        for name in re.findall(
            r'(?:\bicon\(name=|icon_name=|href="#i-)"?([a-z0-9-]+)"', path.read_text(encoding="utf-8")
        )
    }
    assert named - sprite == set()
