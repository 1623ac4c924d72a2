"""Every fault of what people entered is found at once, with file, record and field; and then nothing is written."""

import json

from hypothesis import given, settings
from hypothesis import strategies as st

from planner.services.record_files.checking import CleanRecord
from planner.services.record_files.compare import snapshot
from planner.services.record_files.consistency import Cycles
from planner.services.record_files.entered import entered_of
from planner.services.record_files.entered_export import keyed
from planner.services.record_files.places import Ledger, Place
from planner.services.record_files.schema import ENTERED_FILES, FILES
from planner.services.record_files.shapes import Shape

CALL = {
    "id": "call-1", "origin": "own", "title": "A call", "state": "open", "audience_parent": {"meeting": "m-csp12"},
    "meeting": "m-csp12", "opens_at": "2026-01-01T09:00:00+00:00", "closes_at": "2026-02-01T09:00:00+00:00",
}  # fmt: skip


def faults(files, load, additions: dict | None = None, edits: dict | None = None) -> list[str]:
    for name, data in (("additions.yaml", additions), ("edits.yaml", edits)):
        files.write(name, json.loads(json.dumps({"schema_version": 1, **(data or {})})))
    report = load(files.directory)
    assert (report.created, report.updated) == ([], [])
    # Lines count from the head of a file and move with every key; what stands where is tested in test_reading.
    return [": ".join(part for part in (f.file, f.record, f.field, str(f.message)) if part) for f in report.faults]


EMPTIED = (
    "public_title", "note", "withdrawn_because", "audience", "audience_parent", "cycle", "series", "start_on", "end_on",
    "week_from_on", "week_until_on", "city", "country", "venue", "latitude", "longitude", "mode", "theme",
    "held_during",
    "registration_opens_on", "registration_closes_on", "notified_on", "invited_on", "capacity", "side_events",
)  # fmt: skip


def not_known(place: str, found: str, words: str) -> str:
    return f"{place}: “{found}” is not one of the words known here: {words}."


def test_what_is_wrong_in_itself(context, files, load):
    found = faults(
        files,
        load,
        {
            "calls": [
                {**CALL, "colour": "red", "minutes": "ten", "state": "adopted"},
                {**CALL, "id": "call-2", "closes_at": CALL["opens_at"]},
                {**CALL, "id": "call-3", "opens_at": "2026-01-01", "meeting": 7},
                {**CALL, "id": "call-1"},
                {"id": "call-4"},
            ],
            "follow_ups": [
                {"id": "f", "origin": "own", "title": "x", "state": "done", "due_session": "s-csp12-1",
                 "closed_on": "2026-01-02", "owner": {"state": "NO"}, "comes_from": "m-csp12"},
            ],
            "persons": [
                {"id": "p", "origin": "own", "title": "P", "delegations": [{"role": "queen", "stakeholder": "NO"}]}
            ],
            "plan_items": [{"id": "t7-1", "origin": "own", "title": "x", "plan": "plan-art11", "item_kind": "topic"}],
            "bodies": [],
        },
        {"meetings": [{"id": "m-csp12", "venue": "Here", "without": ["venue", "title"], "rev": 3}]},
    )  # fmt: skip
    assert sorted(found) == sorted(
        [
            "additions.yaml: call-1: colour: The key “colour” is not known here.",
            "additions.yaml: call-1: minutes: This must be a number, not a text.",
            not_known("additions.yaml: call-1: state", "adopted", "draft, open, closed, cancelled"),
            "additions.yaml: call-2: closes_at: A call closes after it opens.",
            "additions.yaml: call-3: opens_at: “2026-01-01” is not an instant. Write it as 2026-11-24T09:00:00+00:00.",
            "additions.yaml: call-3: meeting: This must be a key (in quotes), not a number.",
            "additions.yaml: call-1: id: The key “call-1” is used twice, first in additions.yaml:3.",
            *(f"additions.yaml: call-4: {key}: The field is missing."
              for key in ("origin", "title", "meeting", "opens_at", "closes_at", "state")),
            "additions.yaml: f: due_offset_days: A date tied to a session needs the session and the number of days.",
            "additions.yaml: f: evidence: What is closed needs evidence or a reason.",
            "additions.yaml: f: owner: The key “state” is not known here.",
            "additions.yaml: f: comes_from: This must be one kind of record with its key, as in “meeting: m-1”.",
            not_known("additions.yaml: p: delegations.1.role", "queen", "head, alternate, focal_point, member"),
            "additions.yaml: t7-1: id: The key “t7-1” is used twice, first in plan.yaml:120.",
            "additions.yaml: bodies: The key “bodies” is not known here.",
            "edits.yaml: m-csp12: venue: “venue” is given, and said to be empty.",
            not_known("edits.yaml: m-csp12: without.2", "title", ", ".join(EMPTIED)),
            "edits.yaml: m-csp12: rev: The key “rev” is not known here.",
        ]
    )  # fmt: skip


def test_what_points_to_nothing_or_is_held_twice(context, files, load):
    found = faults(
        files,
        load,
        {
            "calls": [{**CALL, "item": "t99", "audience_parent": {"body": "Nobody"}}],
            "outputs": [{"id": "o5-1", "origin": "own", "title": "x", "state": "final", "output_kind": "report"}],
        },
        {
            "meetings": [
                {"id": "m-none", "venue": "x"},
                {"id": "m-csp12", "hosts": [{"stakeholder": "ZZ", "position": 0}]},
            ],
            "plan_sessions": [{"id": "s-csp12-1", "slots": [{"offer": "call-1", "position": 0}]}],
        },
    )
    assert found == [
        "additions.yaml: o5-1: id: Another file holds this already; its edits may stand in “edits.yaml”.",
        "edits.yaml: m-none: id: No other file holds this.",
        "additions.yaml: call-1: audience_parent: There is no body “Nobody”.",
        "additions.yaml: call-1: item: There is no plan item “t99”.",
        "edits.yaml: m-csp12: hosts.1.stakeholder: There is no stakeholder “ZZ”.",
        "edits.yaml: s-csp12-1: slots.1.offer: There is no offer “call-1”.",
    ]


def test_nothing_of_the_record_is_written_beside_a_fault(context, files, load):
    assert faults(files, load, {"calls": [{**CALL, "item": "t99"}]}) == [
        "additions.yaml: call-1: item: There is no plan item “t99”."
    ]
    assert snapshot() == {}


KEYS = [
    (name, kind, key)
    for name in ENTERED_FILES
    for kind, lists in FILES[name].keys.items()
    if isinstance(getattr(lists, "kind", None), Shape)
    for key in lists.kind.keys
]
SCALARS = st.one_of(
    st.none(), st.booleans(), st.integers(), st.text(max_size=40), st.dates(), st.datetimes().map(str),
    st.sampled_from(["NO", "m-csp12", "2027-02-30", "2026-11-24T09:00:00+00:00", "x" * 1001, "own", "draft", "11(2)"]),
)  # fmt: skip
NAMES = st.sampled_from(
    ["id", "meeting", "stakeholder", "field", "role", "ground", "item", "session_id", "treats", "x"]
)
ODD = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=3), max_leaves=8
)


@settings(max_examples=300)
@given(st.sampled_from(KEYS), ODD)
def test_any_value_of_any_key_is_taken_or_refused_in_words(chosen, odd):
    name, kind, key = chosen
    ledger = Ledger()
    data = keyed({"schema_version": 1, kind: [{"id": "x", key: odd}]})
    clean = FILES[name].clean(data, Place(ledger, name))
    assert all(str(fault) and fault.file == name for fault in ledger.faults)
    if not any(fault.field.startswith(key) for fault in ledger.faults):
        # What is taken can be made into values of columns.
        part = {"additions.yaml": "additions", "edits.yaml": "edits"}[name]
        entered_of(CleanRecord({}, {}, {}, {}, {}, {}, Cycles(), **{part: clean}))


def test_a_frozen_text_that_is_none_is_refused(context, files, load):
    programme = {"meeting": {"id": {"meeting": "m-csp12"}}, "sessions": [{"id": 7}]}
    release = {
        "id": "r", "origin": "own", "title": "R", "meeting": "m-csp12", "number": 1,
        "changes": [{"subject": "session"}],
        "released_at": "2026-11-24T09:00:00Z", "effective_at": "2026-11-24T09:00:00Z", "programme": programme,
    }  # fmt: skip
    assert faults(
        files, load, {"releases": [release, {**release, "id": "s", "programme": {"sessions": []}, "changes": []}]}
    ) == [
        "additions.yaml: r: changes: This is not the list of changes of a release.",
        "additions.yaml: r: programme: A frozen programme names a record by its kind and key, as in “meeting: m-1”.",
        "additions.yaml: r: programme: This is not the programme of a release.",
    ]


def test_merged_sessions_go_on_somewhere_else(context, files, load):
    edits = [
        {"id": "s-csp12-1", "state": "merged", "continued_in": "s-csp12-2"},
        {"id": "s-csp12-2", "state": "merged", "continued_in": "s-csp12-1"},
        {"id": "s-csp11-enip", "state": "merged", "continued_in": "s-csp11-enip"},
        {"id": "s-csp10-67", "state": "merged"},
        {"id": "s-csp10-open", "continued_in": "s-csp12-1"},
        {"id": "s-csp10-ceii", "split_from": "s-csp10-ceii"},
    ]
    ring = "It hangs on itself through “continued_in”."
    assert sorted(faults(files, load, {}, {"plan_sessions": edits})) == sorted(
        [
            f"edits.yaml: s-csp12-1: continued_in: {ring}",
            f"edits.yaml: s-csp12-2: continued_in: {ring}",
            f"edits.yaml: s-csp11-enip: continued_in: {ring}",
            "edits.yaml: s-csp10-67: state: A merged session says in “continued_in” where it goes on.",
            "edits.yaml: s-csp10-open: continued_in: Only a merged session goes on in another one.",
            "edits.yaml: s-csp10-ceii: split_from: It hangs on itself through “split_from”.",
        ]
    )
