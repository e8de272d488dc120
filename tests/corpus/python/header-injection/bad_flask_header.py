from flask import Flask, make_response, request

app = Flask(__name__)


@app.get("/export")
def export():
    filename = request.args.get("filename", "export.csv")
    response = make_response("a,b\n1,2\n")
    response.headers["Content-Disposition"] = "attachment; filename=" + filename  # expect: CWE-113
    return response
