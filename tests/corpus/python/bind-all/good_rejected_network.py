import ipaddress

UNSPECIFIED = ipaddress.ip_address("0.0.0.0")
NETWORKS = [ipaddress.ip_network("10.0.0.0/8"), ipaddress.ip_network("0.0.0.0/8")]


def is_public(text):
    address = ipaddress.ip_address(text)
    return address != UNSPECIFIED and not any(address in network for network in NETWORKS)
