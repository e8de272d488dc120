import re

WORDS = re.compile(r"^(\s*\w+\s*)+;$")  # expect: CWE-1333


def statements(lines):
    return [line for line in lines if WORDS.match(line)]
