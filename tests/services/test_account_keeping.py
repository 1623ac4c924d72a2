"""What administrators do with accounts: make, close and reopen them, hand over an address to choose a password at."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from planner.access.viewer import Viewer, public, system
from planner.core.db import db
from planner.core.errors import Conflict, Invalid, NotAllowed, NotVisible
from planner.models import AuditEntry, Delegation, DelegationRole, Office, OfficeRole, OfficeUser, Person, UserAccount
from planner.services import accounts, audit_chain
from planner.services.registers import BadQuery, RegisterQuery
from tests.factories import stakeholder as stakeholders
from tests.factories import user as users
from tests.factories.user import AT, PASSWORD

DAY = AT.date()
KEY = "k" * 40
NEW = "a new quiet word"

pytestmark = pytest.mark.usefixtures("context")


def administrator(email: str = "admin@example.org") -> Viewer:
    account_id = accounts.add_administrator(
        system(DAY, "planner add-administrator"), email=email, name="Keeper of accounts", password=PASSWORD, at=AT
    )
    return viewer_of(account_id)


def viewer_of(account_id: int) -> Viewer:
    account = db.session.get_one(UserAccount, account_id)
    viewer = accounts.load_viewer(account.id, account.session_epoch, day=DAY)
    assert viewer is not None
    return viewer


def link_of(account_id: int) -> str:
    until = db.session.scalar(select(UserAccount.password_link_until).where(UserAccount.id == account_id))
    assert until is not None
    return accounts.token_of(account_id, until, key=KEY)


def acts_on(account_id: int) -> list[tuple[str, str, dict[str, list[object]]]]:
    """What the history says of an account after it was made."""
    rows = db.session.scalars(
        select(AuditEntry).where(AuditEntry.subject == f"user_account {account_id}").order_by(AuditEntry.id).offset(1)
    )
    return [(row.action, row.actor_name, row.changes) for row in rows]


def test_the_first_administrator_is_a_person_with_an_account_and_the_office_of_everything():
    viewer = administrator("First@Example.org")
    person = db.session.scalars(select(Person)).one()
    office = db.session.scalars(select(Office)).one()
    assert (person.title, person.email, office.title, office.role, office.body_id) == (
        "Keeper of accounts", "first@example.org", "Administrator of this installation", OfficeRole.ADMINISTRATOR, None,
    )  # fmt: skip
    assert (viewer.everywhere, viewer.offices) == (True, ((OfficeRole.ADMINISTRATOR, None),))
    assert accounts.authenticate("first@example.org", PASSWORD, at=AT)
    assert audit_chain.broken_audit_entry() is None


def test_a_second_administrator_joins_the_office_that_is_there():
    administrator("one@example.org")
    administrator("two@example.org")
    assert len(db.session.scalars(select(Office)).all()) == 1
    assert len(db.session.scalars(select(OfficeUser)).all()) == 2


@pytest.mark.parametrize(
    ("email", "name", "password", "field"),
    [
        ("ADMIN@example.org", "Somebody", PASSWORD, "email"),
        ("no address", "Somebody", PASSWORD, "email"),
        ("new@example.org", "  ", PASSWORD, "name"),
        ("new@example.org", "Somebody", "short", "password"),
    ],
)
def test_an_administrator_that_cannot_be_is_refused_and_leaves_nothing(email, name, password, field):
    administrator()
    with pytest.raises(Invalid) as caught:
        accounts.add_administrator(system(DAY, "t"), email=email, name=name, password=password, at=AT)
    assert list(caught.value.fields) == [field]
    assert [len(db.session.scalars(select(kind)).all()) for kind in (Person, UserAccount, Office)] == [1, 1, 1]


def test_an_account_for_somebody_new_comes_with_the_delegation():
    admin = administrator()
    party = stakeholders.state("Q1", stakeholders.status("state_party", "2015"), name="Example State")
    account_id = accounts.make_account(
        admin,
        values={
            "title": "Somebody New",
            "email": "New@Example.org",
            "delegations": [{"stakeholder_id": party.id, "role": "head", "from_on": "", "until_on": ""}],
        },
        at=AT,
    )
    account = db.session.get_one(UserAccount, account_id)
    person = db.session.get_one(Person, account.person_id)
    delegation = db.session.scalars(select(Delegation).where(Delegation.person_id == person.id)).one()
    assert (account.email, account.password_hash, person.title) == ("new@example.org", None, "Somebody New")
    assert (delegation.stakeholder_id, delegation.role) == (party.id, DelegationRole.HEAD)
    made = db.session.scalars(select(AuditEntry).where(AuditEntry.subject == f"user_account {account_id}")).one()
    assert (made.action, made.actor_id) == ("create", admin.user_id)


def test_an_account_for_a_person_of_the_register_keeps_the_person():
    admin = administrator()
    person = stakeholders.person("Known Already")
    account_id = accounts.make_account(
        admin,
        person_id=person.id,
        rev=person.rev,
        values={"title": "Known Already", "email": "known@example.org"},
        at=AT,
    )
    assert db.session.get_one(UserAccount, account_id).person_id == person.id
    assert db.session.get_one(Person, person.id).email == "known@example.org"
    with pytest.raises(Invalid) as caught:
        accounts.make_account(admin, person_id=person.id, rev=person.rev, values={"email": "x@example.org"}, at=AT)
    assert set(caught.value.fields) == {"person_id"}


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"title": "Somebody", "email": ""}, "email"),
        ({"title": "Somebody", "email": "admin@example.org"}, "email"),
        ({"title": "", "email": "new@example.org"}, "title"),
        ({"title": "Somebody", "email": "new@example.org", "delegations": [{"stakeholder_id": "", "role": "head"}]},
         "delegations.0.stakeholder_id"),
    ],
)  # fmt: skip
def test_an_account_that_cannot_be_leaves_no_person_behind(values, field):
    admin = administrator()
    with pytest.raises(Invalid) as caught:
        accounts.make_account(admin, values=values, at=AT)
    assert list(caught.value.fields) == [field]
    assert len(db.session.scalars(select(Person)).all()) == 1


def test_closing_signs_out_everywhere_at_once_and_voids_the_address():
    admin = administrator()
    account = users.user("somebody@example.org", password=PASSWORD)
    accounts.make_password_link(admin, account.id, at=AT)
    token = link_of(account.id)
    accounts.close_account(admin, account.id, at=AT)
    assert accounts.load_viewer(account.id, 0, day=DAY) is None
    assert accounts.authenticate("somebody@example.org", PASSWORD, at=AT) is None
    with pytest.raises(NotVisible):
        accounts.get_invited(token, key=KEY, at=AT)
    with pytest.raises(Conflict):
        accounts.close_account(admin, account.id, at=AT)
    with pytest.raises(Conflict):
        accounts.make_password_link(admin, account.id, at=AT)

    accounts.reopen_account(admin, account.id, at=AT)
    assert accounts.load_viewer(account.id, 0, day=DAY) is None, "a session of before does not come back"
    assert accounts.authenticate("somebody@example.org", PASSWORD, at=AT)
    with pytest.raises(Conflict):
        accounts.reopen_account(admin, account.id, at=AT)
    until = (AT + timedelta(hours=48)).isoformat()
    assert acts_on(account.id) == [
        ("make_password_link", "Keeper of accounts", {"password_link_until": [None, until]}),
        (
            "close_account",
            "Keeper of accounts",
            {"is_active": [True, False], "session_epoch": [0, 1], "password_link_until": [until, None]},
        ),
        ("reopen_account", "Keeper of accounts", {"is_active": [False, True]}),
    ]


def test_nobody_closes_their_own_account_nor_that_of_the_last_administrator():
    admin = administrator()
    with pytest.raises(Conflict, match="your own account"):
        accounts.close_account(admin, admin.user_id, at=AT)
    without_password = users.user("waiting@example.org")
    users.office(OfficeRole.ADMINISTRATOR, without_password)
    with pytest.raises(Conflict, match="last administrator"):
        accounts.close_account(system(DAY, "t"), admin.user_id, at=AT)
    second = administrator("second@example.org")
    accounts.close_account(second, admin.user_id, at=AT)
    with pytest.raises(Conflict, match="last administrator"):
        accounts.close_account(admin, second.user_id, at=AT)


def test_two_administrators_who_close_each_other_at_once_leave_one(app):
    pair = [administrator(f"{name}@example.org") for name in ("one", "two")]
    db.session.remove()
    start, refused = threading.Barrier(2), []

    def close(actor: Viewer, target: int) -> None:
        with app.app_context():
            start.wait()
            try:
                accounts.close_account(actor, target, at=AT)
            except Conflict:
                refused.append(target)

    threads = [
        threading.Thread(target=close, args=(actor, other.user_id))
        for actor, other in zip(pair, reversed(pair), strict=True)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(refused) == 1
    assert list(db.session.scalars(select(UserAccount.id).where(UserAccount.is_active))) == refused


def test_two_who_give_the_same_address_at_once_make_one_account(app):
    admin = administrator()
    people = [stakeholders.person(name).id for name in ("One", "Two")]
    db.session.remove()
    start, told = threading.Barrier(2), []

    def make(person_id: int) -> None:
        with app.app_context():
            start.wait()
            try:
                accounts.create_account(admin, person_id=person_id, email="a@example.org", password=PASSWORD, at=AT)
            except Invalid as invalid:
                told.append(list(invalid.fields))

    threads = [threading.Thread(target=make, args=(one,)) for one in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert told == [["email"]]


def test_another_address_keeps_password_and_sessions_and_voids_the_link():
    admin = administrator()
    account = users.user("typo@example.org", password=PASSWORD)
    accounts.make_password_link(admin, account.id, at=AT)
    token = link_of(account.id)
    accounts.change_address(admin, account.id, email=" Right@Example.org", at=AT)
    assert accounts.authenticate("right@example.org", PASSWORD, at=AT)
    assert accounts.authenticate("typo@example.org", PASSWORD, at=AT) is None
    assert accounts.load_viewer(account.id, 0, day=DAY)
    with pytest.raises(NotVisible):
        accounts.get_invited(token, key=KEY, at=AT)
    accounts.change_address(admin, account.id, email="right@example.org", at=AT)
    assert [(action, told.get("email")) for action, _, told in acts_on(account.id)[1:]] == [
        ("change_address", ["typo@example.org", "right@example.org"])
    ]
    for wrong in ("", "nonsense", "ADMIN@example.org"):
        with pytest.raises(Invalid) as caught:
            accounts.change_address(admin, account.id, email=wrong, at=AT)
        assert list(caught.value.fields) == ["email"]


def test_at_the_address_a_password_is_chosen_once():
    admin = administrator()
    account = users.user("somebody@example.org")
    accounts.make_password_link(admin, account.id, at=AT)
    token = link_of(account.id)
    invited = accounts.get_invited(token, key=KEY, at=AT)
    assert invited == accounts.Invited(account.id, "somebody", "somebody@example.org", AT + timedelta(hours=48))
    with pytest.raises(Invalid) as caught:
        accounts.choose_password(token, new="short", key=KEY, at=AT)
    assert list(caught.value.fields) == ["new"]
    accounts.choose_password(token, new=NEW, key=KEY, at=AT)
    assert accounts.authenticate("somebody@example.org", NEW, at=AT)
    for again in (accounts.get_invited, lambda t, **k: accounts.choose_password(t, new=PASSWORD, **k)):
        with pytest.raises(NotVisible):
            again(token, key=KEY, at=AT)
    assert [(action, who) for action, who, _ in acts_on(account.id)] == [
        ("make_password_link", "Keeper of accounts"),
        ("choose_password", "somebody"),
    ]
    assert acts_on(account.id)[1][2]["password_hash"] == ["…", "…"]


def test_an_address_ends_after_48_hours_when_taken_back_or_when_there_is_a_newer_one():
    admin = administrator()
    account = users.user("somebody@example.org")
    accounts.make_password_link(admin, account.id, at=AT)
    first = link_of(account.id)
    assert accounts.get_invited(first, key=KEY, at=AT + timedelta(hours=48, microseconds=-1))
    later = AT + timedelta(hours=1)
    for void in (
        lambda: accounts.get_invited(first, key=KEY, at=AT + timedelta(hours=48)),
        lambda: accounts.get_invited(first, key="another" * 8, at=AT),
        lambda: (accounts.make_password_link(admin, account.id, at=later),
                 accounts.get_invited(first, key=KEY, at=later)),
        lambda: (accounts.void_password_link(admin, account.id, at=later),
                 accounts.get_invited(accounts.token_of(account.id, later + timedelta(hours=48), key=KEY), key=KEY,
                                      at=later)),
    ):  # fmt: skip
        with pytest.raises(NotVisible):
            void()


@pytest.mark.parametrize(
    "forge",
    [
        lambda _: "",
        lambda token: token[:-1] + ("A" if token[-1] != "A" else "B"),
        lambda token: "9" + token,
        lambda token: token + "\n",
        lambda token: token.replace("-", "--", 1),
        lambda _: "0" * 9 + "-" + "9" * 16 + "-" + "A" * 43,
        lambda _: "é" * 70,
    ],
)
def test_a_forged_address_opens_nothing(forge):
    admin = administrator()
    account = users.user("somebody@example.org")
    accounts.make_password_link(admin, account.id, at=AT)
    with pytest.raises(NotVisible):
        accounts.get_invited(forge(link_of(account.id)), key=KEY, at=AT)


def test_neither_the_database_nor_the_history_holds_what_opens_an_account():
    admin = administrator()
    account = users.user("somebody@example.org")
    accounts.make_password_link(admin, account.id, at=AT)
    token = link_of(account.id)
    signature = token.rpartition("-")[2]
    accounts.choose_password(token, new=NEW, key=KEY, at=AT)
    told = str([row.changes for row in db.session.scalars(select(AuditEntry))])
    assert not any(secret in told for secret in (signature, NEW, PASSWORD, "argon2"))


def test_only_who_reaches_everything_keeps_accounts():
    account = users.user("somebody@example.org")
    body_admin = replace(
        public(DAY), user_id=None, bodies=frozenset({1}), offices=((OfficeRole.ADMINISTRATOR, frozenset({1})),)
    )
    chair = replace(public(DAY), everywhere=True, offices=((OfficeRole.CHAIR, None),))
    for actor in (public(DAY), body_admin, chair):
        for act in (
            lambda a: accounts.list_accounts(a, RegisterQuery()),
            lambda a: accounts.get_account_page(a, account.id, at=AT),
            lambda a: accounts.find_candidates(a, "x"),
            lambda a: accounts.make_account(a, values={}, at=AT),
            lambda a: accounts.change_address(a, account.id, email="x@example.org", at=AT),
            lambda a: accounts.close_account(a, account.id, at=AT),
            lambda a: accounts.reopen_account(a, account.id, at=AT),
            lambda a: accounts.make_password_link(a, account.id, at=AT),
            lambda a: accounts.void_password_link(a, account.id, at=AT),
            lambda a: accounts.add_administrator(a, email="x@example.org", name="X", password=PASSWORD, at=AT),
        ):
            with pytest.raises(NotAllowed):
                act(actor)
    admin = administrator()
    for act in (accounts.close_account, accounts.reopen_account, accounts.make_password_link):
        with pytest.raises(NotVisible):
            act(admin, 999, at=AT)


def test_the_list_says_who_can_sign_in_and_for_whom():
    admin = administrator()
    party = stakeholders.state("Q1", stakeholders.status("state_party", "2015"), name="Example State")
    other = stakeholders.state("Q2", stakeholders.status("state_party", "2015"), name="Other State")
    person = stakeholders.person("Both", party)
    stakeholders.delegate(person, other)
    both = users.user("both@example.org", person, password=PASSWORD)
    users.user("waiting@example.org")
    accounts.close_account(admin, both.id, at=AT)
    page = accounts.list_accounts(admin, RegisterQuery())
    assert page.total == 3
    told = [[cell.value for cell in row.cells] for row in page.rows]
    assert [sorted(str(told[0][2]).split(", ")), told[0][:2], told[0][3:]] == [
        ["Example State", "Other State"], ["Both", "both@example.org"], ["closed", None],
    ]  # fmt: skip
    assert told[1:] == [
        ["Keeper of accounts", "admin@example.org", None, "open", None],
        ["waiting", "waiting@example.org", None, "waiting", None],
    ]
    for query, emails in (
        (RegisterQuery(q="BOTH@"), ["both@example.org"]),
        (RegisterQuery(filters={"state": "waiting"}), ["waiting@example.org"]),
        (RegisterQuery(filters={"role": "administrator"}), ["admin@example.org"]),
        (RegisterQuery(filters={"role": "chair"}), []),
        (RegisterQuery(sort="-email"), ["waiting@example.org", "both@example.org", "admin@example.org"]),
    ):
        assert [row.cells[1].value for row in accounts.list_accounts(admin, query).rows] == emails
    with pytest.raises(BadQuery):
        accounts.list_accounts(admin, RegisterQuery(filters={"state": "lost"}))


def test_people_without_an_account_are_found_by_name_and_by_e_mail():
    admin = administrator()
    stakeholders.person("Has None", stakeholders.state("Q1", name="Example State"))
    users.user("has@example.org", stakeholders.person("Has One"))
    assert [(c.name, c.stakeholder) for c in accounts.find_candidates(admin, "has")] == [("Has None", "Example State")]
    assert accounts.find_candidates(admin, "") == []
    assert accounts.find_candidates(admin, "%") == []
