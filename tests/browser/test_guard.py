"""The second door: what gets into the document all the same stays words, and what is typed or linked is shown as it stands."""
import pytest
from arrays_page import ArraysPage
from code_page import CodePage
from dot_page import DotPage

HOSTILE = '<img src=x onerror="document.title=1"><button data-do="reset">'
TAKEN_UP = """
async (tag) => {
  const script = document.createElement('script');
  script.type = tag;
  script.append('import js\\njs.document.title = "taken"');
  document.body.append(script, document.createElement(`${tag}-script`));
  const button = document.createElement('button');
  button.setAttribute(`${tag}-click`, 'print(1)');
  document.body.append(button);
  await new Promise((done) => setTimeout(done, 500));
  return script.target === undefined && document.title;
}
"""
REFUSED = """
(way) => {
  const ways = {
    script: (node) => { node.innerHTML = '<script type="mpy">print(1)</' + 'script>'; },
    frame: (node) => { node.innerHTML = '<iframe src="./"></iframe>'; },
    'a quote that closes nothing': (node) => { node.innerHTML = '<img src="#" alt=a" onerror=document.title=1 title=">'; },
    'no end': (node) => { node.innerHTML = '<img src="#" onerror="document.title = 1"'; },
    'a picture': (node) => { node.innerHTML = '<img src="./icon.svg">'; },
    'an attribute for PyScript': (node) => { node.innerHTML = '<button mpy-click="print(1)">x</button>'; },
    handler: (node) => { node.innerHTML = '<img src="x" onerror="document.title = 1">'; },
    link: (node) => { node.innerHTML = '<a href="javascript:document.title = 1">x</a>'; },
    sheet: (node) => { node.insertAdjacentHTML('beforeend', '<link rel="stylesheet" href="./page.css">'); },
    'frame\\'s text': () => { document.createElement('iframe').srcdoc = '<b>x</b><script src="./entry.js"></' + 'script>'; },
    'worker by address': () => new Worker('./exhibits/box/boot.js'),
    'script by address': () => { document.createElement('script').src = './exhibits/dot.js'; },
    'script of text': () => { const script = document.createElement('script'); script.text = 'document.title = 1'; },
    'another policy': () => trustedTypes.createPolicy('mine', {}),
  };
  try {
    ways[way](document.createElement('div'));
    return 'let in';
  } catch (error) {
    return error.name;
  }
}
"""


@pytest.fixture(scope="module")
def page(browser, address):
    """The page once it is alive, without the watch for complaints: the browser tells of each refusal on its console."""
    context = browser.new_context(service_workers="block")
    page = context.new_page()
    page.goto(address)
    page.wait_for_selector("html[data-page=alive]")
    yield page
    context.close()


@pytest.mark.parametrize("tag", ["mpy", "py", "micropython", "pyodide"])
def test_python_that_comes_later_is_not_taken_up(page, tag):
    assert page.evaluate(TAKEN_UP, tag) == "nncore lab"


@pytest.mark.parametrize("way", ["script", "frame", "a quote that closes nothing", "no end", "a picture",
                                 "an attribute for PyScript", "handler", "link", "sheet", "the text of a frame", "worker by address",
                                 "script by address", "script of text", "another policy"])
def test_what_is_not_the_pages_own_is_refused(page, way):
    assert page.evaluate(REFUSED, way) == "TypeError"
    assert page.title() == "nncore lab"


def test_a_strangers_text_is_shown_as_it_stands(lab):
    lab.open("#v=1&data=%3Cimg src=x%3E&layers=3-%3Cimg src=x%3E&code-text=%3Cimg src=x%3E&opt='%3Cimg src=x%3E")
    lab.expect_message("data=<img src=x> is not one of")
    lab.type_into("Learning rate", HOSTILE)
    lab.expect_message("<img src=x")
    lab.open_view("Arrays")
    arrays = ArraysPage(lab.page)
    arrays.type(f"[{HOSTILE!r}, 2]")
    arrays.expect_fact("Shape", "(2,)")
    arrays.type(HOSTILE)
    lab.open_view("Dot product")
    dot = DotPage(lab.page)
    dot.type_matrix("a", HOSTILE)
    dot.expect_complaint("<img")
    lab.open_view("Layer code")
    CodePage(lab.page).expect_source("<img src=x>")
    lab.open_view("Lab")
    assert lab.page.locator("img, button[data-do=reset]:not(#reset)").count() == 0
    assert lab.page.title() == "nncore lab"
