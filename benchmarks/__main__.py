"""`python -m benchmarks [NAME] …`: runs one measurement; without a name, the first. Each takes `--help`."""

import importlib
import sys

NAMES = ("embedded",)


def main() -> None:
    """Hands the command line to the benchmark that it names."""
    words = sys.argv[1:]
    name = words.pop(0) if words and words[0] in NAMES else NAMES[0]
    importlib.import_module(f"benchmarks.{name}").main(words)


if __name__ == "__main__":
    main()
