"""``python -m streams`` is ``statements``."""

from streams.cli.main import main

if __name__ == "__main__":
    main()
