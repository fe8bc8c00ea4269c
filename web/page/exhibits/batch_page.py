"""The page of the batch as HTML, filled once; everything that changes in it has an id."""
from exhibits import batch_words as words
from ui.markup import Markup, join


def html():
    """The whole exhibit."""
    return HEAD + SIZE + Markup('<div class="batch-bench">') + SAME + TIMES + Markup("</div>")


def options(values):
    return join(Markup("<option>%s</option>") % value for value in values)


def matrix(name, id, values, rows, columns, digits):
    """A table of numbers whose cells have ids `id-row-column`; the caption's shape is filled in later."""
    head = join(Markup('<th scope="col">%s%d</th>') % (columns, j) for j in range(len(values[0])))
    body = join(Markup('<tr id="%s-%d"><th scope="row">%s</th>%s</tr>') % (
        id, i, rows % i if "%" in rows else rows,
        join(Markup('<td id="%s-%d-%d">%s</td>') % (id, i, j, words.printed(value, digits)) for j, value in enumerate(values[i])))
        for i in range(len(values)))
    return (Markup('<table class="matrix" id="%s"><caption><b>%s</b> <span id="%s-shape"></span></caption><thead><tr><td></td>%s</tr></thead>'
            '<tbody>%s</tbody></table>') % (id, name, id, head, body))


def lane(id, title, code, said):
    """One way to the same numbers: its code, X, W and b, and its Z."""
    z = [words.product(row) for row in words.X]
    return Markup("""<section class="batch-lane" aria-labelledby="batch-%(id)s-title"><div class="batch-lane-head"><h4 id="batch-%(id)s-title">%(title)s</h4><code>%(code)s</code><b class="batch-count" id="batch-%(id)s-count"></b></div>
<div class="batch-product"><div>%(x)s<p class="hint batch-more" id="batch-%(id)s-more"></p></div><p class="operator"><b>@</b></p><div>%(w)s</div><p class="operator"><b>+</b></p><div>%(b)s</div><p class="operator"><b>=</b></p><div>%(z)s<p class="hint batch-more" id="batch-%(id)s-zmore"></p></div></div>
<p class="hint batch-said" id="batch-%(id)s-said">%(said)s</p></section>""") % {
        "id": id, "title": title, "code": code, "said": said,
        "x": matrix("X", "batch-%s-x" % id, words.X, "%d", "", 1), "w": matrix("W", "batch-%s-w" % id, words.W, "%d", "", 1),
        "b": matrix("b", "batch-%s-b" % id, words.B, "", "", 1), "z": matrix("Z", "batch-%s-z" % id, z, "%d", "", 2)}


HEAD = Markup("""<header class="batch-head"><h2>Batch</h2>
<p>A layer can take its samples one at a time, or all of them as the rows of one matrix. Grow the batch: rows grow, the one product stays one.</p></header>""")

SIZE = Markup("""<section class="card batch-size-card" aria-label="Batch size">
<label class="field" for="batch-rows">Batch size <output id="batch-rows-value"></output><input id="batch-rows" type="range" min="0" max="10" step="1" data-set="batch_rows"></label>
<p><b id="batch-loop-steps"></b><span class="hint">one at a time: a product for each row</span></p><p><b>1 product</b><span class="hint">as a batch, however many rows</span></p>
</section>""")

SAME = Markup("""<section class="card batch-same" aria-labelledby="h-batch-same"><header><h3 id="h-batch-same">The same numbers</h3>
<div class="batch-buttons"><button class="button" id="batch-next" type="button" data-do="batch_next"><svg aria-hidden="true"><use href="#i-batch"/></svg>Next row</button>
<button class="button" id="batch-play" type="button" data-do="batch_play"><svg aria-hidden="true"><use id="batch-play-icon" href="#i-play"/></svg><span id="batch-play-words">Play</span></button>
<button class="button" id="batch-again" type="button" data-do="batch_again"><svg aria-hidden="true"><use href="#i-reset"/></svg>Again</button></div></header>
%s%s<p class="batch-checked" id="batch-checked"></p>
<div class="batch-ledger"><p><b>Rows grow, steps do not.</b> W and b are the same for every batch; only the first number of X and Z changes.</p>
<dl><dt>one row</dt><dd id="batch-ledger-fewest"></dd><dt>this batch</dt><dd class="on" id="batch-ledger-now"></dd><dt>the largest</dt><dd id="batch-ledger-most"></dd></dl></div><p class="hidden" id="batch-spoken" role="status"></p></section>""") % (
    lane("loop", "One at a time", "for x in X: x @ W + b", ""),
    lane("one", "As one product", "X @ W + b", "Every row of X meets the same W, so NumPy can take all rows in one call."))

TIMES = Markup("""<section class="card batch-times" aria-labelledby="h-batch-times"><header><h3 id="h-batch-times">The time of both, in this browser</h3></header>
<div class="batch-controls"><label for="batch-inputs">Inputs <select id="batch-inputs" data-set="batch_inputs">%s</select></label><label for="batch-neurons">Neurons <select id="batch-neurons" data-set="batch_neurons">%s</select></label>
<button class="button" id="batch-measure" type="button" data-do="batch_measure"><span id="batch-measure-words">Measure again</span></button></div>
<p class="batch-found" id="batch-found"></p><p class="hint batch-progress" id="batch-progress" role="status"></p>
<p class="hint batch-legend"><span><i></i>one at a time</span><span><i class="product"></i>as one product</span><span>time a row; both axes logarithmic</span></p>
<canvas id="batch-chart" role="img" aria-label="Time a row against the batch size; the table below has the numbers"></canvas>
<p class="batch-overall" id="batch-overall"></p>
<div class="batch-scroll" tabindex="0" role="region" aria-label="Measured times"><table id="batch-table"></table></div>
<p class="hint">Medians of 3 to 15 readings by NumPy in the engine, float32. Other work on this machine shows in them.</p></section>""") % (
    options(["2", "8", "64", "256", "784"]), options(["2", "8", "64", "256"]))
