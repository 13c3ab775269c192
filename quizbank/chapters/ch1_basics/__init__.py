"""Chapter I: machine learning basics."""
