"""What a person can do in the exhibit: steps, sizes, typed matrices, transposes, guesses, keys."""
import asyncio
import kinds
from exhibits import dot_controls as controls, dot_guess as guess, dot_page as page, dot_scene as scenes, dot_text, dot_words as words
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
        move(lab, "term", None, int(min(600, 800 * seconds)))
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


# ---- shapes

def set_size(lab, size, count):
    """Another count of rows or columns of the matrices as multiplied: m, n, k (rows of B) or p."""
    scene, _ = here(lab)
    (m, n), (k, p) = scene.shape(0), scene.shape(1)
    m, p = (count if size == "m" else m), (count if size == "p" else p)
    if size == "n":
        n, k = count, (k if scene.unlocked else count)
    elif size == "k":
        k = count
    change(lab, resized(lab, (m, n), (k, p)))


def resized(lab, left, right):
    """The fields for these shapes of the matrices as multiplied, which are stored as they stand before a transpose."""
    spec, fields = lab.state["spec"], start(lab)
    for which, (rows, columns) in (("a", left), ("b", right)):
        if which in spec["dot-transposed"]:
            rows, columns = columns, rows
        fields["dot-" + which] = scenes.resized(spec, which, rows, columns)
    return fields


def start(lab):
    """The fields of the first place in a new product: its first cell, or the question for its shape."""
    predicts = lab.state["spec"]["dot-predict"] != "0"
    return {"dot-at": [0, 0, 0] if predicts else [0, 0, 12], "dot-filled": 0,
            "dot-predict": "shape" if predicts else "0"}


def step_size(lab, button):
    size = button.dataset.size
    count = int(dom.el("dot-" + size).value) + int(button.dataset.by) if kinds.is_digits(dom.el("dot-" + size).value) else 0
    if 1 <= count <= kinds.MOST_SIDE:
        set_size(lab, size, count)


def type_size(lab, control, link):
    try:
        set_size(lab, control.dataset.size, kinds.Whole(1, kinds.MOST_SIDE).read(control.value.strip()))
    except ValueError as error:
        page.say({"error": "'%s' %s; the shape stays as it was." % (kinds.shorten(control.value.strip()), error)})
        scene, _ = here(lab)
        control.value = str({"m": scene.m, "n": scene.n, "k": scene.inner, "p": scene.p}[control.dataset.size])
        page.again()


def set_unlock(lab, control, link):
    """Lets the inner dimensions differ; locked again, B follows A."""
    scene, _ = here(lab)
    if control.checked:
        change(lab, {"dot-unlock": "1"}, "Now change the columns of %s or the rows of %s: what happens where they disagree?"
               % (scene.label(0), scene.label(1)))
        return
    fields = {} if scene.agree else resized(lab, scene.shape(0), (scene.n, scene.p))
    fields["dot-unlock"] = "0"
    change(lab, fields)


def fit(lab, button):
    scene, _ = here(lab)
    change(lab, resized(lab, scene.shape(0), (scene.n, scene.p)))


def transpose(lab, button):
    turn(lab, [button.dataset.side])


def mend(lab, button):
    turn(lab, button.dataset.sides.split(","))


def turn(lab, sides):
    """Transposes one matrix or both, and says what that does to the product."""
    before, _ = here(lab)
    spec = dict(lab.state["spec"])
    spec["dot-transposed"] = [side for side in "ab" if (side in spec["dot-transposed"]) != (side in sides)]
    after = scenes.Scene(spec)
    names = " and ".join(after.names["ab".index(side)] for side in sides)
    note = ""
    if after.agree and not before.agree:
        note = "Transposing %s mended it: the inner numbers are both %d now." % (names, after.n)
    elif before.agree and not after.agree:
        note = "Transposing %s broke the product: the inner numbers are %d and %d now." % (names, after.n, after.inner)
    fields = start(lab)
    fields["dot-transposed"] = spec["dot-transposed"]
    change(lab, fields, "" if fields["dot-predict"] == "shape" else note)


# ---- numbers

def type_matrix(lab, control, link):
    """A typed or pasted matrix; one that can't be read stays in its field, and a sentence says why."""
    side = control.dataset.side
    if control.textLength > dot_text.MOST:
        refuse(lab, control, dot_text.too_long(control.textLength))
        controls.fill(side)  # so long a text would slow the page down
        return
    try:
        matrix, remark = dot_text.read(control.value)
    except ValueError as error:
        refuse(lab, control, str(error))
        return
    fields = start(lab)
    fields["dot-" + side] = matrix
    if matrix == lab.state["spec"]["dot-" + side] or matrix[2] == page.scene_of(lab.state["spec"]).stored["ab".index(side)]:
        fields = {}  # nothing but the way it was typed is new
    change(lab, fields)
    controls.fill(side)
    if remark:
        page.say({"error": remark})
        page.again()


def refuse(lab, control, sentence):
    dom.set_attribute(control.id, "aria-invalid", "true")
    names = page.scene_of(lab.state["spec"]).names
    page.say({"error": "%s stays as it was. %s" % (names["ab".index(control.dataset.side)], sentence)})
    page.again()


def new_numbers(lab, button):
    spec, fields = lab.state["spec"], start(lab)
    for which in "ab":
        fields["dot-" + which] = [spec["dot-" + which][0], spec["dot-" + which][1], None]
    fields["dot-seed"] = spec["dot-seed"] % 9999 + 1
    change(lab, fields)
    controls.fill("a")
    controls.fill("b")


# ---- a layer's orientation

def set_layer(lab, control, link):
    orient(lab, "inputs" if control.checked else "0")


def set_orientation(lab, button):
    orient(lab, button.dataset.layer)


def orient(lab, layer):
    """Stores W the other way round; the product stays the same, since a transpose makes up for it."""
    spec = lab.state["spec"]
    scene = page.scene_of(spec)
    fields = {"dot-layer": layer}
    if (layer == "neurons") != (spec["dot-layer"] == "neurons"):
        rows = scenes.transposed(scene.stored[1])
        fields["dot-b"] = [len(rows), len(rows[0]), rows]
        fields["dot-transposed"] = [side for side in "ab" if (side in spec["dot-transposed"]) != (side == "b")]
    change(lab, fields)


# ---- predict first

def set_predict(lab, control, link):
    fields = {"dot-predict": "shape", "dot-at": [0, 0, 0], "dot-filled": 0} if control.checked else {"dot-predict": "0"}
    change(lab, fields)
    if control.checked:
        dom.el("dot-guess").focus()


def check(lab, button):
    """Judges the guess; a right one uncovers what it was for."""
    scene, walk = here(lab)
    text = dom.el("dot-guess").value
    right, sentence = (guess.judge_shape(scene, text) if walk.asks == "shape" else guess.judge_cell(scene, walk.i, walk.j, text))
    if right:
        uncover(lab, sentence)
        return
    page.say({"feedback": "✗ " + sentence})
    page.again()
    dom.el("dot-guess").select()


def show_answer(lab, button):
    scene, walk = here(lab)
    if walk.asks == "cell":
        sentence = "%s = %s = %s" % (words.title(scene, walk), words.sum_of_products(scene, walk.i, walk.j, scene.n),
                                     scene.exact(scene.result[walk.i][walk.j]))
    else:
        sentence = "%s is %s." % (scene.code(), "(%d, %d): rows from %s, columns from %s" % (scene.m, scene.p, scene.label(0), scene.label(1))
                                  if scene.agree else "no product")
    uncover(lab, sentence, "")


def uncover(lab, sentence, mark="✓ "):
    """Shows what was asked for, and leads on: from the shape to the first cell, from a cell to Next."""
    scene, walk = here(lab)
    if walk.asks == "shape":
        fields = {"dot-predict": "cells", "dot-at": [0, 0, 0], "dot-filled": 0}
    else:
        walk.go(walk.unit, scene.n)
        fields = walk.fields()
    page.say({"feedback": mark + sentence, "note": ""})
    show(lab, fields, "replace")
    page.again()
    target = dom.el("dot-guess") or dom.el("dot-next")
    target.focus()


# ---- keys

def key(lab, event):
    """Arrow keys walk a matrix, Enter explains its cell, Escape leaves; Enter checks a guess, Ctrl + Enter takes a text."""
    target, name = event.target, event.key
    if target.id == "dot-guess" and name == "Enter":
        check(lab, target)
    elif target.id.startswith("dot-text-") and name == "Enter" and event.ctrlKey:
        type_matrix(lab, target, "push")
    elif target.tagName == "TD" and target.id:
        if not walk_table(lab, target, name):
            return
    else:
        return
    event.preventDefault()


def walk_table(lab, cell, name):
    _, which, i, j = cell.id.split("-")
    moves = {"ArrowUp": (-1, 0), "ArrowDown": (1, 0), "ArrowLeft": (0, -1), "ArrowRight": (0, 1)}
    if name in moves:
        by = moves[name]
        other = dom.el("dot-%s-%d-%d" % (which, int(i) + by[0], int(j) + by[1]))
        if other:
            cell.tabIndex, other.tabIndex = -1, 0
            other.focus()
    elif name in ("Enter", " "):
        pick(lab, cell)
    elif name == "Escape":
        dom.el("dot-play" if not dom.el("dot-play").disabled else "dot-new").focus()
    else:
        return False
    return True


ACTIONS = {
    "dot_play": play, "dot_term": step("term", True), "dot_next": step("next"), "dot_previous": step("previous"),
    "dot_end": step("end"), "dot_clear": step("clear"), "dot_pick": pick, "dot_view": set_view, "dot_step": step_size,
    "dot_fit": fit, "dot_transpose": transpose, "dot_mend": mend, "dot_new": new_numbers, "dot_orient": set_orientation,
    "dot_check": check, "dot_show": show_answer,
}
SETTERS = {"dot_pace": set_pace, "dot_size": type_size, "dot_unlock": set_unlock, "dot_text": type_matrix,
           "dot_layer": set_layer, "dot_predict": set_predict}
