"""The comparison of a class with nncore's Dense as HTML: three arrays, each cell marked as equal or not."""
from exhibits import nesting
from pyscript.js_modules.page import paint
from ui.markup import Markup, join

TITLES = [("weights", "weights"), ("biases", "biases"), ("output", "output = inputs @ weights + biases")]


def tables(result):
    """The three arrays side by side; those that a run did not come to have nncore's numbers only."""
    arrays = {entry["name"]: entry for entry in result["arrays"]}
    return join(_block(title, arrays[name]) if name in arrays else _missing(title) for name, title in TITLES)


def _missing(title):
    return Markup('<section class="code-array"><h4>%s</h4><p class="hint">The class did not come so far.</p></section>') % title


def _block(title, entry):
    return Markup('<section class="code-array"><h4>%s <span>%s</span></h4><p class="%s">%s</p><div class="code-scroll">%s</div></section>') % (
        title, nesting.shape_text(entry["shape"]), "code-same" if entry.get("equal") == entry["size"] else "code-differs",
        verdict(entry), _table(entry))


def verdict(entry):
    """One sentence on one array."""
    if "yours" not in entry:
        return "✕ The shape is %s, nncore's is %s." % (nesting.shape_text(entry["shape"]), nesting.shape_text(entry["wanted_shape"]))
    size, equal = entry["size"], entry["equal"]
    if equal == size:
        return "✓ All %s equal nncore's; largest difference 0." % cells(size)
    at = ", ".join(str(index) for index in entry["at"])
    return "≠ %d of %s differ; the largest difference is %s, at [%s]." % (size - equal, cells(size), difference(entry["largest"]), at)


def cells(count):
    return "%d cell%s" % (count, "" if count == 1 else "s")


def _table(entry):
    """nncore's window of the array, with the person's number above where it is another one."""
    theirs, yours, same = entry["theirs"], entry.get("yours"), entry.get("same")
    rows, columns = len(theirs), len(theirs[0])
    wide, high = entry["wanted_shape"][1], entry["wanted_shape"][0]
    out = [Markup('<table class="matrix"><thead><tr><td></td>%s</tr></thead><tbody>')
           % join(Markup('<th scope="col">%d</th>') % j for j in range(columns))]
    for i in range(rows):
        out.append(Markup('<tr><th scope="row">%d</th>') % i)
        for j in range(columns):
            value = yours[i][j] if yours else None
            if yours and same[i][j]:
                out.append(Markup('<td class="code-equal" data-value="%s" title="equal">%s</td>') % (value, number(value)))
            elif yours:
                out.append(Markup('<td class="code-other" data-value="%s" title="yours %s, nncore\'s %s">%s<s>%s</s></td>')
                           % (value, value, theirs[i][j], number(value), number(theirs[i][j])))
            else:
                out.append(Markup('<td class="code-theirs" title="nncore\'s">%s</td>') % number(theirs[i][j]))
        out.append(Markup("</tr>"))
    out.append(Markup("</tbody></table>"))
    more = ["%d more row%s" % (high - rows, "" if high == rows + 1 else "s")] if high > rows else []
    more += ["%d more column%s" % (wide - columns, "" if wide == columns + 1 else "s")] if wide > columns else []
    return join(out) + Markup('<p class="hint">%s</p>') % (" and ".join(more) + ", compared too" if more else "")


def tint(host):
    """Colours the numbers on the one scale."""
    for cell in host.querySelectorAll("td[data-value]"):
        try:
            paint.tint(cell, float(cell.dataset.value))
        except ValueError:
            pass


def number(value):
    """A number with four decimals and a sign; one that has no place for them as a power of ten."""
    if isinstance(value, str):
        return value.replace("-", "−")
    text = "%+.4f" % value if abs(value) < 1000 else "%+.2e" % value
    return (text if float(text) else "0.0000").replace("-", "−")


def difference(value):
    """How far two numbers are apart, in as many digits as tell."""
    return value if isinstance(value, str) else ("%.3g" % value).replace("-", "−")
