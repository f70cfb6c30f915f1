from typing import Any, Mapping, Optional, Sequence, Union

import pyarrow

from .errors import FactsError as FactsError
from .types import Answer, Explanation, Facts, Locale, Question, Terms

__version__: str

class Engine:
    """引擎: answers questions under one set of terms."""

    def __init__(self, terms: Optional[Terms] = None) -> None: ...
    @property
    def terms(self) -> Terms: ...
    def check(self, question: Question, facts: Facts) -> Answer: ...
    def explain(self, question: Question, facts: Facts, locale: Optional[Locale] = None) -> Explanation: ...
    def audit(
        self,
        question: Question,
        batch: pyarrow.RecordBatch,
        against: Union[Engine, Terms, None] = None,
        *,
        id: Union[str, Sequence[str], None] = None,
        map: Optional[Mapping[str, str]] = None,
        ignore: Union[str, Sequence[str], None] = None,
        now: Any = None,
        timezone: Optional[str] = None,
    ) -> pyarrow.RecordBatch: ...
    def auditor(
        self,
        question: Question,
        against: Union[Engine, Terms, None] = None,
        *,
        id: Union[str, Sequence[str], None] = None,
        map: Optional[Mapping[str, str]] = None,
        ignore: Union[str, Sequence[str], None] = None,
        now: Any = None,
        timezone: Optional[str] = None,
    ) -> Auditor: ...

class Auditor:
    """审计器: answers batches of orders under one set of terms, or under two for comparison."""

    def run(self, batch: pyarrow.RecordBatch) -> pyarrow.RecordBatch: ...
    def columns(self, schema: pyarrow.Schema) -> list[int]: ...
    def unread(self, schema: pyarrow.Schema) -> list[str]: ...
    def schema(self, schema: pyarrow.Schema) -> pyarrow.Schema: ...
