"""A small safe language: the part of Python and NumPy that students need, run by an interpreter of our own."""
