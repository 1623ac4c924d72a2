"""What can be wrong with what was sent, and how faults of the database reach people as sentences."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from sqlalchemy.exc import DataError, IntegrityError, StatementError
from sqlalchemy.orm.exc import StaleDataError

from planner.core.errors import Conflict, Invalid, Stale
from planner.core.i18n import N_, Message


class Wrong(Exception):  # noqa: N818 - named after the fact, like the errors of core
    """A value cannot be right. `parts` maps a place inside a list ("2", "2.status") to its message, "" is the whole."""

    def __init__(self, message: Message | None = None, parts: Mapping[str, Message] | None = None) -> None:
        """Keep the words for people."""
        self.parts = dict(parts or {})
        if message is not None:
            self.parts[""] = message
        super().__init__("; ".join(str(text) for text in self.parts.values()))


class EditConflict(Stale):
    """Somebody else saved the record first. Nothing was written, nothing is lost.

    `theirs` and `yours` hold the fields that both changed; `merged` those that only they changed, as they are stored
    now; `mine` those that only you changed, as they were sent. `who` saved last.
    """

    def __init__(
        self,
        *,
        theirs: Mapping[str, Any],
        yours: Mapping[str, Any],
        merged: Mapping[str, Any],
        mine: Mapping[str, Any],
        rev: int,
        who: str,
    ) -> None:
        """Keep all texts."""
        super().__init__(N_("{who} saved this first.", who=who), theirs=theirs, yours=yours, rev=rev)
        self.merged = dict(merged)
        self.mine = dict(mine)
        self.who = who


# Words in the text of the database's error → the field, and what is wrong with it.
_CONSTRAINTS: tuple[tuple[tuple[str, ...], str, Message], ...] = (
    (("document.symbol", "uq_document_symbol"), "symbol", N_("Another document has this symbol.")),
    (
        ("document.annex_of_id", "uq_document_annex_of_id"),
        "annex_label",
        N_("The document has another annex of this name."),
    ),
    (("body.slug", "uq_body_slug"), "slug", N_("Another body has this address.")),
    (("body.code", "uq_body_code"), "code", N_("Another body has this short name.")),
    (("cycle.series", "uq_cycle_series"), "number", N_("The series has a cycle of this number.")),
    (("cycles of one series overlap",), "from_on", N_("The cycle overlaps another one of its series.")),
    (("stakeholder.iso2", "uq_stakeholder_iso2"), "iso2", N_("Another State has this code.")),
    (
        ("agenda_item.session_id", "uq_agenda_item_session_id"),
        "position",
        N_("Another item of the agenda has this place."),
    ),
    (("uq_office_of_body", "office.body_id"), "holder_id", N_("There is such an office already.")),
    (("record.kind, record.ref", "uq_record_kind"), "", N_("There is such a record already.")),
    (("plan_version.plan_id", "uq_plan_version"), "", N_("The plan has a working copy already.")),
    (("delegation.person_id", "uq_delegation_person_id"), "delegations", N_("A person is in a delegation once.")),
    (("slot.offer_id", "uq_slot_offer_id"), "offer_id", N_("The presentation has a place already.")),
    (
        ("conference_action.record_id", "uq_conference_action_record_id"),
        "verb",
        N_("This act of the Conference is recorded already."),
    ),
    (
        ("an output that was acted on",),
        "actions",
        N_("The Conference acted on the output, so one act stays. Add the right one before you take this away."),
    ),
    (("a follow-up that is done",), "", N_("To be done it needs evidence, an owner, and a day or a session.")),
    (("stands above itself",), "", N_("A record cannot stand below itself.")),
)


@contextmanager
def guarded() -> Iterator[None]:
    """Turn what the database refuses into Conflict (409) or Invalid (422); stands outside of the transaction."""
    try:
        yield
    except StaleDataError:
        raise Stale(N_("It was saved at the same moment. Load the page again and look at what was changed.")) from None
    except IntegrityError as error:
        text = str(error.orig)
        if "the version was acted on" in text:
            message = N_("The Conference has acted on this version. Its text does not change any more.")
            raise Conflict(message) from None
        for words, field, message in _CONSTRAINTS:
            if any(word in text for word in words):
                raise Invalid({field: message}) from None
        raise Invalid({"": N_("These values cannot stand together.")}) from error
    except (DataError, OverflowError) as error:
        raise Invalid({"": N_("A value is too long or too large.")}) from error
    except StatementError as error:
        if not isinstance(error.orig, ValueError | OverflowError):
            raise
        raise Invalid({"": N_("A value is too long or too large.")}) from error
