import subprocess
from dataclasses import dataclass


@dataclass
class ToolResult:
    output: str
    ok: bool


class ConvertTool:
    name = "convert_image"
    description = "Convert an image to another format with ImageMagick."

    def run(self, source: str, target_format: str) -> ToolResult:
        target = source.rsplit(".", 1)[0] + "." + target_format
        process = subprocess.Popen(
            " ".join(["convert", source, target]),  # expect: CWE-78
            shell=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        output, _ = process.communicate()
        return ToolResult(output.decode(), process.returncode == 0)
