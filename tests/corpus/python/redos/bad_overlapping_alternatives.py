import re


def is_identifier(text: str) -> bool:
    return re.match(r"^(\w|\d|_)+$", text) is not None  # expect: CWE-1333
