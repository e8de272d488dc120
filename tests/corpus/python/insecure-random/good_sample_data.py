import random

CITIES = ["Rome", "Lima", "Oslo"]


def sample_users(count, seed=7):
    """Users for a demonstration; their tokens come from the server."""
    generator = random.Random(seed)
    return [{"id": n, "city": generator.choice(CITIES), "token": None} for n in range(count)]
