"""Chapter VII: derivatives in several dimensions."""
