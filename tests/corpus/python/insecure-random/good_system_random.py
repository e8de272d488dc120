import random

rng = random.SystemRandom()


def token(length=24):
    alphabet = "abcdefghjkmnpqrstuvwxyz23456789"
    return "".join(rng.choice(alphabet) for _ in range(length))
