TEMPLATE = """
def {name}(self):
    return self._{name}
"""
FIELDS = ("width", "height", "depth")


def accessors():
    namespace = {}
    for field in FIELDS:
        exec(TEMPLATE.format(name=field), namespace)
    return {field: property(namespace[field]) for field in FIELDS}


Box = type("Box", (), accessors())
