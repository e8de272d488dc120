GREETINGS = {
    "de": "Grüße aus Köln",
    "ru": "Привет",
    "he": "שלום",
    "ja": "こんにちは",
    "family": "👨‍👩‍👧",
}


def greet(language):
    return GREETINGS.get(language, "Hello")
