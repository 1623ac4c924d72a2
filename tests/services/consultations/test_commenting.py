"""Comments are taken from who was asked, changed by their author until the deadline, seen by whom the round says."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from planner.access.viewer import public
from planner.access.visibility import visible_records
from planner.core.db import db
from planner.core.errors import Conflict, Invalid, NotAllowed, NotVisible, Stale
from planner.models import Comment, CommentKind, CommentReaders, CommentsShown, Origin, StakeholderClass
from planner.services import changes, consultations, rounds
from planner.services.consultations import Typed

from .shared import NOW, answer_all, comment, item, of_key, remark, submit, version, viewer, wording


def seen_by(who: str) -> set[int]:
    found = public(NOW.date()) if who == "stranger" else viewer(who)
    return set(db.session.scalars(visible_records(found, Comment).with_only_columns(Comment.id)))


def ask(*classes: str, shown: CommentsShown, readers: CommentReaders = CommentReaders.ALL) -> None:
    with changes.change(viewer("admin"), at=NOW):
        held = rounds.find_round(version().id)
        assert held is not None
        held.may_comment = list(classes or rounds.EVERY_CLASS)
        held.comments_shown, held.comment_readers = shown, readers
        db.session.flush()
        rounds.hide_or_show(held)


def test_a_delegate_comments_on_an_item(full_context):
    made = comment(submit("delegate", wording(title="Carriers, shippers, insurers and banks"), on="carriers"))
    assert (made.item_id, made.version_id) == (item("carriers").id, version().id)
    assert (made.stakeholder_id, made.stakeholder_class) == (of_key("XA").id, StakeholderClass.STATE_PARTY)
    assert (made.comment_kind, made.text) == (CommentKind.PROPOSED_WORDING, "Better so.")
    assert (made.proposed_title, made.proposed_text) == ("Carriers, shippers, insurers and banks", None)
    assert (made.submitted_at, made.is_late, made.disposition) == (NOW, False, None)
    assert made.title == "Exporting State A: Carriers, shippers, insurers"
    assert (made.origin, made.home_body_id) == (Origin.ILLUSTRATION, version().home_body_id)


def test_what_comes_after_the_deadline_is_late_by_the_clock_of_the_server(full_context):
    until = version().comments_until
    assert until is not None
    on_time, late = submit("delegate", at=until), submit("delegate", at=until + timedelta(seconds=1))
    assert (comment(on_time).is_late, comment(late).is_late) == (False, True)


def test_each_reads_their_own_and_others_as_the_round_says(full_context):
    ask(shown=CommentsShown.NEVER)
    mine, theirs = submit("delegate"), submit("ngo")
    new = {mine, theirs}
    assert [seen_by(who) & new for who in ("delegate", "ngo", "signatory", "observer", "stranger", "chair")] == [
        {mine}, {theirs}, set(), set(), set(), new,
    ]  # fmt: skip
    ask(shown=CommentsShown.AT_ONCE, readers=CommentReaders.STATES)
    assert [seen_by(who) & new for who in ("delegate", "ngo", "signatory", "observer", "stranger")] == [
        new, {theirs}, new, set(), set(),
    ]  # fmt: skip
    ask(shown=CommentsShown.AT_ONCE, readers=CommentReaders.ALL)
    assert [seen_by(who) & new for who in ("observer", "stranger")] == [new, new]


def test_others_read_the_comments_once_the_round_is_closed(full_context):
    ask(shown=CommentsShown.AFTER)
    mine = submit("delegate")
    assert mine not in seen_by("ngo")
    answer_all()
    consultations.close_round(viewer("chair"), version().id, at=NOW + timedelta(days=1))
    assert mine in seen_by("ngo")


def test_a_state_that_was_not_asked_is_told_so(full_context):
    ask("state_party", "signatory_state", shown=CommentsShown.NEVER)
    submit("signatory")
    with pytest.raises(NotAllowed, match=r"Observer State O \(Observer State\) is not among those who were asked"):
        submit("observer")
    with pytest.raises(NotAllowed, match="Civil Society Network U"):
        submit("ngo")


def test_nobody_comments_for_others(full_context):
    with pytest.raises(NotAllowed):
        submit("delegate", stakeholder_id=of_key("XG").id)
    by_letter = comment(submit("secretariat", stakeholder_id=of_key("XG").id))
    assert by_letter.stakeholder_id == of_key("XG").id
    with pytest.raises(Invalid, match="Say for whom"):
        submit("secretariat")


@pytest.mark.parametrize(
    ("typed", "field", "says"),
    [
        (Typed(kind="remark", text=" \n "), "text", "Write your comment."),
        (Typed(kind="remark", text="x" * 1_000_000), "text", "The text has 1000000 characters; 20000 are allowed."),
        (Typed(kind="praise", text="Good"), "kind", "Say what kind of comment it is."),
        (Typed(kind="proposed_wording", text="x"), "proposed_text", "Change the title or the text as you propose it."),
        (Typed(kind="support", text="x", proposed_title="Other"), "kind", "You changed the wording."),
        (Typed(kind="remark", text="bell \x07"), "text", "signs that cannot be shown"),
    ],
)
def test_what_cannot_be_right_is_said_beside_its_field(full_context, typed, field, says):
    with pytest.raises(Invalid) as caught:
        submit("delegate", typed, on="carriers")
    assert says in str(caught.value.fields[field])


def test_no_wording_is_proposed_for_the_whole_plan(full_context):
    with pytest.raises(Invalid, match="not for the plan as a whole"):
        submit("delegate", wording(title="Other"))


def test_an_item_of_the_working_copy_alone_takes_no_comment(full_context):
    with pytest.raises(NotVisible):
        submit("delegate", on="q-insurer")


def test_a_reply_stands_where_what_it_answers_stands(full_context):
    first = submit("signatory", on="depots")
    reply = comment(submit("delegate", in_reply_to_id=first))
    assert (reply.in_reply_to_id, reply.item_id) == (first, item("depots").id)
    ask(shown=CommentsShown.NEVER)
    with pytest.raises(NotVisible):
        submit("delegate", in_reply_to_id=first)


def test_ones_own_comment_is_changed_until_the_deadline(full_context):
    made = comment(submit("delegate", remark("First"), on="depots"))
    consultations.edit_comment(viewer("delegate"), made.id, remark("Second"), rev=made.rev, at=NOW)
    assert comment(made.id).text == "Second"
    with pytest.raises(Stale, match="changed meanwhile"):
        consultations.edit_comment(viewer("delegate"), made.id, remark("Third"), rev=1, at=NOW)
    with pytest.raises(NotAllowed, match="not yours"):
        consultations.edit_comment(viewer("signatory"), made.id, remark("Mine"), rev=comment(made.id).rev, at=NOW)
    until = version().comments_until
    assert until is not None
    late = until + timedelta(minutes=1)
    with pytest.raises(Conflict, match="deadline has passed"):
        consultations.edit_comment(viewer("delegate"), made.id, remark("Third"), rev=comment(made.id).rev, at=late)
    assert comment(made.id).text == "Second"


def test_a_withdrawn_comment_stays_and_says_so(full_context):
    made = submit("delegate")
    consultations.withdraw_comment(viewer("delegate"), made, at=NOW)
    held = comment(made)
    assert (held.is_withdrawn, held.withdrawn_because) == (True, "Withdrawn by its author.")
    with pytest.raises(Conflict, match="has been withdrawn"):
        consultations.withdraw_comment(viewer("delegate"), made, at=NOW)
    with pytest.raises(Conflict, match="has been withdrawn"):
        submit("signatory", in_reply_to_id=made)


def test_a_version_that_has_gone_on_takes_no_comment(full_context):
    answer_all()
    consultations.close_round(viewer("chair"), version().id, at=NOW)
    with pytest.raises(Conflict, match="closed"):
        submit("delegate")


def test_a_comment_on_a_closed_item_is_read_by_nobody_else_than_may_see_it(full_context):
    """The item is for States Parties, the version for all: so is what is said on the item."""
    ask(shown=CommentsShown.AT_ONCE, readers=CommentReaders.ALL)
    with changes.change(viewer("admin"), at=NOW):
        item("depots").audience_own = 8
    made = submit("delegate", on="depots")
    assert [made in seen_by(who) for who in ("delegate", "signatory", "stranger")] == [True, False, False]
    assert db.session.scalar(select(Comment.audience).where(Comment.id == made)) == 8 | 16 | 64
