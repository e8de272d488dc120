import sys

import pandas as pd


def select(frame: pd.DataFrame, condition: str) -> pd.DataFrame:
    expression = f"lambda row: {condition}"
    predicate = eval(expression)  # expect: CWE-94 @ expression
    return frame[frame.apply(predicate, axis=1)]


if __name__ == "__main__":
    table = pd.read_csv(sys.argv[1])
    print(select(table, sys.argv[2]).to_string())
