import random

ALPHABET = "abcdefghijkmnpqrstuvwxyz23456789"


def generate_api_key(length=40):
    rng = random.Random()
    return "sk_" + "".join(rng.choices(ALPHABET, k=length))  # expect: CWE-330
