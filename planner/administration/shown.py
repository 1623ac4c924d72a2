"""Values of the service as words on a page: old and new ones of the history, both sides of a conflict."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _

from planner.access.viewer import Viewer
from planner.rules.words import word
from planner.services import editing
from planner.services.editing import kinds
from planner.services.editing.references import Ref, References
from planner.services.editing.spec import Field
from planner.services.history import Happened
from planner.web.filters import instant
from planner.web.i18n import translate


def history_entry(entry: Happened) -> dict[str, Any]:
    """Return a change as the component `history` draws it."""
    return {
        "when": f"{instant(entry.at, 'UTC')} UTC",
        "iso": entry.at.isoformat(),
        "who": entry.who,
        "what": translate(entry.what),
        "reason": entry.reason,
        "is_first": entry.is_first,
        "changes": [
            {"field": translate(line.field), "old": _text(line.old), "new": _text(line.new)} for line in entry.lines
        ],
    }


def _text(value: Any) -> str | None:
    return None if value is None else translate(value)


def value_text(viewer: Viewer, field: Field, value: Any) -> str:
    """Return a plain value as people read it; an empty one says so."""
    text = _plain(viewer, field.kind, value)
    return text or _("(empty)")


def _plain(viewer: Viewer, kind: kinds.Kind, value: Any) -> str:  # noqa: PLR0911 - one return per kind of value
    if value in (None, "", []):
        return ""
    if isinstance(kind, kinds.Rows):
        return "\n".join(_row(viewer, kind, row) for row in value)
    if isinstance(kind, Ref | References):
        ids = [value] if isinstance(value, int) else list(value)
        names = editing.names_of(viewer, set(ids))
        return "\n".join(names.get(part, _("not open to you")) for part in ids)
    if isinstance(kind, kinds.Grounds):
        return ", ".join(translate(word("ground", code)) for code in value)
    if isinstance(kind, kinds.FieldName):
        return str(translate(word("field", value)))
    if isinstance(kind, kinds.Choice):
        return str(translate(word(kind.words, value)))
    if isinstance(kind, kinds.Flag):
        return str(_("yes") if value else _("no"))
    return "\n".join(str(part) for part in value) if isinstance(value, list) else str(value)


def _row(viewer: Viewer, kind: kinds.Rows, row: dict[str, Any]) -> str:
    parts = (_plain(viewer, inner.kind, row.get(inner.name)) for inner in kind.fields)
    return ", ".join(part for part in parts if part)
