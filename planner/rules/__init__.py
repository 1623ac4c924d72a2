"""The subject's own logic on plain values: no database, no clock, no HTTP."""
