from ldap3.utils.conv import escape_filter_chars


class Directory:
    def __init__(self, connection):
        self.connection = connection

    def find(self, username):
        query = "(uid=" + escape_filter_chars(username) + ")"
        self.connection.search("dc=example,dc=com", query, attributes=["mail"])
        return self.connection.entries
