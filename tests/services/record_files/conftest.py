"""The record once as a database to copy, and its files to change."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import yaml
from flask import Flask

from planner.access.viewer import Viewer, system
from planner.core.paths import SEED
from planner.services.record_files import ImportReport, import_record
from planner.services.record_files.compare import Snapshot, snapshot
from tests.conftest import NOW, Databases, on_database

FIVE = ("documents.yaml", "instruments.yaml", "meetings.yaml", "parties.yaml", "plan.yaml")


@pytest.fixture(scope="session")
def record_template(the_app: Flask, databases: Databases, empty_template: str) -> str:
    """A database with the record alone."""
    url = databases.new(empty_template)
    with on_database(the_app, url), the_app.app_context():
        report = import_record(SEED, actor=system(NOW.date(), "planner import"), at=NOW)
        assert [str(fault) for fault in report.faults] == []
    return url


@pytest.fixture
def record_context(the_app: Flask, databases: Databases, record_template: str) -> Iterator[None]:
    """An application context over a copy of it."""
    url = databases.new(record_template)
    with on_database(the_app, url), the_app.app_context():
        yield
    databases.drop(url)


def from_yaml(data: bytes) -> dict:
    return yaml.load(data, getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506 - both are safe loaders


def as_yaml(data: object) -> str:
    dumper = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
    return yaml.dump(data, Dumper=dumper, sort_keys=False, allow_unicode=True)


class Files:
    """A copy of the files of the record, to be changed by a test."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        shutil.copytree(SEED, directory)

    def read(self, name: str) -> dict:
        return from_yaml((self.directory / name).read_bytes())

    def write(self, name: str, data: dict) -> None:
        (self.directory / name).write_text(as_yaml(data))

    def edit(self, name: str, change: Callable[[dict], object]) -> None:
        data = self.read(name)
        change(data)
        self.write(name, data)

    def replace(self, name: str, old: str, new: str) -> None:
        text = (self.directory / name).read_text()
        assert old in text, old
        (self.directory / name).write_text(text.replace(old, new, 1))


@pytest.fixture
def files(tmp_path: Path) -> Files:
    return Files(tmp_path / "record")


@pytest.fixture
def load(actor: Viewer) -> Callable[..., ImportReport]:
    """Import a directory as the administrator's command does."""

    def loaded(directory: Path = SEED, **options) -> ImportReport:
        return import_record(directory, actor=actor, at=options.pop("at", NOW), **options)

    return loaded


@pytest.fixture
def elsewhere(
    the_app: Flask, databases: Databases, empty_template: str, load: Callable[..., ImportReport]
) -> Callable[..., Snapshot]:
    """Import directories, one after the other, into another, empty database and return its snapshot."""

    @contextmanager
    def empty() -> Iterator[None]:
        url = databases.new(empty_template)
        with on_database(the_app, url), the_app.app_context():
            yield
        databases.drop(url)

    def imported(*directories: Path) -> Snapshot:
        with empty():
            for directory in directories:
                report = load(directory)
                assert [str(fault) for fault in report.faults] == []
                assert report.kept == []
            assert load(directories[-1]).changed is False
            return snapshot()

    return imported


def by(rows: list[dict], key: str, value: object) -> dict:
    """Return the row of a list that has a value."""
    return next(row for row in rows if row.get(key) == value)
