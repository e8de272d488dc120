def flächeninhalt(länge, breite):
    """Fläche eines Rechtecks; π wird nicht gebraucht."""
    return länge * breite


naïve = flächeninhalt(2, 3)
print("Fläche:", naïve, "m²")
