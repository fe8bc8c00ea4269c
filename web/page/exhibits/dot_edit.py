"""Changes the matrices: their shapes, their numbers, transposes, and the orientation of a layer's weights."""
import kinds
import typed
from exhibits import dot_controls as controls, dot_page as page, dot_scene as scenes, dot_text
from exhibits.dot_steps import change, here
from ui import dom


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
        set_size(lab, control.dataset.size, typed.read(kinds.Whole(1, kinds.MOST_SIDE), control.value))
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
