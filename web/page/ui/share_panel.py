"""The share buttons: the link goes to the clipboard, and a panel below them says what else there is to know of it."""
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
BUTTONS = {False: ("share", "shared", "Share"), True: ("share-weights", "shared_weights", "with weights")}


def share(lab, button):
    """Copies the link."""
    text = specs.write(lab.state["spec"])
    address.put("#" + text, False)
    _hand_out(lab, text, False)


def share_weights(lab, button):
    """Copies a link that carries the present weights too."""
    async def work():
        packed = await lab.engine.ask("pack_weights")
        if packed:
            _hand_out(lab, specs.write(specs.changed(lab.state["spec"], "weights", packed)), True)
    dom.el("share-weights").focus()  # where the panel asked for it, its button goes
    asyncio.create_task(work())


def _hand_out(lab, text, weights):
    """Copies the page's address with that hash, at once, while the click counts; what came of it is told."""
    link = address.link("#" + text)
    asyncio.create_task(_tell(lab, link, weights, hands.copy(link) if words.opens(link) else None))


async def _tell(lab, link, weights, copying):
    """Says on the button for a while that the link was copied, and opens the panel where there is more to say."""
    copied = bool(await copying) if copying is not None else False
    run = lab.state["run"]
    sharing = {"link": link, "weights": weights, "copied": copied, "changed": run["changed"] if run else ""}
    is_more = words.is_more_to_say(sharing)
    _, confirmed, _ = BUTTONS[weights]
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
    id, _, _ = BUTTONS[lab.state["sharing"]["weights"]]
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
    for weights in (False, True):
        id, confirmed, name = BUTTONS[weights]
        dom.text(id + "-words", state[confirmed] or name)
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
    dom.hide("share-instead", not words.gives_other_numbers(sharing))
