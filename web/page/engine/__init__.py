"""The engine: runs in the worker, on Pyodide, and turns the page's spec into nncore calls and frames."""
