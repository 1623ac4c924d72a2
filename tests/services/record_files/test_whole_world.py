"""Everything that people can enter comes back: whole databases, every table and column."""

from planner.models import Origin
from planner.services.record_files import export_record
from planner.services.record_files.compare import snapshot


def test_the_record_and_the_illustration_come_back_equal(full_context, elsewhere, tmp_path):
    report = export_record(tmp_path / "all", origins=tuple(Origin))
    here = snapshot()
    there = elsewhere(tmp_path / "all")
    assert report.left_out == {}
    assert there.keys() == here.keys()
    for table, rows in here.items():
        assert there[table] == rows, table
