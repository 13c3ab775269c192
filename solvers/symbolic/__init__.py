"""Derivations through SymPy and our own matrix calculus."""
