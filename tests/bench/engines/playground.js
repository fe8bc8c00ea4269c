// TensorFlow Playground's own engine, its src/nn.ts as the person who runs the benchmark handed it in. It is told
// the slope of the squared error that the other engines have, which is twice its own.

export async function open({ sizes, batch, rate, rows, parameters, x, y }) {
  const nn = await import('../../peers/playground.js');
  const { TANH } = nn.Activations;
  const inputs = Array.from({ length: sizes[0] }, (_, i) => `x${i}`);
  const network = nn.buildNetwork(sizes, TANH, TANH, null, inputs);
  const error = { error: (a, target) => (a - target) ** 2, der: (a, target) => 2 * (a - target) };
  const width = sizes[0];
  const samples = Array.from({ length: rows }, (_, r) => Array.from(x.subarray(r * width, (r + 1) * width)));
  const inOrder = network.slice(1).map((layer, l) => [network[l].flatMap((node) => node.outputs), layer]);
  return {
    reset() {
      let at = 0;
      for (const [links, layer] of inOrder) {
        for (const link of links) link.weight = parameters[at++];
        for (const node of layer) node.bias = parameters[at++];
      }
    },
    run(epochs) {
      for (let epoch = 0; epoch < epochs; epoch++) {
        for (let r = 0; r < rows;) {
          for (const end = r + batch; r < end; r++) {
            nn.forwardProp(network, samples[r]);
            nn.backProp(network, y[r], error);
          }
          nn.updateWeights(network, rate, 0);
        }
      }
    },
    weights: () => inOrder.flatMap(([links, layer]) => [
      ...links.map((link) => link.weight), ...layer.map((node) => node.bias)]),
  };
}
