"""The whole program in processes of its own, on a database of its own, served as `make run` does."""

import shutil
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy.engine import make_url

from tests.server.wire import Server, running


class Installation:
    """An instance folder with the record and the illustration, and servers on it."""

    def __init__(self, folder: Path, template: str) -> None:
        self.environment = {
            "PLANNER_INSTANCE": str(folder),
            "PLANNER_DATABASE_URL": f"sqlite:///{folder}/planner.db",
            "PLANNER_LOG_LEVEL": "ERROR",
            "HOST": "127.0.0.1",
        }
        shutil.copyfile(make_url(template).database or "", folder / "planner.db")

    @contextmanager
    def serving(self, **further: str) -> Iterator[Server]:
        with socket.create_server(("127.0.0.1", 0)) as free:
            port: int = free.getsockname()[1]
        with running(["-m", "planner", "serve"], **{**self.environment, **further}, PORT=str(port)) as process:
            server = Server(process, port)
            while not server.is_listening():
                assert process.poll() is None, "planner serve ended at once"
            yield server


@pytest.fixture(scope="session")
def installation(tmp_path_factory: pytest.TempPathFactory, full_template: str) -> Installation:
    return Installation(tmp_path_factory.mktemp("instance"), full_template)
