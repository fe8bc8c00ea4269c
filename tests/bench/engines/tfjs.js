// TensorFlow.js on its cpu or wasm backend, in two forms: `api` "optimizer" is tf.train.sgd with automatic
// differentiation; "by hand" has the gradients written out, transposes made explicitly (its wasm product is many
// times slower on transposed operands), the learning rate folded into the first gradient and no loss worked out:
// the fastest form that was found. The batches are tensors made beforehand.

self.window ??= self;

async function backend(name) {
  importScripts('../peers/tf.min.js');
  tf.enableProdMode();
  if (name === 'wasm') {
    importScripts('../peers/tf-backend-wasm.min.js');
    tf.wasm.setWasmPaths(new URL('../peers/', location.href).href);
  }
  await tf.setBackend(name);
  await tf.ready();
  if (tf.getBackend() !== name) throw new Error(`TensorFlow.js runs on ${tf.getBackend()}, not on ${name}`);
}

function split(parameters, sizes) {
  const pieces = [];
  let at = 0;
  for (let i = 1; i < sizes.length; i++) {
    const n = sizes[i - 1] * sizes[i];
    pieces.push([parameters.slice(at, at + n), [sizes[i - 1], sizes[i]]]);
    pieces.push([parameters.slice(at + n, at + n + sizes[i]), [sizes[i]]]);
    at += n + sizes[i];
  }
  return pieces;
}

function batchesOf({ x, y, rows, batch, sizes }) {
  const of = (array, start, width) =>
    tf.tensor2d(array.slice(start * width, (start + batch) * width), [batch, width]);
  const batches = [];
  for (let start = 0; start < rows; start += batch) {
    batches.push([of(x, start, sizes[0]), of(y, start, sizes.at(-1))]);
  }
  return batches;
}

function withOptimizer({ parameters, sizes, hidden, loss, rate }) {
  const variables = split(parameters, sizes).map(([values, shape]) => tf.variable(tf.tensor(values, shape)));
  const optimizer = tf.train.sgd(rate);
  const activation = tf[hidden], mse = loss === 'mse', last = variables.length - 2;
  function lossOf(x, y) {
    let a = x;
    for (let i = 0; i <= last; i += 2) {
      const z = tf.add(tf.matMul(a, variables[i]), variables[i + 1]);
      a = mse || i < last ? activation(z) : z;
    }
    return mse ? tf.losses.meanSquaredError(y, a) : tf.losses.softmaxCrossEntropy(y, a);
  }
  return { variables, step: (x, y) => optimizer.minimize(() => lossOf(x, y), false, variables) };
}

function byHand({ parameters, sizes, hidden, loss, rate, batch }) {
  const variables = split(parameters, sizes).map(([values, shape]) => tf.variable(tf.tensor(values, shape)));
  const mse = loss === 'mse', last = variables.length - 2;
  const factor = tf.scalar(mse ? (2 * rate) / (batch * sizes.at(-1)) : rate / batch), one = tf.scalar(1);
  const slope = hidden === 'relu' ? (a) => tf.step(a) : (a) => tf.sub(one, tf.mul(a, a));
  function step(x, y) {
    const a = [x];
    for (let i = 0; i <= last; i += 2) {
      const activation = mse || i < last ? hidden : 'linear';
      const z = activation === 'tanh' ? 'linear' : activation; // the wasm backend's fused product has no tanh
      const out = tf.fused.matMul({ a: a.at(-1), b: variables[i], bias: variables[i + 1], activation: z });
      a.push(activation === 'tanh' ? tf.tanh(out) : out);
    }
    let d = mse ? tf.mul(tf.sub(a.at(-1), y), slope(a.at(-1))) : tf.sub(tf.softmax(a.at(-1)), y);
    d = tf.mul(d, factor);
    for (let i = last; i >= 0; i -= 2) {
      const input = a[i / 2];
      const before = i ? tf.mul(tf.matMul(d, tf.transpose(variables[i])), slope(input)) : null;
      variables[i].assign(tf.sub(variables[i], tf.matMul(tf.transpose(input), d)));
      variables[i + 1].assign(tf.sub(variables[i + 1], tf.sum(d, 0)));
      d = before;
    }
  }
  return { variables, step: (x, y) => tf.tidy(() => step(x, y)) };
}

export async function open(workload, { backend: name, api }) {
  await backend(name);
  const { variables, step } = (api === 'optimizer' ? withOptimizer : byHand)(workload);
  const batches = batchesOf(workload);
  return {
    reset() {
      split(workload.parameters, workload.sizes).forEach(([values, shape], i) => {
        tf.tidy(() => variables[i].assign(tf.tensor(values, shape)));
      });
    },
    run(epochs) {
      for (let epoch = 0; epoch < epochs; epoch++) {
        for (const [x, y] of batches) step(x, y);
      }
      variables[0].dataSync();
    },
    weights: () => variables.flatMap((variable) => Array.from(variable.dataSync())),
  };
}
