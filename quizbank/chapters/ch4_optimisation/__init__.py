"""Chapter IV: optimisation."""
