import xml.etree.ElementTree as ET


class Catalogue:
    def __init__(self, path):
        self.root = ET.parse(path).getroot()

    def by_author(self, author):
        return self.root.findall(f".//book[@author='{author}']")  # expect: CWE-643
