"""PyTorch as its tutorials use it: a Sequential, a loss, torch.optim.SGD; one thread, natively."""

import numpy as np
import torch
from torch import nn

ACTIVATIONS = {"relu": nn.ReLU, "tanh": nn.Tanh}


def open(workload, parameters, x, y):
    """Return the engine for one workload, a dict; the arrays are those of workloads.arrays."""
    torch.set_num_threads(1)
    return Engine(workload, parameters, x, y)


class Engine:
    """The model; its batches are tensors made beforehand."""

    def __init__(self, workload, parameters, x, y):
        sizes = workload["sizes"]
        self.first = parameters
        self.linear = [nn.Linear(*size) for size in zip(sizes, sizes[1:])]
        parts = [part for linear in self.linear for part in (linear, ACTIVATIONS[workload["hidden"]]())]
        mse = workload["loss"] == "mse"
        self.model = nn.Sequential(*(parts if mse else parts[:-1]))  # CrossEntropyLoss has the softmax in it
        self.loss = nn.MSELoss() if mse else nn.CrossEntropyLoss()
        self.optimizer = torch.optim.SGD(self.model.parameters(), lr=workload["rate"])
        x, y = torch.from_numpy(x), torch.from_numpy(y if mse else y.argmax(axis=1))
        self.batches = list(zip(x.split(workload["batch"]), y.split(workload["batch"])))

    def reset(self):
        """Put the first weights back."""
        start = 0
        with torch.no_grad():
            for linear in self.linear:
                for values in (linear.weight.T, linear.bias):  # PyTorch's weights are (n_neurons, n_inputs)
                    end = start + values.numel()
                    values.copy_(torch.from_numpy(self.first[start:end]).reshape(values.shape))
                    start = end

    def run(self, epochs):
        """Train for some epochs."""
        for _ in range(epochs):
            for x, y in self.batches:
                self.optimizer.zero_grad()
                self.loss(self.model(x), y).backward()
                self.optimizer.step()

    def weights(self):
        """Return the parameters in the order of workloads.arrays."""
        return np.concatenate([values.detach().numpy().ravel() for linear in self.linear
                               for values in (linear.weight.T, linear.bias)])
