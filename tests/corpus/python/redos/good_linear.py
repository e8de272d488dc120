import re

EMAIL = re.compile(r"^[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9.-]{1,255}\.[A-Za-z]{2,10}$")
NUMBER = re.compile(r"^-?\d+(?:\.\d+)?$")
PATH = re.compile(r"^(?:/[a-z0-9-]+)+$")


def kind(text):
    if EMAIL.match(text):
        return "email"
    if NUMBER.match(text):
        return "number"
    return "path" if PATH.match(text) else "other"
