"""What an export does not carry, and why: the one list, by which the comparison of two databases goes too.

Everything else of the chosen origins is in the files, or follows from them when they are imported: effective audiences,
links of the chain, texts of the search, what everybody sees of a released programme, serials of symbols.
"""

from __future__ import annotations

from types import MappingProxyType

TABLES = MappingProxyType(
    {
        "user_account": "Accounts, passwords and sessions belong to an installation; files are read by many.",
        "office_user": "Which account acts for an office: without the accounts it says nothing. The office is carried.",
        "audit_entry": "The history is chained by hash to all that happened here; elsewhere it would prove nothing.",
        "audit_head": "The end of that chain.",
        "personal_feed": "What an account subscribed to, under addresses that only this installation signs.",
        "follow": "What a person watches is theirs alone to know, and their account's.",
        "data_state": "Marks the states that this database was in.",
        "device_password": "Opens an account of this installation to one device; only a digest is kept.",
        "dav_collection": "Counts what the calendars of one account were told.",
        "dav_member": "The entries that they were told of.",
        "dav_state": "The states that they were told of.",
        "stored_feed": "Copies of what the entries give.",
        "consultation": "A round of comments is held here; the files are read by many, its comments are not.",
        "consultation_link": "Opens the round to one person, under an address that only this installation signs.",
        "comment": "What a delegation said in confidence to those who hold the round; its table leaves as a paper.",
        "invitation": "Who was asked to a session from here, where; answers come to this installation alone.",
        "outbox_message": "Mail of this installation: written to be sent once, and from nowhere else.",
        "mail_reply": "Which mails this installation has read.",
        "feed_revision": "Counts what readers of this installation were sent.",
        "alembic_version": "The form of the database, not what it holds.",
    }
)
"""Tables of which nothing is written."""

STAMPS = MappingProxyType(
    {
        "rev": "Counts the edits made here; a form that is open elsewhere knows nothing of them.",
        "imported_rev": "Tells an edit from an import, of this installation.",
        "created_at": "When the row came into this database. What has a day of its own keeps it.",
        "updated_at": "When the row last changed in this database; feeds and pages tell it of this installation.",
    }
)
"""Columns of every record that tell of the installation."""

DERIVED = MappingProxyType(
    {
        "record": ("id", "kind", "ref", "audience", "home_body_id", "home_meeting_id", *STAMPS),
        "document": ("serial",),
        "status_period": ("possible_from", "possible_until", "certain_from", "certain_until"),
        "audience_grant": ("own", "limit_mask", "user_id"),
        "release": ("digest",),
    }
)
"""Columns without a key of their own: named otherwise in the files, or worked out from others on import. Grants to an
account stay behind with the accounts; grants that are no record's own are copies of its parent's.
"""

_TOLD = "Counts, or tells when, the readers of this installation were told of a change; elsewhere it begins anew."
COUNTED = MappingProxyType(
    {
        "release.digest": "The hash of a programme with the numbers that its records have in one database.",
        "calendar_entry.sequence": _TOLD,
        "calendar_entry.changed_at": _TOLD,
        "calendar_entry.text": "Holds the two; what else it says is worked out from the records, under the same UID.",
        "calendar_entry_text.text": "The same in another language.",
        "calendar_entry.digest": "Of the text and of the numbers of its records.",
    }
)
"""Columns that two databases with the same records hold differently."""

BUSY = "Made up anew wherever the session is imported: a UID that files carried would lead back to it."
"""Why placeholders of closed sessions (calendar entries of kind busy) are not compared."""

_RELEASED = (
    "A first programme that follows from the files is released by the import, at its own instant; every other release "
    "is written with the instants that it has."
)
RELEASED_HERE = MappingProxyType({"released_at": _RELEASED, "effective_at": _RELEASED})
"""Columns of the first release of a meeting that may differ."""
