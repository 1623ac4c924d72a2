"""Bad files: every fault is named with its file, record and field, all at once, and nothing is written."""

import re
import shutil
from copy import deepcopy
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.core.paths import SEED
from planner.services.record_files import FILE_NAMES
from planner.services.record_files.checking import check_directory
from planner.services.record_files.compare import snapshot
from tests.services.record_files.conftest import Files, as_yaml, by, from_yaml

FULL = {name: (SEED / name).read_bytes() for name in FILE_NAMES if (SEED / name).exists()}


def faults_of(directory: Path) -> list[str]:
    record, faults = check_directory(directory)
    assert (record is None) == bool(faults)
    return [": ".join(part for part in (f.file, f.record, f.field, str(f.message)) if part) for f in faults]


def plant(files: Files) -> None:  # noqa: PLR0915 - one statement per fault
    """Plant one fault after another into the files."""

    def documents(data: dict) -> None:
        sources, rows = data["sources"], data["documents"]
        by(sources, "id", "grip")["read"] = "half"
        by(sources, "id", "untc").pop("title")
        sources.append(dict(by(sources, "id", "seed")))
        by(rows, "id", "d-fin4")["source"] = ["nowhere"]
        by(rows, "id", "d-fin5")["meeting"] = "m-csp99"
        by(rows, "id", "d-fin6")["body"] = "CSPX"
        by(rows, "id", "d-fin7")["cycle"] = "CSP13"
        by(rows, "id", "d-fin8")["submitted_by"] = ["XX"]
        by(rows, "id", "d-fin9")["date"] = "2023-13"
        by(rows, "id", "d-wgtu776")["titel"] = "a slip"
        by(rows, "id", "d-wgtu777")["title"] = "x" * 1001
        by(rows, "id", "d-wgtr778")["title"] = "   "
        by(rows, "id", "d-wgtr779")["pages"] = "many"
        by(rows, "id", "d-uk-strategy")["languages"] = ["en", "en"]
        by(rows, "id", "d-pa-youth")["confidence"] = "high"
        by(rows, "id", "d-pa-youth").pop("provenance")
        by(rows, "id", "d-wgtu-rep4")["conference_action"] = "applauded"
        by(rows, "id", "d-mc747")["provenance"] = "guessed"

    def meetings(data: dict) -> None:
        rows = data["meetings"]
        data["defaults"]["timezone"] = "Europe/Zürich"
        by(rows, "id", "m-csp2")["end_date"] = "2016-08-01"
        by(rows, "id", "m-csp3")["mode"] = "by pigeon"
        by(rows, "id", "m-csp4-wg1").pop("start_date")
        by(rows, "id", "m-csp4-wg1")["end_date"] = "2018-03-07"
        by(rows, "id", "m-csp5-wgtu2")["chair"] = {"role": "Chair"}
        by(rows, "id", "m-csp6-wg1")["facilitators"].append({"state": "ES", "organisation": "sipri"})
        by(rows, "id", "m-csp9")["attendance"] = {"states": -1}
        consultation = by(rows, "id", "m-csp7-consult")["sessions"]
        by(consultation, "id", "s-csp7-c1").pop("end")
        by(consultation, "id", "s-csp7-c2")["end"] = "10:59"
        by(consultation, "id", "s-csp7-c3").pop("date")
        by(consultation, "id", "s-csp7-c4")["start"] = "25:00"
        diversion = by(by(rows, "id", "m-csp4")["sessions"], "id", "s-csp4-div")
        diversion["presentations"][0]["presenter"] = "nobody"
        diversion["presentations"][1]["stakeholder_type"] = "press"
        diversion["agenda_items"] = "three"

    def plan(data: dict) -> None:
        data["article_map"]["articles"][0]["ref"] = "Article five"
        themes = by(data["plans"], "id", "plan-art11")["cycles"]
        themes[0]["topics"][0]["articles"] = ["11[2]"]
        themes[1]["chain_stages"] = ["stage-9"]
        themes[2]["topics"][0]["carried_over_from"] = ["t9-9"]
        themes[3]["topics"][1]["id"] = "t8-1"
        by(data["plans"], "id", "plan-enip")["versions"][0]["status"] = "applauded"
        by(data["plans"], "id", "plan-wgtr-enip")["versions"].append({"version": 1, "status": "draft"})

    def parties(data: dict) -> None:
        by(data["states"], "iso2", "NO")["iso2"] = False
        by(data["states"], "iso2", "SE")["year"] = 2014.5
        by(data["states"], "iso2", "RW")["year"] = 2020
        by(data["organisations"], "id", "bafa")["state"] = "ZZ"

    def instruments(data: dict) -> None:
        by(data["instruments"], "id", "cifta")["in_force"] = 1990
        by(data["instruments"], "id", "mosaic")["binding"] = "very"
        data["schema_version"] = 2

    for name, change in (
        ("documents.yaml", documents), ("meetings.yaml", meetings), ("plan.yaml", plan), ("parties.yaml", parties),
        ("instruments.yaml", instruments),
    ):  # fmt: skip
        files.edit(name, change)


EXPECTED = """
documents.yaml: grip: read: “half” is not one of the words known here: whole, part, opening, short_page, title.
documents.yaml: untc: title: The field is missing.
documents.yaml: seed: id: The key “seed” is used twice, first in documents.yaml:3.
documents.yaml: d-fin4: source.1: There is no source “nowhere”.
documents.yaml: d-fin5: meeting: There is no meeting “m-csp99”.
documents.yaml: d-fin6: body: There is no body “CSPX”.
documents.yaml: d-fin7: cycle: There is no cycle “CSP13”.
documents.yaml: d-fin8: submitted_by.1: There is no State or organisation “XX”.
documents.yaml: d-fin9: date: There is no month 13. Months are 01 to 12.
documents.yaml: d-wgtu776: titel: The key “titel” is not known here.
documents.yaml: d-wgtu777: title: The text has 1001 characters; 1000 are allowed.
documents.yaml: d-wgtr778: title: The text is empty.
documents.yaml: d-wgtr779: pages: This must be a number, not a text.
documents.yaml: d-uk-strategy: languages.2: “en” stands twice in the list.
documents.yaml: d-pa-youth: confidence: A confidence needs a provenance beside it.
documents.yaml: d-wgtu-rep4: conference_action: “applauded” is none of the Conference’s verbs (“welcomed”, “endorsed”…).
documents.yaml: d-mc747: provenance: “guessed” is not one of the words known here: sourced, recalled, derived.
meetings.yaml: defaults.timezone: “Europe/Zürich” is not a known time zone (“Europe/Zurich”).
meetings.yaml: m-csp2: end_date: It ends on 2016-08-01, before it starts on 2016-08-22.
meetings.yaml: m-csp3: mode: “by pigeon” is not one of the words known here: in_person, in_person_with_livestream, \
in_person_with_remote_access, hybrid, virtual, written_procedure, cancelled_replaced_by_written_comments.
meetings.yaml: m-csp4-wg1: start_date: An end needs a start.
meetings.yaml: m-csp5-wgtu2: chair: Name either a State or an organisation.
meetings.yaml: m-csp6-wg1: facilitators.4: Name either a State or an organisation.
meetings.yaml: m-csp9: attendance.states: -1 is not between 0 and 1000000.
meetings.yaml: s-csp7-c1: end: A start needs an end, and an end a start; leave both out where one is unknown.
meetings.yaml: s-csp7-c2: end: It ends at 10:59, not after 11:00.
meetings.yaml: s-csp7-c3: date: Hours need a whole day.
meetings.yaml: s-csp7-c4: start: “25:00” is not an hour of the day (“09:30”).
meetings.yaml: s-csp4-div: presentations.1.presenter: There is no State or organisation “nobody”.
meetings.yaml: s-csp4-div: presentations.2.stakeholder_type: “press” is not one of the words known here: state_party, \
signatory_state, observer_state, regional_organisation, international_organisation, civil_society, research_academia, \
industry, secretariat.
meetings.yaml: s-csp4-div: agenda_items: This must be a list, not a text.
plan.yaml: Article five: ref: “Article five” is not an Article.
plan.yaml: t5-1: articles.1: “11[2]” is not an Article of the Treaty (“11” or “11(2)”).
plan.yaml: plan-art11: cycles.2.chain_stages.1: There is no stage “stage-9”.
plan.yaml: t7-1: carried_over_from.1: There is no topic or theme “t9-9”.
plan.yaml: t8-1: id: The key “t8-1” is used twice, first in plan.yaml:
plan.yaml: plan-enip: versions.1.status: “applauded” is not one of the words known here: draft, circulated, submitted, \
takes_note, welcomed, endorsed, adopted, superseded, withdrawn, lapsed, circulated_for_comment.
plan.yaml: plan-wgtr-enip: versions: “1” stands twice in the plan.
parties.yaml: states 82: iso2: This must be a text (in quotes), not yes or no.
parties.yaml: SE: year: This must be a number, not a number with a fraction.
parties.yaml: RW: year: “year” belongs to the status “state_party”.
parties.yaml: bafa: state: There is no State “ZZ”.
instruments.yaml: cifta: in_force: In force in 1990, before 1997.
instruments.yaml: mosaic: binding: “very” is not one of the words known here: legally, politically, none.
instruments.yaml: schema_version: 2 is not between 1 and 1.
""".strip().splitlines()


def test_every_planted_fault_is_reported_at_once_and_no_other(files, load, context):
    plant(files)
    report = load(files.directory)
    found = [": ".join(p for p in (f.file, f.record, f.field, str(f.message)) if p) for f in report.faults]
    unexpected = [fault for fault in found if not any(fault.startswith(expected) for expected in EXPECTED)]
    missing = [expected for expected in EXPECTED if not any(fault.startswith(expected) for fault in found)]
    # A State whose code is lost is missed by those that name it: that much follows from the fault itself.
    assert [fault for fault in unexpected if "“NO”" not in fault] == []
    assert missing == []
    assert len(EXPECTED) >= 30
    assert snapshot() == {}
    assert (report.ok, report.changed) == (False, False)


def test_faults_name_their_line(files):
    files.replace(
        "parties.yaml", 'iso2: "AL", name: "Albania", region: Europe', 'iso2: "AL", name: "Albania", regoin: Europe'
    )
    faults = check_directory(files.directory)[1]
    assert [(f.file, f.line, f.record, f.field) for f in faults] == [("parties.yaml", 33, "AL", "regoin")]
    assert str(faults[0]) == "parties.yaml:33: AL: regoin: The key “regoin” is not known here."


@pytest.mark.parametrize("name", sorted(FULL))
@pytest.mark.parametrize("tenth", range(10))
def test_a_file_cut_short_is_a_fault(tmp_path, name, tenth):
    shutil.copytree(SEED, tmp_path / "record")
    (tmp_path / "record" / name).write_bytes(FULL[name][: len(FULL[name]) * tenth // 10])
    faults = faults_of(tmp_path / "record")
    assert faults
    assert any(fault.startswith(name) for fault in faults)


def test_a_cut_file_writes_nothing(files, load, context):
    path = files.directory / "plan.yaml"
    path.write_bytes(path.read_bytes()[:9000])
    assert len(load(files.directory).faults) == 1
    assert snapshot() == {}


def test_an_exported_file_cut_at_the_end_of_a_line_is_a_fault_too(record_context, tmp_path):
    from planner.services.record_files import export_record

    export_record(tmp_path / "out")
    text = (tmp_path / "out" / "instruments.yaml").read_text()
    (tmp_path / "out" / "instruments.yaml").write_text(text[: text.rindex("\n- id: ") + 1])
    assert "instruments.yaml: instruments: The file announces 32 entries and holds 31." in faults_of(tmp_path / "out")


@pytest.mark.parametrize("name", [name for name in FULL if name != "bodies.yaml"])
def test_a_missing_file_is_its_only_fault(files, name):
    (files.directory / name).unlink()
    assert faults_of(files.directory) == [f"{name}: The file is missing."]


def test_bodies_may_be_left_out(files, load, context):
    (files.directory / "bodies.yaml").unlink()
    assert load(files.directory).counts()["body"] == 13


def test_a_missing_directory(tmp_path):
    assert faults_of(tmp_path / "none") == [f"{tmp_path / 'none'}: There is no such directory."]


@pytest.mark.parametrize(
    ("name", "change", "expected"),
    [
        (
            "documents.yaml",
            lambda data: by(data["documents"], "id", "d-fin5").update(symbol="ATT/CSP6/2020/SEC/635/Conf.FinRep.Rev1"),
            "documents.yaml: d-fin6: symbol: “ATT/CSP6/2020/SEC/635/Conf.FinRep.Rev1” is used already by d-fin5.",
        ),
        (
            "documents.yaml",
            lambda data: by(data["documents"], "id", "d-wgeti-rep10").update(annex_of="d-guide67"),
            "documents.yaml: d-guide67: annex_of: It hangs on itself through “annex_of”.",
        ),
        (
            "documents.yaml",
            lambda data: by(data["documents"], "id", "d-plan-enip-v1").update(annex_label="A"),
            "documents.yaml: d-plan-enip-v1: annex_label: “d-wgeti-rep10 A” is used already by d-guide67.",
        ),
        (
            "documents.yaml",
            lambda data: by(data["documents"], "id", "d-seed").update(body="WGTR"),
            "documents.yaml: d-seed: sub_body: “Article 11” is no sub-group of WGTR.",
        ),
        (
            "meetings.yaml",
            lambda data: by(data["meetings"], "id", "m-csp6").update(start_date="2019-08-26", end_date="2019-08-26"),
            "bodies.yaml: CSP6: from: It ends on 2019-08-27, not after 2019-08-31.",
        ),
        (
            "meetings.yaml",
            lambda data: by(data["meetings"], "id", "m-csp6").update(end_date="2020-08"),
            "meetings.yaml: m-csp6: end_date: The last day of a Conference must be known: it ends the cycle.",
        ),
        (
            "meetings.yaml",
            lambda data: by(by(data["meetings"], "id", "m-csp12-wg")["sessions"], "id", "s-csp12-1").update(
                date="2026-03-29", start="02:30", end="05:00"
            ),
            (
                "meetings.yaml: s-csp12-1: start: "
                "02:30 does not exist on 2026-03-29 in Europe/Zurich: the clocks go forward."
            ),
        ),
        (
            "meetings.yaml",
            lambda data: by(data["meetings"], "id", "m-dief1").update(held_during="m-dief1"),
            "meetings.yaml: m-dief1: held_during: It hangs on itself through “held_during”.",
        ),
        (
            "plan.yaml",
            lambda data: data["plans"][0]["cycles"][1]["topics"][0].update(carried_over_from=["t7-1"]),
            "plan.yaml: t7-1: carried_over_from: It hangs on itself through “carried_over_from”.",
        ),
        (
            "plan.yaml",
            lambda data: data["plans"][1]["cycles"][0].update(cycle="CSP9", conference_theme="Another"),
            "plan.yaml: plan-enip: conference_theme: The theme of CSP9 is given twice and differs.",
        ),
        (
            "bodies.yaml",
            lambda data: data.update(
                cycles=[
                    {"code": "CSP4", "series": "CSP", "number": 4, "from": "2017-09-16", "until": "2018-08-25"},
                    {"code": "CSP5", "series": "CSP", "number": 5, "from": "2018-08-01", "until": "2019-08-31"},
                ]
            ),
            "bodies.yaml: CSP5: from: The cycle overlaps with CSP4.",
        ),
        (
            "bodies.yaml",
            lambda data: by(data["bodies"], "code", "CSP").update(parent="WGETI"),
            "bodies.yaml: CSP: parent: It hangs on itself through “parent”.",
        ),
    ],
)
def test_faults_between_records(files, name, change, expected):
    files.edit(name, change)
    assert expected in faults_of(files.directory)


@pytest.mark.parametrize("name", sorted(FULL))
def test_a_file_that_is_something_else(files, name):
    for text in ("[]\n", "just text\n", "5\n", "~\n", "{}\n"):
        (files.directory / name).write_text(text)
        assert any(fault.startswith(name) for fault in faults_of(files.directory))


def places(value: object, path: tuple = ()) -> list[tuple]:
    """Return the path of every value inside a value."""
    found = [path] if path else []
    if isinstance(value, dict):
        found += [place for key, inner in value.items() for place in places(inner, (*path, key))]
    if isinstance(value, list):
        found += [place for number, inner in enumerate(value) for place in places(inner, (*path, number))]
    return found


PARSED = {name: from_yaml(data) for name, data in FULL.items()}
PLACES = [(name, place) for name, value in PARSED.items() for place in places(value)]
ODD = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=40), st.dates(),
    st.lists(st.integers(), max_size=3), st.dictionaries(st.text(max_size=5), st.none(), max_size=2),
    st.sampled_from(["x" * 1001, "<script>alert(1)</script>", "11(2)"]),
)  # fmt: skip


@settings(max_examples=100)
@given(st.sampled_from(PLACES), ODD)
def test_any_value_in_any_place_is_taken_or_refused_in_words(tmp_path_factory, place, odd):
    name, path = place
    directory = tmp_path_factory.mktemp("odd") / "record"
    shutil.copytree(SEED, directory)
    data = deepcopy(PARSED[name])
    inner = data
    for step in path[:-1]:
        inner = inner[step]
    inner[path[-1]] = odd
    (directory / name).write_text(as_yaml(data))
    # faults_of asserts that the files are either taken whole or refused; here: each refusal names a file and says why
    assert [fault for fault in faults_of(directory) if not re.match(r"\w+\.yaml: .+", fault, re.DOTALL)] == []


@settings(max_examples=40)
@given(st.sampled_from(PLACES), st.text(st.characters(codec="ascii", categories=["L"]), min_size=1, max_size=12))
def test_an_unknown_key_in_any_mapping_is_a_fault(tmp_path_factory, place, key):
    name, path = place
    directory = tmp_path_factory.mktemp("unknown") / "record"
    shutil.copytree(SEED, directory)
    data = deepcopy(PARSED[name])
    inner = data
    for step in path[:-1]:
        inner = inner[step]
    if not isinstance(inner, dict):
        inner = data
    inner[key + "_unknown_"] = "x"
    (directory / name).write_text(as_yaml(data))
    assert any(f"{key}_unknown_" in fault for fault in faults_of(directory))
