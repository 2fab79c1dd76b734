"""Rows of the records as a key under which what was prepared from them is kept."""

from typing import Generic, TypeVar

Row = TypeVar("Row")


class Same(Generic[Row]):
    """A tuple as a key that is cheap to hash; thousands of rows are compared only when the ends agree."""

    def __init__(self, rows: tuple[Row, ...]) -> None:
        self.rows = rows

    def __hash__(self) -> int:
        return hash((len(self.rows), self.rows[:1], self.rows[-1:]))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Same) and (self.rows is other.rows or self.rows == other.rows)
