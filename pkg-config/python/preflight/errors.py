"""输入错误: the error for input that is invalid."""

from typing import Optional


class FactsError(ValueError):
    """输入错误: facts, terms, a question, a locale or a column that is invalid.

    The text of the error is one whole sentence.
    """

    code: str
    """What kind of error it is, on which programs may rely."""
    path: str
    """Where, as a dotted path: ``need.year``, ``opened[1]``, ``terms.refundWindowDays``, ``question``."""
    expected: str
    """What would have been right, in words."""
    received: str
    """What was received instead, in words; accounts and phone numbers are masked."""
    hint: Optional[str]
    """What was probably meant, where a known name is near."""

    def __init__(
        self, message: str, code: str, path: str, expected: str, received: str, hint: Optional[str] = None
    ) -> None:
        # All of them are arguments of the exception, so that it reaches other processes whole.
        super().__init__(message, code, path, expected, received, hint)
        self.code = code
        self.path = path
        self.expected = expected
        self.received = received
        self.hint = hint

    def __str__(self) -> str:
        return str(self.args[0])
