"""Chapter III: convolutions."""
