"""Chapter V: popular architectures."""
