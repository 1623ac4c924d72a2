"""The `planner` script: reads the settings, builds the application, hands it to the commands."""

import os
import sys

from config import SettingsError, load
from planner.app import create_app
from planner.cli import create_cli


def main() -> None:
    """Run the command line. Settings that are wrong end it with status 2 and a sentence each."""
    try:
        settings = load(os.environ)
    except SettingsError as error:
        sys.stderr.write(f"{error}\n")
        raise SystemExit(2) from None
    create_cli(create_app(settings))()


if __name__ == "__main__":
    main()
