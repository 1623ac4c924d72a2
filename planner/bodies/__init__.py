"""Bodies and their offices."""
