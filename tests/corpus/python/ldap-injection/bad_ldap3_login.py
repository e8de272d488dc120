import os

from ldap3 import ALL, Connection, Server


class Directory:
    def __init__(self):
        server = Server("ldaps://ldap.example.com", get_info=ALL)
        self.connection = Connection(server, "cn=app", os.environ["LDAP_PASSWORD"], auto_bind=True)

    def find(self, username):
        self.connection.search("dc=example,dc=com", "(uid=" + username + ")", attributes=["mail"])  # expect: CWE-90
        return self.connection.entries
