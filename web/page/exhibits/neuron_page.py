"""The page of one neuron as HTML, filled once; everything that changes in it has an id."""
from exhibits import neuron_data, neuron_words
from ui.markup import Markup, join


def html():
    """The whole exhibit."""
    return HEAD + Markup('<div class="neuron-bench">') + _knobs() + PLOT + LOSS + Markup("</div>") + TABLE


def _choices(name, label, options):
    """A row of radio buttons of which one is chosen; (value, title) each."""
    items = join(Markup('<label><input type="radio" name="neuron-%s" id="neuron-%s-%s" value="%s" data-set="neuron_%s">%s</label>')
                    % (name, name, value, value, name, title) for value, title in options)
    return Markup('<fieldset class="segmented neuron-%s"><legend class="hidden">%s</legend>%s</fieldset>') % (name, label, items)


def _knob(name, says):
    return Markup("""<div class="neuron-knob"><label class="field" for="neuron-%(name)s">%(title)s <span class="hint">%(says)s</span></label>
<div class="neuron-pair"><input type="range" id="neuron-%(name)s-slider" min="-3" max="3" step="0.05" data-set="neuron_%(name)s" aria-label="%(title)s, slider">
<input type="text" id="neuron-%(name)s" inputmode="text" maxlength="40" autocomplete="off" spellcheck="false" data-set="neuron_%(name)s"></div></div>""") % {
        "name": name, "title": name[0].upper() + name[1:], "says": says}


HEAD = Markup("""<header class="neuron-head"><h2>One neuron</h2>
<p>A neuron has two knobs. Turn them until its line lies on the points, watch the loss fall, then let gradient descent do it.</p></header>""")


def _knobs():
    sets = [(name, title) for name, title, _, _ in neuron_data.SETS] + [("own", "own")]
    return Markup("""<section class="card neuron-knobs" aria-labelledby="h-neuron-knobs"><header><h3 id="h-neuron-knobs">The neuron</h3></header>
<p class="neuron-formula"><span id="neuron-z"></span><span id="neuron-a"></span></p>
%s%s
<div class="field">Activation%s</div>
<div class="field">Points%s</div>
<p class="hint neuron-set-said" id="neuron-set-said"></p>
<div class="neuron-buttons"><button class="button" id="neuron-undo" type="button" data-do="neuron_undo">Undo</button>
<button class="button" id="neuron-clear" type="button" data-do="neuron_clear">Clear all points</button></div>
</section>""") % (_knob("weight", "sensitivity: how far ŷ moves when x moves by 1"),
                 _knob("bias", "shift: lifts or lowers ŷ for every x"),
                 _choices("activation", "Activation", [(name, name) for name in neuron_words.ORDER]),
                 _choices("data", "Points", sets))


PLOT = Markup("""<section class="card neuron-fit" aria-labelledby="h-neuron-fit"><header><h3 id="h-neuron-fit">Its line over the data</h3>
<p class="hint">bars: residual r = ŷ − y, <span class="neuron-key pos"></span> + too high, <span class="neuron-key neg"></span> − too low</p></header>
<canvas id="neuron-plot" tabindex="0" role="application" aria-roledescription="plot" aria-label="Points and the neuron's line. Arrow keys move a crosshair, Enter adds or removes a point there, Delete removes the last point, Escape leaves." aria-describedby="neuron-readout"></canvas>
<p class="hint" id="neuron-readout" aria-live="polite"></p>
<p class="neuron-sum" id="neuron-loss-formula"></p>
</section>""")

LOSS = Markup("""<section class="card neuron-loss" aria-labelledby="h-neuron-loss"><header><h3 id="h-neuron-loss">Its loss for every weight and bias</h3>
<p class="neuron-now">loss <output id="neuron-loss">–</output></p></header>
<div class="neuron-plots" id="neuron-plots">
<canvas id="neuron-bowl" tabindex="0" role="application" aria-roledescription="map of the loss" aria-label="The loss over weight and bias. Arrow keys move the point: left and right the weight, up and down the bias."></canvas>
<div class="neuron-curves">
<figure><figcaption class="hint">over the weight: slope <b id="neuron-slope-weight"></b></figcaption><canvas id="neuron-over-weight" role="img" aria-label="The loss over the weight with the bias held, and its slope"></canvas></figure>
<figure><figcaption class="hint">over the bias: slope <b id="neuron-slope-bias"></b></figcaption><canvas id="neuron-over-bias" role="img" aria-label="The loss over the bias with the weight held, and its slope"></canvas></figure>
</div></div>
<p class="hint neuron-legend"><span><i class="dot"></i>now, drag it</span><span><i class="arrow"></i>gradient, uphill</span><span><i class="ring"></i>next step</span><span>greyer = more loss</span><span id="neuron-best-key"><b>×</b> least squares</span></p>
<p class="neuron-land" id="neuron-land"></p>
<div class="neuron-gradients"><p class="neuron-sum" id="neuron-dw"></p><p class="neuron-sum" id="neuron-db"></p><p class="neuron-sum" id="neuron-next-w"></p><p class="neuron-sum" id="neuron-next-b"></p></div>
<div class="neuron-walk" role="group" aria-label="Let gradient descent walk it">
<button class="button" id="neuron-step" type="button" data-do="neuron_step"><svg aria-hidden="true"><use href="#i-batch"/></svg>Step</button>
<button class="button" id="neuron-play" type="button" data-do="neuron_play"><svg aria-hidden="true"><use id="neuron-play-icon" href="#i-play"/></svg><span id="neuron-play-words">Walk</span></button>
<button class="button" id="neuron-reset" type="button" data-do="neuron_reset" title="Back to where the walk began"><svg aria-hidden="true"><use href="#i-reset"/></svg>Back to start</button>
<label class="field" for="neuron-rate">Learning rate</label><input type="range" id="neuron-rate-slider" min="-3" max="1" step="0.05" data-set="neuron_rate_log" aria-label="Learning rate, logarithmic"><input type="text" id="neuron-rate" inputmode="decimal" maxlength="40" autocomplete="off" spellcheck="false" data-set="neuron_rate">
</div>
<p class="neuron-said" id="neuron-walked"></p>
<p class="hint" id="neuron-checked"></p>
<p class="hidden" id="neuron-spoken" role="status"></p>
</section>""")

TABLE = Markup("""<section class="card neuron-points" aria-labelledby="h-neuron-points"><header><h3 id="h-neuron-points">Every point</h3><p class="hint" id="neuron-rounding"></p></header>
<div class="neuron-table"><div class="neuron-scroll" tabindex="0" role="region" aria-labelledby="h-neuron-points"><table id="neuron-table"></table></div>
<div class="neuron-reading"><p>The <b>residual</b> r is how far the neuron is off: above 0 it answers too high, below 0 too low. Squared, both count as loss, and a residual twice as large counts four times.</p>
<p>The <b>gradient</b> says what each knob does to the loss. A point pulls at the bias with r, and at the weight with r·x: the further it lies from x = 0, the harder it pulls at the weight.</p>
<p id="neuron-slope-said"></p></div></div></section>""")


def table(rows, is_linear):
    """The points with everything that the loss and the gradient are made of."""
    if not rows:
        return Markup("<tbody><tr><td>No points.</td></tr></tbody>")
    heads = ["", "x", "y", "ŷ", "r = ŷ − y", "r²"] + ([] if is_linear else ["r·f′(z)"]) + [
        "r·x" if is_linear else "r·f′(z)·x", ""]
    out = Markup("<thead><tr>") + join(Markup('<th scope="col">%s</th>') % head for head in heads[:-1]) + Markup("<td></td></tr></thead><tbody>")
    for i in range(len(rows)):
        x, y, a, residual, square, part, part_x = rows[i]
        cells = [neuron_words.printed(x, 2), neuron_words.printed(y, 2), neuron_words.printed(a),
                 neuron_words.signed(residual), neuron_words.printed(square)]
        cells += ([] if is_linear else [neuron_words.signed(part)]) + [neuron_words.signed(part_x)]
        out += Markup('<tr><th scope="row">%d</th><td>%s</td>') % (i, Markup("</td><td>").join(cells))
        out += (Markup('<td><button class="neuron-remove" id="neuron-remove-%d" type="button" data-do="neuron_remove" data-at="%d" '
                'aria-label="Remove point %d: %s">×</button></td></tr>') % (i, i, i, neuron_data.place(x, y)))
    square, part, part_x = neuron_words.sums(rows)
    sums = ["", "", "", neuron_words.signed(part) if is_linear else "", neuron_words.printed(square)]
    sums += ([] if is_linear else [neuron_words.signed(part)]) + [neuron_words.signed(part_x)]
    return out + Markup('</tbody><tfoot><tr><th scope="row">Σ</th><td>%s</td><td></td></tr></tfoot>') % Markup("</td><td>").join(sums)
