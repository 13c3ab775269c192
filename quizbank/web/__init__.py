"""The browser: the other edge. Nothing here is imported unless it is asked for."""
