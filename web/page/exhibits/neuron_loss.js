// The loss of one neuron and its gradient, as nncore computes them. In JavaScript because the bowl asks for
// thousands of losses and dragging for all of them again at once; tests compare every number with nncore's.

// Each activation: a from z, and its slope from a.
export const ACTIVATIONS = {
  linear: [(z) => z, () => 1],
  relu: [(z) => Math.max(z, 0), (a) => (a > 0 ? 1 : 0)],
  sigmoid: [(z) => 0.5 + 0.5 * Math.tanh(0.5 * z), (a) => a * (1 - a)],
  tanh: [Math.tanh, (a) => 1 - a * a],
};

/** The mean of (a − y)² over the points [[x, y], …]. */
export function loss(points, activation, weight, bias) {
  const [act] = ACTIVATIONS[activation];
  let sum = 0;
  for (const [x, y] of points) sum += (act(weight * x + bias) - y) ** 2;
  return sum / points.length;
}

/** The loss, its derivatives by weight and bias, and for each point the neuron's answer and slope. */
export function measure(points, activation, weight, bias) {
  const [act, slope] = ACTIVATIONS[activation], answers = [], slopes = [];
  let [dWeight, dBias] = [0, 0];
  for (const [x, y] of points) {
    const a = act(weight * x + bias), s = slope(a), part = (2 / points.length) * (a - y) * s;
    answers.push(a); slopes.push(s);
    dWeight += part * x; dBias += part;
  }
  return { loss: loss(points, activation, weight, bias), dWeight, dBias, answers, slopes };
}

/** Losses over a square of side × side weights and biases from −range to range; the highest bias comes first. */
export function field(points, activation, range, side) {
  const values = new Float64Array(side * side);
  for (let i = 0; i < values.length; i++) {
    const weight = range * (2 * (i % side) / (side - 1) - 1), bias = range * (1 - 2 * Math.floor(i / side) / (side - 1));
    values[i] = loss(points, activation, weight, bias);
  }
  return values;
}
