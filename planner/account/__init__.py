"""Sign-in and profile."""
