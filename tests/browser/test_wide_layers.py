"""Wide layers on the page: it says what it computes, answers meanwhile, and stays with what memory can hold."""
import re

LINK = "#v=1&data=spiral&layers=%s&seeds=1-1-1-1"
WIDE, WIDER = LINK % "700-relu,700-relu", LINK % ",".join(["1024-relu"] * 8)
NARROW = LINK % "8-relu"
WORKING = re.compile(" …$")


def test_a_wide_network_says_what_it_computes_and_is_answered_meanwhile(lab):
    lab.open(NARROW)
    lab.note_statuses()
    lab.set_hash(WIDER)
    lab.expect_state("starting")
    lab.set_hash(WIDE)  # which it need not wait for the wider one to be told
    lab.expect_state("ready")
    lab.step_batch()
    lab.expect_updates(1)
    lab.expect_text("status", "Paused in epoch 1", timeout=60_000)
    lab.expect_map_of(80)
    said = lab.statuses()
    working = [words for _, words in said if WORKING.search(words)]
    assert any(words.startswith("Drawing the map") for words in working)
    first_numbers = next(i for i, (state, _) in enumerate(said) if state == "starting")
    assert said[first_numbers][1] != "Ready" and all("Ready" not in words for words in working)
    lab.play()
    lab.expect_state("training")
    lab.pause()
    updates = lab.number("updates")
    lab.expect_text("status", re.compile("^Paused in epoch"), timeout=60_000)
    assert lab.number("updates") == updates > 1


def test_what_memory_cannot_hold_leaves_the_run_as_it_is(lab):
    lab.allow_memory(50_000_000)
    lab.open(NARROW)
    lab.step_batch()
    lab.expect_updates(1)
    losses = lab.losses()
    lab.set_hash(WIDER)
    lab.expect_message(re.compile(r"^A network of 7,353,347 weights and biases, trained on batches of 32 rows, would need about \d+ MB of "
                                  r"memory; this browser has \d+ MB for it\. Take fewer neurons or layers"))
    lab.expect_state("paused")
    assert lab.losses() == losses and "layers=8-relu" in lab.hash()
    lab.step_batch()
    lab.expect_updates(2)


def test_a_link_to_what_memory_cannot_hold_opens_with_the_reason(lab):
    lab.allow_memory(50_000_000)
    lab.open(WIDER, wait_for_engine=False)
    lab.expect_state("failed", 60_000)
    lab.expect_message("would need about")
    lab.step_batch()
    lab.expect_message("There is no run: a network of 7,353,347 weights and biases")
    lab.set_hash(NARROW)
    lab.expect_state("ready")
    lab.expect_no_message()
    lab.step_batch()
    lab.expect_updates(1)
