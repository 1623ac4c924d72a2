"""The multi-year plan: picture, cycles, themes, topics, questions, versions."""
