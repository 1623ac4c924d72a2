"""The body's papers: what a paper says as blocks of text (`shape`), and the same paper as DOCX and as accessible PDF.

Pure: values in, bytes out, and the same values give the same bytes. `draft_plan`, `statement` and `comments_table` each
build one kind of paper; `words` is all their fixed wording; `house/` is the look: styles, numbering, template, fonts.
"""
