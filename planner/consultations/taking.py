"""Doing what a form of a round asks: whatever is refused stands in the form, which keeps what was typed."""

from __future__ import annotations

from collections.abc import Callable

from flask_babel import gettext as _

from planner.core.errors import Conflict, Invalid, NotAllowed
from planner.web.forms import BaseForm, show_faults
from planner.web.i18n import translate


def taken(form: BaseForm, act: Callable[[], object]) -> int | None:
    """Do it; return None where it was done, else the status of the answer, with what is wrong in the form."""
    if not form.validate():
        form.form_errors.append(
            _("You were signed out meanwhile, or the form was open too long. Nothing is lost: send it again.")
        )
        return 422
    return attempted(form, act)


def attempted(form: BaseForm, act: Callable[[], object]) -> int | None:
    """Do what a form asks that has been found right so far; return as `taken` does."""
    try:
        act()
    except Invalid as invalid:
        show_faults(form, invalid)
        return 422
    except NotAllowed as refused:
        form.form_errors.append(translate(refused.message))
        return 403
    except Conflict as refused:
        form.form_errors.append(translate(refused.message))
        if refused.rev is not None and "rev" in form:
            form["rev"].data = str(refused.rev)
        return 422
    return None
