"""Random and coverage-guided input for decoding and extraction: nothing crashes, nothing hangs, every span holds."""
