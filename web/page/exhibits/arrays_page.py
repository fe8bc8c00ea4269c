"""The elements of the exhibit Arrays, and its examples."""

from ui.markup import Markup, join
EXAMPLES = [  # name, text
    ("number", "5"), ("vector", "[1, 2, 3]"), ("matrix", "[[1, 2, 3],\n [4, 5, 6]]"),
    ("tensor", "[[[1, 2], [3, 4]],\n [[5, 6], [7, 8]],\n [[9, 10], [11, 12]]]"),
    ("ragged", "[[1, 2],\n [3, 4, 5]]"), ("ragged, deeper", "[[[1, 2], [3, 4]],\n [[5, 6], [7, 8, 9]]]"),
    ("mixed types", "[1, 2.5, 'three', True]"), ("empty", "[]"), ("strings", "['red', 'green', 'blue']"),
]

PAGE = Markup("""<header class="arrays-head"><h2>Arrays</h2><p>Type or paste a list, or take one of the examples. Where all
sublists of a level have the same number of items, the list is an array and has a shape. Where one differs, it is named.</p></header>
<div class="arrays-bench">
<section class="card" aria-labelledby="arrays-h-list"><header><h3 id="arrays-h-list">Your list</h3></header>
  <div class="arrays-examples" role="group" aria-label="Examples">%s</div>
  <textarea id="arrays-text" inputmode="text" rows="7" maxlength="20001" spellcheck="false" autocomplete="off" autocapitalize="off" aria-labelledby="arrays-h-list" aria-describedby="arrays-message" data-set="arrays_text"></textarea>
  <label class="check"><input type="checkbox" id="arrays-predict" data-set="arrays_predict">Predict first: hide the shape until I have guessed</label>
  <p class="arrays-message" id="arrays-message" role="alert"></p>
  <p class="hint" id="arrays-remark"></p>
</section>
<section class="card" aria-labelledby="arrays-h-picture"><header><h3 id="arrays-h-picture">The same as boxes</h3><p class="facts"><span class="hint" id="arrays-stale"></span></p></header>
  <div class="arrays-picture" id="arrays-picture" role="group" aria-label="Items: the arrow keys walk them, PageUp and PageDown change the sheet"></div>
  <p class="arrays-readout" id="arrays-readout" role="status"></p>
</section>
<section class="card" aria-labelledby="arrays-h-facts"><header><h3 id="arrays-h-facts">What it is</h3></header>
  <div class="arrays-ask" id="arrays-ask" hidden>
    <label class="field" for="arrays-guess">Which shape has it?</label>
    <div><input type="text" id="arrays-guess" inputmode="text" autocomplete="off" spellcheck="false" placeholder="(rows, columns)" data-set="arrays_guess"><button class="button" type="button" id="arrays-check" data-do="arrays_check">Check</button></div>
  </div>
  <p class="arrays-verdict" id="arrays-verdict" role="status"></p>
  <table class="arrays-facts" id="arrays-facts"></table>
  <h3 class="arrays-numpy-head">What <code>np.array</code> makes of it</h3>
  <div id="arrays-numpy" aria-live="polite"></div>
</section>
</div>""") % join(Markup('<button class="button" type="button" data-do="arrays_example" data-which="%d">%s</button>') % (i, name)
                    for i, (name, _) in enumerate(EXAMPLES))
