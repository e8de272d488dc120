"""The settings under ``leery.*`` that the VS Code extension acts on itself, for its manifest.

The server accepts them from an editor (`config.CLIENT_ONLY`) and does nothing with them.
"""

from __future__ import annotations

from typing import Final

from leery.config import Setting

VSCODE_SETTINGS: Final = (
    Setting(
        "server.path",
        "server_path",
        "string",
        "",
        "Absolute path of the `leery` executable. Empty: the extension's own environment, else the selected Python"
        " environment's, else the one on `PATH`.",
        scope="machine",
    ),
    Setting(
        "server.interpreter",
        "server_interpreter",
        "string",
        "",
        "Absolute path of a Python 3.10 or newer with which the extension makes its own environment. Empty: the one"
        " selected in the Python extension, else one on `PATH`.",
        scope="machine",
    ),
    Setting(
        "decorations",
        "decorations",
        "boolean",
        True,  # noqa: FBT003 - the value of a field
        "Mark each block with a bar and a faint background by its origin and review state.",
    ),
    Setting(
        "clipboardFallback",
        "clipboard_fallback",
        "boolean",
        True,  # noqa: FBT003 - the value of a field
        "Compare larger insertions that nothing else explains with the clipboard, to recognise pastes by menu."
        " The clipboard's text is not kept and not sent anywhere.",
        scope="machine",
    ),
    Setting(
        "prompts.send",
        "prompts_send",
        "boolean",
        False,  # noqa: FBT003 - the value of a field
        "Send references to prompts to the server where VS Code tells them. The text of a prompt is never sent.",
        scope="machine",
    ),
    Setting(
        "trace.server",
        "trace_server",
        "string",
        "off",
        "What the output channel `Leery Trace` shows of the messages between VS Code and the server. `verbose` shows"
        " the texts of documents.",
        choices=("off", "messages", "verbose"),
        scope="machine",
    ),
)
