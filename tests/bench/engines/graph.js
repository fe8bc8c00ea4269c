// Neurons and connections as objects that point at each other, walked one by one for every row: the way in
// which TensorFlow Playground's engine works, written anew and with fewer operations than it needs.

class Connection {
  slope = 0;
  constructor(from, to, weight) { Object.assign(this, { from, to, weight }); }
}

class Neuron {
  output = 0;
  error = 0;
  bias = 0;
  slope = 0;
  incoming = [];
  outgoing = [];
}

export function open({ sizes, batch, rate, rows, parameters, x, y }) {
  const layers = sizes.map((size) => Array.from({ length: size }, () => new Neuron()));
  const [inputs, ...learning] = layers, outputs = layers.at(-1);
  layers.slice(1).forEach((layer, l) => layers[l].forEach((from) => layer.forEach((to) => {
    const connection = new Connection(from, to, 0);
    from.outgoing.push(connection);
    to.incoming.push(connection);
  })));
  const inOrder = learning.map((layer, l) => [layers[l].flatMap((neuron) => neuron.outgoing), layer]);

  function row(r) {
    for (let i = 0; i < inputs.length; i++) inputs[i].output = x[r * inputs.length + i];
    for (const layer of learning) {
      for (const neuron of layer) {
        let sum = neuron.bias;
        for (const connection of neuron.incoming) sum += connection.weight * connection.from.output;
        neuron.output = Math.tanh(sum);
      }
    }
    for (let l = learning.length - 1; l >= 0; l--) {
      const layer = learning[l];
      for (let j = 0; j < layer.length; j++) {
        const neuron = layer[j];
        let sum = 0;
        if (layer === outputs) sum = (2 / layer.length) * (neuron.output - y[r * layer.length + j]);
        else for (const connection of neuron.outgoing) sum += connection.weight * connection.to.error;
        neuron.error = sum * (1 - neuron.output * neuron.output);
        neuron.slope += neuron.error;
        for (const connection of neuron.incoming) connection.slope += neuron.error * connection.from.output;
      }
    }
  }

  function update() {
    for (const layer of learning) {
      for (const neuron of layer) {
        neuron.bias -= (rate / batch) * neuron.slope;
        neuron.slope = 0;
        for (const connection of neuron.incoming) {
          connection.weight -= (rate / batch) * connection.slope;
          connection.slope = 0;
        }
      }
    }
  }

  return {
    reset() {
      let at = 0;
      for (const [connections, layer] of inOrder) {
        for (const connection of connections) connection.weight = parameters[at++];
        for (const neuron of layer) neuron.bias = parameters[at++];
      }
    },
    run(epochs) {
      for (let epoch = 0; epoch < epochs; epoch++) {
        for (let r = 0; r < rows;) {
          for (const end = r + batch; r < end; r++) row(r);
          update();
        }
      }
    },
    weights: () => inOrder.flatMap(([connections, layer]) => [
      ...connections.map((connection) => connection.weight), ...layer.map((neuron) => neuron.bias)]),
  };
}
