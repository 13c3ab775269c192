"""Derivations through SymPy and our own matrix calculus.

`derivations/` holds the course's derivations, one subject a file, made by `derivation`, which proves every line.
`scalar_graph` and `backpropagation` work circuits of scalars, `matrix/` finds gradients of matrix expressions by
index notation, and `formulas/` is the language of the scalar ones. SymPy is imported by the functions that need it.
"""
