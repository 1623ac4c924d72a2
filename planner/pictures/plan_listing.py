"""The plan in words: the vertical timeline for narrow screens, and the rows of the table behind the picture."""

from dataclasses import dataclass

from planner.pictures.plan_data import Cycle, Forum, Plan, PlanBar, Row, Topic


@dataclass(frozen=True)
class Entry:
    """A topic with its row and its cycles; `delayed_to` lists the cycles in which it is carried on."""

    topic: Topic
    row: Row
    first: Cycle
    last: Cycle
    delayed_to: tuple[str, ...]


@dataclass(frozen=True)
class TimelineCycle:
    """A cycle: what begins in it, what goes on from before, whether it is now."""

    cycle: Cycle
    begins: tuple[Entry, ...]
    goes_on: tuple[Entry, ...]
    is_now: bool


@dataclass(frozen=True)
class PlanEntry:
    """A plan with the cycles it covers."""

    plan: PlanBar
    first: Cycle
    last: Cycle


@dataclass(frozen=True)
class PlanListing:
    """A plan in words, cycle by cycle."""

    today: str
    timeline: tuple[TimelineCycle, ...]
    plans: tuple[PlanEntry, ...]
    forum: Forum | None

    @property
    def entries(self) -> tuple[Entry, ...]:
        """All topics, each once, ordered by first cycle, then row."""
        return tuple(entry for cycle in self.timeline for entry in cycle.begins)


def plan_listing(plan: Plan) -> PlanListing:
    """Return cycles in order; in each the topics ordered by row, then as given."""
    codes = {topic.key: plan.cycles[topic.first].code for topic in plan.topics}
    entries = [
        Entry(
            topic,
            plan.rows[topic.row],
            plan.cycles[topic.first],
            plan.cycles[topic.last],
            tuple(dict.fromkeys(codes[key] for key in topic.carried_to if key in codes and key != topic.key)),
        )
        for topic in sorted(plan.topics, key=lambda topic: topic.row)
    ]
    return PlanListing(
        plan.words.today,
        tuple(
            TimelineCycle(
                cycle,
                tuple(entry for entry in entries if entry.topic.first == number),
                tuple(entry for entry in entries if entry.topic.first < number <= entry.topic.last),
                number == plan.today_cycle,
            )
            for number, cycle in enumerate(plan.cycles)
        ),
        tuple(PlanEntry(bar, plan.cycles[bar.first], plan.cycles[bar.last]) for bar in plan.plans),
        plan.forum,
    )
