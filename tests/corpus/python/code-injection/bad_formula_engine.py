import math


class FormulaEngine:
    """Evaluates spreadsheet formulas."""

    def __init__(self):
        self.names = {"sqrt": math.sqrt, "pi": math.pi}

    def evaluate(self, cell, row):
        names = dict(self.names)
        names.update(row)
        source = cell.lstrip("=")
        code = compile(source, "<cell>", "eval")  # expect: CWE-94
        return eval(code, {"__builtins__": {}}, names)
