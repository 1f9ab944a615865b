"""``python -m cashless_sim``: the command line."""

import sys

from cashless_sim.present.cli.main import main

if __name__ == "__main__":
    sys.exit(main())
