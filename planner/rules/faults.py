"""The fault of a text that a rule cannot read."""

from planner.core.i18n import Message


class Unreadable(ValueError):  # noqa: N818 - named after the fact, like the errors of core
    """A text is not what it should be; `message` says what is wrong and what is right, `str()` says it in English."""

    def __init__(self, message: Message) -> None:
        """Keep the words for people."""
        super().__init__(str(message))
        self.message = message
