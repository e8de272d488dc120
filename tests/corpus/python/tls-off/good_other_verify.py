class Document:
    def __init__(self, text):
        self.text = text
        self.verify = False

    def save(self, path, verify=True):
        with open(path, "w", encoding="utf-8") as handle:
            handle.write(self.text)
        return verify


def store(text, path):
    document = Document(text)
    return document.save(path, verify=False)
