"""What no form sets, and why: every other column of every table is a field of a spec (a test counts them).

`position` of rows is their order in the list that was typed, so it is named once for all of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

TABLES: Mapping[str, str] = MappingProxyType(
    {
        "audit_entry": "The history writes itself with each change and is chained by hash.",
        "audit_head": "The end of that chain, which locks it.",
        "calendar_entry": "Finished text that is made from dated records whenever they change.",
        "comment": "Written on the pages of its round, by its author, and answered there.",
        "consultation": "Opened by circulating a version, closed on its own page.",
        "consultation_link": "Made on the page of the round, and mailed.",
        "data_state": "The mark that each write begins another state with.",
        "dav_collection": "Counts what programs were told of a person's calendars.",
        "dav_member": "What they were told.",
        "dav_state": "The states that they were told of.",
        "device_password": "A person makes and revokes the passwords of their devices by themselves.",
        "calendar_entry_text": "The same in other languages.",
        "chain_link": "Follows from what the records point to.",
        "feed_revision": "Counts the changes of the calendar entries.",
        "invitation": "Officers invite on the page of a session; answers come from those who were asked.",
        "mail_reply": "What was read in the mailbox for answers.",
        "outbox_message": "Written by what changes; officers add their own words to it in the outbox.",
        "personal_feed": "A person makes their own feeds on the page of their calendars.",
        "follow": "A person follows and unfollows by themselves; it says nothing of the record.",
        "published_session": "What a release has frozen of a session.",
        "published_slot": "What a release has frozen of a presentation.",
        "reference_note": "What a file of the record says about itself; it comes with the files alone.",
        "release": "Frozen by publishing, from the working copy; immutable from then on.",
        "search_document": "Text of the search, made from the records whenever they change.",
        "stored_feed": "Copies of public feeds, made when they are read.",
        "user_account": "Who may sign in is the matter of the accounts; offices and invitations name them by address.",
    }
)

_BOUNDS = "Worked out from the dates as they are known."
_MOVE = "Written by the move that makes it true, with what the move asks for."
_TAKEN_OVER = "Remembered when a session is merged, so that undoing it gives back what came from there."
_VIRTUAL = "Worked out from the day, the hours and the zone that are typed."

COLUMNS: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "record": {
            "kind": "The kind of a record is chosen once, with the form that creates it.",
            "ref": "The stable key of the files; made once, and links from outside rest on it.",
            "origin": "That of what the record belongs to; own where that is none of the illustration.",
            "state": "Moved by the buttons of the lifecycle, never typed.",
            "published": "Set by releasing, circulating and publishing.",
            "public_title": "The title that a release or a circulated version has frozen.",
            **dict.fromkeys(("is_withdrawn", "withdrawn_because"), _MOVE),
            "audience": "Worked out from the chosen grounds and those of what it belongs to.",
            "audience_parent_id": "Follows from what the record is said to belong to.",
            "home_body_id": "Follows from what the record is said to belong to.",
            "home_meeting_id": "Follows from what the record is said to belong to.",
            "rev": "Counts the edits, by which two editors notice each other.",
            "imported_rev": "Tells an edit from an import.",
            "created_at": "The instant of the first change.",
            "updated_at": "The instant of the last change.",
        },
        "audience_grant": {"limit_mask": "Worked out from the grounds of what the record belongs to."},
        "call": dict.fromkeys(("opens_at", "closes_at"), _VIRTUAL),
        "conference_action": {"origin": "That of the record on which the Conference acted."},
        "decision": dict.fromkeys(("correction_reason", "original_text"), _MOVE),
        "document": {"serial": "Read from the symbol that was typed."},
        "follow_up": dict.fromkeys(("carried_to_cycle_id", "closed_on", "evidence", "reason"), _MOVE),
        "meeting": {
            "capacity": "Holds the seats that are typed in fields of their own.",
            "side_events": "Holds the rules for side events that are typed in fields of their own.",
        },
        "plan_item_revision": {
            "version_id": "Texts are written in the working copy of the plan.",
            "is_shown": "Set by circulating the version.",
        },
        "plan_session": {
            **dict.fromkeys(("starts_at", "ends_at"), _VIRTUAL),
            "continued_in_id": _MOVE,
            "split_from_id": "The session that was split when this one was made.",
        },
        "agenda_item": {"came_from_id": _TAKEN_OVER},
        "plan_version": {
            "version_kind": "A version begins as the working copy and is numbered when it is circulated.",
            "number": "Given when the version is circulated.",
            "position": "The order in which the versions of a plan were made.",
            "text_held": "False only for versions whose text the record does not hold; one written here has it.",
            "comments_until": "Worked out from the day and hour that are typed.",
            "acted_by_cycle_id": _MOVE,
        },
        "slot": {"offer_id": "The presentation that is being placed.", "came_from_id": _TAKEN_OVER},
        "stage": {"number": "The stages of the transfer chain are those of the founding paper."},
        "status_period": dict.fromkeys(("possible_from", "possible_until", "certain_from", "certain_until"), _BOUNDS),
        "treaty_article": dict.fromkeys(("number", "position"), "The Articles are those of the Treaty; none is added."),
    }
)
OF_EVERY_ROW = frozenset({"id"})
"""Keys that the database gives."""
ORDER_OF_ROWS = "position"
"""The column of rows that follows from the order of the list that was typed."""
