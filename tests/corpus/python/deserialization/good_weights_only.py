import torch
from safetensors.torch import load_file
from torch import nn


def restore(model: nn.Module, path: str) -> nn.Module:
    """The weights of a model, from either format."""
    if path.endswith(".safetensors"):
        model.load_state_dict(load_file(path))
    else:
        model.load_state_dict(torch.load(path, map_location="cpu", weights_only=True))
    return model
