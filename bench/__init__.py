"""Benchmarks, not tests: `python -m bench.pages`, `python -m bench.feeds`. Each prints its figures beside its floors."""
