from flask import Flask, request
from flask_pymongo import PyMongo

app = Flask(__name__)
mongo = PyMongo(app)


@app.post("/reset")
def reset():
    data = request.json
    query = {"reset_token": data.get("token")}
    result = mongo.db.users.update_one(query, {"$set": {"locked": False}})  # expect: CWE-943 @ query
    return {"changed": result.modified_count}
