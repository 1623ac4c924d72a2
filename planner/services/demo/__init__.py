"""The illustration (DESIGN.md section 11): a made-up body that drafts a five-year plan, dated from the day it is loaded.

Made-up States (XA to XZ) and organisations act in it, named by their role in a transfer. Every row has the origin
`illustration`. `loading` writes it and moves its dates, `builder` puts one record, `days` counts from the day; the other
modules hold what it says, by subject.
"""

from planner.services.demo.loading import is_loaded, load_demo, refresh_demo
from planner.services.demo.report import DemoPerson, DemoReport

__all__ = ["DemoPerson", "DemoReport", "is_loaded", "load_demo", "refresh_demo"]
