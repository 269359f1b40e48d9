"""A real Elasticsearch for a developer without Docker, and what fetches it before it is needed.

python -m tests.elasticsearch_server serve PORT FOLDER    runs a node until Ctrl-C (make elasticsearch)
python -m tests.elasticsearch_server build                fetches the server and does no more
"""

import signal
import sys
from pathlib import Path

from tests.capabilities import lacks_java
from tests.elasticsearch_node import Node, NodeError
from tests.elasticsearch_server.build import BuildError, built_server, version
from tests.elasticsearch_server.ports import free_ports, is_free


def say(text: str) -> None:
    print(text, flush=True)  # noqa: T201


def serve(port: int, folder: Path) -> None:
    """Runs a node in the foreground until Ctrl-C or a termination signal; its data stay in the folder."""
    if not is_free(port):
        raise NodeError(f"Somebody listens on port {port} already. ES_PORT=9201 takes another.")
    node = Node(folder, http_port=port, transport_port=free_ports(1)[0])
    try:
        node.start()
        node.wait_until_ready()
        say(f"Elasticsearch answers; its data and its log are in {folder}. For the site and the tests, set")
        say(f"  ELASTICSEARCH_URL={node.url}")
        say("Ctrl-C ends it.")
        node.wait_for_end()
        raise NodeError(f"Elasticsearch ended by itself. The end of its log:\n{node.log_tail()}")
    except KeyboardInterrupt:
        say("Closing Elasticsearch")
    finally:
        node.stop()


def main(words: list[str]) -> str | None:
    """Does what the words say; the answer is what went wrong."""
    if reason := lacks_java():
        return f"Elasticsearch cannot be started: {reason}"
    # The same way out for both, so that the node is closed in order.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        say(f"Elasticsearch {version()} (40 MB are fetched the first time)")
        built_server()
        if words[:1] == ["serve"]:
            serve(int(words[1]), Path(words[2]).resolve())
    except (BuildError, NodeError) as error:
        return str(error)
    except KeyboardInterrupt:
        return "Interrupted"
    return None


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
