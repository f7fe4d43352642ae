"""How fast it is, against named references in the same run."""
