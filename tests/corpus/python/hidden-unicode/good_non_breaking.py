PRICES = {"kaffee": "3,20 €", "tee": "2,80 €"}
SEPARATOR = " … "


def menu():
    return SEPARATOR.join(f"{name}: {price}" for name, price in PRICES.items())
