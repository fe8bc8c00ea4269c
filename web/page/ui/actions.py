"""What a person can do on the page: one listener for each kind of event hands over to a function of three lines."""
import js
import kinds
import spec as specs
from pyscript import ffi
from ui import chart, compare, dom, inside, share_panel, state as states, theme, weight_editor
from ui.state import batch_sizes, merged


def listen(lab):
    """Connects the document's events with the lab."""
    document = js.document

    def on(target, name, handler):
        target.addEventListener(name, ffi.create_proxy(handler))

    on(document, "click", lambda event: click(lab, event))
    on(document, "input", lambda event: change(lab, event))
    on(document, "change", lambda event: change(lab, event))
    on(document, "keydown", lambda event: key(lab, event))
    on(js.window, "hashchange", lambda event: new_link(lab))
    on(js.window, "popstate", lambda event: new_link(lab))
    on(dom.el("split-bar"), "pointerdown", lambda event: drag(lab, event))
    on(dom.el("split-bar"), "pointermove", lambda event: drag(lab, event) if event.buttons else None)
    on(js.matchMedia("(prefers-color-scheme: dark)"), "change", lambda event: theme.changed(lab))
    watch = js.ResizeObserver.new(ffi.create_proxy(lambda *_: resized(lab)))
    watch.observe(dom.el("stage"))
    watch.observe(dom.el("loss-chart"))


def resized(lab):
    """Fits everything whose pixels depend on the room it has."""
    if lab.whole:
        chart.fit()
        lab.draw_arrays()


def new_link(lab):
    """Takes up a changed hash: typed, pasted, or reached by the back button."""
    link = specs.link_of(js.location.hash, js.location.search)
    if link.lstrip("#") != specs.write(lab.state["spec"]):
        spec, problems = specs.parse(link)
        state = merged(states.with_spec(lab.state, spec), {"messages": problems})
        lab.show(state, link=None)


# ---- buttons

def click(lab, event):
    """Finds the button that was meant and does what its data-do names."""
    button = event.target.closest("[data-do]")
    if button:
        ACTIONS[button.dataset.do](lab, button)


def play(lab, button):
    playing = not lab.state["playing"]
    lab.engine.send("play" if playing else "pause")
    lab.show(merged(lab.state, {"playing": playing, "messages": [], "restarted": "", "lens": lab.state["lens"] and not playing}))


def command(name):
    """A button that pauses the run and gives the engine one command."""
    def run(lab, button):
        lab.engine.send(name)
        if name == "reset":
            lab.last_known.forget()
        lab.show(merged(lab.state, {"playing": False, "messages": [], "restarted": ""}))
    return run


def open_test(lab, button):
    lab.engine.send("open_test")


def keep_run(lab, button):
    lab.show(compare.keep(lab.state, lab.arrays.get("history")))


def remove_run(lab, button):
    lab.show(compare.remove(lab.state, button.dataset.mark))
    dom.el("keep-run").focus()  # the button that had the focus is gone


def take_settings(lab, button):
    lab.show(compare.take_settings(lab.state, button.dataset.mark))


def use_smaller_rate(lab, button):
    """A tenth of the learning rate with which the run diverged; it goes on when told to."""
    state = states.edit(lab.state, "lr", lab.state["spec"]["lr"] / 10)
    sentence = "The learning rate is now %s. Press play to go on from epoch %d, or reset to start again." % (
        kinds.number(state["spec"]["lr"]), state["run"]["epoch"])
    lab.show(merged(state, {"messages": [sentence]}))
    dom.el("play").focus()


def step(change_state):
    """A button that leads from one state to the next."""
    def run(lab, button):
        lab.show(change_state(lab.state))
    return run


def neurons(by):
    """A button that adds `by` neurons to its layer."""
    def run(lab, button):
        index = int(button.dataset.layer)
        count = max(1, min(kinds.MOST_NEURONS, lab.state["spec"]["layers"][index][0] + by))
        lab.show(states.set_neurons(lab.state, index, str(count), ""))
    return run


def choose_data(lab, button):
    lab.show(states.choose_data(lab.state, button.dataset.name))


def choose_task(lab, button):
    lab.show(states.choose_task(lab.state, button.dataset.name))


def toggle_feature(lab, button):
    lab.show(states.toggle_feature(lab.state, button.dataset.name))


ACTIONS = {
    "play": play,
    "step_batch": command("step_batch"), "step_epoch": command("step_epoch"), "reset": command("reset"),
    "reseed": step(states.next_weights), "open_test": open_test,
    "restore_best": command("restore_best"), "use_smaller_rate": use_smaller_rate,
    "keep_run": keep_run, "remove_run": remove_run, "take_settings": take_settings,
    "add_layer": step(states.add_layer), "remove_layer": step(states.remove_layer),
    "fewer": neurons(-1), "more": neurons(1),
    "choose_task": choose_task, "choose_data": choose_data, "toggle_feature": toggle_feature,
    "share": share_panel.share, "share_weights": share_panel.share_weights,
    "share_save": share_panel.save, "share_close": share_panel.close,
    "open_editor": weight_editor.open_at, "close_editor": weight_editor.close, "leave_editor": weight_editor.leave,
    "lock": weight_editor.lock,
    "inside_pass": inside.choose_pass, "inside_layer": inside.choose_layer, "ledger": inside.choose_ledger,
    "lens_next": inside.step_lens(1), "lens_previous": inside.step_lens(-1), "close_lens": inside.close_lens,
    "check_gradient": inside.check_gradient,
    "theme": lambda lab, button: theme.switch(lab),
    "resume": lambda lab, button: lab.resuming.go_on(), "forget": lambda lab, button: lab.resuming.forget(),
    "use_newer": lambda lab, button: lab.use_newer(),
    "later": lambda lab, button: lab.show(merged(lab.state, {"newer": False})),
    "load_view": lambda lab, button: lab.load_view(), "retry": lambda lab, button: lab.retry(),
    "skip": lambda lab, button: None,
}


# ---- controls

def change(lab, event):
    """Takes up a control's value: a slider while it moves, text once it is entered."""
    control = event.target
    what = control.getAttribute("data-set")
    if not what:
        return
    if event.type == "input" and control.type != "range":
        return  # half-typed, or a switch whose change follows
    if event.type == "change" and control.type == "range":
        lab.sliding = None  # let go: all that it moved through is one step for the back button
        return
    SETTERS[what](lab, control, slide(lab, control.id) if control.type == "range" else "push")


def slide(lab, id):
    """How a slider's value reaches the address bar: its first move makes a new entry, those after it replace that."""
    link = "replace" if lab.sliding == id else "push"
    lab.sliding = id
    return link


def set_field(key):
    """A control whose value is the field as it stands in a link."""
    def run(lab, control, link):
        lab.show(states.type_field(lab.state, key, control.value, control.id), link)
        write_back(lab, control, specs.write_field(lab.state["spec"], key))
    return run


def write_back(lab, control, text):
    """Puts the page's own form of a number in the place of what was typed, which may be 0,05; what can't be used stays."""
    if control.type == "text" and lab.state["field_error"] is None:
        control.value = text


def set_speed(lab, control, link):
    lab.show(states.edit(lab.state, "speed", specs.SPEEDS[int(control.value)]), link)


def set_switch(key):
    """A check box whose field is 0 or 1."""
    def run(lab, control, link):
        lab.show(states.edit(lab.state, key, "1" if control.checked else "0"), link)
    return run


def set_seed(lab, control, link):
    which = int(control.dataset.which)
    lab.show(states.set_seed(lab.state, which, control.value, control.id), link)
    write_back(lab, control, str(lab.state["spec"]["seeds"][which]))


def set_batch(lab, control, link):
    lab.show(states.edit(lab.state, "batch", batch_sizes(lab.state)[int(control.value)]), link)


def set_learning_rate(lab, control, link):
    """The slider's stops are tenths of a power of ten, rounded to two digits."""
    rate = float("%.1e" % 10 ** float(control.value))
    lab.show(states.edit(lab.state, "lr", rate), link)


def set_neurons(lab, control, link):
    layer = int(control.dataset.layer)
    lab.show(states.set_neurons(lab.state, layer, control.value, control.id), link)
    write_back(lab, control, str(lab.state["spec"]["layers"][layer][0]))


def set_activation(lab, control, link):
    lab.show(states.set_activation(lab.state, int(control.dataset.layer), control.value), link)


def set_dropout(lab, control, link):
    lab.show(states.set_dropout(lab.state, int(control.dataset.layer), control.value), link)


SETTERS = {
    "points": set_field("points"), "noise": set_field("noise"), "opt": set_field("opt"), "lr": set_field("lr"),
    "speed": set_speed, "batch": set_batch, "lr-log": set_learning_rate,
    "neurons": set_neurons, "activation": set_activation, "dropout": set_dropout,
    "parameter": weight_editor.set_parameter, "chart": set_field("chart"),
    "classes": set_field("classes"), "schedule": set_field("schedule"), "l1": set_field("l1"), "l2": set_field("l2"),
    "digits": inside.set_digits, "epochs": set_field("epochs"), "patience": set_field("patience"), "init": set_field("init"), "scale": set_field("scale"),
    "standardize": set_switch("standardize"), "shuffle": set_switch("shuffle"), "labels": set_switch("labels"), "seed": set_seed,
}


# ---- keys and dragging

def key(lab, event):
    """Arrow keys move the split's handles and walk the data sets; Enter in a text field enters it."""
    if share_panel.key(lab, event) or weight_editor.key(lab, event):
        return
    target = event.target
    step_by = {"ArrowLeft": -1, "ArrowDown": -1, "ArrowRight": 1, "ArrowUp": 1, "PageDown": -10, "PageUp": 10}.get(event.key)
    if not step_by or not target.id:
        return
    if target.id in ("split-a", "split-b"):
        event.preventDefault()
        handle = target.id[-1]
        now = int(target.getAttribute("aria-valuenow"))
        lab.show(states.move_split(lab.state, handle, now + step_by))
    elif target.getAttribute("role") == "radio" and abs(step_by) == 1:
        event.preventDefault()
        buttons = list(target.parentElement.children)
        names = [button.dataset.name for button in buttons]
        at = (names.index(target.dataset.name) + step_by) % len(names)
        button = dom.el(target.id[:5] + names[at])  # "data-…" or "task-…"
        ACTIONS[button.dataset.do](lab, button)
        dom.el(button.id).focus()


def drag(lab, event):
    """Moves the handle nearest to where the bar was touched."""
    bar = dom.el("split-bar").getBoundingClientRect()
    percent = round(100 * (event.clientX - bar.left) / bar.width)
    if event.type == "pointerdown":
        train, validation, _ = lab.state["spec"]["split"]
        lab.dragged = "a" if abs(percent - train) <= abs(percent - train - validation) else "b"
        dom.el("split-bar").setPointerCapture(event.pointerId)
        dom.el("split-" + lab.dragged).focus()
        event.preventDefault()
        lab.sliding = None
    state = states.move_split(lab.state, lab.dragged, percent)
    if state["spec"] != lab.state["spec"]:
        lab.show(state, slide(lab, "split-bar"))
