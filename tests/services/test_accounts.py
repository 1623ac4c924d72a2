"""Who signs in, and which viewer they are on a day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from argon2 import PasswordHasher
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from planner.access.viewer import Viewer, public, system
from planner.core.db import db
from planner.core.errors import Invalid, NotAllowed, NotVisible
from planner.models import AuditEntry, Body, BodyKind, Cycle, Meeting, OfficeRole, Registration, UserAccount
from planner.rules.audience import Ground
from planner.services import accounts, changes
from planner.services.accounts import passwords
from tests.factories import stakeholder as stakeholders
from tests.factories import user as users
from tests.factories.user import AT, PASSWORD

DAY = AT.date()
PUBLIC = int(Ground.PUBLIC)
STATES = PUBLIC | int(Ground.STATES)
STATES_PARTIES = STATES | int(Ground.STATES_PARTIES)

pytestmark = pytest.mark.usefixtures("context")


def write(*rows):
    with changes.change(system(DAY, "test"), at=AT):
        db.session.add_all(rows)
        db.session.flush()
    return rows[0] if len(rows) == 1 else rows


def body(slug: str, parent: Body | None = None) -> Body:
    return write(
        Body(slug=slug, code=slug, title=slug, body_kind=BodyKind.FORUM, parent_id=parent.id if parent else None,
             audience_own=PUBLIC)
    )  # fmt: skip


def cycle(number: int, from_on: date | None, until_on: date) -> Cycle:
    return write(
        Cycle(series="test", number=number, code=f"T{number}", title=f"T{number}", from_on=from_on, until_on=until_on,
              audience_own=PUBLIC)
    )  # fmt: skip


def viewer_of(account: UserAccount, day: date = DAY) -> Viewer:
    viewer = accounts.load_viewer(account.id, account.session_epoch, day=day)
    assert viewer is not None
    return viewer


def test_a_viewer_holds_all_that_an_account_stands_for():
    party = stakeholders.state("Q1", stakeholders.status("state_party", "2015-03-01"))
    person = stakeholders.person("Somebody", party)
    account = users.user("Somebody@Example.org ", person)
    top = body("top")
    below = body("below", top)
    deep = body("deep", below)
    beside = body("beside")
    meeting = write(
        Meeting(title="M", body_id=beside.id, zone="Europe/Zurich", state="confirmed", audience_parent_id=beside.id)
    )
    write(Registration(meeting_id=meeting.id, person_id=person.id))
    users.office(OfficeRole.CHAIR, account, body_id=below.id)
    users.office(OfficeRole.SECRETARIAT, account, body_id=top.id)
    accounts.set_profile(viewer_of(account), zone="Africa/Nairobi", language="fr", at=AT)

    assert viewer_of(account) == Viewer(
        day=DAY,
        user_id=account.id,
        name="Somebody",
        language="fr",
        zone="Africa/Nairobi",
        grounds=STATES_PARTIES,
        stakeholders=frozenset({party.id}),
        meetings=frozenset({meeting.id}),
        bodies=frozenset({top.id, below.id, deep.id}),
        everywhere=False,
        offices=(
            (OfficeRole.CHAIR, frozenset({below.id, deep.id})),
            (OfficeRole.SECRETARIAT, frozenset({top.id, below.id, deep.id})),
        ),
    )


def test_a_viewer_takes_two_queries_at_any_number_of_rows(app, count_queries):
    person = stakeholders.person("Somebody")
    account = users.user("somebody@example.org", person)
    for number in range(4):
        party = stakeholders.state(f"Q{number}", stakeholders.status("state_party", "2015"))
        stakeholders.delegate(person, party)
        users.office(OfficeRole.CHAIR, account, body_id=body(f"b{number}").id)
    account_id = account.id
    db.session.remove()
    with count_queries(app) as counted:
        viewer = accounts.load_viewer(account_id, 0, day=DAY)
    assert (counted.count, len(viewer.stakeholders), len(viewer.offices)) == (2, 4, 4)


def test_an_office_of_no_body_is_everywhere():
    account = users.user("admin@example.org")
    users.office(OfficeRole.ADMINISTRATOR, account)
    viewer = viewer_of(account)
    assert (viewer.everywhere, viewer.bodies, viewer.offices) == (
        True,
        frozenset(),
        ((OfficeRole.ADMINISTRATOR, None),),
    )


@pytest.mark.parametrize(
    ("statuses", "grounds"),
    [
        ([("state_party", "2015-03-01")], STATES_PARTIES),
        ([("state_party", None, None, "2020")], STATES_PARTIES),
        ([("signatory", "2014")], STATES),
        ([("signatory", "2014", "2020-05-01"), ("state_party", "2020-05-01")], STATES_PARTIES),
        ([], PUBLIC),
        # the day is in the year, month or period in which it happened: nobody can say, so nothing is given
        ([("state_party", "2026")], PUBLIC),
        ([("state_party", "2026-11")], PUBLIC),
        ([("state_party", None)], PUBLIC),
        ([("state_party", "2015", "2026")], PUBLIC),
        ([("signatory", "2014", "2026"), ("state_party", "2026")], PUBLIC),
        ([("signatory", "2014"), ("state_party", "2026")], PUBLIC),
        ([("state_party", "2026-11-24")], STATES_PARTIES),
        ([("state_party", "2026-11-25")], PUBLIC),
        ([("state_party", "2015", "2026-11-24")], PUBLIC),
    ],
)
def test_only_a_status_that_is_certain_on_the_day_opens_anything(statuses, grounds):
    party = stakeholders.state("Q1", *(stakeholders.status(*known) for known in statuses))
    account = users.user("delegate@example.org", stakeholders.person("Delegate", party))
    viewer = viewer_of(account)
    assert (viewer.grounds, viewer.stakeholders) == (grounds, frozenset({party.id}))


def test_one_delegation_that_is_certain_is_enough():
    person = stakeholders.person("Delegate", stakeholders.state("Q1", stakeholders.status("signatory", "2014")))
    stakeholders.delegate(person, stakeholders.state("Q2", stakeholders.status("state_party", "2026")))
    assert viewer_of(users.user("delegate@example.org", person)).grounds == STATES


@pytest.mark.parametrize(
    ("from_on", "until_on", "counts"),
    [
        (None, None, True),
        (DAY, None, True),
        (DAY + timedelta(days=1), None, False),
        (None, DAY, False),
        (None, DAY + timedelta(days=1), True),
    ],
)
def test_a_delegation_counts_on_its_days(from_on, until_on, counts):
    party = stakeholders.state("Q1", stakeholders.status("state_party", "2015"))
    person = stakeholders.person("Delegate", party, from_on=from_on, until_on=until_on)
    viewer = viewer_of(users.user("delegate@example.org", person))
    assert (viewer.stakeholders, viewer.grounds) == (
        (frozenset({party.id}), STATES_PARTIES) if counts else (frozenset(), PUBLIC)
    )


days = st.integers(0, 12).map(lambda number: DAY + timedelta(days=number))
periods = st.tuples(st.none() | days, st.none() | days).filter(lambda p: p[0] is None or p[1] is None or p[0] < p[1])
cycles = st.none() | st.tuples(st.none() | days, days).filter(lambda p: p[0] is None or p[0] < p[1])


@given(st.lists(st.tuples(periods, cycles), min_size=1, max_size=4), days)
@settings(max_examples=40)
def test_an_office_counts_on_its_days_else_in_its_cycle_else_always(kinds, day):
    account = users.user(f"user-{db.session.query(UserAccount).count()}@example.org")
    expected = []
    for (from_on, until_on), years in kinds:
        number = db.session.query(Body).count() + 1
        place = body(f"body-{number}")
        when = None
        if years is not None:
            # a series of its own, for cycles of one series may not overlap
            when = write(
                Cycle(series=f"s{number}", number=1, code=f"C{number}", title="C", from_on=years[0], until_on=years[1])
            )
        users.office(
            OfficeRole.CHAIR, account, body_id=place.id, cycle_id=when.id if when else None, from_on=from_on,
            until_on=until_on,
        )  # fmt: skip
        bounds = (from_on, until_on)
        if bounds == (None, None) and years is not None:
            # of a cycle whose first day is unknown nobody can say that the day lies in it
            counts = years[0] is not None and years[0] <= day < years[1]
        else:
            counts = (from_on is None or from_on <= day) and (until_on is None or day < until_on)
        if counts:
            expected.append((OfficeRole.CHAIR, frozenset({place.id})))
    viewer = viewer_of(account, day)
    assert viewer.offices == tuple(expected)
    assert viewer.bodies == frozenset().union(*(bodies for _, bodies in expected))
    assert viewer.everywhere is False


def test_sign_in_takes_the_right_pair_and_notes_when():
    account = users.user("somebody@example.org", password=PASSWORD)
    signed_in = accounts.authenticate("  Somebody@EXAMPLE.org ", PASSWORD, at=AT)
    assert signed_in == accounts.SignedIn(viewer_of(account), 0)
    db.session.expire_all()
    assert db.session.get(UserAccount, account.id).last_signed_in_at == AT


@pytest.mark.parametrize(
    ("email", "password"),
    [
        ("somebody@example.org", "another password"),
        ("somebody@example.org", ""),
        ("nobody@example.org", PASSWORD),
        ("waiting@example.org", ""),
        ("waiting@example.org", "nobody signs in with this"),
        ("closed@example.org", PASSWORD),
        ("", ""),
        ("a" * 100_000, "b" * 100_000),
    ],
)
def test_sign_in_takes_no_other_pair(email, password):
    users.user("somebody@example.org", password=PASSWORD)
    users.user("waiting@example.org")
    closed = users.user("closed@example.org", password=PASSWORD)
    with changes.change(system(DAY, "test"), at=AT):
        db.session.get_one(UserAccount, closed.id).is_active = False
    assert accounts.authenticate(email, password, at=AT) is None
    assert accounts.load_viewer(closed.id, 0, day=DAY) is None


def test_an_unknown_address_is_checked_like_a_known_one(monkeypatch):
    asked = []
    real = passwords._hasher.verify
    monkeypatch.setattr(PasswordHasher, "verify", lambda _, stored, typed: asked.append(stored) or real(stored, typed))
    users.user("somebody@example.org", password=PASSWORD)
    for email in ("somebody@example.org", "nobody@example.org"):
        assert accounts.authenticate(email, "another password", at=AT) is None
    settings_of = [stored.split("$")[1:4] for stored in asked]
    assert settings_of == [["argon2id", "v=19", "m=19456,t=2,p=1"]] * 2


def test_a_password_kept_with_older_settings_is_kept_anew():
    account = users.user("somebody@example.org")
    old = PasswordHasher(time_cost=1, memory_cost=8192, parallelism=1).hash(PASSWORD)
    with changes.change(system(DAY, "test"), at=AT):
        db.session.get_one(UserAccount, account.id).password_hash = old
    assert accounts.authenticate("somebody@example.org", PASSWORD, at=AT)
    db.session.expire_all()
    stored = db.session.get_one(UserAccount, account.id).password_hash
    assert stored.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert accounts.authenticate("somebody@example.org", PASSWORD, at=AT)


def test_signing_out_everywhere_makes_every_session_void_and_is_written_down():
    account = users.user("somebody@example.org", password=PASSWORD)
    actor = viewer_of(account)
    accounts.sign_out_everywhere(actor, at=AT)
    assert accounts.load_viewer(account.id, 0, day=DAY) is None
    assert accounts.load_viewer(account.id, 1, day=DAY) == actor
    assert entries(account) == [("sign_out_everywhere", "somebody", {"session_epoch": [0, 1]})]


def test_changing_the_password_ends_the_other_sessions_and_keeps_no_secret_in_the_history():
    account = users.user("somebody@example.org", password=PASSWORD)
    epoch = accounts.change_password(viewer_of(account), current=PASSWORD, new="another quiet word", at=AT)
    assert epoch == 1
    assert accounts.authenticate("somebody@example.org", PASSWORD, at=AT) is None
    assert accounts.authenticate("somebody@example.org", "another quiet word", at=AT).epoch == 1
    assert entries(account) == [("change_password", "somebody", {"password_hash": ["…", "…"], "session_epoch": [0, 1]})]


@pytest.mark.parametrize(
    ("current", "new", "field"),
    [
        ("wrong", "another quiet word", "current"),
        (PASSWORD, "short", "new"),
        (PASSWORD, "x" * 201, "new"),
        (PASSWORD, PASSWORD, "new"),
        (PASSWORD, "Somebody@example.org", "new"),
        (PASSWORD, "somebody", "new"),
    ],
)
def test_a_password_that_cannot_be_is_refused_and_changes_nothing(current, new, field):
    account = users.user("somebody@example.org", password=PASSWORD)
    with pytest.raises(Invalid) as caught:
        accounts.change_password(viewer_of(account), current=current, new=new, at=AT)
    assert list(caught.value.fields) == [field]
    assert entries(account) == []
    assert accounts.authenticate("somebody@example.org", PASSWORD, at=AT)


def test_the_same_letter_from_two_keyboards_is_the_same_password():
    users.user("somebody@example.org", password="caf\u00e9 au lait")
    assert accounts.authenticate("somebody@example.org", "cafe\u0301 au lait", at=AT)


def test_accounts_are_made_by_who_keeps_the_register_of_people():
    person = stakeholders.person("Somebody")
    chair = replace(public(DAY), user_id=None, bodies=frozenset({1}), offices=((OfficeRole.CHAIR, frozenset({1})),))
    with pytest.raises(NotAllowed):
        accounts.create_account(chair, person_id=person.id, email="a@example.org", password=None, at=AT)
    with pytest.raises(NotVisible):
        accounts.create_account(system(DAY, "t"), person_id=person.id + 99, email="a@example.org", password=None, at=AT)


@pytest.mark.parametrize(
    ("email", "password", "fields"),
    [
        ("TAKEN@example.org", None, {"email", "person_id"}),
        ("no address", None, {"email", "person_id"}),
        ("a@" + "b" * 300, "short", {"email", "person_id", "password"}),
        ("new@example.org", PASSWORD, {"person_id"}),
    ],
)
def test_an_account_that_cannot_be_is_refused_with_every_fault(email, password, fields):
    person = stakeholders.person("Somebody")
    users.user("taken@example.org", person)
    with pytest.raises(Invalid) as caught:
        accounts.create_account(system(DAY, "t"), person_id=person.id, email=email, password=password, at=AT)
    assert set(caught.value.fields) == fields


def test_a_profile_says_in_words_what_is_held():
    party = stakeholders.state("Q1", stakeholders.status("state_party", "2015"), name="Example State")
    account = users.user("somebody@example.org", stakeholders.person("Somebody", party))
    top = body("top")
    users.office(OfficeRole.CHAIR, account, body_id=top.id, cycle_id=cycle(1, DAY, DAY + timedelta(days=9)).id)
    users.office(OfficeRole.ADMINISTRATOR, account, until_on=DAY)
    profile = accounts.get_profile(viewer_of(account))
    assert (profile.name, profile.email, profile.zone, profile.language) == (
        "Somebody",
        "somebody@example.org",
        None,
        None,
    )
    assert [(m.name, m.role.value) for m in profile.memberships] == [("Example State", "head")]
    assert profile.offices == (
        accounts.OfficeHeld(OfficeRole.CHAIR, top.id, "top", "T1", None, None),
        accounts.OfficeHeld(OfficeRole.ADMINISTRATOR, None, None, None, None, DAY),
    )


@pytest.mark.parametrize(
    ("zone", "language", "fields"),
    [("Mars/Olympus", None, {"zone"}), ("../etc", "<b>", {"zone", "language"}), (None, "x" * 40, {"language"})],
)
def test_a_zone_or_language_that_is_none_is_refused(zone, language, fields):
    account = users.user("somebody@example.org")
    with pytest.raises(Invalid) as caught:
        accounts.set_profile(viewer_of(account), zone=zone, language=language, at=AT)
    assert set(caught.value.fields) == fields


def test_a_stranger_has_no_account_to_change():
    for act in (
        lambda: accounts.sign_out_everywhere(public(DAY), at=AT),
        lambda: accounts.set_profile(public(DAY), zone=None, language=None, at=AT),
        lambda: accounts.get_profile(public(DAY)),
    ):
        with pytest.raises(NotVisible):
            act()


def entries(account: UserAccount):
    """What the history says of an account since it was made."""
    rows = db.session.scalars(
        select(AuditEntry)
        .where(AuditEntry.subject == f"user_account {account.id}", AuditEntry.action.notin_(("create", "edit")))
        .order_by(AuditEntry.id)
    )
    return [(row.action, row.actor_name, row.changes) for row in rows]
