"""Entry of the page: starts the lab. Its modules are there already: see entry.js."""
import asyncio
from lab import Lab

asyncio.create_task(Lab().start())
