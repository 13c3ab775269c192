"""Short text: from words to key points, guards, a small model, and a verdict that knows when to abstain."""
