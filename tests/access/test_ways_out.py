"""Every way out shows the same: list, page, search, CSV and feed, for every viewer, against the rule in words."""

from __future__ import annotations

import csv
import io
import re
from typing import Any

import openpyxl
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import Phase, example, given, settings
from icalendar import Calendar
from lxml import etree
from sqlalchemy import select
from werkzeug.test import TestResponse

from planner.access.viewer import Viewer, system
from planner.calendars.addresses import address_of
from planner.core import clock
from planner.core.db import db
from planner.models import CalendarEntry, Invitation, MailReply, OutboxMessage, ReplyOutcome, UserAccount
from planner.models import Person as PersonRecord
from planner.services import changes, dav, invitation_mail, personal_feeds
from planner.services.accounts import load_viewer
from planner.services.feed_choice import Choice
from planner.web.urls import PAGES, REGISTER_PAGES

from ..conftest import Databases, on_database
from .building import AT, DAY, build, is_released
from .worlds import PROGRAMME, Node, Person, World, is_officer, knows_of, may_see, merged_world, worlds

DATED = ("meeting", "plan_session", "call", "follow_up", "plan_version")

REGISTERS = {
    "body": "/bodies",
    "meeting": "/meetings",
    "plan_session": "/sessions",
    "document": "/documents",
    "output": "/outputs",
    "decision": "/decisions",
    "follow_up": "/follow-ups",
    "call": "/calls",
    "offer": "/presentations",
    "contribution": "/contributions",
    "plan": "/plans",
    "comment": "/comments",
}


def browser_of(app: Flask, person: Person) -> FlaskClient:
    client = app.test_client()
    if person.key != "stranger":
        with app.app_context():
            query = select(UserAccount).where(UserAccount.email == f"{person.key}@test.example")
            account = db.session.scalars(query).one()
        with client.session_transaction() as session:
            session["_user_id"] = f"{account.id}.{account.session_epoch}"
    return client


def keys_in_csv(client: FlaskClient, address: str) -> set[str]:
    response = client.get(f"{address}?format=csv")
    assert response.status_code == 200
    cells = {cell for row in csv.reader(io.StringIO(response.text)) for cell in row}
    return {cell.removeprefix("Title of ") for cell in cells if cell.startswith("Title of ")}


def ids_linked(client: FlaskClient, address: str, path: str) -> set[int]:
    """Return the ids of the records of one kind that a list links to from its rows, over all its pages."""
    found: set[int] = set()
    for page in range(1, 20):
        response = client.get(f"{address}{'&' if '?' in address else '?'}page={page}")
        if response.status_code == 400 and page > 1:
            break
        assert response.status_code == 200
        main = response.text.partition("<main")[2]
        found |= {int(number) for number in re.findall(rf'href="{path}/(\d+)"', main)}
        if f"page={page + 1}" not in response.text:
            break
    return found


def path_of(app: Flask, kind: str) -> str:
    rule = next(rule for rule in app.url_map.iter_rules(PAGES[kind][0]) if "<int:record_id>" in rule.rule)
    return rule.rule.partition("/<int")[0]


def components(client: FlaskClient, address: str) -> list[Any]:
    response = client.get(address)
    assert response.status_code == 200
    calendar = Calendar.from_ical(response.get_data())
    return [part for part in calendar.walk() if part.get("SUMMARY")]


def summaries(client: FlaskClient, address: str = "/calendar.ics") -> set[str]:
    texts = {str(part["SUMMARY"]) for part in components(client, address)}
    return {text.partition("Title of ")[2] for text in texts if "Title of " in text}


@given(world=worlds())
@example(world=merged_world())
@settings(max_examples=3, phases=(Phase.explicit, Phase.reuse, Phase.generate), report_multiple_bugs=False)
def test_every_way_out_shows_what_the_rule_says(
    the_app: Flask, databases: Databases, empty_template: str, world: World
) -> None:
    url = databases.new(empty_template)
    with on_database(the_app, url):
        with the_app.app_context():
            ids = build(world)
        for person in world.people:
            client = browser_of(the_app, person)
            seen = {node.key for node in world.nodes if may_see(person, node)}
            for kind, address in REGISTERS.items():
                nodes = [node for node in world.nodes if node.kind == kind]
                if nodes:
                    _compare(the_app, client, address, nodes, seen, ids)
            paths = "|".join(path_of(the_app, kind) for kind in (*REGISTERS, "plan_version"))
            found = ids_linked(client, "/search?q=title", f"(?:{paths})")
            assert found & set(ids.values()) == {ids[key] for key in seen}, ("search", person)
            _compare_rounds(client, world, person, ids)
            _compare_changes(client.get("/calendars/changes"), world, person)
            _compare_merged(client, world, person, ids)
        for person in (one for one in world.people if one.key != "stranger"):
            _compare_feed(the_app, world, person)
        with the_app.app_context():
            _compare_mail(world, ids)
            _note_answers(world, ids)
        for person in world.people:
            _compare_answers(browser_of(the_app, person), world, person)
        stranger = next(person for person in world.people if person.key == "stranger")
        dated = {n.key for n in world.nodes if n.kind in ("meeting", "plan_session") and may_see(stranger, n)}
        in_feed = {key for key in summaries(the_app.test_client()) if key.startswith(("meeting", "plan_session"))}
        assert in_feed == dated
        _compare_forms(the_app.test_client(), world, stranger, ids)
        _compare_changes(the_app.test_client().get("/changes.atom"), world, stranger)
    databases.drop(url)


def _compare_rounds(client: FlaskClient, world: World, person: Person, ids: dict[str, int]) -> None:
    """The page of a round, and its tables, hold the comments in it that the person may see, and no other."""
    for version in (node for node in world.nodes if node.kind == "plan_version"):
        address = f"/plan-versions/{ids[version.key]}/comments"
        seen = {ids[n.key] for n in world.nodes if n.parent is version and may_see(person, n)}
        if not may_see(person, version):
            assert {client.get(f"{address}{more}").status_code for more in ("", "?format=csv", "/new")} <= {404, 303}
            continue
        assert ids_linked(client, address, "/comments") == seen, person
        lines = csv.DictReader(io.StringIO(client.get(f"{address}?format=csv").text))
        assert {int(line["Number"]) for line in lines} == seen, person
        (sheet, other) = openpyxl.load_workbook(io.BytesIO(client.get(f"{address}?format=xlsx").get_data())).worksheets
        assert [one.max_row - 1 for one in (sheet, other)] == [len(seen)] * 2, person


def _compare_changes(answer: TestResponse, world: World, person: Person) -> None:
    """What changed tells of every dated record that the person may see, as far as it is released, and of no other."""
    assert answer.status_code == 200
    told = set(re.findall(r"Title of (\w+)", answer.text))
    seen = {node.key for node in world.nodes if may_see(person, node)}
    assert told - seen == set(), person
    dated = {
        node.key for node in world.nodes if node.kind in DATED and (node.kind not in PROGRAMME or is_released(node))
    }
    assert told & {node.key for node in world.nodes if node.kind in DATED} == dated & seen, person


def _compare_merged(client: FlaskClient, world: World, person: Person, ids: dict[str, int]) -> None:
    """Pages of sessions that hang together lead to one another as far as somebody may see them, and name no more."""
    for node in world.nodes:
        if node.into is None:
            continue
        for one, other in ((node, node.into), (node.into, node)):
            if not may_see(person, one):
                continue
            text = client.get(f"/sessions/{ids[one.key]}").text
            assert {key for key in re.findall(r"Title of (\w+)", text) if key != one.key} <= {
                seen.key for seen in world.nodes if may_see(person, seen)
            }, (person, one.key)
            linked = f'href="/sessions/{ids[other.key]}"' in text
            assert linked == may_see(person, other), (person, one.key, other.key)


def _compare_forms(client: FlaskClient, world: World, stranger: Person, ids: dict[str, int]) -> None:
    """Every other form holds the entries of the feed, and names nothing that a stranger may not see."""
    seen = {node.key for node in world.nodes if may_see(stranger, node)}
    entries = summaries(client)
    for form in ("json", "xml", "csv", "xlsx"):
        named, titles = told_in(client.get(f"/calendar.{form}").get_data(), form)
        assert (titles, named - seen) == (entries, set()), form
    for node in (node for node in world.nodes if node.kind == "meeting"):
        address = f"/meetings/{ids[node.key]}"
        assert {client.get(f"{address}/calendar.{form}").status_code for form in ("json", "xml", "csv", "xlsx")} == {
            200 if node.key in seen else 404
        }
        held = {one.key for one in world.nodes if one.kind == "plan_session" and one.parent is node} & seen
        for form in ("xml", "json"):
            answer = client.get(f"{address}/schedule.{form}")
            assert answer.status_code == (200 if node.key in seen else 404)
            if node.key in seen:
                named, titles = told_in(answer.get_data(), form)
                assert (titles, named - seen) == (held, set()), (form, node.key)


def told_in(data: bytes, form: str) -> tuple[set[str], set[str]]:
    """Return the keys of all records that a file names anywhere, and those of the entries that it holds."""
    if form == "xlsx":
        (sheet,) = openpyxl.load_workbook(io.BytesIO(data)).worksheets
        rows = [[str(value or "") for value in row] for row in sheet.iter_rows(values_only=True)]
        text, titles = "\n".join(cell for row in rows for cell in row), [row[7] for row in rows[1:]]
    elif form == "csv":
        text = data.decode()
        titles = [row["Title"] for row in csv.DictReader(io.StringIO(text))]
    elif form == "xml":
        text = data.decode()
        titles = etree.fromstring(data).xpath("//*[local-name()='summary']/*/text() | //event/title/text()")
    else:
        text = data.decode()
        titles = re.findall(r'\["summary",{},"text","([^"]*)"\]|"title":"([^"]*)","subtitle"', text)
        titles = ["".join(found) for found in titles]
    return set(re.findall(r"Title of (\w+)", text)), {title.partition("Title of ")[2] for title in titles}


def _compare(
    app: Flask, client: FlaskClient, address: str, nodes: list[Node], seen: set[str], ids: dict[str, int]
) -> None:
    expected = {node.key for node in nodes} & seen
    path = path_of(app, nodes[0].kind)
    mine = {ids[node.key] for node in nodes}
    assert keys_in_csv(client, address) & {node.key for node in nodes} == expected, address
    assert ids_linked(client, address, path) & mine == {ids[key] for key in expected}, address
    opened = {node.key for node in nodes if client.get(f"{path}/{ids[node.key]}").status_code == 200}
    assert opened == expected, address


def viewer_of(person: Person) -> Viewer:
    account = db.session.execute(
        select(UserAccount.id, UserAccount.session_epoch).where(UserAccount.email == f"{person.key}@test.example")
    ).one()
    viewer = load_viewer(*account, day=clock.today())
    assert viewer
    return viewer


def feed_of(app: Flask, person: Person) -> list[str]:
    """Make a feed of all that somebody may see; return the addresses of its events and of its tasks."""
    with app.test_request_context():
        viewer = viewer_of(person)
        choice = Choice(name="All", deadlines_as_days=True, with_busy=True)
        feed_id = personal_feeds.make(viewer, choice, at=clock.now())
        return [address_of(feed_id, 0), address_of(feed_id, 0, tasks=True)]


def _compare_feed(app: Flask, world: World, person: Person) -> None:
    """The feed of a person holds what they may see of what is released; their tasks are the follow-ups of it. Of a
    released session that they may not see, of a meeting that they may see, it holds the hours and nothing else.
    """
    addresses = feed_of(app, person)
    held = [summaries(app.test_client(), address) for address in addresses]
    dated = {
        node.key
        for node in world.nodes
        if node.kind in DATED and may_see(person, node) and (node.kind not in PROGRAMME or is_released(node))
    }
    assert held == [dated, {key for key in dated if key.startswith("follow_up")}], person
    text = app.test_client().get(addresses[0]).text.replace("\r\n ", "")
    assert set(re.findall(r"Title of (\w+)", text)) <= {node.key for node in world.nodes if may_see(person, node)}
    assert set(re.findall(r"session-(plan_session\d+)@", text)) <= dated, "UIDs of what is related"
    _compare_calendars(app, person, dated)
    _compare_files(app, person, addresses[0], {node.key for node in world.nodes if may_see(person, node)})
    busy = [part for part in components(app.test_client(), addresses[0]) if str(part["SUMMARY"]) == "Busy"]
    may_know = [
        node
        for node in world.nodes
        if node.kind == "plan_session"
        and is_released(node)
        and not may_see(person, node)
        and knows_of(person, node)
        and node.into is None
    ]
    assert len(busy) == len(may_know), person
    assert {name for part in busy for name in part} <= {
        "UID", "DTSTAMP", "CREATED", "LAST-MODIFIED", "SEQUENCE", "STATUS", "TRANSP", "DTSTART", "DTEND", "SUMMARY"
    }  # fmt: skip


def _compare_files(app: Flask, person: Person, address: str, seen: set[str]) -> None:
    """Each entry is there as a file for whom the feed holds it, and names nothing else."""
    client = browser_of(app, person)
    with app.app_context():
        uids = db.session.scalars(select(CalendarEntry.uid)).all()
    answers = {uid: client.get(f"/calendars/entries/{uid.removesuffix('@planner')}.ics") for uid in uids}
    opened = {uid: answer.text for uid, answer in answers.items() if answer.status_code == 200}
    held = {str(part["UID"]) for part in components(app.test_client(), address)}
    apart = {uid for uid in opened if uid.startswith("presentation-")}
    assert set(opened) - apart == {uid for uid in held if not uid.startswith("busy-")}, person
    said = "".join(opened.values()).replace("\r\n ", "")
    assert set(re.findall(r"Title of (\w+)", said)) <= seen, person


def _compare_calendars(app: Flask, person: Person, dated: set[str]) -> None:
    """Programs that keep calendars in step are given the same, by name, and in the first list of changes."""
    with app.test_request_context():
        for holding in dav.list_holdings(viewer_of(person)):
            items = dav.list_items(holding, with_text=True)
            tasks = {key for key in dated if key.startswith("follow_up")}
            assert {key for item in items for key in titles_in(item.text)} == (
                tasks if holding.name == "tasks" else dated
            )
            names = {item.name for item in items}
            assert {change.name for change in dav.changes_since(holding, "")[1]} == names
            every = {row.uid.removesuffix("@planner") + ".ics" for row in db.session.execute(select(CalendarEntry.uid))}
            assert {item.name for item in dav.list_items(holding, names=every)} == names, "asked for by name"
            db.session.rollback()


def titles_in(text: str) -> set[str]:
    return set(re.findall(r"Title of (\w+)", text.replace("\r\n ", "").partition("SUMMARY:")[2].partition("\r\n")[0]))


def _compare_mail(world: World, ids: dict[str, int]) -> None:
    """Whoever is asked to every session gets a mail about each that they may see, in which nothing else is named.

    The release counts for officers too: nobody is told of a working copy.
    """
    sessions = {ids[node.key]: node for node in world.nodes if node.kind == "plan_session"}
    people = {person.key: person for person in world.people if person.key != "stranger"}
    named = {row.title: row.id for row in db.session.execute(select(PersonRecord.id, PersonRecord.title))}
    with changes.change(system(DAY, "test"), at=AT):
        asked = [
            Invitation(session_id=session_id, person_id=named[key], address=f"{key}@test.example", uid=f"s{session_id}",
                       invited_at=AT, asked_sequence=0)
            for session_id in sessions for key in people
        ]  # fmt: skip
        db.session.add_all(asked)
        db.session.flush()
        invitation_mail.settle([one.id for one in asked], at=AT)
    told = set()
    for message in db.session.scalars(select(OutboxMessage)):
        key = message.to_address.partition("@")[0]
        told.add((key, sessions[message.record_id or 0].key))
        seen = {node.key for node in world.nodes if may_see(people[key], node)}
        said = "".join(
            [message.subject, message.text, message.html or "", (message.calendar or "").replace("\r\n ", "")]
        )
        assert set(re.findall(r"Title of ([a-z_]+\d+)", said)) <= seen, message.to_address
        assert {other for other in people if f"{other}@" in said} == {key}
    assert told == {
        (key, node.key)
        for node in sessions.values() if is_released(node) and node.into is None
        for key, person in people.items() if may_see(person, node)
    }  # fmt: skip


def _note_answers(world: World, ids: dict[str, int]) -> None:
    """Have an answer refused for every session, and one that is about nothing that is known."""
    keys = [node.key for node in world.nodes if node.kind == "plan_session"]
    with changes.change(system(DAY, "test"), at=AT):
        db.session.add_all(
            MailReply(mail_key=key, read_at=AT, from_address=f"from-{key}@test.example", session_id=ids.get(key),
                      outcome=ReplyOutcome.UNKNOWN)
            for key in [*keys, "nothing"]
        )  # fmt: skip


def _compare_answers(client: FlaskClient, world: World, person: Person) -> None:
    """Refused answers are there for the officers of the session's body alone, on the list and each by itself."""
    own = {node.key for node in world.nodes if node.kind == "plan_session" and is_officer(person, node)}
    answer = client.get("/outbox/replies")
    assert (answer.status_code == 200) is bool(person.offices), person
    told = set(re.findall(r"from-(\w+)@", answer.text)) if answer.status_code == 200 else set()
    assert told == own, person
    count = 1 + sum(node.kind == "plan_session" for node in world.nodes)
    pages = [client.get(f"/outbox/replies/{number}") for number in range(1, count + 1)]
    opened = {key for page in pages if page.status_code == 200 for key in re.findall(r"from-(\w+)@", page.text)}
    assert opened == own, person


def test_every_register_of_such_records_is_compared() -> None:
    assert {address.strip("/").replace("-", "_") for address in REGISTERS.values()} <= {
        name.replace("-", "_") for name in REGISTER_PAGES
    }
