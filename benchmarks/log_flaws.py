"""What assistants get wrong, as generated logs tell of it: rules of ours with a line that shows each. Data only."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Flaw:
    """A finding that comes up: its rule, its weaknesses, how bad, a line that shows it, and what is said."""

    rule: str
    cwe: tuple[str, ...]
    severity: str
    engines: tuple[str, ...]
    line: str
    message: str
    weight: int


def _flaw(weight: int, severity: str, rule: str, cwe: str, engines: str, line: str, message: str) -> Flaw:
    return Flaw(rule, tuple(cwe.split()), severity, tuple(engines.split()), line, message, weight)


FLAWS = (
    _flaw(
        9, "high", "sql-injection", "CWE-89", "dataflow bandit", 'db.execute(f"SELECT * FROM $n WHERE id = {$m}")',
        "SQL text with data from outside in it: request.args reaches execute",
    ),
    _flaw(
        6, "high", "shell-command-injection", "CWE-78", "checks bandit", 'subprocess.run(f"convert {$n}", shell=True)',
        "A shell runs a command with a value in it",
    ),
    _flaw(
        5, "high", "path-traversal", "CWE-22", "dataflow", 'data = open(os.path.join(ROOT, request.args["$n"])).read()',
        "A path with data from outside in it",
    ),
    _flaw(
        7, "medium", "weak-digest", "CWE-328 CWE-327", "checks bandit", "digest = hashlib.md5($n.encode()).hexdigest()",
        "A digest that can be forged",
    ),
    _flaw(
        5, "high", "tls-verification-off", "CWE-295", "checks bandit semgrep", "requests.get(url, verify=False)",
        "A connection that does not check the server's certificate",
    ),
    _flaw(
        5, "high", "hard-coded-secret", "CWE-798 CWE-259", "checks", '$n_password = "hunter2-$i"',
        "A password, key or token that is written in the source",
    ),
    _flaw(
        4, "high", "unsafe-deserialization", "CWE-502", "checks bandit", "return pickle.loads($n)",
        "Data turned into objects by running what it says",
    ),
    _flaw(
        4, "medium", "unknown-package", "CWE-1357 CWE-829", "checks", "import $n_$m_utils",
        "A package that the list of known names does not hold",
    ),
    _flaw(
        3, "high", "code-eval", "CWE-95 CWE-94", "checks", "value = eval(answer.choices[0].message.content)",
        "A text that is run as code",
    ),
    _flaw(
        2, "medium", "prompt-injection", "CWE-1427", "dataflow", 'system = f"You help with {request.json["$n"]}"',
        "Data from outside in the instructions of a model",
    ),
    _flaw(
        2, "high", "agent-tool-unrestricted", "CWE-749 CWE-78", "checks", "@tool\n    def run(text): os.system(text)",
        "A tool that gives a model a shell or an interpreter",
    ),
    _flaw(
        4, "high", "server-side-request-forgery", "CWE-918", "dataflow", "return requests.get($n_url, timeout=5).text",
        "A request to an address from outside",
    ),
    _flaw(
        6, "low", "request-without-timeout", "CWE-400", "checks bandit", "requests.post($n_url, json=body)",
        "A network request without a timeout",
    ),
    _flaw(
        3, "medium", "debug-mode", "CWE-489", "checks bandit", "app.run(debug=True)",
        "A web server started in debug mode",
    ),
    _flaw(
        3, "high", "record-without-owner-check", "CWE-639 CWE-862", "checks", "$n = $m.objects.get(pk=pk)",
        "A record that is fetched by its key alone, whoever asks",
    ),
    _flaw(
        2, "high", "fail-open-handler", "CWE-636 CWE-755", "checks", "except Exception: return True",
        "A check that passes when it fails to run",
    ),
    _flaw(
        2, "low", "log-injection", "CWE-117", "dataflow", "log.info($n)",
        "A log entry with data from outside in it",
    ),
    _flaw(
        3, "high", "cross-site-scripting", "CWE-79 CWE-80", "dataflow semgrep", 'return "<h1>" + $n + "</h1>"',
        "HTML with data from outside in it",
    ),
)  # fmt: skip
