"""A student's own values, compared with the solution: where the first slip is, and which one explains it."""
