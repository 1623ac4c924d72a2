"""The page of the second of two people who edit the same record: both texts, a choice for each, nothing lost."""

from __future__ import annotations

from typing import Any

from flask import render_template, request

from planner.access.viewer import Viewer
from planner.administration import shown
from planner.administration.forms import LAYOUTS
from planner.rules.words import word
from planner.services import editing
from planner.services.editing import Editable, EditConflict
from planner.web.forms import dump_base
from planner.web.i18n import translate


def page(viewer: Viewer, editable: Editable, conflict: EditConflict) -> str:
    """Return the page: fields that both changed side by side, those that one changed as they will be."""
    # Read again: what is stored now is newer than what the form began with.
    now = editing.get_editable(viewer, editable.record.id)
    sent = [*conflict.yours, *conflict.mine]
    return render_template(
        "administration/conflict.html",
        editable=now,
        who=conflict.who,
        fields=[
            {
                "name": name,
                "label": _label(now, name),
                "yours": _value(viewer, now, name, conflict.yours[name]),
                "theirs": _value(viewer, now, name, conflict.theirs[name]),
            }
            for name in conflict.yours
        ],
        mine=[(_label(now, name), _value(viewer, now, name, value)) for name, value in conflict.mine.items()],
        merged=[(_label(now, name), _value(viewer, now, name, value)) for name, value in conflict.merged.items()],
        hidden=[("sent", name) for name in sent] + _raw(sent),
        rev=conflict.rev,
        base=dump_base(editing.digests(now.values)),
        reason=request.form.get("reason", ""),
        current="workbench",
    )


def chosen(values: dict[str, Any]) -> dict[str, Any]:
    """Return the values that an answer to this page keeps: those sent again, without those given up for theirs."""
    sent = request.form.getlist("sent")
    if not sent:
        return values
    return {
        name: value
        for name, value in values.items()
        if name in sent and request.form.get(f"keep_{name}", "yours") != "theirs"
    }


def _raw(names: list[str]) -> list[tuple[str, str]]:
    """Return what was typed into the fields, as it was sent."""
    return [
        (key, value)
        for key in request.form
        if any(key == name or key.startswith(f"{name}-") for name in names)
        for value in request.form.getlist(key)
    ]


def _label(editable: Editable, name: str) -> str:
    return translate(LAYOUTS[editable.record.kind].labels.get(name) or word("field", name))


def _value(viewer: Viewer, editable: Editable, name: str, value: Any) -> str:
    field = editable.spec.field(name)
    return shown.value_text(viewer, field, value) if field else str(value)
