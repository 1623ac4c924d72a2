"""What the forms of a round send. Services decide what is right; a form keeps what was typed."""

from __future__ import annotations

from collections.abc import Iterable

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice

from planner.rules.comment_words import COMMENT_KINDS, DISPOSITIONS
from planner.services import consultations
from planner.services.consultations import FormView, Typed
from planner.web.forms import MOMENT_INPUT, BaseForm, flag_field
from planner.web.i18n import translate


class CommentForm(BaseForm):
    """A comment: its kind, its text, and a wording where one is proposed."""

    stakeholder_id = SelectField(_l("For whom"), validate_choice=False)
    kind = RadioField(_l("Kind of comment"), validate_choice=False)
    text = TextAreaField(_l("Your comment"), render_kw={"rows": 6})
    proposed_title = StringField(_l("Proposed title"))
    proposed_text = TextAreaField(_l("Proposed text"), render_kw={"rows": 5})

    def offer(self, view: FormView, own: Iterable[int]) -> None:
        """Fill the lists, and a form that was not sent with what is held: the comment, or the present wording."""
        kinds = {code: words for code, words in COMMENT_KINDS.items() if view.item or code != "proposed_wording"}
        self.kind.choices = [(code, translate(words)) for code, words in kinds.items()]
        self.text.description = _("At most %(count)s characters. Markdown is understood.", count=consultations.LONGEST)
        mine = set(own)
        voices = view.voices if view.round.may_run else [one for one in view.voices if one.id in mine]
        if view.held or (len(voices) == 1 and voices[0].id in mine):
            del self.stakeholder_id
        else:
            empty = SelectChoice(value="", label=_("Choose"))
            chosen = [SelectChoice(value=str(one.id), label=one.title) for one in voices]
            self.stakeholder_id.choices = [empty, *chosen]
        if view.item is None:
            del self.proposed_title
            del self.proposed_text
        if not self.is_submitted():
            self._show(view)

    def _show(self, view: FormView) -> None:
        held, item = view.held, view.item
        self.kind.data = held.kind if held else "remark"
        self.text.data = (held.text if held else None) or ""
        self.rev.data = str(held.rev) if held else ""
        if item is not None:
            self.proposed_title.data = (held.proposed_title if held else None) or item.title
            self.proposed_text.data = (held.proposed_text if held else None) or item.text or ""

    def typed(self) -> Typed:
        """Return what was typed."""
        return Typed(
            kind=self.kind.data or "",
            text=self.text.data or "",
            proposed_title=(self.proposed_title.data or "") if "proposed_title" in self else "",
            proposed_text=(self.proposed_text.data or "") if "proposed_text" in self else "",
        )

    @property
    def for_whom(self) -> int | None:
        """Return the stakeholder that was chosen, or None; what is no number names nobody."""
        text = (self.stakeholder_id.data or "") if "stakeholder_id" in self else ""
        return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


class AnswerForm(BaseForm):
    """What becomes of a comment."""

    disposition = RadioField(_l("The comment is"), validate_choice=False)
    reason = TextAreaField(
        _l("Reason"),
        description=_l("Needed unless it is taken as it stands. Its delegation reads it when the round is closed."),
        render_kw={"rows": 4},
    )
    apply = flag_field(_l("Write its wording into the working copy at once"))

    def offer(self, disposition: str | None, reason: str | None, rev: int, *, may_apply: bool) -> None:
        """Fill the list, and a form that was not sent with the answer that is held."""
        self.disposition.choices = [(code, translate(words)) for code, words in DISPOSITIONS.items()]
        if not may_apply:
            del self.apply
        if not self.is_submitted():
            self.disposition.data, self.reason.data, self.rev.data = disposition or "", reason or "", str(rev)


class ExtendForm(BaseForm):
    """A later deadline and why."""

    until = StringField(_l("New deadline"), description=_l("Day and hour, in UTC."), widget=MOMENT_INPUT)
    reason = TextAreaField(_l("Reason"), description=_l("Shown in the history of the version."), render_kw={"rows": 3})


class WithdrawForm(BaseForm):
    """Why a comment is withdrawn."""

    reason = TextAreaField(_l("Reason"), description=_l("Read by those who read the comment."), render_kw={"rows": 3})


class PlainForm(BaseForm):
    """A form with nothing but its button."""


class LinkForm(BaseForm):
    """Who gets a personal address."""

    stakeholder_id = SelectField(_l("Comments for"), validate_choice=False)
    person_name = StringField(_l("Name"))
    address = StringField(_l("E-mail"), render_kw={"inputmode": "email", "autocomplete": "off"})
