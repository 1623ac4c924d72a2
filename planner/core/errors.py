"""What can go wrong in the subject's terms. Services raise, `web/errors.py` answers with the status named here."""

from collections.abc import Mapping
from typing import Any

from planner.core.i18n import Message


class PlannerError(Exception):
    """A failure that a person can be told about."""

    status = 500

    def __init__(self, message: Message | None = None) -> None:
        """Keep the words for people."""
        super().__init__(str(message) if message else type(self).__name__)
        self.message = message


class NotVisible(PlannerError):  # noqa: N818 - named after the fact, as DESIGN asks
    """The record is not there, or may not be known to be there: 404."""

    status = 404


class NotAllowed(PlannerError):  # noqa: N818
    """The record may be seen, the act is not allowed: 403."""

    status = 403


class Conflict(PlannerError):  # noqa: N818
    """What is asked cannot be done to the record as it stands, or somebody else was faster (`Stale`): 409.

    For a stale edit `theirs` maps each field to the text that is stored now and `yours` to the text that was sent.
    """

    status = 409

    def __init__(
        self,
        message: Message | None = None,
        *,
        theirs: Mapping[str, Any] | None = None,
        yours: Mapping[str, Any] | None = None,
        rev: int | None = None,
    ) -> None:
        """Keep both texts, and the revision that is stored now."""
        super().__init__(message)
        self.theirs = dict(theirs or {})
        self.yours = dict(yours or {})
        self.rev = rev


class Stale(Conflict):
    """Somebody else changed the record first."""


class Invalid(PlannerError):  # noqa: N818
    """Something that was sent cannot be right: 422. `fields` maps a field's name to what is wrong with it."""

    status = 422

    def __init__(self, fields: Mapping[str, Message], message: Message | None = None) -> None:
        """Keep what is wrong per field; the field "" means the whole."""
        super().__init__(message or next(iter(fields.values()), None))
        self.fields = dict(fields)
