"""Steps through a product, by button, by playing, by a click on a cell; and the way from one state to the next."""
import asyncio
from exhibits import dot_controls as controls, dot_page as page
from exhibits.dot_walk import Walk, change_view
from ui import dom, state as states


def show(lab, fields, link="push"):
    """Shows the spec with these fields changed."""
    spec = dict(lab.state["spec"])
    spec.update(fields)
    lab.show(states.with_spec(lab.state, spec), link)


def change(lab, fields, note="", link="push"):
    """Other matrices, or another way to look at them: what was told of the old ones goes."""
    stop(lab)
    page.say({"note": note, "error": "", "feedback": ""})
    show(lab, fields, link)
    page.again()


def here(lab):
    """The product and the place looked at."""
    spec = lab.state["spec"]
    scene = page.scene_of(spec)
    return scene, Walk(scene, spec)


# ---- steps

def step(name, flies=False):
    """A button that takes one step of Walk's."""
    def run(lab, button):
        stop(lab)
        move(lab, name, "replace", 450 if flies else 0)
        if lab.state["spec"]["dot-predict"] != "0" and dom.el("dot-guess"):
            dom.el("dot-guess").focus()
    return run


def move(lab, name, link, milliseconds):
    scene, walk = here(lab)
    if scene.agree:
        getattr(walk, name)()
        page.say({"feedback": "", "note": "", "flights": milliseconds})
        show(lab, walk.fields(), link)


def play(lab, button):
    """Plays from here to the end, one product at a time; from the end, all over again."""
    if page.told("playing"):
        stop(lab)
        return
    _, walk = here(lab)
    if walk.at_end:
        walk.clear()
        show(lab, walk.fields(), "replace")
    playing = object()
    page.say({"playing": playing})
    page.again()
    asyncio.create_task(_play(lab, playing))


async def _play(lab, playing):
    while page.told("playing") is playing and lab.state["spec"]["view"] == "dot":
        scene, walk = here(lab)
        if not scene.agree or walk.at_end or walk.predicts != "0":
            break
        seconds = 1 / int(lab.state["spec"]["dot-pace"])
        move(lab, "term", None, int(max(200, min(600, 800 * seconds))))
        await asyncio.sleep(seconds)
    if page.told("playing") is playing:
        stop(lab)


def stop(lab):
    """Pauses; the place reached goes into the link."""
    if page.told("playing"):
        page.say({"playing": False})
        show(lab, {}, "replace")
        page.again()


def pick(lab, cell):
    """Goes to a cell of the result; or to the product that an entry of A or B takes part in."""
    stop(lab)
    scene, walk = here(lab)
    name, i, j = cell.id.split("-")[1], int(cell.id.split("-")[2]), int(cell.id.split("-")[3])
    if not scene.agree or walk.asks == "shape":
        return
    if walk.predicts != "0":
        if name != "c" or not walk.knows(i, j):
            page.say({"feedback": "Cells are asked for one after another: now it is the one with the question mark."
                      if walk.asks else "Go on with Next cell."})
            page.again()
            return
    if name == "a":
        walk.i, walk.k = i, j + 1
    elif name == "b":
        walk.j, walk.k = j, i + 1
    elif walk.view != "outer":
        walk.i, walk.j, walk.k = i, j, scene.n
    walk.go(walk.unit, walk.k)
    page.say({"feedback": "", "note": ""})
    show(lab, walk.fields(), "replace")


def set_view(lab, button):
    scene, _ = here(lab)
    change(lab, change_view(lab.state["spec"], scene, button.dataset.view))


def set_pace(lab, control, link):
    show(lab, {"dot-pace": controls.PACES[int(control.value)]}, link)
