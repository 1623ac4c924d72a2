"""The changes between two programmes (rules/programme.py) as sentences."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Any

from flask_babel import gettext as _

from planner.core.i18n import N_, Message
from planner.rules import lifecycle
from planner.rules.words import word
from planner.web.filters import day, instant
from planner.web.i18n import translate

_FIELDS: Mapping[str, Message] = {
    "on": N_("day"),
    "starts_at": N_("start"),
    "zone": N_("time zone"),
    "minutes": N_("minutes"),
    "room": N_("room"),
    "mode": N_("mode"),
    "state": N_("state"),
    "title": N_("title"),
    "number": N_("number"),
    "presenter_id": N_("presenter"),
    "session_kind": N_("kind"),
    "stakeholder_class": N_("class"),
}
_REWRITTEN: Mapping[str, Message] = {
    "body": N_("Another body."),
    "joint_bodies": N_("Other joint bodies."),
    "text": N_("The text was edited."),
    "remote_url": N_("Another address for remote access."),
    "treats": N_("Other items of the plan are treated."),
    "hosts": N_("Other hosts."),
    "chairings": N_("Another chair."),
    "interventions": N_("The list of speakers was edited."),
    "is_break": N_("A break became an item, or an item a break."),
    "proposed_by": N_("Proposed by others."),
    "co_presenters": N_("Other co-presenters."),
    "agenda_item_id": N_("Under another item."),
    "session_id": N_("In another session."),
    "kind": N_("Another kind of presentation."),
    "summary": N_("The summary was edited."),
}
_WHOLE: Mapping[str, Message] = {
    "added": N_("New."),
    "removed": N_("Taken off the programme."),
    "cancelled": N_("Cancelled."),
    "postponed": N_("Postponed."),
    "merged": N_("Merged into another session."),
    "order": N_("In another place of the order."),
}


@dataclass(frozen=True)
class Told:
    """One change: what it is about (a session, an item, a presentation), its title, and the sentence."""

    subject: str
    title: str
    session: str
    text: str


def tell(
    changes: Iterable[Mapping[str, Any]], zones: Mapping[int, str], names: Mapping[int, str] = MappingProxyType({})
) -> list[Told]:
    """Return the changes in words; `zones` are the IANA zones of the sessions by id.

    `names` are the titles of the other sessions that changes name (rules/programme.py `others_named`), as far as the
    reader may see them: from one of which they may not know none was split.
    """
    return [
        _tell(change, zones.get(change["session_id"], "UTC"), names)
        for change in changes
        if change["kind"] != "split" or change["new"] in names
    ]


def _tell(change: Mapping[str, Any], zone: str, names: Mapping[int, str]) -> Told:
    subject = {"item": _("Item"), "slot": _("Presentation")}.get(change["subject"], _("Session"))
    session = "" if change["subject"] == "session" else change["session"]
    return Told(subject, change["title"], session, _sentence(change, zone, names))


def _sentence(change: Mapping[str, Any], zone: str, names: Mapping[int, str]) -> str:
    kind, field = change["kind"], change["field"]
    if kind in ("merged", "split") and change["new"] in names:
        return _of_another(kind, names[change["new"]])
    if kind in _WHOLE:
        return translate(_WHOLE[kind])
    if kind == "restored":
        return _restored(change["old"], _value("session", "state", change["new"], zone))
    if field in _REWRITTEN:
        return translate(_REWRITTEN[field])
    name = translate(_FIELDS.get(field, Message("{field}", {"field": str(field)})))
    old = _value(change["subject"], field, change["old"], zone)
    new = _value(change["subject"], field, change["new"], zone)
    return str(_("%(field)s: %(new)s, before %(old)s.", field=name.capitalize(), new=new, old=old))


def _of_another(kind: str, title: str) -> str:
    if kind == "merged":
        return str(_("Merged into “%(title)s”.", title=title))
    return str(_("Split from “%(title)s”.", title=title))


def _restored(before: str, state: str) -> str:
    if before == "merged":
        return str(_("Not merged any more: %(state)s.", state=state))
    return str(_("Not cancelled any more: %(state)s.", state=state))


def _value(subject: str, field: str, value: Any, zone: str) -> str:
    if value is None or value == "":
        return str(_("not known"))
    if field == "on":
        return day(value)
    if field == "starts_at":
        return instant(datetime.fromisoformat(value), zone)
    if field == "state":
        return translate(lifecycle.state_word("offer" if subject == "slot" else "plan_session", value))
    lists = {"mode": "mode", "session_kind": "session_kind", "stakeholder_class": "class"}
    return translate(word(lists[field], value)) if field in lists else str(value)
