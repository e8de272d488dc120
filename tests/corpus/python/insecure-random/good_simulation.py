import random


def roll(count, sides=6):
    return [random.randint(1, sides) for _ in range(count)]


def shuffled(cards):
    deck = list(cards)
    random.shuffle(deck)
    return deck


def jitter(delay):
    return delay * (1 + random.random() / 10)
