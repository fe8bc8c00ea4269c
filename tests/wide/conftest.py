"""What takes long or needs other browsers: `python3 build.py test --wide` runs it, and nothing else does."""
import os
from pathlib import Path

import pytest

from web.bundle.server import serve

DIST = Path(__file__).parents[2] / "dist"

if "NNCORE_WIDE" not in os.environ:
    collect_ignore_glob = ["test_*.py"]


@pytest.fixture(scope="session")
def address():
    """The address at which dist/ is served: a sub-path, as on GitHub Pages."""
    with serve(DIST, prefix="/some/sub/path/") as address:
        yield address
