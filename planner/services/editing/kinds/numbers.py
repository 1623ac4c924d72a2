"""Whole numbers."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from planner.core.i18n import N_
from planner.services.editing.faults import Wrong
from planner.services.editing.kinds.base import Kind

if TYPE_CHECKING:
    from planner.services.editing.spec import Entry

_LARGEST = 2_000_000_000


@dataclass(frozen=True)
class Number(Kind):
    """A whole number."""

    least: int = 0
    most: int = _LARGEST

    def clean(self, raw: Any, _entry: Entry) -> int | None:
        """Return the number."""
        if raw is None or raw == "":
            return None
        if isinstance(raw, str):
            text = raw.strip().replace("−", "-")
            if not text:
                return None
            if not re.fullmatch("-?[0-9]{1,10}", text):
                raise Wrong(N_("“{found}” is not a whole number.", found=text[:40]))
            raw = int(text)
        if not isinstance(raw, int) or isinstance(raw, bool):
            raise Wrong(N_("This must be a whole number."))
        if raw < self.least:
            raise Wrong(N_("The smallest number is {least}.", least=self.least))
        if raw > self.most:
            raise Wrong(N_("The largest number is {most}.", most=self.most))
        return raw


@dataclass(frozen=True)
class Degrees(Kind):
    """A latitude or longitude in degrees, to six decimals."""

    most: int

    def clean(self, raw: Any, _entry: Entry) -> float | None:
        """Return the number."""
        if raw is None or raw == "":
            return None
        text = str(raw).strip().replace("−", "-") if isinstance(raw, str | int | float) else ""
        if isinstance(raw, str) and not text:
            return None
        if isinstance(raw, bool) or not re.fullmatch(r"-?[0-9]{1,3}([.][0-9]{1,20})?(e-[0-9]{1,2})?", text):
            raise Wrong(N_("“{found}” is no number of degrees, as in 46.2264.", found=text[:40]))
        degrees = round(float(text), 6)
        if abs(degrees) > self.most:
            raise Wrong(N_("Degrees are between {least} and {most}.", least=-self.most, most=self.most))
        return degrees


MINUTES = Number(1, 1440)
