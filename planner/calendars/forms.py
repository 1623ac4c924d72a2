"""What the forms of a personal feed and of a device send."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, SelectMultipleField, StringField
from wtforms.validators import InputRequired
from wtforms.widgets import ListWidget

from planner.services.calendar_pages import BodyFeed
from planner.services.feed_choice import Choice


class FeedForm(FlaskForm):
    """A choice of what a feed holds."""

    name = StringField(_l("Name"), [InputRequired(_l("Give the feed a name."))])
    bodies = SelectMultipleField(
        _l("Bodies"),
        coerce=int,
        widget=ListWidget(),
        description=_l("None chosen: all of them. A body brings those below it."),
        validate_choice=False,
    )
    only_ours = BooleanField(_l("Only what we present, chair, host or owe"))
    deadlines_as_days = BooleanField(_l("Follow-ups as all-day entries"))
    with_busy = BooleanField(_l("Hours of sessions closed to us, as “busy”"))
    with_illustration = BooleanField(_l("The worked example too"))

    def offer(self, bodies: tuple[BodyFeed, ...]) -> None:
        """Fill the list of bodies."""
        self.offered = bodies
        self.bodies.choices = [(body.id, body.title) for body in bodies]

    def show(self, choice: Choice) -> None:
        """Fill the fields with a choice."""
        self.name.data, self.bodies.data = choice.name, sorted(choice.body_ids)
        self.only_ours.data, self.deadlines_as_days.data = choice.only_ours, choice.deadlines_as_days
        self.with_busy.data, self.with_illustration.data = choice.with_busy, choice.with_illustration

    def choice(self) -> Choice:
        """Return what was chosen."""
        return Choice(
            name=self.name.data or "",
            body_ids=frozenset(self.bodies.data or ()),
            only_ours=bool(self.only_ours.data),
            deadlines_as_days=bool(self.deadlines_as_days.data),
            with_busy=bool(self.with_busy.data),
            with_illustration=bool(self.with_illustration.data),
        )


class DeviceForm(FlaskForm):
    """The name of a device."""

    name = StringField(
        _l("Name"), [InputRequired(_l("Give the device a name."))], description=_l("So that you know which it is.")
    )
