"""Random worlds for the visibility test, and an independent reference for who may see what.

The reference is written from the rule in words (DESIGN, who sees what), on sets of words and by recursion; it
shares no code with `planner.access` or `planner.rules.audience`, which work on bits and in SQL.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from hypothesis import strategies as st

BROAD = frozenset({"public", "participants", "states", "states_parties"})
NAMED = frozenset({"owner", "invited"})
BITS = {"public": 1, "participants": 2, "states": 4, "states_parties": 8, "owner": 16, "invited": 32, "officers": 64}
STAKEHOLDERS = ("party", "signatory", "observer", "undecided", "ngo")
PROGRAMME = ("plan_session", "offer")


@dataclass
class Node:
    """A record of a world: its parent in the tree of audiences, its own grounds (None: its parent's), the named."""

    key: str
    kind: str
    parent: Node | None
    own: frozenset[str] | None
    named: frozenset[tuple[str, str]] = frozenset()
    """(ground, stakeholder)"""
    released: bool = True
    """Of a session: whether a release holds it; of a contribution: whether it is published."""
    work: frozenset[str] | None = None
    """Of a body: the grounds of its work where that is closed while the body may be known."""
    into: Node | None = None
    """Of a released session: the one that it was merged into."""


@dataclass(frozen=True)
class Person:
    """A viewer: the stakeholder they belong to, meetings they are registered for, bodies whose office they hold."""

    key: str
    stakeholder: str | None = None
    meetings: frozenset[str] = frozenset()
    offices: frozenset[str] = frozenset()


@dataclass
class World:
    """Records in the order in which they can be made, and viewers of every class."""

    nodes: list[Node] = field(default_factory=list)
    people: list[Person] = field(default_factory=list)


# ---------------------------------------------------------------- the reference


def is_officer(person: Person, node: Node) -> bool:
    """Say whether a person holds an office of the body of a record, or of one above it."""
    return bool(person.offices & {body.key for body in _line(node) if body.kind == "body"})


def may_see(person: Person, node: Node) -> bool:
    """Say whether somebody may see a record, by the rule in words."""
    if is_officer(person, node):
        return True
    if node.kind == "contribution" and _owns(person, node):
        return True
    if node.kind in PROGRAMME and not _is_released(node):
        return False
    if node.kind == "contribution" and not node.released:
        return False
    grounds = _grounds(node)
    if any(_holds(person, ground, node) for ground in grounds & BROAD):
        return True
    return any(
        person.stakeholder == who and any(_holds(person, ground, node) for ground in limit)
        for (ground, who), limit in _grants(node).items()
        if ground in grounds
    )


def _owns(person: Person, node: Node) -> bool:
    """Say whether somebody stands for who gave a record, and may know what it belongs to."""
    limit = _limits(node).get(("owner", person.stakeholder or ""), frozenset())
    return any(_holds(person, ground, node) for ground in limit)


def knows_of(person: Person, session: Node) -> bool:
    """Say whether somebody may know that a session takes time: one of the broad grounds of its meeting lets them in."""
    assert session.parent
    return any(_holds(person, ground, session) for ground in _grounds(session.parent) & BROAD)


def _is_released(node: Node) -> bool:
    return node.released and (node.parent is None or _is_released(node.parent))


def _line(node: Node) -> list[Node]:
    return [node, *(_line(node.parent) if node.parent else [])]


def _holds(person: Person, ground: str, node: Node) -> bool:
    if ground == "public":
        return True
    if ground == "participants":
        meetings = [at.key for at in _line(node) if at.kind == "meeting"]
        return bool(meetings) and meetings[0] in person.meetings
    if ground == "states":
        return person.stakeholder in ("party", "signatory")
    return ground == "states_parties" and person.stakeholder == "party"


def _implied(ground: str, by: frozenset[str]) -> bool:
    return ground in by or "public" in by or (ground == "states_parties" and "states" in by)


def _from_above(node: Node) -> frozenset[str]:
    """Return the grounds that the parent gives: those of its work where that is closed and the record part of it."""
    assert node.parent is not None
    above = _grounds(node.parent)
    bodies = [at for at in _line(node.parent) if at.kind == "body"]
    work = bodies[0].work if bodies else None
    if work is None or node.parent.kind not in ("body", "meeting") or node.kind in ("body", "meeting"):
        return above
    return frozenset(ground for ground in work if _implied(ground, above))


def _grounds(node: Node) -> frozenset[str]:
    if node.parent is None:
        return node.own or frozenset()
    above = _from_above(node)
    if node.own is None:
        return above
    return frozenset(ground for ground in node.own if ground in NAMED or _implied(ground, above))


def _grants(node: Node) -> dict[tuple[str, str], frozenset[str]]:
    """Return who is named on a record, each with the broad grounds of which one must hold as well."""
    if node.parent is None:
        return {name: frozenset({"public"}) for name in node.named}
    return _inherited(node) if node.own is None else _limits(node)


def _inherited(node: Node) -> dict[tuple[str, str], frozenset[str]]:
    assert node.parent is not None
    above = _from_above(node)
    return {name: limit for name, limit in _grants(node.parent).items() if name[0] in above}


def _limits(node: Node) -> dict[tuple[str, str], frozenset[str]]:
    """Return who is named on a record itself, each with the broad grounds of which one must hold as well."""
    above, inherited = _from_above(node), _inherited(node)
    limits: dict[tuple[str, str], frozenset[str]] = {}
    for ground, who in node.named:
        more = [limit for (_, other), limit in inherited.items() if other == who]
        limits[ground, who] = (above & BROAD).union(*more)
    return limits


# ---------------------------------------------------------------- random worlds

audiences = st.one_of(
    st.none(),
    st.sets(st.sampled_from(sorted(BROAD | NAMED)), min_size=1, max_size=3).map(frozenset),
)
CHILDREN = {
    "body": ("meeting", "document", "output", "follow_up", "plan"),
    "meeting": ("plan_session", "document", "decision", "call", "output"),
    "plan_session": ("document", "output", "offer", "follow_up", "contribution"),
    "call": (),
    "plan": ("plan_version",),
    "plan_version": ("comment",),
    "output": ("follow_up",),
}


@st.composite
def worlds(draw: st.DrawFn) -> World:
    """Draw a world of some twenty records of twelve kinds, in closed and open bodies, and ten viewers."""
    world = World()
    body = Node("body0", "body", None, frozenset({"public"}))
    world.nodes.append(body)
    forum = Node("body1", "body", body, None, work=draw(st.sampled_from([None, frozenset({"states"})])))
    world.nodes.append(forum)
    for _ in range(draw(st.integers(8, 18))):
        parents = [node for node in world.nodes if CHILDREN.get(node.kind)]
        parent = draw(st.sampled_from(parents))
        kind = draw(st.sampled_from(CHILDREN[parent.kind]))
        # a placed presentation has the audience of its session
        own = None if kind == "offer" else draw(audiences)
        named: set[tuple[str, str]] = set()
        for ground in sorted((own or frozenset()) & NAMED):
            who = draw(st.sets(st.sampled_from(STAKEHOLDERS), min_size=1, max_size=2))
            named |= {(ground, name) for name in who}
        if kind in ("contribution", "comment"):
            named.add(("owner", draw(st.sampled_from(STAKEHOLDERS))))
        released = draw(st.booleans()) if kind in ("plan_session", "contribution") else parent.released
        world.nodes.append(Node(f"{kind}{len(world.nodes)}", kind, parent, own, frozenset(named), released))
    for node in (one for one in world.nodes if one.kind == "plan_session" and _is_released(one)):
        others = [one for one in world.nodes if may_be_merged(node, one)]
        if others:
            node.into = draw(st.none() | st.sampled_from(others))
    meetings = sorted(node.key for node in world.nodes if node.kind == "meeting")
    registered = {name: draw(st.sets(st.sampled_from(meetings))) if meetings else set() for name in STAKEHOLDERS}
    world.people = people(meetings, registered)
    return world


def may_be_merged(node: Node, other: Node) -> bool:
    """Say whether a session may be merged into another: a released one of the same body that was not merged itself."""
    if other is node or other.kind != "plan_session" or not _is_released(other) or other.into:
        return False
    assert node.parent
    assert other.parent
    return node.parent.parent is other.parent.parent


def people(meetings: list[str], registered: dict[str, set[str]]) -> list[Person]:
    """Return viewers of every class."""
    return [
        Person("stranger"),
        *(Person(name, name, frozenset(registered[name])) for name in STAKEHOLDERS),
        Person("guest", None, frozenset(meetings)),
        Person("forum-chair", "ngo", frozenset(), frozenset({"body1"})),
        Person("root-chair", None, frozenset(), frozenset({"body0"})),
    ]


def merged_world() -> World:
    """Return a world in which closed sessions are merged into open ones, open ones into closed ones, and like into
    like, for grounds that say who is meant by themselves and for those that do not.
    """
    body = Node("body0", "body", None, frozenset({"public"}))
    forum = Node("body1", "body", body, None)
    meetings = [Node(f"meeting{number}", "meeting", forum, None) for number in (2, 3)]
    world = World([body, forum, *meetings])
    masks = [None, frozenset({"states"}), frozenset({"states_parties"}), frozenset({"participants"}),
             frozenset({"invited"})]  # fmt: skip
    for own in masks:
        for other in masks:
            target, source = (f"plan_session{len(world.nodes) + more}" for more in (0, 1))
            named = (("ngo", other), ("party", own))
            grants = [
                frozenset({("invited", who)}) if mask and "invited" in mask else frozenset() for who, mask in named
            ]
            into = Node(target, "plan_session", meetings[len(world.nodes) % 4 // 2], other, grants[0])
            world.nodes += [into, Node(source, "plan_session", meetings[0], own, grants[1], into=into)]
    world.people = people(["meeting2", "meeting3"], {name: {"meeting3"} for name in STAKEHOLDERS})
    return world
