"""A small NumPy network engine: layers with forward and backward side by side, composed into graphs."""
