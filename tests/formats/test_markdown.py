"""Markdown of people becomes HTML that neither loads nor runs anything."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from planner.formats.markdown import markdown_html


def test_paragraphs_lists_emphasis_and_links_are_shown():
    text = "One *and* **two**\nnext line\n\n- a\n- b\n\n[here](https://example.org/a)"
    assert markdown_html(text) == (
        "<p>One <em>and</em> <strong>two</strong><br>\nnext line</p>\n<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n"
        '<p><a href="https://example.org/a" rel="noopener noreferrer nofollow">here</a></p>\n'
    )


@pytest.mark.parametrize(
    "text",
    ["<script>alert(1)</script>", "[x](javascript:alert(1))", "![x](https://example.org/p.png)",
     "<img src=x onerror=y>", "<style>p{}</style>", "[x](data:text/html,y)"],
)  # fmt: skip
def test_nothing_runs_or_loads(text):
    tree = html.fragment_fromstring(markdown_html(text), create_parent="div")
    assert not tree.xpath("//script | //img | //style | //@onerror | //a[starts-with(@href, 'javascript')]")
    assert not tree.xpath("//a[starts-with(@href, 'data')]")


@given(st.text(max_size=300))
def test_any_text_is_safe(text):
    tree = html.fragment_fromstring(markdown_html(text), create_parent="div")
    assert {one.tag for one in tree.iter()} <= {
        "div", "p", "br", "em", "strong", "ul", "ol", "li", "blockquote", "code", "pre", "a", "hr",
    }  # fmt: skip
