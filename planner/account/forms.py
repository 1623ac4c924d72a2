"""What the forms of this area send, as typed values."""

from __future__ import annotations

from babel import Locale
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import PasswordField, SelectField, StringField
from wtforms.validators import InputRequired

from planner.services import accounts


class SignInForm(FlaskForm):
    """E-mail and password. The e-mail stays in the field when it is shown again, the password never does."""

    email = StringField(_l("E-mail"), [InputRequired(_l("Give the e-mail address of your account."))])
    password = PasswordField(_l("Password"), [InputRequired(_l("Give your password."))])


class ProfileForm(FlaskForm):
    """Zone and language of a person."""

    zone = SelectField(_l("Your time zone"), description=_l("Its times are shown beside the venue’s."))
    language = SelectField(_l("Language"))

    def offer(self, languages: list[str]) -> None:
        """Fill the lists: every zone, and the languages that the interface is there in, each by its own name."""
        self.zone.choices = [("", _l("none: the venue’s times only")), *((zone, zone) for zone in accounts.zones())]
        if len(languages) > 1:
            self.language.choices = [("", _l("what the browser asks for")), *_named(languages)]
        else:
            del self.language

    def values(self) -> dict[str, str | None]:
        """Return what the service takes; an empty choice is None."""
        language = self.language.data if "language" in self else None
        return {"zone": self.zone.data or None, "language": language or None}


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


def _named(languages: list[str]) -> list[tuple[str, str]]:
    return [(code, Locale.parse(code).display_name or code) for code in languages]
