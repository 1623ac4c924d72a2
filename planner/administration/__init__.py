"""The officers’ workbench, history, who sees what."""
