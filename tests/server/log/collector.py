"""A collector's side of OTLP over HTTP, for the tests of what is sent to one."""

from __future__ import annotations

import gzip
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from opentelemetry.proto.collector.logs.v1.logs_service_pb2 import ExportLogsServiceRequest
from opentelemetry.proto.collector.metrics.v1.metrics_service_pb2 import ExportMetricsServiceRequest


class Collector(ThreadingHTTPServer):
    """A collector's side of OTLP over HTTP."""

    def __init__(self):
        super().__init__(("127.0.0.1", 0), _Handler)
        self.status = 200
        self.logs = []
        self.metrics = []
        self.headers = []

    @property
    def address(self):
        return f"http://127.0.0.1:{self.server_port}"


class _Handler(BaseHTTPRequestHandler):
    def do_POST(self):
        data = self.rfile.read(int(self.headers["Content-Length"]))
        if self.headers.get("Content-Encoding") == "gzip":
            data = gzip.decompress(data)
        assert self.headers["Content-Type"] == "application/x-protobuf"
        self.server.headers.append(dict(self.headers))
        if self.server.status == 200:
            kind, kept = {
                "/v1/logs": (ExportLogsServiceRequest, self.server.logs),
                "/v1/metrics": (ExportMetricsServiceRequest, self.server.metrics),
            }[self.path]
            kept.append(kind.FromString(data))
        self.send_response(self.server.status)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_arguments):
        """Be quiet."""
