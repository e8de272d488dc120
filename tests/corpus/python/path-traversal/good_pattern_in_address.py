from bottle import Bottle

app = Bottle()


@app.get("/reports/<name:re:[a-z0-9-]+>")
def report(name):
    with open(f"/srv/reports/{name}.csv") as handle:
        return {"lines": sum(1 for _ in handle)}
