"""Predict first, as a person meets it: the switch, a guess that is judged, an answer that is shown."""
from exhibits import dot_guess as guess, dot_page as page, dot_words as words
from exhibits.dot_steps import change, here, show
from ui import dom


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
    elif scene.agree:
        sentence = "%s is (%d, %d): rows from %s, columns from %s." % (
            scene.code(), scene.m, scene.p, scene.label(0), scene.label(1))
    else:
        sentence = "%s is no product." % scene.code()
    uncover(lab, sentence, "")


def uncover(lab, sentence, mark="✓ "):
    """Shows what was asked for, and leads on: from the shape to the first cell, from a cell to Next."""
    scene, walk = here(lab)
    if walk.asks == "shape":
        fields = {"dot-predict": "cells", "dot-at": [0, 0, 0], "dot-filled": 0}
    else:
        walk.go(walk.unit, scene.n)
        fields = walk.fields()
        if walk.at_end:
            sentence += " That was the last cell: choose New numbers for another product."
    page.say({"feedback": mark + sentence, "note": ""})
    show(lab, fields, "replace")
    page.again()
    for id in ("dot-guess", "dot-next", "dot-fit", "dot-new"):  # the first of them that can go on from here
        if dom.el(id) and not dom.el(id).disabled:
            dom.el(id).focus()
            return
