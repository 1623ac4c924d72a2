"""What everything stands on: database session, clock, errors, paths, words for people."""
