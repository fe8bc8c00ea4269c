"""The elements of the exhibit Layer code."""

from ui.markup import Markup
PAGE = Markup("""<header class="code-head"><h2>Layer code</h2><p>A dense layer is ten lines of Python. Change them and run them: your class
gets the sizes and the batch of a layer of the lab's network and the same seed as nncore's own, so every cell must come out equal.</p></header>
<div class="code-bench">
<section class="card" aria-labelledby="code-h-yours"><header><h3 id="code-h-yours">The class of the notes, yours to change</h3></header>
  <div class="code-editor" id="code-editor"></div>
  <div class="code-buttons"><button class="button" type="button" id="code-run" data-do="code_run" disabled><svg aria-hidden="true"><use href="#i-play"/></svg>Run</button>
    <button class="button" type="button" id="code-stop" data-do="code_stop" disabled>Stop</button>
    <button class="button quiet" type="button" id="code-restore" data-do="code_restore"><svg aria-hidden="true"><use href="#i-reset"/></svg>Restore</button>
    <button class="button quiet" type="button" id="code-copy" data-do="code_copy" data-part="share"><svg aria-hidden="true"><use href="#i-link"/></svg><span id="code-copy-words" aria-live="polite">Copy link with the code</span></button></div>
  <div class="code-said"><p class="code-status" id="code-status" role="status">What runs here is your own Python, in a box in this tab that nothing leaves but numbers and words. To leave the editor by keyboard: Escape, then Tab.</p>
  <p class="code-error" id="code-error" role="alert"></p></div>
  <details class="more" id="code-trace" hidden><summary>The whole traceback</summary><pre class="code-paper" id="code-traceback" tabindex="0"></pre></details>
  <div id="code-printed" hidden><h4>Printed</h4><pre class="code-paper" id="code-paper" tabindex="0"></pre></div>
</section>
<section class="card" aria-labelledby="code-h-theirs"><header><h3 id="code-h-theirs">Dense, as nncore has it</h3><p class="facts hint">its source, read only</p></header>
  <div class="code-editor" id="code-theirs"></div>
  <p class="hint" id="code-theirs-hint"></p>
</section>
</div>
<section class="card code-results" aria-labelledby="code-h-results"><header><h3 id="code-h-results">Cell by cell</h3>
  <div class="segmented" role="group" aria-label="Layer" id="code-layers"></div><p class="hint" id="code-facts"></p></header>
  <div class="code-arrays" id="code-arrays"><p class="hint">NumPy is still loading …</p></div>
  <p class="hint" id="code-legend"></p>
</section>""")
