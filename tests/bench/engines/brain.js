// brain.js, whose `train` updates after every sample and knows no batches: another algorithm, so that its weights
// differ and only the work for a row is comparable.

self.window = self;

export function open({ sizes, hidden, rate, batch, parameters, x, y }) {
  importScripts('../peers/brain.min.js');
  const width = sizes[0], outputs = sizes.at(-1);
  const net = new brain.NeuralNetwork({ hiddenLayers: sizes.slice(1, -1), activation: hidden });
  net.sizes = [...sizes];
  net.initialize();
  Object.assign(net.trainOpts, { learningRate: rate / batch, momentum: 0, errorThresh: 1e-12 });
  const data = Array.from({ length: x.length / width }, (_, row) => ({
    input: x.slice(row * width, (row + 1) * width), output: y.slice(row * outputs, (row + 1) * outputs) }));
  return {
    reset() {
      let at = 0;
      for (let layer = 1; layer < sizes.length; layer++) {
        for (let i = 0; i < sizes[layer - 1]; i++) {
          for (let j = 0; j < sizes[layer]; j++) net.weights[layer][j][i] = parameters[at++];
        }
        for (let j = 0; j < sizes[layer]; j++) net.biases[layer][j] = parameters[at++];
      }
    },
    run: (epochs) => net.train(data, { iterations: epochs }),
    weights: () => sizes.slice(1).flatMap((size, l) => [
      ...Array.from({ length: sizes[l] }, (_, i) => net.weights[l + 1].map((row) => row[i])).flat(),
      ...net.biases[l + 1]]),
  };
}
