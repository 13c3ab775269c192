"""Chapter II: neural networks."""
