"""States with dated status, organisations, people."""
