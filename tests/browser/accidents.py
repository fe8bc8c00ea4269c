"""Accidents as they happen: what ends an engine's worker, by the browser's own means."""

# Run inside the worker. A timer, since what starts an accident must have returned before it happens.
ENDS = {
    "closed": "self.close()",
    "a loop without end": "void setTimeout(() => { for (;;); })",
    "an error that nobody caught": "void setTimeout(() => { throw new Error('thrown by accident') })",
}
# In the page: ends the engine's worker when so many updates are done, or at once; settles when it has.
AFTER = """
(updates) => new Promise((done) => {
  const shown = document.getElementById('updates');
  const look = () => Number((shown.dataset.value ?? shown.textContent).replace(/\\D/g, '')) >= updates && (watch.disconnect(), done());
  const watch = new MutationObserver(look);
  watch.observe(shown, { childList: true, characterData: true, subtree: true, attributes: true });
  look();
})
"""


def end_engine(lab, kind, updates=0):
    """Ends the engine of a page by that accident, once it has done so many updates."""
    lab.page.evaluate(AFTER, updates)
    lab.page.workers[-1].evaluate(ENDS[kind])
