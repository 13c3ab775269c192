"""The two shorter documents: a single linear layer trained by hand, and a linear class."""
