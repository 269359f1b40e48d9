"""What the columns of a table mean, for people."""

from typing import Any

from .tables import TableResource


def explain(resource_class: type[TableResource[Any, Any]]) -> str:
    """A Markdown table of the columns: name, whether each row must fill it in, what to write."""
    rows = [
        f"| `{column.heading}` | {'yes' if column.required else ''} | {_plain(column.explained)} |"
        for column in resource_class.fields.values()
    ]
    return "\n".join(["| column | needed | what to write |", "|---|---|---|", *rows])


def _plain(words: str) -> str:
    return words.replace("|", "\\|")
