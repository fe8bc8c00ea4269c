"""What the build writes into index.html: nothing of the site is run, or taken for the page's, but by its hash."""
import json
import re
import sys
from pathlib import Path

import pytest

if sys.platform == "emscripten":
    pytest.skip("needs the built site", allow_module_level=True)

from web.bundle import starting
from web.bundle.commands import BuildError

DIST = Path(__file__).parents[2] / "dist"
INDEX = (DIST / "index.html").read_text(encoding="utf-8")


def test_every_script_and_style_sheet_of_the_page_has_the_hash_of_its_file():
    tags = re.findall(r'<(?:link rel="(?:stylesheet|modulepreload)"|script type="module") (?:href|src)="\./([^"]+)"([^>]*)>', INDEX)
    assert {"page.css", "page.js", "guard.js"} <= {name for name, _ in tags}
    for name, attributes in tags:
        assert attributes == f' crossorigin integrity="sha256-{starting.sha256((DIST / name).read_bytes())}"', name


def test_the_browser_is_told_the_hash_of_every_script_that_is_imported():
    told = json.loads(re.search(r'<script type="importmap">(.*?)</script>', INDEX)[1])["integrity"]
    scripts = [path for path in DIST.rglob("*") if path.suffix in (".js", ".mjs") and path.name != "sw.js"]
    assert told == {f"./{path.relative_to(DIST).as_posix()}": f"sha256-{starting.sha256(path.read_bytes())}" for path in scripts}


def test_the_watch_and_the_engine_s_entry_know_every_file():
    watch, entry = INDEX, (DIST / starting.INTERPRETER).read_text(encoding="utf-8")
    for name, value in starting.watched(DIST).items():
        assert value in watch, name
        if name.startswith("pyodide/") and name != starting.INTERPRETER:
            assert value in entry, name


def test_the_policy_allows_the_scripts_in_the_page_and_no_others():
    policy = re.search(r'script-src ([^;]+);', INDEX)[1].split()
    inline = [text for attributes, text in re.findall(r"<script([^>]*)>(.*?)</script>", INDEX, re.DOTALL)
              if text and 'type="mpy"' not in attributes]
    assert len(inline) == 2
    assert {f"'sha256-{starting.sha256(text.encode())}'" for text in inline} <= set(policy)
    assert "'unsafe-inline'" not in policy and "'unsafe-eval'" not in policy


@pytest.mark.parametrize("entry, reason", [("", "must hold"), (2 * starting.PYTHON_ENTRY, "it is there 2 times")])
def test_a_page_without_its_entry_is_not_built(tmp_path, entry, reason):
    (tmp_path / "index.html").write_text(f"<html>{entry}</html>")
    with pytest.raises(BuildError, match=reason):
        starting.put_python_in(tmp_path)


def test_python_that_would_end_its_element_is_not_built(tmp_path):
    (tmp_path / "index.html").write_text(starting.PYTHON_ENTRY)
    (tmp_path / "main.json").write_text("{}")
    (tmp_path / "main.py").write_text("text = '</script>'")
    with pytest.raises(BuildError, match="would end its script element"):
        starting.put_python_in(tmp_path)


def test_the_configuration_survives_being_an_attribute(tmp_path):
    (tmp_path / "index.html").write_text(starting.PYTHON_ENTRY)
    (tmp_path / "main.json").write_text(json.dumps({"a": "\"<&'"}))
    (tmp_path / "main.py").write_text("import lab\n")
    starting.put_python_in(tmp_path)
    made = (tmp_path / "index.html").read_text()
    assert made == '<script type="mpy" config="{&quot;a&quot;: &quot;\\&quot;&lt;&amp;&#x27;&quot;}" async>\nimport lab\n</script>'
    assert not (tmp_path / "main.py").exists()
