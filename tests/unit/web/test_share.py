"""What is said of a shared link: by hand, long, too long, of a run that was changed."""
import pytest

import spec as specs
from ui import share


def told(length=100, copied=True, changed=""):
    """A link of so many characters, as it was shared."""
    return {"link": "x" * length, "kind": "settings", "copied": copied, "changed": changed}


def test_a_link_that_was_copied_needs_no_more_words():
    assert not share.is_more_to_say(told(share.LONG))


@pytest.mark.parametrize("sharing, words", [
    (told(copied=False), ["does not let the page copy"]),
    (told(44597), ["Copied. The link has 44,597 characters", "may cut it"]),
    (told(44597, copied=False), ["does not let the page copy", "The link has 44,597 characters"]),
    (told(share.OPENS), ["1,000,000 characters"]),
    (told(5500000, copied=False), ["5,500,000 characters", "it was not copied", "can't open it again"]),
    (told(changed="the learning rate was changed at epoch 5"),
     ["changed on the way (the learning rate was changed at epoch 5), so it will show other numbers"]),
    (told(44597, copied=False, changed="a bias was set"), ["does not let", "44,597", "a bias was set"]),
])
def test_what_more_there_is_to_say(sharing, words):
    assert share.is_more_to_say(sharing)
    said = "\n".join(share.sentences(sharing))
    assert [word for word in words if word not in said] == []


@pytest.mark.parametrize("link, name", [
    ("data=digits&layers=64-relu,64-relu", "nncore-lab-digits-64-relu-64-relu.txt"),
    ("data=iris&layers=", "nncore-lab-iris-no-hidden-layer.txt"),
    ("data=spiral&layers=" + ",".join(["1024-leaky_relu"] * 8), "nncore-lab-spiral-1024-leaky_relu-1024-leaky_relu-1024-leaky.txt"),
])
def test_a_file_is_named_for_its_run(link, name):
    assert share.file_name(specs.parse(link)[0]) == name
