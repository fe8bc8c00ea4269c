"""A summary is a table of a network's layers: shapes and numbers of parameters, for a person to read."""

HEADINGS = ("layer", "weights", "biases", "activation", "parameters")


def table(layers):
    """Return the aligned table of these dense layers, with the total and whether they are deep."""
    rows = [HEADINGS]
    for i, layer in enumerate(layers, start=1):
        shapes = (str(layer.weights.shape), str(layer.biases.shape))
        rows.append((str(i), *shapes, layer.activation.name, f"{layer.size:,}"))
    rows.append(("total", "", "", "", f"{sum(layer.size for layer in layers):,}"))
    widths = [max(map(len, column)) for column in zip(*rows)]
    lines = [_line(row, widths) for row in rows]
    if len(layers) > 1:
        lines.append(f"deep: {len(layers)} dense layers")
    else:
        lines.append("not deep: 1 dense layer, deep begins at 2")
    return "\n".join(lines)


def _line(cells, widths):
    """Return the cells padded to their columns, all flush left but the last, which is a number."""
    *words, number = cells
    return "  ".join([*(word.ljust(width) for word, width in zip(words, widths)), number.rjust(widths[-1])])
