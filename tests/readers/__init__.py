"""Readers of calendars that we did not write, each asked for the same few facts of every entry."""
