"""The multi-year work plan of a treaty body and the meetings that carry it out.

Areas (what the site offers) stand on `web`, `services`, `access`, `models`, then the pure layers `papers`, `messages`,
`formats` and `pictures`, then `rules`, then `core`. Imports flow down only; the contracts are in `pyproject.toml`.
"""

import sys
from pathlib import Path

_BUNDLE = Path(__file__).with_name("_bundle")
if _BUNDLE.is_dir():
    # a wheel carries config.py, which stands beside the package in a checkout, in its bundle
    sys.path.append(str(_BUNDLE))
