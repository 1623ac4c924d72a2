"""Feeds and downloads."""
