"""The explanation above the matrices: every product with its running sum, a question, or why there is no product.

What has not been multiplied yet has its place already, so that nothing moves while it is filled in.
"""
from exhibits import dot_words as words
from ui.markup import Markup, join

GUESS = Markup('<div class="dot-ask"><label for="dot-guess">%s</label>'
         '<input id="dot-guess" type="text" inputmode="text" autocomplete="off" spellcheck="false" aria-describedby="dot-feedback" placeholder="%s">'
         '<button class="button" type="button" id="dot-check-guess" data-do="dot_check">Check</button>'
         '<button class="button quiet" type="button" id="dot-show" data-do="dot_show">Show it</button></div>')


def html(scene, walk, refused):
    """The panel; `refused` is what NumPy said of it, or None while it has not said anything."""
    if walk.asks == "shape":
        question = "Which shape has %s? Write rows, columns, or none if there is no product." % scene.code()
        return GUESS % (question, "rows, columns")
    if not scene.agree:
        return _alarm(scene, refused)
    if walk.asks == "cell":
        return Markup('<p class="dot-heading">%s</p>') % words.heading(scene, walk) + GUESS % (
            Markup("<b>%s</b> = ?") % words.title(scene, walk), "a number")
    body = {"cell": _cell, "row": _terms, "column": _terms, "outer": _outer}[walk.view](scene, walk)
    return Markup('<p class="dot-heading">%s</p>%s') % (words.heading(scene, walk), body)


# ---- one cell: its products as chips

def _cell(scene, walk):
    products, parts, total = scene.products(walk.i, walk.j), [], 0
    for k, product in enumerate(products):
        total += product
        left, right = scene.left_text(walk.i, k), scene.right_text(k, walk.j)
        if k:
            parts.append(Markup('<span class="dot-plus%s">+</span>') % (" pending" if k >= walk.k else ""))
        parts.append(
            Markup('<span class="dot-term%s"><span>%s · %s</span><span class="dot-product">%s</span>'
            '<span class="dot-sum">%s</span></span>')
            % (_when(k, walk), _chip(words.bracketed(left) if k else left, scene.left[walk.i][k] / scene.scale),
               _chip(words.bracketed(right), scene.right[k][walk.j] / scene.scale), scene.exact(product),
               _chip(scene.exact(total), total / scene.result_scale)))
    end = "" if walk.complete else " pending"
    return (Markup('<div class="dot-line"><span class="dot-labels"><b class="dot-title">%s</b><span>product</span>'
            '<span>sum so far</span></span><span class="dot-plus">=</span>%s<span class="dot-plus%s">=</span>'
            '<span class="chip result%s" id="dot-value" data-v="%.3f">%s</span></div>')
            % (words.title(scene, walk), join(parts), end, end, total / scene.result_scale, scene.exact(total)))


def _when(k, walk):
    return " pending" if k >= walk.k else " new" if k == walk.k - 1 else ""


def _chip(text, share):
    return Markup('<span class="chip" data-v="%.3f">%s</span>') % (share, text)


# ---- one row or column: a sum of multiples

def _terms(scene, walk):
    """Multiples of the rows of the right matrix (by row) or the columns of the left one (by column), and their sum."""
    by_row = walk.view == "row"
    if by_row:
        heads = [Markup('%s · <var>%s[%d, :]</var>') % (_left_chip(scene, walk.i, k), scene.label(1), k) for k in range(scene.n)]
        terms = [[scene.left[walk.i][k] * entry for entry in scene.right[k]] for k in range(scene.n)]
    else:
        heads = [Markup('%s · <var>%s[:, %d]</var>') % (_right_chip(scene, k, walk.j), scene.label(0), k) for k in range(scene.n)]
        terms = [[row[k] * scene.right[k][walk.j] for row in scene.left] for k in range(scene.n)]
    so_far = [sum(term[at] for term in terms[:walk.k]) for at in range(len(terms[0]))]
    rows = [(("" if not k else "+ ") + heads[k], terms[k], _when(k, walk)) for k in range(scene.n)]
    rows.append((Markup("= <b>%s</b>%s") % (words.title(scene, walk), "" if walk.complete else " so far"), so_far,
                 "dot-total" if walk.k else "dot-total pending"))
    numbers = join(Markup('<th scope="col">%d</th>') % at for at in range(len(so_far)))
    return (Markup('<table class="matrix dot-terms"><caption class="hidden">%s</caption><thead><tr><td></td>%s</tr></thead>'
            '<tbody>%s</tbody></table>')
            % ("Multiples of rows" if by_row else "Multiples of columns, written lying", numbers,
               join(_row(scene, head, values, when) for head, values, when in rows)))


def _left_chip(scene, i, k):
    return _chip(scene.left_text(i, k), scene.left[i][k] / scene.scale)


def _right_chip(scene, k, j):
    return _chip(scene.right_text(k, j), scene.right[k][j] / scene.scale)


def _row(scene, head, values, when):
    return Markup('<tr class="%s"><th scope="row">%s</th>%s</tr>') % (when.strip(), head, join(
        Markup('<td data-v="%.3f">%s</td>') % (value / scene.result_scale, scene.exact(value)) for value in values))


# ---- the outer products

def _outer(scene, walk):
    """The newest outer product as a multiplication table: A's column at its side, B's row above it."""
    k = max(0, walk.k - 1)
    head = join(Markup('<th scope="col">%s</th>') % _right_chip(scene, k, j) for j in range(scene.p))
    body = join(_row(scene, _left_chip(scene, i, k), [scene.left[i][k] * entry for entry in scene.right[k]], "")
                   for i in range(scene.m))
    if walk.k:
        said = "Step %d of %d: %s[:, %d] ⊗ %s[%d, :] is added to %s." % (
            walk.k, scene.n, scene.label(0), k, scene.label(1), k, scene.names[2])
    else:
        said = "Press Next product: the first outer product is added to %s, which is all zeros." % scene.names[2]
    return (Markup('<div class="dot-outer"><table class="matrix dot-terms%s"><caption class="hidden">Outer product %d</caption>'
            '<thead><tr><td></td>%s</tr></thead><tbody>%s</tbody></table><p>%s</p></div>')
            % ("" if walk.k else " pending", k, head, body, said))


# ---- no product

def _alarm(scene, refused):
    remedies = ""
    for sides in scene.mends():
        names = [("ab"[side], scene.names[side]) for side in sides]
        remedies += Markup('<button class="button" type="button" id="dot-mend-%s" data-do="dot_mend" data-sides="%s">Transpose %s: %s</button>') % (
            "".join(id for id, _ in names), ",".join(id for id, _ in names), " and ".join(name for _, name in names),
            words.remedy(scene, sides))
    remedies += Markup('<button class="button" type="button" id="dot-fit" data-do="dot_fit">Give %s %s</button>') % (
        scene.label(1), words.plural(scene.n, "row"))
    code = "NumPy is still loading; its own words will stand here." if refused is None else refused
    return (Markup('<div class="dot-alarm"><p><b>✗ No product.</b> %s</p><pre id="dot-numpy">&gt;&gt;&gt; %s\n%s</pre>'
            '<p class="hint">NumPy’s own words. It counts from 0: operand 1 is %s, the second matrix, '
            'and its core dimension 0 are its rows.</p>'
            '<p class="dot-remedies">%s</p></div>')
            % (words.disagreement(scene), scene.code(), code, scene.label(1), remedies))


def shapes(scene, walk):
    """The shapes, written large: agreeing inner numbers in one colour, disagreeing ones in the alarm's, with a sign."""
    asks = walk.asks == "shape"

    def number(value, kind):
        return Markup('<b class="dim %s">%d</b>') % ("" if asks else kind, value)

    inner = "d0" if scene.agree else "clash"
    sign = "" if asks else Markup('<i class="dot-sign" aria-hidden="true">%s</i>') % ("=" if scene.agree else "≠")
    result = "(?, ?)" if asks else Markup("(%s, %s)") % (number(scene.m, "d2"), number(scene.p, "d3")) if scene.agree else ""
    return (Markup('<span>%s (%s, %s)</span><span class="dot-at">@%s</span><span>%s (%s, %s)</span><span class="dot-at">→</span><span>%s</span>')
            % (scene.label(0), number(scene.m, "d2"), number(scene.n, inner), sign, scene.label(1), number(scene.inner, inner),
               number(scene.p, "d3"), Markup("%s %s") % (scene.names[2], result) if result else Markup('<em>no product</em>')))


def why(scene, answer):
    """Why a layer's weights are (n_inputs, n_neurons): what the other orientation costs."""
    rows, columns = len(scene.stored[1]), len(scene.stored[1][0])
    if scene.layer == "inputs":
        return (Markup("<b>W (%d, %d)</b>: one row an input, one column a neuron. <b>X @ W</b> works as it stands: each sample’s row of X meets "
                "each neuron’s column of weights. Then the biases b (1, %d) are added to every row.") % (rows, columns, columns))
    if not scene.turned[1]:
        return (Markup("<b>W (%d, %d)</b>: one row a neuron, one column an input. It stands here without its transpose, as X @ W, so each sample "
                "meets one weight of every neuron and not all weights of one. A layer of this orientation has to write <b>X @ W.T</b> in "
                "each forward pass.") % (rows, columns))
    other = ("Without the transpose, NumPy is asked for an answer …" if not answer or answer.get("error") else
             Markup("Without it: <code>%s</code>") % answer["plain"]["refused"] if answer["plain"].get("refused") else
             "W is square here, so X @ W without it is not refused: it runs and gives other numbers, a mistake that nobody reports.")
    return (Markup("<b>W (%d, %d)</b>: one row a neuron, one column an input. Now each forward pass has to write "
            "<b>X @ W.T</b>, a transpose that (n_inputs, n_neurons) does not need. %s") % (rows, columns, other))
