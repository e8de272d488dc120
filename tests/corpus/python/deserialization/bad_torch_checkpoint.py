import argparse

import torch
from torch import nn


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("checkpoint")
    args = parser.parse_args()
    model = nn.Linear(10, 2)
    state = torch.load(args.checkpoint, map_location="cpu", weights_only=False)  # expect: CWE-502
    model.load_state_dict(state["model"])
    print(sum(p.numel() for p in model.parameters()))


if __name__ == "__main__":
    main()
