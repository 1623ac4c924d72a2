"""A redline gives the new version again, finds every kind of change that was planted, and invents none."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.rules.redline import Item, Mark, PlanText, apply, clauses, compare, compare_words
from tests.rules.redline.plans import Draft, edited, plans


def pairs() -> st.SearchStrategy[tuple[PlanText, PlanText]]:
    return plans().flatmap(lambda old: st.tuples(st.just(old), edited(old)))


@given(pairs())
def test_the_redline_applied_to_the_old_version_gives_the_new_one(pair):
    old, new = pair
    assert apply(compare(old, new), old) == new


@given(plans(), plans())
def test_it_does_so_for_versions_that_have_little_in_common(old, new):
    # what an item is belongs to its identity
    same_kinds = tuple(item for item in new.items if item.id not in old.by_id or old.by_id[item.id].kind == item.kind)
    new = PlanText(same_kinds)
    assert apply(compare(old, new), old) == new


@given(pairs())
def test_nothing_is_told_if_and_only_if_the_versions_are_equal(pair):
    old, new = pair
    assert bool(compare(old, new)) == (old != new)
    assert not compare(old, old)


@given(pairs())
def test_the_redlined_text_holds_both_versions(pair):
    old, new = pair
    laid = clauses(compare(old, new), old, new)
    assert [one.item.id for one in laid if one.mark is not Mark.DELETED] == [
        item.id for item, _ in new.in_reading_order
    ]
    assert {one.item.id for one in laid if one.mark is not Mark.INSERTED} == set(old.by_id)
    for one in laid:
        for text, left_out in ((old, Mark.INSERTED), (new, Mark.DELETED)):
            said = text.by_id[one.item.id].said if one.item.id in text.by_id else {}
            for part in one.parts:
                if part.field in ("title", "text"):
                    words = "".join(piece.text for piece in part.pieces if piece.mark is not left_out)
                    assert words == (said.get(part.field) or "")


@given(st.text(), st.text())
def test_the_pieces_of_two_texts_are_both_texts(old, new):
    pieces = compare_words(old, new)
    assert "".join(piece.text for piece in pieces if piece.mark is not Mark.INSERTED) == old
    assert "".join(piece.text for piece in pieces if piece.mark is not Mark.DELETED) == new
    assert all(piece.text for piece in pieces)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("same", "same", [("same", "same")]),
        ("", "new", [("inserted", "new")]),
        ("takes note", "welcomes", [("deleted", "takes note"), ("inserted", "welcomes")]),
        (
            "will take up verification after delivery, and will hear exporters",
            "will take up post-delivery verification by agreement, and will hear exporters",
            [
                ("same", "will take up "),
                ("inserted", "post-delivery "),
                ("same", "verification "),
                ("deleted", "after delivery"),
                ("inserted", "by agreement"),
                ("same", ", and will hear exporters"),
            ],
        ),
        ("by 1 May", "by 1 June", [("same", "by 1 "), ("deleted", "May"), ("inserted", "June")]),
        ("States Parties", "States", [("same", "States"), ("deleted", " Parties")]),
    ],
)
def test_words_are_compared_as_a_reader_would_mark_them(old, new, expected):
    assert [(piece.mark.value, piece.text) for piece in compare_words(old, new)] == expected


def test_long_texts_are_compared_at_once():
    old = " ".join(f"word{number}" for number in range(20_000))
    new = old.replace("word7777", "another").replace("word9999 ", "")
    assert sum(piece.mark is not Mark.SAME for piece in compare_words(old, new)) == 3


# -- planted changes ---------------------------------------------------------------------------------------------------

PLAN = PlanText(
    (
        Item(1, "theme", None, 13, None, {"title": "Lessons learned"}),
        Item(2, "theme", None, 14, None, {"title": "After delivery"}),
        Item(3, "theme", None, 15, None, {"title": "On the way"}),
        Item(11, "topic", 1, 13, None, {"title": "Licences granted and denied"}),
        Item(12, "topic", 1, 13, 17, {"title": "Catalogue of good practices"}),
        Item(13, "topic", 1, 13, None, {"title": "Importing States"}),
        Item(21, "topic", 2, 14, None, {"title": "End users: who checks"}),
        Item(22, "topic", 2, 14, None, {"title": "Post-delivery verification"}),
        Item(31, "topic", 3, 15, None, {"title": "Carriers, shippers, insurers"}),
        Item(111, "question", 11, 13, None, {"title": "Which warning signs are looked for?"}),
        Item(112, "question", 11, 13, None, {"title": "Who is asked?"}),
        Item(119, "expected_output", 1, 13, None, {"title": "A list of lessons"}),
    )
)


def told(draft: Draft, old: PlanText = PLAN) -> list[tuple[object, ...]]:
    """Return the changes as kind, identity of the item, identities of the others, field."""
    return [
        (change.kind, change.item.id if change.item else None, *(other.id for other in change.others))
        + ((change.field,) if change.field else ())
        for change in compare(old, draft.text).changes
    ]


def put(**changes: Any) -> Callable[[Draft], None]:
    """Return the edit that puts an item elsewhere."""
    key = changes.pop("key")
    return lambda draft: draft.put(replace(draft.find(key), **changes))


def add(at: int, item: Item) -> Callable[[Draft], None]:
    return lambda draft: draft.items.insert(at, item)


def split_and_end(draft: Draft) -> None:
    draft.split(31)
    draft.split(31)
    draft.items = [item for item in draft.items if item.id != 31]


def merge_into_a_new_one(draft: Draft) -> None:
    draft.items.append(Item(29, "topic", 2, 14, None, {"title": "Verification"}))
    draft.merge(29, 21)
    draft.merge(29, 22)


def shift(draft: Draft) -> None:
    draft.items = list(PLAN.shifted(1).items)


def shift_all_but_one(draft: Draft) -> None:
    shift(draft)
    draft.put(replace(draft.find(31), cycle=18, parent_id=None))


PLANTED: dict[str, tuple[Callable[[Draft], object], list[tuple[object, ...]]]] = {
    "nothing": (lambda _: None, []),
    "added": (add(4, Item(14, "topic", 1, 13, None, {"title": "Brokers"})), [("added", 14)]),
    "removed": (lambda draft: draft.remove(31), [("removed", 31)]),
    "removed with all under it": (
        lambda draft: draft.remove(11),
        [("removed", 11), ("removed", 111), ("removed", 112)],
    ),
    "edited": (lambda draft: draft.say(22, "title", "Verification after delivery"), [("edited", 22, "title")]),
    "Articles": (lambda draft: draft.say(22, "articles", ("11.3",)), [("edited", 22, "articles")]),
    "question": (lambda draft: draft.say(111, "title", "Which signs?"), [("question_changed", 111, "title")]),
    "moved": (put(key=22, cycle=15, parent_id=3), [("moved", 22)]),
    "moved with its length": (put(key=12, cycle=14, last_cycle=18, parent_id=2), [("moved", 12)]),
    "under another topic": (put(key=112, parent_id=13), [("moved_under", 112)]),
    "reordered": (lambda draft: draft.items.insert(3, draft.items.pop(5)), [("reordered", 13)]),
    "spans": (put(key=12, last_cycle=16), [("spans", 12, "last_cycle")]),
    "merged": (lambda draft: draft.merge(22, 21), [("merged", 22, 21)]),
    "merged into a new one": (merge_into_a_new_one, [("merged", 29, 21, 22)]),
    "split": (lambda draft: draft.split(31), [("split", 31, 1119)]),
    "split and ended": (split_and_end, [("split", 31, 1119, 2120)]),
    "shifted": (shift, [("shifted", None)]),
    "shifted and one elsewhere": (shift_all_but_one, [("shifted", None), ("moved", 31)]),
}


@pytest.mark.parametrize("kind", PLANTED)
def test_a_planted_change_is_found_and_nothing_else(kind):
    edit, expected = PLANTED[kind]
    draft = Draft.of(PLAN)
    edit(draft)
    assert told(draft) == expected


@given(plans(most=16), st.sampled_from((-3, -2, -1, 1, 2, 3)))
def test_of_a_schedule_that_moves_as_a_whole_only_that_is_told(old, cycles):
    if sum(item.cycle is not None for item in old.items) < 2:
        return
    redline = compare(old, old.shifted(cycles))
    assert [(change.kind, change.new) for change in redline.changes] == [("shifted", cycles)]
    assert redline.shift == cycles


@given(plans(), st.data())
def test_edits_of_words_are_told_one_by_one(old, data):
    draft = Draft.of(old)
    changed = data.draw(st.sets(st.sampled_from([item.id for item in old.items])))
    for key in changed:
        draft.say(key, "title", old.by_id[key].title + " again")
    found = compare(old, draft.text).changes
    assert {(change.item.id, change.field) for change in found if change.item} == {(key, "title") for key in changed}
    assert len(found) == len(changed)


@given(plans(), st.data())
def test_items_taken_out_are_told_one_by_one(old, data):
    draft = Draft.of(old)
    for key in data.draw(st.sets(st.sampled_from([item.id for item in old.items]))):
        if any(item.id == key for item in draft.items):
            draft.remove(key)
    found = compare(old, draft.text).changes
    assert {(change.kind, change.item.id) for change in found if change.item} == {
        ("removed", key) for key in set(old.by_id) - set(draft.text.by_id)
    }


def test_a_redline_of_another_version_is_refused():
    draft = Draft.of(PLAN)
    draft.say(22, "title", "Verification after delivery")
    with pytest.raises(ValueError, match="item 22 does not say"):
        apply(compare(PLAN, draft.text), draft.text)
