"""Untrusted text to numbers, formulas, arrays, shapes and programs; bounded, and never through `eval`.

The way of a text: `tokens.scan` cuts it into tokens in one notation, `phrases.join` joins those that mean one thing
(hats, derivatives, transposes), `names.resolve` finds what each name names, and `grammar.parse` builds a tree.

- `grammar.parse(text, vocabulary) -> Parsed(tree, notes)`: one formula, a list of them, or rows. `Unreadable` if not.
- `names.Vocabulary(names=…, matrices=True)`: what may be named. With `matrices`, `X^T`, `X.T` and `X'` are
  `Postfix(X, "T")`, `np.sum(G, axis=0)` and `G.sum(axis=0)` are `Call("sum", (G,), (("axis", 0),))`.
- `tree`: the nodes. A `Product` keeps its factors in order with the operator between each two as it was written:
  "" (none), "*", "·", "×", "@", "⊙", "/" or "frac". A `Sequence` keeps its brackets (`[0, 1)`), a `Relation` its
  signs, a union of sets is `Call("union", …)`.
- `echo.latex(tree)`: what was read, as LaTeX.
- `exact.exact_value(tree) -> Fraction | None`, `floats.float_value(tree, values)`,
  `precise.precise_value(tree, values)`: its value in fractions, in (arrays of) floats, to 50 digits or more.
- `numbers.read_number`, `arrays.read_array`, `shapes.read_shape`, `shapes.read_integers`, `formulas.read_formula`:
  a whole answer of one sort, with the left side of `loss = 1.39` dropped.
- `limits`: the bounds, all checked before anything is computed.
"""
