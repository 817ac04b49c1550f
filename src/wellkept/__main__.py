"""`python -m wellkept` is the `wellkept` command."""

import sys

from wellkept.desk.cli.main import run

if __name__ == "__main__":
    sys.exit(run())
