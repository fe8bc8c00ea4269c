// Fills the Output card's tables, whose places Python has made: counts, mistakes, reconstructions. And tells which
// neuron is looked at. JavaScript for the reason given in paint.js.
import { image, tint } from './paint.js';

/** Counts of a confusion matrix, shaded by their share of the row (the true class), and that share for the right ones. */
export function confusion(table, counts, classes) {
  const cells = table.querySelectorAll('td[data-cell]'), recalls = table.querySelectorAll('td[data-recall]');
  if (cells.length !== counts.length) return;
  for (let row = 0; row < classes; row++) {
    const line = counts.subarray(row * classes, (row + 1) * classes), total = line.reduce((sum, n) => sum + n, 0);
    line.forEach((count, column) => {
      const cell = cells[row * classes + column], shown = `${count} of ${total}`;
      if (cell.dataset.cell === shown) return;
      cell.dataset.cell = shown;
      cell.textContent = count || '·';
      cell.classList.toggle('empty', !count);
      tint(cell, total ? count / total : 0);
    });
    const recall = total ? `${Math.round(100 * line[row] / total)} %` : '–';
    if (recalls[row].textContent !== recall) recalls[row].textContent = recall;
  }
}

/** The mistakes onto their places, the rest of which stay empty. Names are the page's own, never a stranger's. */
export function mistakes(list, rows) {
  [...list.children].forEach((place, i) => {
    const mistake = rows[i], say = (name, text) => { const node = place.querySelector(`.${name}`); if (node.textContent !== text) node.textContent = text; };
    place.classList.toggle('none', !mistake);
    place.setAttribute('aria-hidden', String(!mistake));
    if (!mistake) return;
    const { row, truth, answer, probability, picture } = mistake, canvas = place.querySelector('canvas');
    if (picture && canvas) { image(canvas, picture.rgba, picture.width, picture.height); canvas.setAttribute('aria-label', `row ${row}`); }
    place.title = `row ${row}: true ${truth}, predicted ${answer} with probability ${probability.toFixed(3)}`;
    if (!canvas) say('row', `row ${row}`);
    say('truth', truth); say('answer', answer);
    const percent = (100 * probability).toFixed(0);
    say('probability', percent === '100' ? '>99 %' : `${percent} %`);
  });
}

/** Originals and reconstructions onto their places. */
export function pairs(table, rows) {
  for (const kind of ['original', 'again']) {
    table.querySelectorAll(`canvas.${kind}`).forEach((canvas, i) => {
      canvas.classList.toggle('none', !rows[i]);
      if (!rows[i]) return;
      const { width, height, rgba } = rows[i][kind];
      image(canvas, rgba, width, height);
      canvas.title = `row ${rows[i].row}`;
      canvas.setAttribute('aria-label', `${kind === 'again' ? 'reconstruction' : 'original'} of row ${rows[i].row}`);
    });
  }
}

// ---- which neuron is looked at

/** Tells `say(column, neuron)` which tile has the pointer, else the focus; -1 for none. Only when that changes. */
export function watchTiles(say) {
  const home = '#columns .neuron';
  let pointed = null, shown = '';
  const tile = (node) => (node && node.isConnected && node.closest?.(home)?.querySelector('canvas[id^="tile-"]')) || null;
  const tell = () => {
    const focused = document.activeElement?.matches(':focus-visible') ? document.activeElement : null;
    const found = tile(pointed) ?? tile(focused), id = found ? found.id : '';
    if (id === shown) return;
    shown = id;
    const [, column, neuron] = id ? id.split('-').map(Number) : [0, -1, -1];
    say(column, neuron);
  };
  document.addEventListener('pointerover', (event) => { pointed = event.target; tell(); });
  document.documentElement.addEventListener('pointerleave', () => { pointed = null; tell(); });
  document.addEventListener('focusin', tell);
  document.addEventListener('focusout', () => queueMicrotask(tell));
}
