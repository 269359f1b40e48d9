"""Puts a real Elasticsearch server together from Maven's jars: once, into `.tools/elasticsearch/`."""

import fcntl
import hashlib
import re
import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path
from threading import Timer

from tests.elasticsearch_server.ports import free_ports

SOURCES = Path(__file__).resolve().parent
TOOLS = SOURCES.parents[1] / ".tools" / "elasticsearch"
POM = SOURCES / "pom.xml"
LAUNCHER = SOURCES / "Launcher.java"
ARCHIVE = "classes.jsa"
# One more when this file lays things out in another way.
LAYOUT = 3
JVM = ("-XX:+UseSerialGC", "-Dorg.apache.lucene.store.MMapDirectory.enableMemorySegments=false", "-XX:-UsePerfData")
SETTINGS = {
    "network.host": "127.0.0.1",
    "node.processors": "1",
    "indices.breaker.total.use_real_memory": "false",
    "cluster.routing.allocation.disk.threshold_enabled": "false",
    "logger.level": "info",
}
ONE_NODE = {"discovery.type": "single-node"}

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
    The folder of the server: `jars/` for the class path, `home/` for path.home.

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
            # Whoever comes now does not wait for this, and starts without.
            _archive_classes(folder)
    return folder


def java_command(
    folder: Path, settings: Mapping[str, str], *, heap: str = "768m", jvm: tuple[str, ...] = ()
) -> list[str]:
    """What runs a node whose own files are in `folder`."""
    server = built_server()
    archive = server / ARCHIVE
    temporary = folder / "tmp"
    temporary.mkdir(parents=True, exist_ok=True)
    return [
        "java",
        f"-Xms{heap}",
        f"-Xmx{heap}",
        *JVM,
        *(jvm or ([f"-XX:SharedArchiveFile={archive}"] if archive.exists() else [])),
        f"-Djava.io.tmpdir={temporary}",
        f"-Djna.tmpdir={temporary}",
        "-cp",
        f"{server / 'jars'}/*",
        "Launcher",
        f"path.home={server / 'home'}",
        f"path.data={folder / 'data'}",
        *(f"{name}={value}" for name, value in {**SETTINGS, **settings}.items()),
    ]


def _build(folder: Path) -> None:
    jars, classes = folder / "jars", folder.parent / "classes"
    jars.mkdir(parents=True)
    # A folder to work in that is gone afterwards: Maven may leave a `target` beside the pom.xml.
    pom = str(shutil.copy(POM, folder.parent))
    _run(
        "mvn", "-q", "-B", "--strict-checksums", "-f", pom, "dependency:copy-dependencies", f"-DoutputDirectory={jars}"
    )
    _run("javac", "--release", "17", "-cp", f"{jars}/*", "-d", str(classes), str(LAUNCHER))
    _run("jar", "--create", "--file", str(jars / "launcher.jar"), "-C", str(classes), ".")
    # A module has a class loader of its own, so its jars do not stand on the class path.
    module = folder / "home" / "modules" / "transport-netty4"
    module.mkdir(parents=True)
    (folder / "home" / "config").mkdir()
    for jar in [*jars.glob("netty-*.jar"), *jars.glob("transport-netty4-*.jar")]:
        jar.rename(module / jar.name)
    (module / "plugin-descriptor.properties").write_text(DESCRIPTOR.format(version=version()))


def _archive_classes(server: Path) -> None:
    """
    Starts the server once and has Java keep the classes as they are when loaded: that halves all later starts.

    A Java that cannot do so leaves no archive, and nothing is lost but time.
    """
    http, transport = free_ports(2)
    settings = {**ONE_NODE, "http.port": str(http), "transport.port": str(transport)}
    with tempfile.TemporaryDirectory(dir=TOOLS, prefix="unfinished-") as folder:
        made = Path(folder) / ARCHIVE
        command = java_command(Path(folder), settings, jvm=(f"-XX:ArchiveClassesAtExit={made}",))
        pipe = subprocess.PIPE
        with subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=subprocess.STDOUT, text=True) as process:
            limit = Timer(120, process.kill)
            limit.start()
            for line in process.stdout or ():
                if " - started {" in line:
                    process.terminate()
            limit.cancel()
        if made.exists():
            made.rename(server / ARCHIVE)


def _run(*command: str) -> None:
    done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
    if done.returncode:
        said = (done.stdout + done.stderr).strip()
        raise BuildError(f"`{' '.join(command[:1])}` ended with {done.returncode}:\n{said[-4000:]}")
