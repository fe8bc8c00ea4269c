// The code editor of the exhibit Layer code: CodeMirror in a shadow root, where its style sheets are adopted ones,
// which the page's strict content policy allows. JavaScript because CodeMirror is; what the text means and when it
// runs is decided in Python.
import {
  bracketMatching, Decoration, defaultKeymap, EditorState, EditorView, highlightActiveLine, HighlightStyle, history, historyKeymap,
  indentOnInput, indentUnit, indentWithTab, keymap, lineNumbers, python, StateEffect, StateField, syntaxHighlighting, tags,
} from '../codemirror/codemirror.js';

// All colours are the page's tokens, so that the editor follows the theme by itself and keeps 4.5:1 in both.
const colours = HighlightStyle.define([
  { tag: [tags.keyword, tags.operatorKeyword, tags.controlKeyword, tags.definitionKeyword, tags.moduleKeyword], color: 'var(--d1)', fontWeight: '600' },
  { tag: [tags.string, tags.special(tags.string)], color: 'var(--d0)' },
  { tag: [tags.number, tags.bool, tags.null], color: 'var(--d2)' },
  { tag: tags.comment, color: 'var(--ink-2)', fontStyle: 'italic' },
  { tag: [tags.definition(tags.className), tags.className, tags.function(tags.definition(tags.variableName))], fontWeight: '700' },
  { tag: tags.self, color: 'var(--d3)' },
]);

const look = EditorView.theme({
  '&': { height: '100%', color: 'var(--ink)', backgroundColor: 'var(--card)', fontSize: 'var(--code-letters, .8125rem)' },
  '&.cm-focused': { outline: '2px solid var(--accent)', outlineOffset: '-2px' },
  '.cm-scroller': { fontFamily: 'var(--mono)', lineHeight: '1.55' },
  '.cm-content': { caretColor: 'var(--ink)' },
  '.cm-gutters': { color: 'var(--ink-2)', backgroundColor: 'var(--sunken)', border: 'none' },
  '.cm-activeLine, .cm-activeLineGutter': { backgroundColor: 'color-mix(in srgb, var(--ink) 5%, transparent)' },
  '.cm-line::selection, .cm-line ::selection': { backgroundColor: 'var(--accent-soft)' },
  '&.cm-focused .cm-matchingBracket': { backgroundColor: 'var(--accent-soft)', outline: '1px solid var(--accent)' },
  '.cm-wrong': { backgroundColor: 'var(--alarm-soft)', boxShadow: 'inset 3px 0 0 var(--alarm)' },
});

const mark = StateEffect.define();
const marked = StateField.define({
  create: () => Decoration.none,
  update(lines, change) {
    for (const effect of change.effects) {
      if (effect.is(mark)) {
        const number = effect.value;
        if (number < 1 || number > change.state.doc.lines) return Decoration.none;
        return Decoration.set([Decoration.line({ class: 'cm-wrong' }).range(change.state.doc.line(number).from)]);
      }
    }
    return change.docChanged ? Decoration.none : lines;
  },
  provide: (field) => EditorView.decorations.from(field),
});

// Where typed text replaces a selection, Chromium wraps it in an element with a style attribute, to keep the look of
// what was there; the content policy refuses that, with an error on the console. So that replacement is made here.
const replacing = EditorView.domEventHandlers({
  beforeinput(event, view) {
    if (event.inputType !== 'insertText' || !event.data || view.state.selection.main.empty || view.state.readOnly) return false;
    event.preventDefault();
    view.dispatch(view.state.replaceSelection(event.data), { userEvent: 'input.type', scrollIntoView: true });
    return true;
  },
});

/** An editor in the element `host`; `changed(text)` hears of every change, and without it the text is read only. */
export function mount(host, text, label, unit, changed) {
  const root = host.attachShadow({ mode: 'open' });
  const only = changed ? [] : [EditorState.readOnly.of(true), EditorView.lineWrapping];
  const watching = changed ? [EditorView.updateListener.of((update) => { if (update.docChanged) changed(update.state.doc.toString()); })] : [];
  const view = new EditorView({
    root, parent: root,
    state: EditorState.create({
      doc: text,
      extensions: [
        lineNumbers(), history(), bracketMatching(), indentOnInput(), indentUnit.of(unit), python(), syntaxHighlighting(colours),
        marked, look, replacing, ...(changed ? [highlightActiveLine()] : []), ...only, ...watching,
        // Escape and then Tab leaves the editor: CodeMirror lets the Tab after an Escape pass.
        keymap.of([...(changed ? [indentWithTab] : []), ...defaultKeymap, ...historyKeymap]),
        EditorView.contentAttributes.of({ 'aria-label': label }),
      ],
    }),
  });
  return {
    text: () => view.state.doc.toString(),
    put: (other) => view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: other } }),
    mark: (line) => view.dispatch({ effects: [mark.of(line), ...(line ? [EditorView.scrollIntoView(view.state.doc.line(Math.min(line, view.state.doc.lines)).from)] : [])] }),
    focus: () => view.focus(),
  };
}
