import sys

from lxml import etree

PARSER = etree.XMLParser(load_dtd=True, no_network=False, resolve_entities=True)  # expect: CWE-611


def title(path):
    return etree.parse(path, PARSER).findtext("title")


if __name__ == "__main__":
    print(title(sys.argv[1]))
