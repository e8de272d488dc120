"""Sinks of libraries that few use: databases, containers, streams, pages; harmful and harmless twins."""

import pytest
from tests.analyzers.dataflow import flows

CASES = {
    "cypher": (
        "nosql-injection",
        True,
        """from neo4j import GraphDatabase
from flask import request
driver = GraphDatabase.driver("bolt://x", auth=("a", "b"))
def v():
    with driver.session() as s:
        return {"r": s.run("MATCH (p:Person {name: '" + request.args["n"] + "'}) RETURN p").data()}
""",
    ),
    "cypher-ok": (
        "nosql-injection",
        False,
        """from neo4j import GraphDatabase
from flask import request
driver = GraphDatabase.driver("bolt://x", auth=("a", "b"))
def v():
    with driver.session() as s:
        return {"r": s.run("MATCH (p:Person {name: $n}) RETURN p", n=request.args["n"]).data()}
""",
    ),
    "influx": (
        "nosql-injection",
        True,
        """from influxdb_client import InfluxDBClient
from flask import request
client = InfluxDBClient(url="x", token="y")
def v():
    q = f'from(bucket: "{request.args["b"]}") |> range(start: -1h)'
    return {"r": client.query_api().query(q)}
""",
    ),
    "cmd-sh": (
        "shell-command-injection",
        True,
        """import sh
from flask import request
def v():
    return str(sh.bash("-c", "ls " + request.args["d"]))
""",
    ),
    "cmd-asyncssh": (
        "shell-command-injection",
        True,
        """import asyncssh
from fastapi import FastAPI
app = FastAPI()
@app.get("/x")
async def v(d: str):
    async with asyncssh.connect("h") as c:
        r = await c.run(f"ls {d}")
    return r.stdout
""",
    ),
    "cmd-docker": (
        "shell-command-injection",
        True,
        """import docker
from flask import request
client = docker.from_env()
def v():
    return client.containers.run("alpine", f"sh -c 'ls {request.args['d']}'")
""",
    ),
    "cmd-k8s": (
        "shell-command-injection",
        True,
        """from kubernetes.stream import stream
from kubernetes import client
from flask import request
def v():
    command = ["/bin/sh", "-c", "ls " + request.args["d"]]
    return stream(client.CoreV1Api().connect_get_namespaced_pod_exec, "p", "ns", command=command)
""",
    ),
    "path-anyio": (
        "path-traversal",
        True,
        """import anyio
from fastapi import FastAPI
app = FastAPI()
@app.get("/x")
async def v(name: str):
    return await anyio.Path("/srv", name).read_text()
""",
    ),
    "xss-jinja-safe": (
        "cross-site-scripting",
        True,
        """from flask import render_template_string, request
def v():
    return render_template_string("<b>{{ n|safe }}</b>", n=request.args["n"])
""",
    ),
    "xss-nicegui": (
        "cross-site-scripting",
        True,
        """from nicegui import ui
from fastapi import Request
@ui.page("/")
def v(request: Request):
    ui.html("<b>" + request.query_params["n"] + "</b>")
""",
    ),
    "redirect-header": (
        "open-redirect",
        True,
        """from flask import Response, request
def v():
    return Response(status=302, headers={"Location": request.args["next"]})
""",
    ),
    "redirect-falcon": (
        "open-redirect",
        True,
        """import falcon
class R:
    def on_get(self, req, resp):
        raise falcon.HTTPFound(req.get_param("next"))
""",
    ),
    "ssrf-pdf": (
        "server-side-request-forgery",
        True,
        """import pdfkit
from flask import request
def v():
    return pdfkit.from_url(request.args["u"], False)
""",
    ),
    "ssrf-weasy": (
        "server-side-request-forgery",
        True,
        """from weasyprint import HTML
from flask import request
def v():
    return HTML(url=request.args["u"]).write_pdf()
""",
    ),
    "upload-django": (
        "unrestricted-upload",
        True,
        """from django.core.files.storage import FileSystemStorage
def v(request):
    f = request.FILES["f"]
    FileSystemStorage().save(f.name, f)
""",
    ),
    "cmd-docker-ok": (
        "shell-command-injection",
        False,
        """import docker
from flask import request
client = docker.from_env()
def v():
    return client.containers.run("alpine", ["ls", "--", request.args["d"]])
""",
    ),
    "cmd-k8s-ok": (
        "shell-command-injection",
        False,
        """from kubernetes.stream import stream
from kubernetes import client
from flask import request
def v():
    return stream(client.CoreV1Api().connect_get_namespaced_pod_exec, "p", "ns", command=["ls", request.args["d"]])
""",
    ),
    "xss-jinja-safe-ok": (
        "cross-site-scripting",
        False,
        """from flask import render_template_string, request
def v():
    return render_template_string("<b>{{ n }}{{ m|safe }}</b>", n=request.args["n"], m="<i>größe</i>")
""",
    ),
    "redirect-header-ok": (
        "open-redirect",
        False,
        """from flask import Response, request
def v():
    return Response(status=302, headers={"Location": "/home?größe=" + request.args["next"]})
""",
    ),
    "redirect-falcon-ok": (
        "open-redirect",
        False,
        """import falcon
class R:
    def on_get(self, req, resp):
        raise falcon.HTTPFound("/größe")
""",
    ),
    "xss-cherrypy": (
        "cross-site-scripting",
        True,
        """import cherrypy
class R:
    @cherrypy.expose
    def größe(self, name):
        cherrypy.response.body = f"<b>{name}</b>".encode()
""",
    ),
    "trace-cherrypy": (
        "error-details-exposed",
        True,
        """import cherrypy, traceback
def größe():
    cherrypy.response.body = traceback.format_exc().encode()
""",
    ),
    "trace-bottle-ok": (
        "error-details-exposed",
        False,
        """import bottle, logging, traceback
def größe(error):
    logging.error(traceback.format_exc())
    bottle.response.body = "failed"
""",
    ),
    "fields-falcon": (
        "mass-assignment",
        True,
        """class R:
    def on_patch(self, req, resp):
        changes = req.get_media()
        for key, value in changes.items():
            if hasattr(self.größe, key):
                setattr(self.größe, key, value)
""",
    ),
    "dynamo": (
        "nosql-injection",
        True,
        """import boto3
from flask import request
db = boto3.client("dynamodb")
def größe():
    return db.execute_statement(Statement=f"SELECT * FROM u WHERE n = '{request.args['n']}'")
""",
    ),
    "dynamo-ok": (
        "nosql-injection",
        False,
        """import boto3
from flask import request
db = boto3.client("dynamodb")
def größe():
    return db.execute_statement(Statement="SELECT * FROM u WHERE n = ?", Parameters=[{"S": request.args["n"]}])
""",
    ),
    "athena": (
        "sql-injection",
        True,
        """import boto3
from flask import request
athena = boto3.client("athena")
def größe():
    return athena.start_query_execution(QueryString="SELECT * FROM t WHERE n = '" + request.args["n"] + "'")
""",
    ),
    "rds-data-ok": (
        "sql-injection",
        False,
        """import boto3
from flask import request
rds = boto3.client("rds-data")
def größe():
    given = [{"name": "n", "value": {"stringValue": request.args["n"]}}]
    return rds.execute_statement(sql="SELECT * FROM t WHERE n = :n", parameters=given)
""",
    ),
    "influx-ok": (
        "nosql-injection",
        False,
        """from influxdb_client import InfluxDBClient
from flask import request
client = InfluxDBClient(url="x", token="y")
def v():
    return {"r": client.query_api().query("from(bucket: b)", params={"b": request.args["größe"]})}
""",
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_a_case(name):
    rule, harmful, code = CASES[name]
    assert bool(flows.document(code, rule, "python")) is harmful


AZURE = """import azure.functions as func


def main(req: func.HttpRequest) -> func.HttpResponse:
    return func.HttpResponse(f"<b>{req.params.get('größe')}</b>", mimetype="text/html")
"""


def test_an_answer_of_azure_is_a_page_where_it_says_so():
    assert flows.document(AZURE, "cross-site-scripting", "python")
    assert flows.document(AZURE.replace("text/html", "text/plain"), "cross-site-scripting", "python") == []
