"""Put templates, migrations, seed data and settings into the wheel; an editable install uses the checkout."""

from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class BundleHook(BuildHookInterface):
    """Map the top-level folders into `planner/_bundle`, where `planner.core.paths` looks for them."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Add the mapping unless the install is editable (a copy would go stale)."""
        if version != "editable":
            bundle = {name: f"planner/_bundle/{name}" for name in ("templates", "migrations", "seed", "config.py")}
            build_data["force_include"].update(bundle)
