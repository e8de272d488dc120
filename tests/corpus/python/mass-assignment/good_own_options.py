class Chart:
    def __init__(self, **options):
        for key, value in options.items():
            setattr(self, key, value)


DEFAULTS = {"width": 640, "height": 480, "legend": True}


def chart(title):
    return Chart(title=title, **DEFAULTS)
