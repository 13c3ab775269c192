"""Untrusted text to numbers, expressions, arrays and programs; bounded, and never through `eval`."""
