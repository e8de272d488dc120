import sqlite3

from flask import Flask, jsonify, request

app = Flask(__name__)
PLANS = {"free": "plan_free", "pro": "plan_pro"}


@app.route("/members")
def members():
    view = request.args.get("plan", "")
    view = PLANS.get(view, "plan_free")
    conn = sqlite3.connect("crm.db")
    cursor = conn.cursor()
    cursor.execute("SELECT name FROM " + view + " ORDER BY name")
    return jsonify([name for (name,) in cursor.fetchall()])
