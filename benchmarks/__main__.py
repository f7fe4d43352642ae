"""``python -m benchmarks``: the benchmark of the extraction."""

from benchmarks.extract import main

main()
