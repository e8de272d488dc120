import ldap
from flask import Flask, abort, jsonify, request

app = Flask(__name__)


@app.route("/user")
def user():
    uid = request.args.get("uid", "")
    if not uid.isalnum():
        abort(400)
    connection = ldap.initialize("ldaps://ldap.example.com")
    return jsonify(len(connection.search_s("dc=example,dc=com", ldap.SCOPE_SUBTREE, "(uid=%s)" % uid)))
