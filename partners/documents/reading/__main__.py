"""`python -m partners.documents.reading`: reads one file from its input and writes what is to be kept of it.

Both ways a line of JSON comes first. It may use only so much time and memory and write no file, so that a file made to
break its reader breaks this process and nothing else.
"""

import json
import resource
import sys

SECONDS, BYTES = 15, 1_536 * 1024 * 1024


def _limit() -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (BYTES, BYTES))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main() -> None:
    """Reads, judges, writes."""
    _limit()
    from .content import read
    from .refusal import Refusal

    asked = json.loads(sys.stdin.buffer.readline())
    try:
        document = read(asked["name"], sys.stdin.buffer.read())
        head, body = {"media_type": document.media_type}, document.content
    except Refusal as refusal:
        head, body = {"why": refusal.why, "words": refusal.words}, b""
    sys.stdout.buffer.write(json.dumps(head).encode() + b"\n" + body)


if __name__ == "__main__":
    main()
