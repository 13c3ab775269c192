"""Chapter VI: recurrent networks and transformers."""
