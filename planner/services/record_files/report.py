"""What an import did, or would do."""

from __future__ import annotations

from dataclasses import dataclass, field

from planner.services.record_files.faults import Fault

Key = tuple[str, str]
"""Kind and key of a record."""


@dataclass
class ImportReport:
    """The outcome of an import. With faults nothing was written; with `dry_run` nothing was written either."""

    dry_run: bool = False
    faults: list[Fault] = field(default_factory=list)
    created: list[Key] = field(default_factory=list)
    updated: list[Key] = field(default_factory=list)
    kept: list[Key] = field(default_factory=list)
    """Records that people have edited since the last import and that the files would change: left as they are."""
    vanished: list[Key] = field(default_factory=list)
    """Records of the database that the files no longer hold: left as they are."""
    released: list[str] = field(default_factory=list)
    """Meetings of which a programme was released."""
    total: int = 0
    """Records in the files."""

    @property
    def ok(self) -> bool:
        """Say whether the files were without fault."""
        return not self.faults

    @property
    def changed(self) -> bool:
        """Say whether anything was, or would be, written."""
        return bool(self.created or self.updated)

    def counts(self) -> dict[str, int]:
        """Return how many records of each kind are new, in the order of kinds."""
        counts: dict[str, int] = {}
        for kind, _ in sorted(self.created):
            counts[kind] = counts.get(kind, 0) + 1
        return counts

    def __str__(self) -> str:
        """Return the lines that a terminal shows."""
        if self.faults:
            lines = [str(fault) for fault in self.faults]
            return "\n".join([*lines, f"{_number(len(lines), 'fault')}; nothing was written"])
        would = "would be " if self.dry_run else ""
        lines = [f"{count} {kind.replace('_', ' ')} {would}new" for kind, count in self.counts().items()]
        lines += [f"{kind} {ref}: {would}changed" for kind, ref in self.updated]
        lines += [f"{kind} {ref}: left as people edited it (--overwrite replaces it)" for kind, ref in self.kept]
        lines += [f"{kind} {ref}: no longer in the files, kept" for kind, ref in self.vanished]
        lines += [f"Programme of {meeting}: {would}released" for meeting in self.released]
        if not self.changed:
            lines.append("Nothing changed")
        return "\n".join([*lines, f"{_number(self.total, 'record')} in the files"])


def _number(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


@dataclass
class ExportReport:
    """What an export wrote: records per file, and what cannot be without records of other origins."""

    files: dict[str, int] = field(default_factory=dict)
    left_out: dict[str, int] = field(default_factory=dict)
    """Kind → how many records of the chosen origins hang on records that are not exported."""

    def __str__(self) -> str:
        """Return the lines that a terminal shows."""
        lines = [f"{name}: {_number(count, 'record')}" for name, count in self.files.items()]
        lines += [
            f"Left out, it hangs on what is not exported: {count} {kind.replace('_', ' ')}"
            for kind, count in self.left_out.items()
        ]
        return "\n".join(lines)
