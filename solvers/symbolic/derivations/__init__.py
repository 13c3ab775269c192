"""The derivations of the course, one subject a file; every line is proven when it is built."""
