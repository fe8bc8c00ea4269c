"""What the exhibit's buttons, controls and keys do."""
from exhibits import dot_edit as edit, dot_predict as predict, dot_steps as steps
from ui import dom

ACTIONS = {
    "dot_play": steps.play, "dot_term": steps.step("term", True), "dot_next": steps.step("next"),
    "dot_previous": steps.step("previous"), "dot_end": steps.step("end"), "dot_clear": steps.step("clear"),
    "dot_pick": steps.pick, "dot_view": steps.set_view,
    "dot_step": edit.step_size, "dot_fit": edit.fit, "dot_transpose": edit.transpose, "dot_mend": edit.mend,
    "dot_new": edit.new_numbers, "dot_orient": edit.set_orientation,
    "dot_check": predict.check, "dot_show": predict.show_answer,
}
SETTERS = {
    "dot_pace": steps.set_pace, "dot_size": edit.type_size, "dot_unlock": edit.set_unlock, "dot_text": edit.type_matrix,
    "dot_layer": edit.set_layer, "dot_predict": predict.set_predict,
}


def key(lab, event):
    """Arrow keys walk a matrix, Enter explains its cell, Escape leaves; Enter checks a guess, Ctrl + Enter takes a text."""
    target, name = event.target, event.key
    if target.id == "dot-guess" and name == "Enter":
        predict.check(lab, target)
    elif target.id.startswith("dot-text-") and name == "Enter" and event.ctrlKey:
        edit.type_matrix(lab, target, "push")
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
        steps.pick(lab, cell)
    elif name == "Escape":
        dom.el("dot-play" if not dom.el("dot-play").disabled else "dot-new").focus()
    else:
        return False
    return True
