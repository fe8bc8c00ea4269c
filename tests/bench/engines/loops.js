// What scalar JavaScript can do: loops by hand over flat Float32Arrays, nothing allocated, no loss worked out.

export function open({ sizes, hidden, loss, batch, rate, rows, parameters, x, y }) {
  const relu = hidden === 'relu', mse = loss === 'mse', last = sizes.length - 2;
  const flat = parameters.slice(), gradient = new Float32Array(flat.length);
  const layers = [];
  let at = 0;
  for (let i = 0; i <= last; i++) {
    const [n, m] = [sizes[i], sizes[i + 1]], end = at + n * m;
    const views = (array) => [array.subarray(at, end), array.subarray(end, end + m)];
    const [w, b] = views(flat), [dw, db] = views(gradient);
    layers.push({ n, m, w, b, dw, db, a: new Float32Array(m), d: new Float32Array(m) });
    at = end + m;
  }
  const input = new Float32Array(sizes[0]);

  function forward(taken, { n, m, w, b, a }, isLast) {
    for (let j = 0; j < m; j++) a[j] = b[j];
    for (let i = 0, k = 0; i < n; i++) {
      const value = taken[i];
      for (let j = 0; j < m; j++, k++) a[j] += value * w[k];
    }
    if (!relu) for (let j = 0; j < m; j++) a[j] = Math.tanh(a[j]);
    else if (!isLast) for (let j = 0; j < m; j++) if (a[j] < 0) a[j] = 0;
  }

  function slopeOfLoss({ m, a, d }, target, from) {
    if (mse) {
      for (let j = 0; j < m; j++) d[j] = (2 / m) * (a[j] - target[from + j]) * (1 - a[j] * a[j]);
      return;
    }
    let largest = a[0], sum = 0;
    for (let j = 1; j < m; j++) if (a[j] > largest) largest = a[j];
    for (let j = 0; j < m; j++) sum += d[j] = Math.exp(a[j] - largest);
    for (let j = 0; j < m; j++) d[j] = d[j] / sum - target[from + j];
  }

  function backward(taken, { n, m, w, dw, db, d }, before) {
    for (let j = 0; j < m; j++) db[j] += d[j];
    for (let i = 0, k = 0; i < n; i++) {
      const value = taken[i];
      if (before === null) {
        for (let j = 0; j < m; j++, k++) dw[k] += value * d[j];
        continue;
      }
      let sum = 0;
      for (let j = 0; j < m; j++, k++) {
        dw[k] += value * d[j];
        sum += w[k] * d[j];
      }
      before[i] = relu ? (value > 0 ? sum : 0) : sum * (1 - value * value);
    }
  }

  function row(r) {
    const width = sizes[0];
    for (let i = 0, from = r * width; i < width; i++) input[i] = x[from + i];
    for (let l = 0; l <= last; l++) forward(l ? layers[l - 1].a : input, layers[l], l === last);
    slopeOfLoss(layers[last], y, r * layers[last].m);
    for (let l = last; l >= 0; l--) {
      backward(l ? layers[l - 1].a : input, layers[l], l ? layers[l - 1].d : null);
    }
  }

  return {
    reset: () => flat.set(parameters),
    run(epochs) {
      for (let epoch = 0; epoch < epochs; epoch++) {
        for (let r = 0; r < rows;) {
          for (const end = r + batch; r < end; r++) row(r);
          for (let k = 0; k < flat.length; k++) {
            flat[k] -= (rate / batch) * gradient[k];
            gradient[k] = 0;
          }
        }
      }
    },
    weights: () => flat,
  };
}
