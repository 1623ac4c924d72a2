"""The first page, search, the list of registers, broken links."""
