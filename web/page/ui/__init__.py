"""The page: runs on MicroPython in the main thread, edits the spec, infers shapes and draws."""
