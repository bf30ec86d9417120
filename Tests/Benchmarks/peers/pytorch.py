"""PyTorch eager on one thread: a prediction kept and one Adam step a batch, float32; records a CPU second.

Arguments: mlp, cnn8, cnn28, gru or vae, then the batch.
"""

import sys
import time

import torch
from torch import nn

torch.set_num_threads(1)
torch.manual_seed(1)


class LastStep(nn.Module):
    def __init__(self):
        super().__init__()
        self.cells = nn.GRU(16, 32, batch_first=True)
        self.output = nn.Linear(32, 10)

    def forward(self, sequences):
        return self.output(self.cells(sequences)[0][:, -1])


class Autoencoder(nn.Module):
    def __init__(self):
        super().__init__()
        self.encoder = nn.Sequential(nn.Linear(32, 16), nn.ReLU())
        self.mean, self.deviation = nn.Linear(16, 4), nn.Linear(16, 4)
        self.decoder = nn.Sequential(nn.Linear(4, 16), nn.ReLU(), nn.Linear(16, 32))

    def loss(self, records):
        hidden = self.encoder(records)
        mean, logarithm = self.mean(hidden), self.deviation(hidden)
        drawn = mean + torch.exp(0.5 * logarithm) * torch.randn_like(mean)
        reconstruction = ((self.decoder(drawn) - records) ** 2).sum(1)
        divergence = -0.5 * (1 + logarithm - mean**2 - torch.exp(logarithm)).sum(1)
        return (reconstruction + divergence).mean()


def convolutional(side):
    return nn.Sequential(
        nn.Conv2d(1, 8, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2),
        nn.Conv2d(8, 16, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2),
        nn.Flatten(), nn.Linear(16 * (side // 4) ** 2, 10))


SHAPES = {"mlp": (64,), "cnn8": (1, 8, 8), "cnn28": (1, 28, 28), "gru": (16, 16), "vae": (32,)}


def network(kind):
    if kind == "mlp":
        return nn.Sequential(nn.Linear(64, 128), nn.ReLU(), nn.Linear(128, 64), nn.ReLU(), nn.Linear(64, 10))
    return {"cnn8": lambda: convolutional(8), "cnn28": lambda: convolutional(28), "gru": LastStep, "vae": Autoencoder}[
        kind]()


def main():
    kind, batch = sys.argv[1], int(sys.argv[2])
    model = network(kind)
    optimizer = torch.optim.Adam(model.parameters(), lr=0.001)
    criterion = nn.CrossEntropyLoss()
    records = torch.randn(64, batch, *SHAPES[kind])
    labels = torch.randint(0, 10, (64, batch))

    def step(number):
        optimizer.zero_grad()
        if kind == "vae":
            loss = model.loss(records[number % 64])
        else:
            loss = criterion(model(records[number % 64]), labels[number % 64])
        loss.backward()
        optimizer.step()

    for number in range(50):
        step(number)
    steps, began = 0, time.process_time()
    while time.process_time() - began < 1:
        for _ in range(20):
            step(steps)
            steps += 1
    print(steps * batch / (time.process_time() - began))


if __name__ == "__main__":
    main()
