"""All registers by name. A new one is a module beside this file and a line here."""

from planner.services.registers import (
    articles,
    bodies,
    calls,
    comments,
    contributions,
    cycles,
    decisions,
    documents,
    follow_ups,
    instruments,
    meetings,
    offices,
    outputs,
    people,
    plan_items,
    plans,
    presentations,
    reference_notes,
    sessions,
    sources,
    stages,
    stakeholders,
)
from planner.services.registers.core import (
    BadQuery,
    Cell,
    Column,
    Filter,
    Register,
    RegisterPage,
    RegisterQuery,
    Row,
    Source,
    read_all,
    read_page,
)

REGISTERS: dict[str, Register] = {
    module.REGISTER.name: module.REGISTER
    for module in (
        sessions,
        meetings,
        presentations,
        calls,
        comments,
        contributions,
        documents,
        outputs,
        decisions,
        follow_ups,
        stakeholders,
        people,
        bodies,
        offices,
        instruments,
        sources,
        reference_notes,
    )
}
REGISTERS |= {
    register.name: register
    for register in (
        plans.REGISTER,
        plan_items.THEMES,
        plan_items.TOPICS,
        plan_items.QUESTIONS,
        plan_items.EXPECTED_OUTPUTS,
        cycles.REGISTER,
        articles.REGISTER,
        stages.REGISTER,
    )
}

__all__ = [
    "REGISTERS",
    "BadQuery",
    "Cell",
    "Column",
    "Filter",
    "Register",
    "RegisterPage",
    "RegisterQuery",
    "Row",
    "Source",
    "read_all",
    "read_page",
]
