"""PyScript's modules are changed where they are as they were, and nothing is changed unnoticed where they are not."""
import sys

import pytest

if sys.platform == "emscripten":
    pytest.skip("needs the source tree", allow_module_level=True)

from web.bundle import anywhere
from web.bundle.commands import BuildError

SOUND = """indexedDB.open(x);new URL(e,t.replace(/^blob:/,""));super(e,wr({type:"module"},o));
new W(URL.createObjectURL(new Blob(["/*@*/"+'indexedDB.open(y);new URL(e,t.replace(/^blob:/,""))'.replace(Wr,Hr)],{type:"text/javascript"})))"""


def prepared(folder, text):
    path = folder / "core-abc.js"
    path.write_text(text)
    anywhere.prepare(folder)
    return path.read_text()


def test_the_worker_is_a_script_where_a_frame_has_no_origin(tmp_path):
    text = prepared(tmp_path, SOUND)
    assert "indexedDB" not in text
    assert 'super(e,wr({type:self.origin==="null"?"classic":"module"},o))' in text
    assert """new Blob([self.origin==="null"?'(async()=>{"use strict";':"/*@*/",'(()=>{""" in text
    assert text.count('.startsWith("blob:null")?void 0:') == 2


@pytest.mark.parametrize("gone", ["indexedDB", '{type:"module"}', "/^blob:/", "/*@*/"])
def test_what_is_no_longer_there_ends_the_build(tmp_path, gone):
    with pytest.raises(BuildError, match="see whether web/bundle/anywhere.py still does"):
        prepared(tmp_path, SOUND.replace(gone, "other", 1))
