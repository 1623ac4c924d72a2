"""The verbs of the program, as an enum: what somebody may want to do with a record."""

from enum import StrEnum


class Verb(StrEnum):
    """An act that needs a right."""

    EDIT_PLAN = "edit_plan"
    SCHEDULE = "schedule"
    PUBLISH = "publish"
    SEND_MAIL = "send_mail"
    RECORD_OUTCOME = "record_outcome"
    TAKE_BACK = "take_back"
    KEEP_REGISTERS = "keep_registers"
    MANAGE_PEOPLE = "manage_people"
    MANAGE_ACCOUNTS = "manage_accounts"
    SEE_HISTORY = "see_history"
    SEE_WORKBENCH = "see_workbench"


VERB_OF_KIND = {
    "plan": Verb.EDIT_PLAN,
    "plan_version": Verb.EDIT_PLAN,
    "plan_item": Verb.EDIT_PLAN,
    "comment": Verb.EDIT_PLAN,
    "meeting": Verb.SCHEDULE,
    "plan_session": Verb.SCHEDULE,
    "agenda_item": Verb.SCHEDULE,
    "call": Verb.SCHEDULE,
    "offer": Verb.SCHEDULE,
    "contribution": Verb.SCHEDULE,
    "release": Verb.PUBLISH,
    "output": Verb.RECORD_OUTCOME,
    "decision": Verb.RECORD_OUTCOME,
    "follow_up": Verb.RECORD_OUTCOME,
    "document": Verb.KEEP_REGISTERS,
    "stakeholder": Verb.KEEP_REGISTERS,
    "instrument": Verb.KEEP_REGISTERS,
    "body": Verb.KEEP_REGISTERS,
    "cycle": Verb.KEEP_REGISTERS,
    "source": Verb.KEEP_REGISTERS,
    "treaty_article": Verb.KEEP_REGISTERS,
    "stage": Verb.KEEP_REGISTERS,
    "reference_note": Verb.KEEP_REGISTERS,
    "person": Verb.MANAGE_PEOPLE,
    "office": Verb.MANAGE_PEOPLE,
}
"""The verb that creating, editing or cancelling a record of a kind needs."""
