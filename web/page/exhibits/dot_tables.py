"""The three matrices as tables: B stands above the result and A beside it, so that row and column meet in their cell."""
from exhibits.dot_scene import DIGITS, shown
from ui.markup import Markup, join


def html(scene, walk):
    """The tables; what a cell of the result shows, and what is lit, is painted into them step by step."""
    a = _table("a", _caption(scene, 0), scene.m, scene.n, lambda i, j: _operand(scene, walk, 0, i, j))
    b = _table("b", _caption(scene, 1), scene.inner, scene.p, lambda i, j: _operand(scene, walk, 1, i, j))
    if walk.asks == "shape":
        c = Markup('<p class="dot-none"><b>?</b>%s = %s<br>Which shape?</p>') % (scene.names[2], scene.code())
    elif not scene.agree:
        c = Markup('<p class="dot-none alarm"><b>✗</b>No product: %s and %s do not go together.</p>') % (
            _with_number(scene, 0), _with_number(scene, 1))
    else:
        c = _table("c", Markup("<b>%s</b> (%d, %d)") % (scene.names[2], scene.m, scene.p), scene.m, scene.p,
                   lambda i, j: Markup(' data-do="dot_pick"></td>'))
    return (Markup('<div class="dot-corner">%s</div><div class="dot-b">%s</div><div class="dot-a">%s</div><div class="dot-c">%s</div>')
            % (_legend(scene, walk), b, a, c))


def _with_number(scene, side):
    rows, columns = scene.shape(side)
    return "%d %s of %s" % ((rows, "rows", scene.label(side)) if side else (columns, "columns", scene.label(side)))


def _caption(scene, side):
    rows, columns = scene.shape(side)
    return Markup("<b>%s</b> (%d, %d)") % (scene.label(side), rows, columns)


def _legend(scene, walk):
    scale = shown(scene.scale, DIGITS)
    result = "" if walk.predicts != "0" or not scene.agree else Markup("<br>%s: full at ±%s") % (
        scene.names[2], shown(scene.result_scale, 2 * DIGITS, scene.result_places if scene.result_places < 3 else 2))
    return (Markup('<p class="hint"><span class="scale"><em>−</em><i></i><em>+</em></span><br>%s, %s: full at ±%s%s</p>')
            % (scene.label(0), scene.label(1), scale, result))


def _table(name, caption, rows, columns, cell):
    head = join(Markup('<th scope="col" data-column="%d">%d</th>') % (j, j) for j in range(columns))
    body = join(Markup('<tr><th scope="row" data-row="%d">%d</th>%s</tr>') % (i, i, join(
        Markup('<td id="dot-%s-%d-%d" tabindex="%d"%s') % (name, i, j, -1 if i or j else 0, cell(i, j)) for j in range(columns)))
        for i in range(rows))
    return (Markup('<table class="matrix" id="dot-%s" role="grid"><caption>%s</caption><thead><tr><td></td>%s</tr></thead>'
            '<tbody>%s</tbody></table>')
            % (name, caption, head, body))


def _operand(scene, walk, side, i, j):
    """The inside of an operand's cell; one that finds no partner in the other matrix is crossed out."""
    value = (scene.right if side else scene.left)[i][j]
    lost = (i if side else j) >= min(scene.n, scene.inner) and walk.asks != "shape"
    return (Markup(' data-do="dot_pick" data-v="%.3f" aria-label="row %d, column %d: %s%s"%s>%s</td>')
            % (value / scene.scale, i, j, shown(value, DIGITS), ", without a partner" if lost else "",
               Markup(' class="lost"') if lost else "", shown(value, DIGITS, scene.places[side])))


def picture(scene, walk):
    """What is lit and what the result shows, for dot.js."""
    i, j, k = walk.i, walk.j, walk.k - 1
    hidden = not scene.agree or walk.asks == "shape"
    now = not hidden and k >= 0
    lit = {"row": -1, "column": -1, "at": None}
    a, b = dict(lit), dict(lit)
    if not hidden and walk.view in ("cell", "row"):
        a["row"] = i
        a["at"] = [i, k] if now and not walk.complete else None
    if not hidden and walk.view in ("cell", "column"):
        b["column"] = j
        b["at"] = [k, j] if now and not walk.complete else None
    if now and walk.view in ("column", "outer"):
        a["column"] = k
    if now and walk.view in ("row", "outer"):
        b["row"] = k
    return {"a": a, "b": b, "c": None if hidden else _result(scene, walk),
            "left": [[scene.left_text(r, s) for s in range(scene.n)] for r in range(scene.m)],
            "right": [[scene.right_text(r, s) for s in range(scene.p)] for r in range(scene.inner)]}


def _result(scene, walk):
    states, texts, values = [], [], []
    for i in range(scene.m):
        states.append([])
        texts.append([])
        values.append([])
        for j in range(scene.p):
            state, value = "empty", 0
            if walk.knows(i, j):
                state, value = "known", scene.result[i][j]
            elif walk.on(i, j) and walk.asks == "cell":
                state = "asked"
            elif walk.on(i, j) and walk.k:
                state, value = "partial", sum(scene.products(i, j)[:walk.k])
            states[-1].append(state)
            texts[-1].append(shown(value, 2 * DIGITS, scene.result_places) if state in ("known", "partial") else "")
            values[-1].append(value / scene.result_scale)
    return {"states": states, "texts": texts, "values": values, "row": walk.i if walk.view in ("cell", "row") else -1,
            "column": walk.j if walk.view in ("cell", "column") else -1}


def flights(scene, walk):
    """From which cells to which the numbers of the newest product travel, for dot.js."""
    i, j, k = walk.i, walk.j, walk.k - 1
    if walk.view == "cell":
        return "dot-a-%d-%d dot-c-%d-%d,dot-b-%d-%d dot-c-%d-%d" % (i, k, i, j, k, j, i, j)
    if walk.view == "row":
        return ",".join("dot-b-%d-%d dot-c-%d-%d" % (k, c, i, c) for c in range(scene.p))
    if walk.view == "column":
        return ",".join("dot-a-%d-%d dot-c-%d-%d" % (r, k, r, j) for r in range(scene.m))
    return ",".join(["dot-a-%d-%d dot-c-%d-0" % (r, k, r) for r in range(scene.m)]
                    + ["dot-b-%d-%d dot-c-0-%d" % (k, c, c) for c in range(scene.p)])
