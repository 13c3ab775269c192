"""Scalar formulas: read from text, printed as LaTeX or text, translated to SymPy."""
