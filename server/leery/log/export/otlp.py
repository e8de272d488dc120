"""OpenTelemetry: entries as log records and the figures of a period as gauges, sent to a collector by OTLP over HTTP.

The body of a record is the entry's leaf as it is on disk, so a collector's store can be held against the log's root;
private texts are never sent. Attributes are for filters: ``leery.*`` and, for the path, ``code.file.path``. Records of
one log keep their order; one that is sent twice is known by ``leery.log`` and ``leery.index``.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import leery
from leery.extras import load
from leery.log.entry import parse_time
from leery.output import well_formed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from leery.log.reader import Record
    from leery.log.stats import Share, Stats

_AT_ONCE = 500
_SCOPE = "leery.log"
_TEXTS = ("id", "run", "block", "rule", "severity", "how", "decision", "what", "fingerprint")
_ORIGIN = ("kind", "evidence", "assistant", "model", "session")


class NotSentError(Exception):
    """The collector did not take everything; the message says how much it has."""


@dataclass(frozen=True, slots=True)
class Target:
    """Where to send, and as whose.

    Attributes:
        endpoint: base address of the collector, e.g. ``http://localhost:4318``; paths are added to it.
        log: the log's name.
        repository: the repository's name.
        timeout: seconds for one request with all its retries.
    """

    endpoint: str
    log: str
    repository: str
    timeout: float = 10.0

    def __post_init__(self) -> None:
        parts = urlsplit(self.endpoint)
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            raise ValueError("an endpoint is an address such as http://localhost:4318")

    def address(self, signal: str) -> str:
        """The address of a signal, `logs` or `metrics`."""
        return f"{self.endpoint.rstrip('/')}/v1/{signal}"


def send_logs(records: Iterable[Record], target: Target) -> int:
    """Send entries as log records; how many.

    Raises:
        MissingExtraError: OpenTelemetry's exporter is not installed.
        NotSentError: see there.
    """
    exporter_of = _library("opentelemetry.exporter.otlp.proto.http._log_exporter").OTLPLogExporter
    result = _library("opentelemetry.sdk._logs.export")
    outcome = getattr(result, "LogRecordExportResult", None) or result.LogExportResult  # before 1.39
    exporter = exporter_of(endpoint=target.address("logs"), timeout=target.timeout)
    sent = 0
    try:
        for batch in _batches(records):
            if _tried(exporter, _prepared(batch, target), sent) is not outcome.SUCCESS:
                raise NotSentError(f"the collector refused; it has {sent} entries")
            sent += len(batch)
    finally:
        exporter.shutdown()
    return sent


def send_metrics(found: Stats, target: Target) -> None:
    """Send the figures of a period as gauges, one point a source and model.

    Raises:
        MissingExtraError: OpenTelemetry's exporter is not installed.
        NotSentError: see there.
    """
    metrics, exports = _library("opentelemetry.sdk.metrics"), _library("opentelemetry.sdk.metrics.export")
    exporter = _library("opentelemetry.exporter.otlp.proto.http.metric_exporter").OTLPMetricExporter(
        endpoint=target.address("metrics"), timeout=target.timeout
    )
    reader = exports.InMemoryMetricReader()
    provider = metrics.MeterProvider([reader], resource=_resource(target), shutdown_on_exit=False)
    meter = provider.get_meter(_SCOPE, leery.__version__)
    try:
        for name, unit, attribute in _GAUGES:
            gauge = meter.create_gauge(f"leery.{name}", unit)
            for share in found.sources:
                if (value := getattr(share, attribute)) is not None:
                    gauge.set(value, _labels(share))
        data = reader.get_metrics_data()
        if data is not None and _tried(exporter, data, 0) is not exports.MetricExportResult.SUCCESS:
            raise NotSentError("the collector refused the figures")
    finally:
        provider.shutdown()
        exporter.shutdown()


_GAUGES = (
    ("insertions", "{insertion}", "insertions"),
    ("insertions.insecure", "{insertion}", "insecure"),
    ("insertions.reviewed", "{insertion}", "reviewed"),
    ("insertions.insecure.ratio", "1", "rate"),
    ("findings", "{finding}", "findings"),
    ("findings.open", "{finding}", "open"),
    ("fix.time.median", "s", "median"),
    ("fix.time.p90", "s", "p90"),
    ("rewrites.grown", "{rewrite}", "grown"),
)
"""Name behind ``leery.``, unit as in UCUM, and the figure of a `Share`."""


def _library(name: str) -> Any:
    return load(name, "otlp", "exports to OpenTelemetry")


def _tried(exporter: Any, data: Any, sent: int) -> Any:
    try:
        return exporter.export(data)
    except OSError as error:  # what requests raises
        raise NotSentError(f"the collector cannot be reached; it has {sent} entries: {error}") from error


class _Collecting:
    """A processor of log records that keeps what it gets: the batches of OpenTelemetry's own drop what is too much."""

    def __init__(self) -> None:
        self.records: list[Any] = []

    def on_emit(self, record: Any) -> None:
        self.records.append(record)

    def shutdown(self) -> None:
        """Nothing is held."""

    def force_flush(self, timeout_millis: int = 30_000) -> bool:  # noqa: ARG002 - the interface is OpenTelemetry's
        return True


def _prepared(batch: Iterable[Record], target: Target) -> list[Any]:
    """Entries in the exporter's form, which the SDK alone can make."""
    provider = _library("opentelemetry.sdk._logs").LoggerProvider(resource=_resource(target), shutdown_on_exit=False)
    collecting = _Collecting()
    provider.add_log_record_processor(collecting)
    logger = provider.get_logger(_SCOPE, leery.__version__)
    api = _library("opentelemetry._logs")
    for record in batch:
        time = _nanoseconds(record.time)
        logger.emit(
            api.LogRecord(
                timestamp=time,
                observed_timestamp=time,
                severity_number=_severity(record, api.SeverityNumber),
                body=record.raw.decode(),
                attributes=_attributes(record, target),
                event_name=f"leery.{record.type}",
            )
        )
    return collecting.records


def _resource(target: Target) -> Any:
    resources = _library("opentelemetry.sdk.resources")
    return resources.Resource(
        {
            "service.name": "leery",
            "service.version": leery.__version__,
            "leery.log": target.log,
            "leery.repository": target.repository,
        }
    )


def _attributes(record: Record, target: Target) -> dict[str, Any]:
    leaf = record.leaf
    origin = leaf.get("origin")
    found: dict[str, Any] = {f"leery.{name}": leaf.get(name) for name in _TEXTS}
    if isinstance(origin, dict):
        found |= {f"leery.origin.{name}": origin.get(name) for name in _ORIGIN}
    found["code.file.path"] = leaf.get("file")
    attributes: dict[str, Any] = {name: well_formed(value) for name, value in found.items() if isinstance(value, str)}
    cwe = leaf.get("cwe")
    if isinstance(cwe, list) and cwe:
        attributes["leery.cwe"] = [well_formed(str(item)) for item in cwe]
    return {"leery.log": target.log, "leery.index": record.index, "leery.type": well_formed(record.type), **attributes}


def _severity(record: Record, levels: Any) -> Any:
    """What is opened or missing is a warning, all else information."""
    return levels.WARN if record.type in {"finding-opened", "gap"} else levels.INFO


def _labels(share: Share) -> dict[str, str]:
    labels = {"leery.source": well_formed(share.source)}
    return labels if share.model is None else {**labels, "leery.origin.model": well_formed(share.model)}


def _nanoseconds(time: str) -> int:
    """Since the epoch; 0, which is unknown, for what is no time, or none that the protocol can hold."""
    moment = parse_time(time)
    try:
        found = 0 if moment is None else int(moment.timestamp()) * 1_000_000_000 + moment.microsecond * 1_000
    except (ValueError, OverflowError):
        return 0
    return found if 0 <= found < 2**64 else 0


def _batches(records: Iterable[Record]) -> Iterator[list[Record]]:
    rest = iter(records)
    while batch := list(islice(rest, _AT_ONCE)):
        yield batch
