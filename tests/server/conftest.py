"""The whole program in processes of its own, on a database of its own: set up and served as `make run` does."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.server.wire import Server, run, running

PASSWORD = "acknowledged-writes"


class Installation:
    """An instance folder that was set up, and servers on it."""

    def __init__(self, folder: Path) -> None:
        self.environment = {
            "PLANNER_INSTANCE": str(folder),
            "PLANNER_DATABASE_URL": f"sqlite:///{folder}/planner.db",
            "PLANNER_DEMO_PASSWORD": PASSWORD,
            "PLANNER_LOG_LEVEL": "ERROR",
            "HOST": "127.0.0.1",
        }
        run(["-m", "planner", "setup"], **self.environment)

    @contextmanager
    def serving(self) -> Iterator[Server]:
        with socket.create_server(("127.0.0.1", 0)) as free:
            port: int = free.getsockname()[1]
        with running(["-m", "planner", "serve"], **self.environment, PORT=str(port)) as process:
            server = Server(process, port)
            while not server.is_listening():
                assert process.poll() is None, "planner serve ended at once"
            yield server


@pytest.fixture(scope="session")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Installation:
    return Installation(tmp_path_factory.mktemp("instance"))
