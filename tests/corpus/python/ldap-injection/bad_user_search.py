import ldap
from flask import Flask, jsonify, request

app = Flask(__name__)
BASE = "ou=people,dc=example,dc=com"


@app.route("/directory")
def directory():
    name = request.args.get("name")  # source
    connection = ldap.initialize("ldaps://ldap.example.com")
    query = f"(&(objectClass=person)(cn={name}))"
    results = connection.search_s(BASE, ldap.SCOPE_SUBTREE, query)  # expect: CWE-90 @ query
    return jsonify([entry for _, entry in results])
