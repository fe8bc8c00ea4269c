// ConvNetJS: its layers and its SGD trainer, in float64. The layers are put together by hand, because its
// shorthand has no activation before a regression, whose loss is half the squared error: hence twice the rate.

self.window = self;

export function open({ sizes, hidden, loss, batch, rate, parameters, x, y }) {
  importScripts('../peers/convnet-min.js');
  const { FullyConnLayer, InputLayer, Net, RegressionLayer, SoftmaxLayer, Trainer, Vol } = convnetjs;
  const Activation = hidden === 'relu' ? convnetjs.ReluLayer : convnetjs.TanhLayer;
  const mse = loss === 'mse', last = sizes.length - 1;
  const net = new Net(), full = [];
  net.layers = [new InputLayer({ out_sx: 1, out_sy: 1, out_depth: sizes[0] })];
  const add = (Layer, options = {}) => {
    const layer = new Layer({ in_sx: 1, in_sy: 1, in_depth: net.layers.at(-1).out_depth, ...options });
    net.layers.push(layer);
    return layer;
  };
  for (let i = 1; i <= last; i++) {
    full.push(add(FullyConnLayer, { num_neurons: sizes[i] }));
    if (mse || i < last) add(Activation);
  }
  add(mse ? RegressionLayer : SoftmaxLayer);
  const trainer = new Trainer(net, {
    method: 'sgd', learning_rate: mse ? 2 * rate : rate, momentum: 0, batch_size: batch });

  const width = sizes[0], outputs = sizes[last];
  const samples = Array.from({ length: x.length / width }, (_, row) => {
    const vol = new Vol(1, 1, width, 0);
    vol.w.set(x.subarray(row * width, (row + 1) * width));
    const target = y.subarray(row * outputs, (row + 1) * outputs);
    return [vol, mse ? Array.from(target) : target.indexOf(1)];
  });
  return {
    reset() {
      let at = 0;
      for (const { filters, biases, num_inputs: n } of full) {
        for (let i = 0; i < n; i++) for (const filter of filters) filter.w[i] = parameters[at++];
        for (let j = 0; j < filters.length; j++) biases.w[j] = parameters[at++];
      }
    },
    run(epochs) {
      for (let epoch = 0; epoch < epochs; epoch++) {
        for (const [vol, target] of samples) trainer.train(vol, target);
      }
    },
    weights: () => full.flatMap(({ filters, biases, num_inputs: n }) => [
      ...Array.from({ length: n }, (_, i) => filters.map((filter) => filter.w[i])).flat(), ...biases.w]),
  };
}
