"""CalDAV (RFC 4791): a person's calendars for programs that keep them in step; read-only but for how far a task is.

`routes` has the addresses and methods, `resources` what stands there, `signing_in` who asks. `requests` and `filters`
read bodies, `xml` keeps them harmless. `properties` says what each resource tells of itself, `reports` answers the
three reports, `writing` refuses all but the progress of a task, `answers` writes multistatus and errors.
"""
