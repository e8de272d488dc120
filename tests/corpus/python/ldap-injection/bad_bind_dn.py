import ldap
from django.http import JsonResponse


def login(request):
    user = request.POST["user"]
    dn = "uid=%s,ou=people,dc=example,dc=com" % user
    connection = ldap.initialize("ldaps://ldap.example.com")
    connection.simple_bind_s(dn, request.POST["password"])  # expect: CWE-90
    return JsonResponse({"user": connection.whoami_s()})
