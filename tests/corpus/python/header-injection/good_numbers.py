from flask import Flask, make_response, request

app = Flask(__name__)


@app.get("/list")
def items():
    page = int(request.args.get("page", 1))
    response = make_response({"items": []})
    response.headers["X-Page"] = str(page)
    response.headers["X-Next"] = f"/list?page={page + 1}"
    return response
