from aiohttp import web
from lxml import etree

PLANTS = etree.parse("/srv/plants.xml")


class Search:
    def __init__(self):
        self._parts = ["//plant"]

    def in_family(self, name):
        self._parts.append(f"[family='{name}']")
        return self

    @property
    def path(self):
        return "".join(self._parts)


async def plants(request):
    search = Search().in_family(request.query["family"])
    found = PLANTS.xpath(search.path)  # expect: CWE-643
    return web.json_response([plant.get("name") for plant in found])
