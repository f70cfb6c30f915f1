"""The scenarios written by hand, as facts and as columns, and what is expected of them."""

import json
import pathlib

import pyarrow as pa

FOLDER = pathlib.Path(__file__).parents[3] / "tests" / "scenarios"
QUESTIONS = ["activation", "entitlement", "page", "purchase", "refund"]


def scenarios(question):
    """The scenarios of a question."""
    return [scenario for file in sorted((FOLDER / question).glob("*.json")) for scenario in json.loads(file.read_text())]


def expected(scenario):
    """The verdict and the codes, or `invalid` with the code of the error."""
    expect = scenario["expect"]
    if "error" in expect:
        return "invalid", [expect["error"]["code"], expect["error"]["path"]]
    return expect["verdict"], expect["codes"]


def flat(facts):
    """The facts by their paths; what is no object of facts has none."""
    found = {}
    if not isinstance(facts, dict):
        return {"": facts}
    for name, value in facts.items():
        inner = value if isinstance(value, dict) else {"": value}
        found.update({f"{name}.{field}".rstrip("."): item for field, item in inner.items()})
    return found


def column_type(value):
    """The type of a column that has such a value, or `None` where no column has it."""
    if isinstance(value, list):
        return pa.list_(pa.string()) if all(isinstance(item, str) for item in value) else None
    return {str: pa.string(), bool: pa.bool_(), int: pa.int64()}.get(type(value))


def columns(question):
    """The scenarios of a question, by the published terms, that fit into columns, and their facts as a batch, one scenario a row."""
    rows, types = [], {}
    for scenario in scenarios(question):
        if "error" not in scenario["expect"]:
            for path, value in flat(scenario["facts"]).items():
                # Most scenarios write times as texts.
                if value is not None:
                    types.setdefault(path, column_type(value))
    for scenario in scenarios(question):
        facts = flat(scenario["facts"])
        # A dotted name is no field of an object, but it is a column.
        is_nested = "terms" not in scenario and isinstance(scenario["facts"], dict) and not any("." in name for name in scenario["facts"])
        fits = (path in types and (value is None or column_type(value) == types[path]) for path, value in facts.items())
        if is_nested and all(fits):
            rows.append((scenario, facts))
    arrays = {path: pa.array([facts.get(path) for _, facts in rows], kind) for path, kind in types.items()}
    return [scenario for scenario, _ in rows], pa.RecordBatch.from_pydict(arrays)
