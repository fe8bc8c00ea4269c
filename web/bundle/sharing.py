"""What a chat or a social network shows of the page when somebody posts its link: known only to who deploys it.

Such a preview names the page and its picture by absolute addresses. So it is written where the build is told the address,
and left out otherwise: a wrong or relative one is worse than none.

There is no `<link rel="canonical">` among it: browsers on phones would share that instead of the address bar's, and with it
lose what stands behind the #, which is all that a person chose.
"""

from __future__ import annotations

import re
from html import escape
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urlsplit

from .commands import BuildError
from .icons import png_size

MARK = "<!-- share preview -->\n"
PICTURE = "share.png"
SHOWN = "The lab at work: a spiral of three classes, a network with its weights drawn as links, the decision map and the loss."
# Of an address, so that it stands in HTML as it is, and nobody is misled by how it is written.
PLAIN = re.compile(r"[A-Za-z0-9._~!$*+,;=:@%/\[\]-]+")


def deployed_at(text: str) -> str:
    """Returns the address of a deployment in its one form, with a slash at its end; raises BuildError in words for the
    person where it can't be one."""
    given = text.strip()
    if not PLAIN.fullmatch(given.split("?")[0].split("#")[0]):
        raise BuildError(f"{_asked(text)} It has signs that an address can't have: copy it from the browser's address bar.")
    try:
        parts = urlsplit(given)
        host, port = parts.hostname, parts.port
    except ValueError as error:
        raise BuildError(f"{_asked(text)} {error}.") from error
    if parts.scheme.lower() not in ("http", "https") or not host:
        raise BuildError(f"{_asked(text)} It must begin with https:// or http:// and a host.")
    if parts.username is not None:
        raise BuildError(f"{_asked(text)} It names a user, which everybody would read.")
    if "?" in given or "#" in given:
        raise BuildError(f"{_asked(text)} Leave out what begins with ? or #: that is one visit, not the place.")
    folder = parts.path.removesuffix("index.html").rstrip("/") + "/"
    if {".", ".."} & set(folder.split("/")):
        raise BuildError(f"{_asked(text)} Write its path without . and ..")
    named = f"[{host}]" if ":" in host else host
    return f"{parts.scheme.lower()}://{named}{f':{port}' if port else ''}{folder}"


def _asked(text: str) -> str:
    return f"--address wants the address at which dist/ will stand, like https://example.org/lab/, but this is {text!r}."


class Head(HTMLParser):
    """Reads a page's title and description, so that its preview says the same."""

    def __init__(self, index: str):
        super().__init__()
        self.title, self.description, self._in_title = "", "", False
        self.feed(index)

    def handle_starttag(self, tag, attributes):
        """Notes where the title begins, and what the description says."""
        self._in_title = tag == "title" and not self.title
        facts = dict(attributes)
        if tag == "meta" and facts.get("name") == "description":
            self.description = facts.get("content") or ""

    def handle_data(self, data):
        """Notes the title."""
        if self._in_title:
            self.title += data

    def handle_endtag(self, tag):
        """Notes where the title ends."""
        self._in_title = False


def with_preview(index: str, picture: Path, address: str | None) -> str:
    """Puts what previews read in place of the mark in index.html, which must hold it once; nothing without an address."""
    if index.count(MARK) != 1:
        raise BuildError(f"web/page/index.html must hold the line {MARK.strip()} once, but it is there {index.count(MARK)} times")
    if not address:
        return index.replace(MARK, "")
    head, (width, height) = Head(index), png_size(picture)
    facts = [("og:type", "website"), ("og:url", address), ("og:title", head.title), ("og:description", head.description),
             ("og:image", address + PICTURE), ("og:image:width", width), ("og:image:height", height), ("og:image:alt", SHOWN)]
    lines = [f'<meta property="{name}" content="{escape(str(value))}">' for name, value in facts]
    lines.append('<meta name="twitter:card" content="summary_large_image">')
    return index.replace(MARK, "".join(f"{line}\n" for line in lines))


def named_by(address: str | None) -> set[str]:
    """Returns the addresses that index.html may name because of its preview, as they stand there."""
    return {address, address + PICTURE} if address else set()
