"""How well the extractor finds what readers found."""
