"""Has PyScript start its worker where browsers refuse what it asks for without need: changes in its own modules.

It opens a database, for a cache of packages that this site does not use. Where that is refused (with cookies blocked, and
so in every frame on another site's page) it would wait for ever: it is given a store that holds nothing. And its worker is
a module, which a frame without an origin (`sandbox="allow-scripts"`) does not load from a blob: there it is a script.
"""

from __future__ import annotations

import re
from pathlib import Path

from .commands import BuildError

# Stands within a text in single quotes as well, the worker's source: none of those here, nor a backslash.
HOLDS_NOTHING = (
    "(()=>{const answer=result=>{const request={};"
    "queueMicrotask(()=>request.onsuccess({target:{result}}));return request};"
    'const store=new Proxy({},{get:(_,name)=>()=>answer(name==="getAllKeys"?[]:void 0)});'
    "return{open:()=>answer({transaction:()=>({objectStore:()=>store}),close(){}})}})().open("
)
CHANGES = [  # what stands there, how often, and what takes its place
    (r"indexedDB\.open\(", 2, HOLDS_NOTHING),  # on the page, and in the worker's source
    (r'super\((\w+),(\w+)\(\{type:"module"\}', 1, r'super(\1,\2({type:self.origin==="null"?"classic":"module"}'),
    # its address, blob:null/…, is no base of others; those that it is given are whole
    (r'new URL\((\w+),(\w+)\.replace\(/\^blob:/,""\)\)', 2, r'new URL(\1,\2.startsWith("blob:null")?void 0:\2.replace(/^blob:/,""))'),
    # a script may not wait at its top level as a module may
    (r'new Blob\(\["/\*@\*/"\+(\'.*\'\.replace\(\w+,\w+\))\],\{type:"text/javascript"\}\)', 1,
     r"""new Blob([self.origin==="null"?'(async()=>{"use strict";':"/*@*/",\1,self.origin==="null"?"})()":""],{type:"text/javascript"})"""),
]


def prepare(folder: Path) -> None:
    """Makes the changes in PyScript's modules; raises BuildError where these are not as they were."""
    (path,) = folder.glob("core-*.js")
    text = path.read_text(encoding="utf-8")
    for pattern, times, instead in CHANGES:
        text, found = re.subn(pattern, instead, text)
        if found != times:
            raise BuildError(f"{path.name} of PyScript has {pattern} {found} times, not {times}: see whether "
                             "web/bundle/anywhere.py still does what it says")
    path.write_text(text, encoding="utf-8")
