"""The `planner` script: reads the settings, builds the application, hands it to the commands."""

import os
import sys
from importlib.util import find_spec
from typing import NoReturn

from sqlalchemy.exc import OperationalError

from config import Settings, SettingsError, load
from planner.app import create_app
from planner.cli import create_cli
from planner.services.setup_state import why_no_answer


def main() -> None:
    """Run the command line. What keeps it from starting ends it with status 2 and a sentence each."""
    try:
        settings = load(os.environ)
    except SettingsError as error:
        _stop(str(error))
    missing = missing_drivers(settings)
    if missing:
        _stop("\n".join(missing))
    try:
        create_cli(create_app(settings))()
    except OperationalError as error:
        _stop(why_no_answer(error))


def missing_drivers(settings: Settings) -> list[str]:
    """Return a sentence for each service that the settings name and no installed package can talk to."""
    named = (
        ("PLANNER_DATABASE_URL", "PostgreSQL", not settings.is_sqlite, "psycopg", "postgres"),
        ("PLANNER_REDIS_URL", "Redis", settings.redis_url is not None, "redis", "redis"),
    )
    return [
        f"{variable}: the package for {service} is not installed; install it with "
        f"`pip install --require-hashes -r requirements/{extra}.txt`, or from a wheel with `planner[{extra}]`"
        for variable, service, is_named, package, extra in named
        if is_named and find_spec(package) is None
    ]


def _stop(text: str) -> NoReturn:
    sys.stderr.write(f"{text}\n")
    raise SystemExit(2) from None


if __name__ == "__main__":
    main()
