ALLOWED = {"admin"}


def is_allowed(role):
    allowed = role in ALLOWED
    value = "al​lowed"  # expect: CWE-838|CWE-1007|CWE-451
    return allowed
