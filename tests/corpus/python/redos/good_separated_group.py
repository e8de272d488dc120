import re

LIST = re.compile(r"^\w+(?:,\w+)*$")
DATE = re.compile(r"^(\d{4})-(\d{2})-(\d{2})$")
QUOTED = re.compile(r'"(?:[^"\\]|\\.)*"')


def parse(text):
    return bool(LIST.match(text)), bool(DATE.match(text)), QUOTED.findall(text)
