"""Mathematics with its working: every solver returns a value and the steps that lead to it."""
