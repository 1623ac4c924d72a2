"""What a terminal shows of an import and an export."""

from planner.core.i18n import N_
from planner.services.record_files import ExportReport, Fault, ImportReport


def test_faults_come_one_a_line():
    faults = [
        Fault("plan.yaml", "t5-1", "title", N_("The text is empty."), 12),
        Fault("parties.yaml", "", "", N_("No.")),
    ]
    assert str(ImportReport(faults=faults)) == (
        "plan.yaml:12: t5-1: title: The text is empty.\nparties.yaml: No.\n2 faults; nothing was written"
    )


def test_a_run_without_change_says_so():
    assert str(ImportReport(total=672)) == "Nothing changed\n672 records in the files"


def test_a_dry_run_says_what_would_be():
    report = ImportReport(
        dry_run=True,
        created=[("plan_item", "b"), ("plan_item", "a"), ("body", "c")],
        updated=[("document", "d-1")],
        kept=[("document", "d-2")],
        vanished=[("source", "s")],
        released=["m-1"],
        total=1,
    )
    assert str(report).splitlines() == [
        "1 body would be new",
        "2 plan item would be new",
        "document d-1: would be changed",
        "document d-2: left as people edited it (--overwrite replaces it)",
        "source s: no longer in the files, kept",
        "Programme of m-1: would be released",
        "1 record in the files",
    ]


def test_an_export_names_what_it_left_out():
    report = ExportReport(files={"plan.yaml": 5, "bodies.yaml": 1}, left_out={"follow_up": 3})
    assert (
        str(report)
        == "plan.yaml: 5 records\nbodies.yaml: 1 record\nLeft out, it hangs on what is not exported: 3 follow up"
    )
