import ldap
from fastapi import FastAPI

app = FastAPI()
FILTER = "(&(objectClass=groupOfNames)(cn={}))"


def connect():
    return ldap.initialize("ldaps://ldap.example.com")


@app.get("/groups/{group}/members")
def members(group: str):
    found = connect().search_s("dc=example,dc=com", ldap.SCOPE_SUBTREE, FILTER.format(group), ["member"])  # expect: CWE-90
    return {"count": len(found)}
