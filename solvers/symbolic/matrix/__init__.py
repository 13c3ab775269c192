"""Matrix calculus by index notation: expressions with named shapes and the gradients of scalars built from them."""
