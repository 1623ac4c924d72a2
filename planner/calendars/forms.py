"""What the forms of a personal feed and of a device send."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, SelectField, SelectMultipleField, StringField
from wtforms.validators import InputRequired
from wtforms.widgets import ListWidget

from planner.core.i18n import LANGUAGES
from planner.services.calendar_choices import Offered
from planner.services.feed_choice import ALARMS, CLASSES, SHORT, Choice
from planner.web.urls import LARGEST_ID

CLASS_WORDS: dict[str, Any] = {
    "meetings": _l("Meetings"),
    "sessions": _l("Sessions"),
    "deadlines": _l("Key dates: calls, comment rounds, registration"),
}
ALARM_WORDS: dict[int, Any] = {
    0: _l("when it begins"),
    10: _l("10 minutes before"),
    15: _l("15 minutes before"),
    30: _l("30 minutes before"),
    60: _l("1 hour before"),
    120: _l("2 hours before"),
    1440: _l("1 day before"),
}
LANGUAGE_WORDS = {"en": "English", "fr": "Français", "es": "Español", "ar": "العربية", "ru": "Русский", "zh": "中文"}

_FLAG_WORDS: dict[str, Any] = {
    "only_ours": _l("only ours"),
    "only_followed": _l("only what you follow"),
    "with_presentations": _l("presentations"),
    "deadlines_as_days": _l("follow-ups as all-day entries"),
    "with_busy": _l("busy times"),
    "with_illustration": _l("worked example"),
}


def choice_words(choice: Choice) -> list[str]:
    """Return in words what is chosen, the bodies, cycles, themes and topics apart: those have names of their own."""
    words = [CLASS_WORDS[one] for one in sorted(choice.classes)]
    words += [text for flag, text in _FLAG_WORDS.items() if getattr(choice, flag)]
    if choice.alarm_minutes is not None:
        words.append(_("reminder %(when)s", when=ALARM_WORDS[choice.alarm_minutes]))
    if choice.language:
        words.append(LANGUAGE_WORDS[choice.language])
    return [str(word) for word in words]


def _record_id(text: str | int) -> int:
    """Return the id of a record. Raises ValueError for what none can have."""
    number = int(text)
    if not 0 < number <= LARGEST_ID:
        raise ValueError(number)
    return number


def _records(label: str, hint: str) -> Any:
    return SelectMultipleField(label, coerce=_record_id, widget=ListWidget(), description=hint, validate_choice=False)


class FeedForm(FlaskForm):
    """A choice of what a feed holds."""

    name = StringField(_l("Name"), [InputRequired(_l("Give the feed a name."))])
    bodies = _records(_l("Bodies"), _l("None chosen: all of them. A body brings those below it."))
    cycles = _records(_l("Cycles"), _l("None chosen: all of them."))
    items = _records(_l("Themes and topics"), _l("None chosen: all of them. A theme or topic brings what came of it."))
    classes = SelectMultipleField(
        _l("Kinds of entries"), widget=ListWidget(), description=_l("None chosen: all of them.")
    )
    only_ours = BooleanField(_l("Only what we present, chair, host or owe"))
    only_followed = BooleanField(_l("Only what I follow"))
    with_presentations = BooleanField(_l("Presentations as entries of their own"))
    deadlines_as_days = BooleanField(_l("Follow-ups as all-day entries"))
    with_busy = BooleanField(_l("Hours of sessions closed to us, as “busy”"))
    with_illustration = BooleanField(_l("The worked example too"))
    alarm = SelectField(
        _l("Reminder"),
        default="",
        description=_l("Of sessions, and of presentations where they are entries of their own."),
    )
    language = SelectField(
        _l("Language of the fixed words"), default=LANGUAGES[0], description=_l("Titles stay as they are written.")
    )

    def offer(self, offered: Offered) -> None:
        """Fill the lists."""
        self.offered = offered
        self.bodies.choices = [(one.id, one.title) for one in offered.bodies]
        self.cycles.choices = [(one.id, one.code) for one in offered.cycles]
        self.items.choices = [(one.id, one.title) for one in offered.items]
        self.classes.choices = [(key, CLASS_WORDS.get(key, key)) for key in CLASSES]
        self.alarm.choices = [("", _l("none")), *((str(one), ALARM_WORDS[one]) for one in ALARMS)]
        self.language.choices = [(code, LANGUAGE_WORDS.get(code, code)) for code in LANGUAGES]

    @property
    def has_languages(self) -> bool:
        """Say whether there is a language to choose."""
        return len(LANGUAGES) > 1

    def shorten(self) -> None:
        """Choose what a short feed holds: meetings and key dates."""
        self.classes.data = sorted(SHORT)

    def show(self, choice: Choice) -> None:
        """Fill the form from a feed."""
        self.name.data = choice.name
        self.bodies.data = sorted(choice.body_ids)
        self.cycles.data = sorted(choice.cycle_ids)
        self.items.data = sorted(choice.item_ids)
        self.classes.data = sorted(choice.classes)
        for field in _FLAG_WORDS:
            self[field].data = getattr(choice, field)
        self.alarm.data = "" if choice.alarm_minutes is None else str(choice.alarm_minutes)
        self.language.data = choice.language or LANGUAGES[0]

    def choice(self) -> Choice:
        """Return what the form holds; what is no choice at all counts as nothing chosen."""
        alarm = self.alarm.data or ""
        language = self.language.data if self.language.data in LANGUAGES else LANGUAGES[0]
        return Choice(
            name=self.name.data or "",
            body_ids=frozenset(self.bodies.data or ()),
            cycle_ids=frozenset(self.cycles.data or ()),
            item_ids=frozenset(self.items.data or ()),
            classes=frozenset(self.classes.data or ()).intersection(CLASSES),
            alarm_minutes=int(alarm) if alarm in map(str, ALARMS) else None,
            language=None if language == LANGUAGES[0] else language,
            **{field: bool(self[field].data) for field in _FLAG_WORDS},
        )


class DeviceForm(FlaskForm):
    """The name of a device."""

    name = StringField(
        _l("Name"), [InputRequired(_l("Give the device a name."))], description=_l("So that you know which it is.")
    )
