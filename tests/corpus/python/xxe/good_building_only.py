import xml.etree.ElementTree as ET


def feed(items):
    """An RSS feed; nothing is read here."""
    root = ET.Element("rss", version="2.0")
    channel = ET.SubElement(root, "channel")
    for title, link in items:
        item = ET.SubElement(channel, "item")
        ET.SubElement(item, "title").text = title
        ET.SubElement(item, "link").text = link
    return ET.tostring(root, encoding="unicode")
