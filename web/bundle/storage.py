"""Has PyScript start without a database: it opens one for a cache of packages, which this site does not use.

Where a browser refuses the database (with cookies blocked, and so in every frame on another site's page), PyScript would
never start its worker. It is given a store that holds nothing in its place, on the page and in the worker, whose source
stands in PyScript's as a text.
"""

from __future__ import annotations

from pathlib import Path

from .commands import BuildError

OPENS = "indexedDB.open("
TIMES = 2  # on the page and in the worker's text
# Within a text in single quotes as well: none of those here, nor a backslash.
HOLDS_NOTHING = (
    "(()=>{const answer=result=>{const request={};"
    "queueMicrotask(()=>request.onsuccess({target:{result}}));return request};"
    'const store=new Proxy({},{get:(_,name)=>()=>answer(name==="getAllKeys"?[]:void 0)});'
    "return{open:()=>answer({transaction:()=>({objectStore:()=>store}),close(){}})}})().open("
)


def do_without(folder: Path) -> None:
    """Puts the store that holds nothing into PyScript's modules; raises BuildError where they are not as they were."""
    found = 0
    for path in folder.glob("core-*.js"):
        text = path.read_text(encoding="utf-8")
        found += text.count(OPENS)
        path.write_text(text.replace(OPENS, HOLDS_NOTHING), encoding="utf-8")
    if found != TIMES:
        raise BuildError(f"PyScript opens a database in {found} places, not in {TIMES}: see whether web/bundle/storage.py "
                         "still does what it says")
