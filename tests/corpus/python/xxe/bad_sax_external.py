import io
import xml.sax
from xml.sax.handler import ContentHandler, feature_external_ges


class Names(ContentHandler):
    def __init__(self):
        super().__init__()
        self.names = []

    def startElement(self, name, attrs):
        self.names.append(name)


def element_names(document: str):
    handler = Names()
    parser = xml.sax.make_parser()
    parser.setFeature(feature_external_ges, True)  # expect: CWE-611
    parser.setContentHandler(handler)
    parser.parse(io.StringIO(document))
    return handler.names
