"""The forms that merge and split sessions: bad input keeps what was typed, and pages lead both ways."""

from __future__ import annotations

from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from lxml import html
from sqlalchemy import select

from planner.core.db import db
from planner.models import AgendaItem, PlanSession, PublishedSession, Release
from tests.administration.pages import errors_of, fields_of, pressed, value_in, with_values


def words_of(page):
    """Return the words of a page, those of neighbouring elements apart."""
    return " ".join(" ".join(html.fromstring(page).xpath("//main")[0].itertext()).split())


def sessions_of(full_app):
    """Return two sessions of one released meeting of the example, still to come and with hours, and the meeting."""
    with full_app.app_context():
        shown = select(PublishedSession.session_id).where(PublishedSession.state == "confirmed")
        rows = db.session.scalars(
            select(PlanSession)
            .where(PlanSession.id.in_(shown), PlanSession.state == "confirmed", PlanSession.starts_at.is_not(None))
            .order_by(PlanSession.meeting_id, PlanSession.starts_at)
        ).all()
        first, second = next((a, b) for a, b in pairwise(rows) if a.meeting_id == b.meeting_id)
        return first, second


def get(full_app, statement):
    with full_app.app_context():
        return db.session.scalars(statement).first()


def chosen(page, session):
    """Return what the form sends to choose a session: the number in a list, or its name with the number."""
    return str(session.id) if f'value="{session.id}"' in page.text else f"#{session.id}"


def test_a_session_is_merged_told_and_restored(full_app, sign_in, client):
    first, second = sessions_of(full_app)
    officer = sign_in("secretariat")
    address = f"/records/{first.id}/move/merge"
    page = officer.get(address)
    items = get(full_app, select(AgendaItem.title).where(AgendaItem.session_id == first.id))
    assert (items is None) == ("Nothing stands on its agenda." in page.text)
    fields = fields_of(page.data)
    assert [name for name, _ in fields] == ["rev", "continued_in_id", "reason", "take_over"]
    sent = with_values(fields, continued_in_id=chosen(page, second), reason="One is enough.", release_now="y")
    assert officer.post(address, data=sent).status_code == 303
    public = client.get(f"/sessions/{first.id}")
    assert "This session is merged. It goes on in:" in words_of(public.data)
    assert f'href="/sessions/{second.id}"' in public.text
    other = client.get(f"/sessions/{second.id}")
    assert "Takes in" in words_of(other.data)
    assert f'href="/sessions/{first.id}"' in other.text
    release = get(
        full_app, select(Release.id).where(Release.meeting_id == first.meeting_id).order_by(Release.id.desc())
    )
    assert f"Merged into “{second.title}”." in words_of(client.get(f"/releases/{release}").data)
    for told in (client.get("/calendars/changes"), client.get("/")):
        assert f"Merged into “{second.title}”." in told.text
    register = client.get("/sessions?state=merged").text
    assert (first.title in register, second.title in register) == (True, False)
    history = words_of(officer.get(f"/records/{first.id}/history").data)
    assert all(text in history for text in ("Merge into another session", "Merged into", "One is enough."))
    back = f"/records/{first.id}/move/restore_confirmed"
    again = with_values(fields_of(officer.get(back).data), reason="Two after all.")
    assert officer.post(back, data=again).status_code == 303
    assert "Not merged any more: confirmed." in words_of(officer.get(f"/sessions/{first.id}").data)


@pytest.mark.parametrize("into", ["itself", "cancelled", "merged", "nothing"])
def test_a_merger_that_cannot_be_keeps_what_was_typed(full_app, sign_in, into):
    first, second = sessions_of(full_app)
    officer = sign_in("secretariat")
    if into in ("cancelled", "merged"):
        verb = {"cancelled": "cancel", "merged": "merge"}[into]
        page = officer.get(f"/records/{second.id}/move/{verb}")
        others = {"continued_in_id": chosen(page, first)} if into == "merged" else {}
        sent = with_values(fields_of(page.data), reason="So.", **others)
        assert officer.post(f"/records/{second.id}/move/{verb}", data=sent).status_code == 303
    address = f"/records/{first.id}/move/merge"
    page = officer.get(address)
    target = {"itself": chosen(page, first), "nothing": ""}.get(into, chosen(page, second))
    sent = with_values(fields_of(page.data), continued_in_id=target, reason="Kept as typed.")
    answer = officer.post(address, data=sent)
    said = {
        "itself": "A session cannot be merged into itself.",
        "cancelled": "This session is cancelled.",
        "merged": "This session was merged into another one. Choose that one.",
        "nothing": "This is needed.",
    }
    assert (answer.status_code, errors_of(answer.data)) == (422, [f"Merged into: {said[into]}"])
    assert (value_in(answer.data, "reason"), value_in(answer.data, "continued_in_id")) == ("Kept as typed.", target)
    assert get(full_app, select(PlanSession.state).where(PlanSession.id == first.id)) == "confirmed"


def test_a_session_is_split_after_a_look_at_what_goes(full_app, sign_in, client):
    first, _ = sessions_of(full_app)
    officer = sign_in("secretariat")
    assert f'href="/records/{first.id}/split"' in officer.get(f"/sessions/{first.id}").text
    address = f"/records/{first.id}/split"
    page = officer.get(address)
    middle = first.starts_at + (first.ends_at - first.starts_at) / 2
    typed = {"split_at": f"{middle.astimezone(ZoneInfo(first.zone)):%H:%M}", "title": "The second half"}
    looked = officer.post(address, data=pressed(page.data, "preview", "yes", **typed))
    assert (looked.status_code, "What goes to the new session" in looked.text) == (200, True)
    assert get(full_app, select(PlanSession).where(PlanSession.split_from_id == first.id)) is None
    done = officer.post(address, data=with_values(fields_of(looked.data)))
    made = get(full_app, select(PlanSession).where(PlanSession.split_from_id == first.id))
    assert (done.status_code, done.headers["Location"]) == (303, f"/sessions/{made.id}")
    assert "Split from" in words_of(officer.get(f"/sessions/{made.id}").data)
    for one in (first, made):
        assert "Split at a time of day." in words_of(officer.get(f"/records/{one.id}/history").data)
    working = words_of(officer.get(f"/sessions/{first.id}").data)
    assert "Continued in The second half" in working
    assert "Continued in" not in client.get(f"/sessions/{first.id}").text
    assert client.get(f"/sessions/{made.id}").status_code == 404
    publish = f"/meetings/{first.meeting_id}/publish"
    assert "split off" in words_of(officer.get(publish).data)
    released = officer.post(publish, data=with_values(fields_of(officer.get(publish).data), name="With two parts"))
    assert f"Split from “{first.title}”." in words_of(client.get(released.headers["Location"]).data)
    assert f'href="/sessions/{made.id}"' in client.get(f"/sessions/{first.id}").text


@pytest.mark.parametrize("hour", ["03:00", "half past"])
def test_a_split_outside_the_hours_keeps_what_was_typed(full_app, sign_in, hour):
    first, _ = sessions_of(full_app)
    officer = sign_in("secretariat")
    address = f"/records/{first.id}/split"
    page = officer.get(address)
    for sent in (
        with_values(fields_of(page.data), split_at=hour, title="Kept"),
        pressed(page.data, "preview", "yes", split_at=hour, title="Kept"),
    ):
        answer = officer.post(address, data=sent)
        assert (answer.status_code, len(errors_of(answer.data))) == (422, 1)
        assert (value_in(answer.data, "split_at"), value_in(answer.data, "title")) == (hour, "Kept")


def test_what_has_no_hours_and_what_is_not_ones_own_is_not_split(full_app, sign_in, client):
    first, _ = sessions_of(full_app)
    timeless = get(
        full_app, select(PlanSession).where(PlanSession.starts_at.is_(None), PlanSession.state == "confirmed")
    )
    if timeless is not None:
        assert sign_in("admin").get(f"/records/{timeless.id}/split").status_code == 409
    assert sign_in("delegate").get(f"/records/{first.id}/split").status_code == 403
    assert sign_in("secretariat").get(f"/records/{first.meeting_id}/split").status_code == 404
    assert client.get(f"/records/{first.id}/split").status_code == 303


def test_a_page_costs_one_query_more_where_sessions_hang_together(full_app, sign_in, count_queries):
    first, second = sessions_of(full_app)
    officer = sign_in("secretariat")
    counts = []
    for _ in range(2):
        with count_queries(full_app) as counted:
            assert officer.get(f"/sessions/{second.id}").status_code == 200
        counts.append(counted.count)
        page = officer.get(f"/records/{first.id}/move/merge")
        if page.status_code == 200:
            sent = with_values(fields_of(page.data), continued_in_id=chosen(page, second), reason="So.", take_over=None)
            assert officer.post(f"/records/{first.id}/move/merge", data=sent).status_code == 303
    assert counts[1] == counts[0] + 1
