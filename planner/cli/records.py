"""The record and the illustration: import and export, broken links, the demo, the calendar written anew."""

from __future__ import annotations

import secrets
from pathlib import Path

import click
from flask import current_app

from planner.access.viewer import system
from planner.core import clock
from planner.core.errors import PlannerError
from planner.models import Origin
from planner.services import broken_links, demo, record_files
from planner.services.calendar_entries import rebuilding


@click.command("import")
@click.argument("directory", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Say what would change, and change nothing.")
@click.option("--overwrite", is_flag=True, help="Also overwrite records that people have edited since the last import.")
def import_command(directory: Path, *, dry_run: bool, overwrite: bool) -> None:
    """Read the files of the record from DIRECTORY: all of them, or, if there is any fault, none."""
    import_files(directory, dry_run=dry_run, overwrite=overwrite)


@click.command("export")
@click.argument("directory", type=click.Path(file_okay=False, path_type=Path))
@click.option(
    "--with",
    "also",
    multiple=True,
    type=click.Choice([Origin.OWN.value, Origin.ILLUSTRATION.value]),
    help="Also write what was entered here, or the illustration.",
)
@click.option("--force", is_flag=True, help="Write into a directory that is not empty.")
def export_command(directory: Path, also: tuple[str, ...], *, force: bool) -> None:
    """Write the record into DIRECTORY as files that import into an equal database.

    With what was entered here and the illustration that is all but accounts, the history and calendar counts; the
    reasons are in planner/services/record_files/left_behind.py.
    """
    origins = (Origin.RECORD, *(Origin(name) for name in also))
    try:
        report = record_files.export_record(directory, origins=origins, force=force)
    except PlannerError as error:
        raise click.ClickException(str(error.message)) from None
    for name, count in report.files.items():
        click.echo(f"{directory / name}: {count} records")
    for kind, count in report.left_out.items():
        click.echo(f"Left out, it hangs on what is not exported: {count} {kind}")


@click.command("check-plan")
def check_plan() -> None:
    """List the broken links of the chain; exit status 1 if there is any."""
    now = clock.now()
    found = broken_links.check_plan(system(now.date(), "planner check-plan"))
    for link in found:
        click.echo(str(link))
    click.echo(f"{len(found)} broken links" if found else "No broken link")
    if found:
        raise SystemExit(1)


@click.command("demo")
@click.option("--refresh", is_flag=True, help="Shift all dates of the illustration to today.")
def demo_command(*, refresh: bool) -> None:
    """Load the illustration and its people, or shift its dates to today."""
    if refresh:
        try:
            report = demo.refresh_demo(at=clock.now())
        except PlannerError as error:
            raise click.ClickException(str(error.message)) from None
        click.echo(f"The illustration counts from {report.day:%d %B %Y}; {report.moved} records have new dates.")
        return
    load_demo()


@click.command("rebuild-calendar")
def rebuild_calendar() -> None:
    """Write every calendar entry anew from its record, and say how many differed from what was stored."""
    written = write_calendar()
    click.echo(f"{written} entries were written anew" if written else "Every entry is as it would be written")


def write_calendar() -> int:
    """Write the calendar anew with a bar that moves; return how many entries differed."""
    with click.progressbar(length=1, label="Writing the calendar", show_eta=False) as bar:

        def progress(done: int, total: int) -> None:
            bar.length = max(total, 1)
            bar.update(done - bar.pos)

        return rebuilding.rebuild(at=clock.now(), progress=progress)


def import_files(directory: Path, *, dry_run: bool, overwrite: bool) -> None:
    """Import with a bar that moves, and say what came of it; faults end the command with status 1."""
    now = clock.now()
    with click.progressbar(length=1, label="Reading the record", show_eta=False) as bar:

        def progress(done: int, total: int, label: str) -> None:
            del label
            bar.length = max(total, 1)
            bar.update(done - bar.pos)

        report = record_files.import_record(
            directory,
            actor=system(now.date(), "planner import"),
            at=now,
            dry_run=dry_run,
            overwrite=overwrite,
            progress=progress,
        )
    _tell(report)


def _tell(report: record_files.ImportReport) -> None:
    """Say what an import did, or what is wrong; faults end the command with status 1."""
    for fault in report.faults:
        click.echo(str(fault), err=True)
    if report.faults:
        click.echo(f"{len(report.faults)} faults. Nothing was written.", err=True)
        raise SystemExit(1)
    for text, keys in (
        ("edited here since the last import, left as it is", report.kept),
        ("not in the files any more, left as it is", report.vanished),
    ):
        for kind, ref in keys:
            click.echo(f"{kind} {ref}: {text}")
    if not report.changed:
        click.echo(f"{report.total} records read. Nothing changed.")
        return
    would = "would be " if report.dry_run else ""
    click.echo(f"{report.total} records read. {len(report.created)} {would}new, {len(report.updated)} {would}changed.")
    if report.dry_run:
        click.echo("This was a dry run: nothing was written.")


def load_demo() -> None:
    """Load the illustration and print its people, with their password where it was made up or is new."""
    password = current_app.config["SETTINGS"].demo_password or secrets.token_urlsafe(9)
    report = demo.load_demo(at=clock.now(), password=password)
    if not report.changed:
        click.echo("The illustration is there already. Nothing changed.")
        return
    click.echo(f"Illustration loaded: {sum(report.made.values())} records, dated from {report.day:%d %B %Y}.")
    click.echo("People who may sign in:")
    for person in report.people:
        click.echo(f"  {person.email:28} {person.name}, for {person.stands_for}")
    if any(person.is_new for person in report.people):
        click.echo(f"  password of all: {password}")
