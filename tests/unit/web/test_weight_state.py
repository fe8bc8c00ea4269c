"""The steps of the page's state that concern weights: locks, dropout, and what the editor can be open for."""
import spec as specs
from ui import state as states

LINK = "#v=1&data=circle&layers=3-tanh,64-tanh&dropout=0.1"


def test_a_locked_layer_takes_the_place_of_its_own_locks():
    state = states.new_state(LINK)
    for place in ("1.0.2", "3.b.1", "1.b.0", "1"):
        state = states.toggle_lock(state, place)
    assert state["spec"]["lock"] == ["3.b.1", "1"] and state["messages"] == []
    assert states.toggle_lock(state, "1")["spec"]["lock"] == ["3.b.1"]
    assert "lock=3.b.1,1" in specs.write(state["spec"])


def test_dropout_of_one_layer_is_written_where_it_differs():
    state = states.set_dropout(states.new_state(LINK), 1, "0.3")
    assert "layers=3-tanh,64-tanh-0.3&" in specs.write(state["spec"])
    assert specs.dropouts(state["spec"]) == [0.1, 0.3]
    assert "layers=3-tanh,64-tanh&" in specs.write(states.set_dropout(state, 1, "0.1")["spec"])


def test_the_editor_opens_for_tiles_and_closes_with_them():
    spec = specs.parse(LINK)[0]
    assert all(states.is_place(spec, place) for place in ("1.2", "1.1.2", "1.b.2", "3.63.1"))
    assert not any(states.is_place(spec, place) for place in ("", "1", "1.3", "1.2.0", "2.0", "2.0.0", "3.64.1", "4.0"))
    state = states.open_editor(states.new_state(LINK), "3.1")
    assert states.edit(state, "lr", 0.5)["editor"] == "3.1"
    assert states.remove_layer(state)["editor"] == ""
