import xml.etree.ElementTree as ET


class Catalogue:
    def __init__(self, path):
        self.root = ET.parse(path).getroot()

    def by_author(self, author):
        return [book for book in self.root.findall(".//book") if book.get("author") == author]
