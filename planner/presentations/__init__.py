"""Calls and offers by stakeholders."""
