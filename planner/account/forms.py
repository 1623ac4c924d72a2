"""What the forms of this area send, as typed values."""

from __future__ import annotations

from collections.abc import Iterable

from babel import Locale
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import PasswordField, SelectField, StringField
from wtforms.validators import InputRequired

from planner.core.i18n import LANGUAGES
from planner.services import accounts


class SignInForm(FlaskForm):
    """E-mail and password. The e-mail stays in the field when it is shown again, the password never does."""

    email = StringField(_l("E-mail"), [InputRequired(_l("Give the e-mail address of your account."))])
    password = PasswordField(_l("Password"), [InputRequired(_l("Give your password."))])


class ProfileForm(FlaskForm):
    """Zone and language of a person."""

    zone = SelectField(_l("Your time zone"), description=_l("Its times are shown beside the venue’s."))
    language = SelectField(
        _l("Your language"),
        description=_l(
            "Mail to you is written in it (English where none is chosen), and pages as far as they are there in it. "
            "Titles stay as they are in the record."
        ),
    )

    def offer(self, languages: list[str]) -> None:
        """Fill the lists: every zone, and each language of mails or of the interface, by its own name."""
        self.zone.choices = [("", _l("none: the venue’s times only")), *((zone, zone) for zone in accounts.zones())]
        known = dict.fromkeys((*LANGUAGES, *languages))
        self.language.choices = [("", _l("not chosen")), *_named(known)]

    def values(self) -> dict[str, str | None]:
        """Return what the service takes; an empty choice is None."""
        return {"zone": self.zone.data or None, "language": self.language.data or None}


class PasswordForm(FlaskForm):
    """The present password and another one."""

    current = PasswordField(_l("Present password"), [InputRequired(_l("Give your present password."))])
    new = PasswordField(
        _l("New password"),
        [InputRequired(_l("Give a new password."))],
        description=_l("At least %(shortest)s characters.", shortest=accounts.SHORTEST_PASSWORD),
    )


class ChoiceForm(FlaskForm):
    """A password, chosen by who holds the address."""

    new = PasswordField(
        _l("Password"),
        [InputRequired(_l("Give a password."))],
        description=_l("At least %(shortest)s characters.", shortest=accounts.SHORTEST_PASSWORD),
    )


def _named(languages: Iterable[str]) -> list[tuple[str, str]]:
    return [(code, Locale.parse(code).display_name or code) for code in languages]
