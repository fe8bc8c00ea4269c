"""The share buttons: the link goes to the clipboard, and a panel at the page's head says what else there is to know of it."""
import asyncio
import js
import spec as specs
from pyscript import ffi
from pyscript.js_modules.page import address, sharing as hands
from ui import dom
from ui import share as words
from ui.markup import Markup, join
from ui.state import merged

LASTS = 2500  # milliseconds that a button says "Copied"
# What is shared -> the id of its button, and what of the state confirms it there.
BUTTONS = {"settings": ("share", "shared"), "weights": ("share-weights", "shared_weights"), "class": ("code-copy", "shared_code")}
NAMES = {"settings": "Share", "weights": "with weights"}


def share(lab, button):
    """Copies the link."""
    text = specs.write(lab.state["spec"])
    address.put("#" + text, False)
    _hand_out(lab, text, "settings")


def share_class(lab, text):
    """Copies a link that carries a class of the exhibit Layer code."""
    _hand_out(lab, specs.write(specs.changed(lab.state["spec"], "code-text", text)), "class")


def share_weights(lab, button):
    """Copies a link that carries the present weights too."""
    async def work():
        packed = await lab.engine.ask("pack_weights")
        if packed:
            _hand_out(lab, specs.write(specs.changed(lab.state["spec"], "weights", packed)), "weights")
    dom.el("share-weights").focus()  # where the panel asked for it, its button goes
    asyncio.create_task(work())


def _hand_out(lab, text, kind):
    """Copies the page's address with that hash, at once, while the click counts; what came of it is told."""
    link = address.link("#" + text)
    asyncio.create_task(_tell(lab, link, kind, hands.copy(link) if words.opens(link) else None))


async def _tell(lab, link, kind, copying):
    """Says on the button for a while that the link was copied, and opens the panel where there is more to say."""
    copied = bool(await copying) if copying is not None else False
    run = lab.state["run"]
    changed = run["changed"] if run and kind == "settings" else ""  # the others give the numbers on show, or are not about them
    sharing = {"link": link, "kind": kind, "copied": copied, "changed": changed}
    is_more = words.is_more_to_say(sharing)
    _, confirmed = BUTTONS[kind]
    lab.show(merged(lab.state, {"sharing": sharing if is_more else None, confirmed: "Copied" if copied else ""}))
    if copied:
        js.setTimeout(ffi.create_proxy(lambda *_: lab.show(merged(lab.state, {confirmed: ""}))), LASTS)
    elif words.opens(link):
        dom.el("share-link").focus()
        dom.el("share-link").select()


def save(lab, button):
    """Has the browser save the link as a file."""
    hands.save(lab.state["sharing"]["link"] + "\n", words.file_name(lab.state["spec"]))


def close(lab, button):
    """Puts the panel away; the focus goes back to the button that opened it."""
    id, _ = BUTTONS[lab.state["sharing"]["kind"]]
    lab.show(merged(lab.state, {"sharing": None}))
    dom.el(id).focus()


def key(lab, event):
    """Escape puts the panel away, unless it is meant for something else on the page; whether it did."""
    is_meant = event.target.tagName == "BODY" or event.target.closest(".top-actions")
    if event.key != "Escape" or not lab.state["sharing"] or not is_meant:
        return False
    close(lab, None)
    return True


def render(state):
    """Shows what the buttons confirm, and the panel."""
    for kind in NAMES:
        id, confirmed = BUTTONS[kind]
        dom.text(id + "-words", state[confirmed] or NAMES[kind])
    dom.hide("share-weights-verb", bool(state["shared_weights"]))
    dom.el("share-weights").disabled = not state["run"]
    sharing = state["sharing"]
    dom.hide("share-panel", not sharing)
    said = words.sentences(sharing) if sharing else []
    by_hand = bool(sharing) and not sharing["copied"] and words.opens(sharing["link"])
    # spoken with the field where that takes the focus; else here, for what is hidden and then shown may go unspoken
    dom.text("share-told", "" if by_hand else " ".join(said))
    if not sharing:
        return
    dom.html("share-said", join(Markup("<p>%s</p>") % sentence for sentence in said))
    dom.hide("share-field", not by_hand)
    dom.set_value("share-link", sharing["link"] if by_hand else "")
    dom.hide("share-save", not words.is_long(sharing))
    dom.hide("share-instead", not sharing["changed"])
