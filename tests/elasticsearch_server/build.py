"""Puts a real Elasticsearch server together from Maven's jars: once, into `.tools/elasticsearch/`."""

import fcntl
import hashlib
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

SOURCES = Path(__file__).resolve().parent
TOOLS = SOURCES.parents[1] / ".tools" / "elasticsearch"
POM = SOURCES / "pom.xml"
LAUNCHER = SOURCES / "Launcher.java"
# One more when this file lays things out in another way.
LAYOUT = 1

DESCRIPTOR = """\
description=HTTP and transport by Netty
version={version}
elasticsearch.version={version}
java.version=17
name=transport-netty4
classname=org.elasticsearch.transport.netty4.Netty4Plugin
"""


class BuildError(Exception):
    """A program ended badly; the text holds what it said."""


def version() -> str:
    """The version of the server, which pom.xml says."""
    found = re.search(r"<elasticsearch\.version>([\d.]+)<", POM.read_text())
    if not found:
        raise BuildError(f"{POM.name} names no version")
    return found[1]


def built_server() -> Path:
    """
    The folder of the server: `jars/` and `classes/` for the class path, `home/` for path.home.

    Fetched and compiled the first time (40 MB), whoever asks first; others wait for it meanwhile.
    """
    sources = POM.read_bytes() + LAUNCHER.read_bytes() + str(LAYOUT).encode()
    folder = TOOLS / f"{version()}-{hashlib.sha256(sources).hexdigest()[:12]}"
    if folder.exists():
        return folder
    TOOLS.mkdir(parents=True, exist_ok=True)
    with (TOOLS / "lock").open("w") as lock:
        # Let go when the file is closed, and when the process dies.
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            with tempfile.TemporaryDirectory(dir=TOOLS, prefix="unfinished-") as unfinished:
                _build(Path(unfinished) / "server")
                (Path(unfinished) / "server").rename(folder)
    return folder


def _build(folder: Path) -> None:
    jars, classes = folder / "jars", folder / "classes"
    jars.mkdir(parents=True)
    # A folder to work in that is gone afterwards: Maven may leave a `target` beside the pom.xml.
    pom = str(shutil.copy(POM, folder.parent))
    _run(
        "mvn", "-q", "-B", "--strict-checksums", "-f", pom, "dependency:copy-dependencies", f"-DoutputDirectory={jars}"
    )
    _run("javac", "-cp", f"{jars}/*", "-d", str(classes), str(LAUNCHER))
    # A module has a class loader of its own, so its jars do not stand on the class path.
    module = folder / "home" / "modules" / "transport-netty4"
    module.mkdir(parents=True)
    (folder / "home" / "config").mkdir()
    for jar in [*jars.glob("netty-*.jar"), *jars.glob("transport-netty4-*.jar")]:
        jar.rename(module / jar.name)
    (module / "plugin-descriptor.properties").write_text(DESCRIPTOR.format(version=version()))


def _run(*command: str) -> None:
    done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
    if done.returncode:
        said = (done.stdout + done.stderr).strip()
        raise BuildError(f"`{' '.join(command[:1])}` ended with {done.returncode}:\n{said[-4000:]}")
