"""What needs other browsers: `python3 build.py test --wide` runs it, and nothing else does."""
import os

if "NNCORE_WIDE" not in os.environ:
    collect_ignore_glob = ["test_*.py"]
