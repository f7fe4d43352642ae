"""Articles to try the stream with, and what careful readers found in five of them. See the README in this folder."""
