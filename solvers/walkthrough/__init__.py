"""A training step of any network, explained: read it, run it, and say what every number is and why."""
