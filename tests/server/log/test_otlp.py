"""What ``leery log send`` gives a collector: a real server takes the real protocol and reads its Protocol Buffers."""

import json
import logging
import threading

import pytest
from click.testing import CliRunner
from tests.server.log.collector import Collector

from leery.cli import group
from leery.log.body import FindingOpened, Insertion, LoggedOrigin
from leery.log.reader import LogReader
from leery.log.writer import LogWriter
from leery.paths import log_path

ORIGIN = LoggedOrigin(kind="agent", evidence="reported", assistant="claude-code", model="opus\udc80")


@pytest.fixture
def collector():
    with Collector() as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@pytest.fixture
def workspace(workspace):
    """It has a log."""
    with LogWriter(log_path(workspace)) as writer:
        writer.append(Insertion(file="a.py", block="b1", origin=ORIGIN, lines=((1, 2),), code="secret_code()\n"))
        writer.append(
            FindingOpened(
                fingerprint="f1", rule="r1", cwe=("CWE-89", "CWE-20"), severity="high", confidence="high", file="a.py",
                line=1, block="b1", message="private words",
            )
        )  # fmt: skip
        for number in range(1200):
            writer.append(Insertion(file="b.py", block=f"c{number}", origin=ORIGIN))
    return workspace


def send(collector, *arguments, code=0):
    done = CliRunner().invoke(group, ["log", "send", "--endpoint", collector.address, *arguments])
    assert done.exit_code == code, done.output
    return done


def values(pairs):
    return {
        pair.key: [item.string_value for item in pair.value.array_value.values]
        if pair.value.HasField("array_value")
        else getattr(pair.value, pair.value.WhichOneof("value"))
        for pair in pairs
    }


def records(collector):
    return [
        record
        for request in collector.logs
        for resource in request.resource_logs
        for scope in resource.scope_logs
        for record in scope.log_records
    ]


def test_every_entry_once_in_order_with_its_exact_leaf(workspace, collector):
    assert f"1203 entries sent to {collector.address}" in send(collector, "--repository", "shop").output
    leaves = [record.raw.decode() for record in LogReader(log_path(workspace)).records()]
    found = records(collector)
    assert [record.body.string_value for record in found] == leaves
    resource = values(collector.logs[0].resource_logs[0].resource.attributes)
    assert (resource["service.name"], resource["leery.repository"]) == ("leery", "shop")
    assert resource["leery.log"] == json.loads(leaves[0])["name"]


@pytest.mark.usefixtures("workspace")
def test_attributes_to_filter_by_and_no_private_text(collector):
    send(collector)
    key, insertion, opened = records(collector)[:3]
    assert [key.event_name, insertion.event_name, opened.event_name] == [
        "leery.key",
        "leery.insertion",
        "leery.finding-opened",
    ]
    about = values(insertion.attributes)
    assert (about["leery.index"], about["leery.block"], about["code.file.path"]) == (1, "b1", "a.py")
    assert (about["leery.origin.assistant"], about["leery.origin.model"]) == ("claude-code", "opus\ufffd")
    about = values(opened.attributes)
    assert (about["leery.rule"], about["leery.cwe"], about["leery.severity"]) == ("r1", ["CWE-89", "CWE-20"], "high")
    assert (opened.severity_number, insertion.severity_number) == (13, 9)
    leaf = json.loads(insertion.body.string_value)
    assert str(insertion.time_unix_nano)[:10].isdigit()
    assert leaf["time"][20:26] == f"{insertion.time_unix_nano % 1_000_000_000 // 1000:06}"
    sent = b"".join(request.SerializeToString() for request in collector.logs)
    assert b"secret_code" not in sent
    assert b"private words" not in sent


@pytest.mark.usefixtures("workspace")
def test_figures_become_gauges(collector):
    send(collector)
    (request,) = collector.metrics
    (scope,) = request.resource_metrics[0].scope_metrics
    found = {
        metric.name: [(values(point.attributes), point.as_int or point.as_double) for point in metric.gauge.data_points]
        for metric in scope.metrics
    }
    labels = {"leery.source": "claude-code", "leery.origin.model": "opus\ufffd"}
    assert found["leery.insertions"] == [(labels, 1201)]
    assert found["leery.insertions.insecure"] == [(labels, 1)]
    assert found["leery.insertions.insecure.ratio"] == [(labels, 1 / 1201)]
    assert found["leery.findings.open"] == [(labels, 1)]
    assert "leery.fix.time.median" not in found


@pytest.mark.usefixtures("workspace")
def test_only_what_is_new_and_with_the_headers_of_the_environment(collector, monkeypatch):
    monkeypatch.setenv("OTEL_EXPORTER_OTLP_HEADERS", "x-team=blue")
    monkeypatch.setenv("OTEL_EXPORTER_OTLP_COMPRESSION", "gzip")
    send(collector, "--after", "1200")
    assert [values(record.attributes)["leery.index"] for record in records(collector)] == [1201, 1202]
    assert {headers["x-team"] for headers in collector.headers} == {"blue"}


@pytest.mark.usefixtures("workspace")
def test_a_collector_that_refuses_or_is_not_there(collector, caplog):
    caplog.set_level(logging.CRITICAL)
    collector.status = 400
    assert "the collector refused; it has 0 entries" in send(collector, code=1).stderr
    collector.server_close()
    collector.socket.close()
    done = CliRunner().invoke(group, ["log", "send", "--endpoint", "http://127.0.0.1:1"])
    assert done.exit_code == 1
    assert "the collector cannot be reached; it has 0 entries" in done.stderr


@pytest.mark.usefixtures("workspace")
@pytest.mark.parametrize("endpoint", ["localhost:4318", "ftp://x", "http://", "file:///etc/passwd"])
def test_what_is_no_address(endpoint):
    done = CliRunner().invoke(group, ["log", "send", "--endpoint", endpoint])
    assert done.exit_code == 2
    assert "an endpoint is an address" in done.output
