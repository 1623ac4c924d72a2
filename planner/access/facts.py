"""Small yes/no functions of a viewer and the body that a record belongs to; the policy combines them."""

from planner.access.viewer import Viewer
from planner.models import OfficeRole

_DRAFTING = {OfficeRole.PRESIDENT, OfficeRole.CHAIR, OfficeRole.FACILITATOR}
_SERVING = {OfficeRole.SECRETARIAT, OfficeRole.ADMINISTRATOR}


def is_any_officer(viewer: Viewer, body_id: int | None) -> bool:
    """Say whether the viewer holds an office of any body."""
    del body_id
    return viewer.is_officer


def is_officer(viewer: Viewer, body_id: int | None) -> bool:
    """Say whether the viewer is an officer of the body; what belongs to no body is open to every officer."""
    return viewer.is_officer if body_id is None else viewer.is_officer_of(body_id)


def drafts_for(viewer: Viewer, body_id: int | None) -> bool:
    """Say whether the viewer presides over, chairs or facilitates the body."""
    return body_id is not None and bool(viewer.roles_for(body_id) & _DRAFTING)


def serves(viewer: Viewer, body_id: int | None) -> bool:
    """Say whether the viewer serves the body as its secretariat; what belongs to no body is kept by every
    secretariat.
    """
    if body_id is None:
        return any(role in _SERVING for role, _ in viewer.offices)
    return bool(viewer.roles_for(body_id) & _SERVING)


def administers(viewer: Viewer, body_id: int | None) -> bool:
    """Say whether the viewer administers the whole installation; who administers a single body does not."""
    del body_id
    return OfficeRole.ADMINISTRATOR in viewer.roles_for(None)
