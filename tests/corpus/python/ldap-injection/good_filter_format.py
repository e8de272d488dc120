import ldap
import ldap.filter


def find(connection, user, department):
    query = ldap.filter.filter_format("(&(uid=%s)(departmentNumber=%s))", [user, department])
    return connection.search_s("dc=example,dc=com", ldap.SCOPE_SUBTREE, query)
