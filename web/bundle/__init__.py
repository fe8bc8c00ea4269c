"""The steps of the build, one a file; `build.py` calls them in order."""
