"""Where the files beside the package are: in a checkout beside `planner/`, in a wheel under `planner/_bundle`."""

from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent
_BUNDLE = PACKAGE / "_bundle"
ROOT = _BUNDLE if _BUNDLE.is_dir() else PACKAGE.parent

TEMPLATES = ROOT / "templates"
MIGRATIONS = ROOT / "migrations"
SEED = ROOT / "seed" / "att"
STATIC = PACKAGE / "static"
