import ldap
from flask import Flask, jsonify, request
from ldap.filter import escape_filter_chars

app = Flask(__name__)


@app.route("/directory")
def directory():
    name = escape_filter_chars(request.args.get("name", ""))
    connection = ldap.initialize("ldaps://ldap.example.com")
    results = connection.search_s("dc=example,dc=com", ldap.SCOPE_SUBTREE, f"(cn={name})")
    return jsonify([entry for _, entry in results])
