"""What pages are made of: files beside them, scripts named by their hash, data in base64."""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
from functools import cache
from importlib.resources import files
from typing import Any

#: The chart library, whose version and checksum a test holds.
LIBRARY = "vendor/echarts.min.js"
#: What the charts of what-ifs and back-tests have in common.
BARS = "bars.js"


@cache
def part(name: str, package: str = "optimizer.report.html") -> str:
    """The text of a file of a package."""
    return files(package).joinpath(name).read_text(encoding="utf-8")


def script(*texts: str) -> str:
    """The script of a page from its parts, which share one scope of their own."""
    return '"use strict";\n(() => {\n' + "\n".join(texts) + "})();\n"


def script_hash(script: str) -> str:
    """The name of a script in a page's content policy."""
    digest = hashlib.sha256(script.encode("utf-8")).digest()
    return f"'sha256-{base64.b64encode(digest).decode('ascii')}'"


def packed(document: dict[str, Any]) -> str:
    """A document as gzipped JSON in base64; the same one is the same text on any day."""
    text = json.dumps(document, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return base64.b64encode(gzip.compress(text.encode("utf-8"), 6, mtime=0)).decode("ascii")
