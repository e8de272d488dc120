import concurrent.futures
import graphlib
import zoneinfo
from importlib import metadata, resources


def order(graph):
    sorter = graphlib.TopologicalSorter(graph)
    return list(sorter.static_order())


def about(name):
    zone = zoneinfo.ZoneInfo("Europe/Berlin")
    with concurrent.futures.ThreadPoolExecutor() as pool:
        return zone, metadata.version(name), resources.files(name), pool
