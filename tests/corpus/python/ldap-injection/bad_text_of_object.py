from fastapi import APIRouter, Depends
from ldap3 import Connection

from directory import connection

router = APIRouter()


class Filter:
    def __init__(self, kind):
        self.terms = [f"(objectClass={kind})"]

    def add(self, attribute, value):
        self.terms.append(f"({attribute}={value})")
        return self

    def __str__(self):
        return "(&" + "".join(self.terms) + ")"


@router.get("/rooms/{floor}")
def rooms(floor: str, ldap: Connection = Depends(connection)):
    ldap.search("ou=rooms,dc=example,dc=org", str(Filter("room").add("l", floor)))  # expect: CWE-90
    return [entry.cn.value for entry in ldap.entries]
