"""The wording and the looks of the body's papers: values in, blocks out."""
