"""The made-up bodies, their cycles and officers, and the made-up States and organisations that act in the illustration."""

from __future__ import annotations

from dataclasses import asdict

from planner.models import (
    Body,
    BodyKind,
    Cycle,
    Office,
    OfficeRole,
    Stakeholder,
    StakeholderClass,
    StatusPeriod,
)
from planner.rules import standing
from planner.rules.partial_dates import parse_partial_date
from planner.services.demo.builder import PUBLIC, STATES, Builder
from planner.services.demo.days import SAT

ASSEMBLY, GROUP, FORUM = "assembly", "working-group", "closed-exchange"
CYCLES = (13, 14, 15, 16, 17)
CYCLE_WEEKS = 52
FIRST_WEEK = -13
"""The Saturday of this week begins CSP13: the day after the week of the Conference before it."""

# code, name, periods of (status, act, from, until); the codes XA to XZ are never given to a State
STATES_OF_DEMO: tuple[tuple[str, str, tuple[tuple[str, str, str, str | None], ...]], ...] = (
    ("XA", "Exporting State A", (("state_party", "ratification", "2014-12-24", None),)),
    ("XB", "Transit State B", (("state_party", "ratification", "2016-03-10", None),)),
    ("XC", "Importing State C", (("state_party", "accession", "2018-09-21", None),)),
    ("XD", "Exporting State D", (("state_party", "ratification", "2015", None),)),
    (
        "XE",
        "Importing State E",
        (
            ("signatory", "signature", "2013-06-03", "2021-02-01"),
            ("state_party", "ratification", "2021-02-01", None),
        ),
    ),
    ("XG", "Signatory State G", (("signatory", "signature", "2013-09-25", None),)),
    ("XH", "Brokering State H", (("state_party", "accession", "2019-05-07", None),)),
    ("XJ", "Storing State J", (("state_party", "ratification", "2017-11-30", None),)),
    ("XL", "Assisting State L", (("state_party", "approval", "2014-12-24", None),)),
    ("XO", "Observer State O", ()),
    ("XP", "Observer State P", ()),
)
_C = StakeholderClass
# key, name, class, sector, State it is an office of
ORGANISATIONS: tuple[tuple[str, str, StakeholderClass, str | None, str | None], ...] = (
    ("secretariat", "Secretariat of the illustration", _C.SECRETARIAT, None, None),
    ("regional", "Regional Organisation R", _C.REGIONAL_ORGANISATION, None, None),
    ("international", "International Organisation W", _C.INTERNATIONAL_ORGANISATION, "customs", None),
    ("ngo", "Civil Society Network U", _C.CIVIL_SOCIETY, None, None),
    ("research", "Research Institute T", _C.RESEARCH_ACADEMIA, None, None),
    ("university", "University Law Clinic V", _C.RESEARCH_ACADEMIA, None, None),
    ("bank", "Bank M", _C.INDUSTRY, "bank", None),
    ("manufacturer", "Manufacturer N", _C.INDUSTRY, "manufacturer", None),
    ("carrier", "Carrier K", _C.INDUSTRY, "carrier", None),
    ("shipper", "Shipper S", _C.INDUSTRY, "shipper", None),
    ("broker", "Broker Q", _C.INDUSTRY, "broker", None),
    ("insurer", "Insurer Y", _C.INDUSTRY, "insurer", None),
    ("licensing", "Licensing Office of Exporting State A", _C.STATE_PARTY, "export_control", "XA"),
    ("customs", "Customs of Transit State B", _C.STATE_PARTY, "customs", "XB"),
)


def put_world(b: Builder) -> None:
    """Put cycles, bodies, stakeholders and the offices that States hold."""
    _put_cycles(b)
    _put_bodies(b)
    _put_stakeholders(b)
    _put_offices(b)


def cycle(b: Builder, number: int) -> Cycle:
    """Return a cycle of the illustration by its number."""
    return b.get(Cycle, f"CSP{number}")


def stakeholder(b: Builder, ref: str) -> Stakeholder:
    """Return a made-up State by its code, or an organisation by its key."""
    return b.get(Stakeholder, ref)


def _put_cycles(b: Builder) -> None:
    rows = [(number, FIRST_WEEK + CYCLE_WEEKS * place) for place, number in enumerate(CYCLES)]
    held = [record for record in b.held.values() if isinstance(record, Cycle) and record.number == CYCLES[0]]
    # One after the other, those first that make room: the database refuses an overlap at every step.
    if held and held[0].until_on < b.days.on(FIRST_WEEK + CYCLE_WEEKS, SAT):
        rows.reverse()
    for number, week in rows:
        b.put(
            Cycle,
            f"CSP{number}",
            f"CSP{number}",
            own=PUBLIC,
            series="illustration",
            number=number,
            code=f"CSP{number}",
            dated={"from_on": b.days.on(week, SAT), "until_on": b.days.on(week + CYCLE_WEEKS, SAT)},
        )


def _put_bodies(b: Builder) -> None:
    first = cycle(b, CYCLES[0]).id
    assembly = b.put(
        Body, ASSEMBLY, "Assembly of States (illustration)", own=PUBLIC,
        slug="illustration-assembly", code="ILL", body_kind=BodyKind.CONFERENCE, first_cycle_id=first,
        description="A made-up plenary above the made-up working group. It meets at the end of each cycle.",
    )  # fmt: skip
    group = b.put(
        Body, GROUP, "Working Group on Diversion (illustration)", parent=assembly,
        slug="illustration-working-group", code="ILL Diversion", body_kind=BodyKind.WORKING_GROUP,
        parent_id=assembly.id, first_cycle_id=first, last_cycle_id=cycle(b, CYCLES[-1]).id,
        description="A made-up group that drafts a plan over five cycles and carries it out, one challenge a year.",
    )  # fmt: skip
    b.put(
        Body, FORUM, "Closed Exchange on Cases (illustration)", parent=group,
        slug="illustration-closed-exchange", code="ILL Cases", body_kind=BodyKind.FORUM,
        parent_id=group.id, first_cycle_id=first, work_audience=STATES,
        description="A made-up forum for concrete cases. That it exists and when it meets is known; its work is open "
        "to States Parties and signatories.",
    )  # fmt: skip


def _put_stakeholders(b: Builder) -> None:
    for code, name, periods in STATES_OF_DEMO:
        state = b.put(Stakeholder, code, name, own=PUBLIC, is_state=True, iso2=code)
        for position, (status, act, from_text, until_text) in enumerate(periods):
            b.row(state, _period(state.id, position, status, act, from_text, until_text))
    for key, name, stakeholder_class, sector, of_state in ORGANISATIONS:
        b.put(
            Stakeholder,
            key,
            name,
            own=PUBLIC,
            is_state=False,
            stakeholder_class=stakeholder_class,
            sector=sector,
            of_state_id=stakeholder(b, of_state).id if of_state else None,
        )


def _period(
    state_id: int, position: int, status: str, act: str, from_text: str, until_text: str | None
) -> StatusPeriod:
    until = parse_partial_date(until_text) if until_text else None
    bounds = standing.bounds(standing.StatusPeriod(status, parse_partial_date(from_text), until))
    return StatusPeriod(
        stakeholder_id=state_id,
        position=position,
        status=status,
        act=act,
        from_text=from_text,
        until_text=until_text,
        **asdict(bounds),
    )


def _put_offices(b: Builder) -> None:
    for number, president, chair, facilitator in ((13, "XL", "XH", "XC"), (14, "XA", "XH", "XB")):
        for role, body, holder in (
            (OfficeRole.PRESIDENT, ASSEMBLY, president),
            (OfficeRole.CHAIR, GROUP, chair),
            (OfficeRole.FACILITATOR, GROUP, facilitator),
        ):
            b.put(
                Office,
                f"{body}/CSP{number}/{role}",
                f"{role.capitalize()} of the {b.get(Body, body).title}, CSP{number}",
                own=PUBLIC,
                body_id=b.get(Body, body).id,
                cycle_id=cycle(b, number).id,
                role=role,
                holder_id=stakeholder(b, holder).id,
            )
