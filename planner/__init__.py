"""The multi-year work plan of a treaty body and the meetings that carry it out.

Areas (what the site offers) stand on `web`, `services`, `access`, `models`, then the pure layers `papers`, `messages`,
`formats` and `pictures`, then `rules`, then `core`. Imports flow down only; the contracts are in `pyproject.toml`.
"""
