"""What stands around the matrices: the bar with play and views, the sizes, the typed matrices, the switches."""
import kinds
import spec as specs
from exhibits.dot_scene import shown
from ui import dom
from ui.markup import Markup, join

VIEWS = [("cell", "By cell"), ("row", "By row"), ("column", "By column"), ("outer", "Outer products")]
ONE_MORE = {"cell": "One product", "row": "One term", "column": "One term", "outer": "One product"}
NEXT = {"cell": "Next cell", "row": "Next row", "column": "Next column", "outer": "Next product"}
PREVIOUS = {"cell": "Previous cell", "row": "Previous row", "column": "Previous column", "outer": "Previous product"}
PACES = ["1", "2", "4", "8"]

STEPPER = Markup('<div class="dot-size" id="dot-size-%(id)s"><label for="dot-%(id)s" id="dot-label-%(id)s"></label><div class="stepper">'
           '<button type="button" id="dot-%(id)s-less" data-do="dot_step" data-size="%(id)s" data-by="-1" '
           'aria-label="%(id)s: one less">−</button>'
           '<input id="dot-%(id)s" type="text" inputmode="numeric" autocomplete="off" data-set="dot_size" data-size="%(id)s" '
           'aria-describedby="dot-error">'
           '<button type="button" id="dot-%(id)s-more" data-do="dot_step" data-size="%(id)s" data-by="1" '
           'aria-label="%(id)s: one more">+</button></div></div>')
TYPED = Markup('<div class="dot-typed"><div class="dot-typed-head"><label for="dot-text-%(id)s" id="dot-name-%(id)s"></label>'
         '<button class="button" type="button" id="dot-transpose-%(id)s" data-do="dot_transpose" data-side="%(id)s" '
         'aria-pressed="false">Transpose</button></div>'
         '<textarea id="dot-text-%(id)s" inputmode="text" rows="3" spellcheck="false" autocomplete="off" data-set="dot_text" data-side="%(id)s" '
         'aria-describedby="dot-error dot-how"></textarea></div>')
PAGE = Markup("""
<div class="dot-intro"><h2>Dot product</h2>
  <p>Press play: each row of A meets each column of B. Multiply in pairs, add up, and one cell of the result is done.</p></div>
<section class="card dot-bar" aria-label="Steps">
  <button class="dot-play" id="dot-play" type="button" data-do="dot_play" aria-label="Play"
    aria-pressed="false"><svg class="when-paused" aria-hidden="true"><use href="#i-play"/></svg><svg
    class="when-playing" aria-hidden="true"><use href="#i-pause"/></svg></button>
  <button class="button" id="dot-term" type="button" data-do="dot_term"><svg aria-hidden="true"><use
    href="#i-batch"/></svg><span id="dot-term-words"></span></button>
  <button class="button" id="dot-next" type="button" data-do="dot_next"><svg aria-hidden="true"><use
    href="#i-epoch"/></svg><span id="dot-next-words"></span></button>
  <button class="button quiet" id="dot-previous" type="button" data-do="dot_previous"><span
    id="dot-previous-words"></span></button>
  <button class="button quiet" id="dot-end" type="button" data-do="dot_end">To the end</button>
  <button class="button quiet" id="dot-clear" type="button" data-do="dot_clear"><svg aria-hidden="true"><use
    href="#i-reset"/></svg>Reset</button>
  <label class="field speed" for="dot-pace">Speed <output id="dot-pace-value"></output><input id="dot-pace"
    type="range" min="0" max="3" step="1" data-set="dot_pace"></label>
  <div class="segmented dot-views" role="group" aria-label="View">""") + join(
    Markup('<button type="button" id="dot-view-%s" data-do="dot_view" data-view="%s" aria-pressed="false">%s</button>') % (view, view, words)
    for view, words in VIEWS) + Markup("""</div>
</section>
<div class="dot-bench">
<section class="card dot-side" aria-label="The two matrices">
  <h3>Shapes</h3>""") + join(STEPPER % {"id": id} for id in "mnkp") + Markup("""
  <label class="check" for="dot-unlock"><input type="checkbox" id="dot-unlock" data-set="dot_unlock">Unlock the inner dimensions</label>
  <h3>Numbers</h3>""") + join(TYPED % {"id": id} for id in "ab") + Markup("""
  <p class="hint" id="dot-how">One row a line, or a list [[1, 2], [3, 4]]; Ctrl + Enter takes it.</p>
  <p class="dot-error" id="dot-error" role="alert"></p>
  <button class="button" type="button" id="dot-new" data-do="dot_new"><svg aria-hidden="true"><use href="#i-dice"/></svg>New numbers</button>
  <h3>Switches</h3>
  <label class="check" for="dot-predict"><input type="checkbox" id="dot-predict" data-set="dot_predict">Predict first</label>
  <label class="check" for="dot-layer"><input type="checkbox" id="dot-layer" data-set="dot_layer">Why (n_inputs, n_neurons)?</label>
</section>
<section class="card dot-main" aria-label="The product">
  <p class="dot-shapes" id="dot-shapes"></p>
  <p class="dot-note" id="dot-note" role="status"></p>
  <div class="dot-why" id="dot-why" hidden>
    <div class="segmented" role="group" aria-label="Orientation of W">
      <button type="button" id="dot-inputs" data-do="dot_orient" data-layer="inputs">(n_inputs, n_neurons)</button>
      <button type="button" id="dot-neurons" data-do="dot_orient" data-layer="neurons">(n_neurons, n_inputs)</button>
    </div>
    <p id="dot-why-words"></p>
  </div>
  <div class="dot-panel" id="dot-panel"></div>
  <p class="dot-feedback" id="dot-feedback" role="status"></p>
  <div class="dot-tables" id="dot-tables"></div>
  <p class="hint" id="dot-check"></p>
  <p class="hint">Rows and columns count from 0, as in NumPy. Click a cell of the result to see how it came about;
    arrow keys walk the cells, Enter explains one, Escape leaves.</p>
  <p class="hidden" id="dot-said" role="status"></p>
</section>
</div>
""")

_filled = {"a": None, "b": None}  # what the text fields were last given


def render(spec, scene, walk, playing):
    """Brings every control to what the spec says."""
    _sizes(scene)
    _bar(spec, scene, walk, playing)
    dom.el("dot-unlock").checked = scene.unlocked
    dom.el("dot-predict").checked = walk.predicts != "0"
    dom.el("dot-layer").checked = scene.layer != "0"
    dom.hide("dot-why", scene.layer == "0")
    for layer in ("inputs", "neurons"):
        dom.set_attribute("dot-" + layer, "aria-pressed", "true" if scene.layer == layer else "false")
    for side, id in enumerate("ab"):
        name = scene.names[side]
        rows = scene.stored[side]
        dom.text("dot-name-" + id, "%s (%d, %d)" % (name, len(rows), len(rows[0])))
        dom.set_attribute("dot-transpose-" + id, "aria-pressed", "true" if scene.turned[side] else "false")
        dom.text("dot-transpose-" + id, "Transpose " + name)
        text = "\n".join(" ".join(shown(entry, 4) for entry in row) for row in rows)
        if _filled[id] != text:
            fill(id, text)


def fill(id, text=None):
    """Gives a text field the matrix on view, whatever was typed there."""
    _filled[id] = text if text is not None else _filled[id]
    dom.el("dot-text-" + id).value = _filled[id]
    dom.set_attribute("dot-text-" + id, "aria-invalid", None)


def _sizes(scene):
    left, right = scene.label(0), scene.label(1)
    labels = {"m": "rows of " + left, "n": "columns of " + left if scene.unlocked else "columns of %s = rows of %s" % (left, right),
              "k": "rows of " + right, "p": "columns of " + right}
    roles = {} if scene.layer == "0" else {"m": "batch", "n": "n_inputs", "p": "n_neurons"}
    dom.hide("dot-size-k", not scene.unlocked)
    for id, count in (("m", scene.m), ("n", scene.n), ("k", scene.inner), ("p", scene.p)):
        dom.html("dot-label-" + id, Markup("<b>%s</b> %s") % (roles.get(id, id), labels[id]))
        dom.set_value("dot-" + id, str(count))
        dom.el("dot-%s-less" % id).disabled = count == 1
        dom.el("dot-%s-more" % id).disabled = count == kinds.MOST_SIDE


def _bar(spec, scene, walk, playing):
    asks, stuck = bool(walk.asks), not scene.agree
    dom.set_attribute("dot-play", "aria-pressed", "true" if playing else "false")
    dom.set_attribute("dot-play", "aria-label", "Pause" if playing else "Play")
    dom.el("dot-play").disabled = stuck or walk.predicts != "0"
    dom.text("dot-term-words", ONE_MORE[walk.view])
    dom.el("dot-term").classList.toggle("pending", walk.view == "outer")  # there, Next is one product too
    dom.text("dot-next-words", NEXT[walk.view])
    dom.text("dot-previous-words", PREVIOUS[walk.view])
    dom.el("dot-term").disabled = stuck or walk.predicts != "0" or walk.at_end
    dom.el("dot-next").disabled = stuck or asks or walk.at_end
    dom.el("dot-previous").disabled = stuck or walk.asks == "shape" or (walk.unit == 0 and walk.k == 0)
    dom.el("dot-end").disabled = stuck or walk.predicts != "0"
    dom.el("dot-clear").disabled = stuck or walk.asks == "shape"
    for view, _ in VIEWS:
        dom.set_attribute("dot-view-" + view, "aria-pressed", "true" if walk.view == view else "false")
        dom.el("dot-view-" + view).disabled = walk.predicts != "0" and view != "cell"
    pace = spec["dot-pace"]
    dom.set_value("dot-pace", str(PACES.index(pace)))
    dom.text("dot-pace-value", "%s products/s" % pace if pace != "1" else "1 product/s")
    dom.set_attribute("dot-pace", "aria-valuetext", "%s products a second" % pace)


KEYS = [key for key, _, _ in specs.FIELDS if key.startswith("dot-")]
