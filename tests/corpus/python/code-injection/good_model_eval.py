import torch
from torch import nn


def accuracy(model: nn.Module, loader) -> float:
    """Share of right answers on a data set."""
    model.eval()
    right = total = 0
    with torch.no_grad():
        for images, labels in loader:
            predicted = model(images).argmax(dim=1)
            right += (predicted == labels).sum().item()
            total += labels.size(0)
    return right / total
