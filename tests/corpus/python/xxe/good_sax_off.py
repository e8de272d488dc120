import io
import xml.sax
from xml.sax.handler import ContentHandler, feature_external_ges, feature_external_pes


def check(document):
    parser = xml.sax.make_parser()
    parser.setFeature(feature_external_ges, False)
    parser.setFeature(feature_external_pes, False)
    parser.setContentHandler(ContentHandler())
    parser.parse(io.StringIO(document))
