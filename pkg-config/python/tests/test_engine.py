"""`check` and `explain` from Python."""

import ast
import datetime
import doctest
import inspect
import json
import os
import pathlib
import pickle
import typing
import unittest

import preflight
from preflight import types
from scenarios import QUESTIONS, expected, scenarios


class TheEngine(unittest.TestCase):
    engine = preflight.Engine()

    def refused(self, question, facts, **options):
        with self.assertRaises(preflight.FactsError) as caught:
            self.engine.explain(question, facts, **options)
        return caught.exception

    def test_every_scenario_is_answered_as_it_is_expected(self):
        count = 0
        for question in QUESTIONS:
            for scenario in scenarios(question):
                with self.subTest(question=question, title=scenario["title"]):
                    try:
                        answer = preflight.Engine(scenario.get("terms")).check(question, scenario["facts"])
                        if "missing" in scenario["expect"]:
                            self.assertEqual(answer["missing"], scenario["expect"]["missing"])
                        found = answer["verdict"], answer["codes"]
                    except preflight.FactsError as error:
                        found = "invalid", [error.code, error.path]
                    self.assertEqual(found, expected(scenario))
                    count += 1
        self.assertGreater(count, 1000)

    @unittest.skipUnless("PREFLIGHT_EXPLAINED" in os.environ, "PREFLIGHT_EXPLAINED names no file of explanations")
    def test_explanations_are_the_same_as_those_of_the_other_hosts(self):
        for case in json.loads(pathlib.Path(os.environ["PREFLIGHT_EXPLAINED"]).read_text()):
            try:
                explained = self.engine.explain(case["question"], case["facts"], locale=case["locale"])
                said = json.dumps(explained, ensure_ascii=False, separators=(",", ":"))
            except preflight.FactsError as error:
                said = f"{error.code} {error.path} {error}"
            self.assertEqual(said, case["said"])

    def test_an_error_says_what_where_and_what_to_do_also_in_another_process(self):
        error = self.refused("purchase", {"need": {"legder": "A"}})
        for error in [error, pickle.loads(pickle.dumps(error))]:
            self.assertIsInstance(error, ValueError)
            self.assertEqual((error.code, error.path, error.hint),
                             ("unknown_field", "need.legder", "did you mean `need.ledger`?"))
            self.assertEqual(error.received, "a field named `legder`")
            self.assertIn("one of `ledger`, `year`", error.expected)
            self.assertTrue(str(error).startswith("`need.legder` is not a field the engine knows"))
        self.assertEqual(self.refused("buy", {}).path, "question")
        self.assertEqual(self.refused("refund", {}, locale="fr").path, "locale")
        with self.assertRaises(preflight.FactsError) as caught:
            preflight.Engine({"refundWindowDays": -1})
        self.assertEqual(caught.exception.path, "terms.refundWindowDays")

    def test_values_of_python_are_read_as_what_they_are(self):
        paid = datetime.datetime(2021, 3, 1, 10, tzinfo=datetime.timezone(datetime.timedelta(hours=8)))
        facts = {"now": paid + datetime.timedelta(days=2), "order": {"paidAt": paid, "status": "paid"}}
        texts = {"now": "2021-03-03T10:00:00+08:00", "order": {"paidAt": "2021-03-01T10:00:00+08:00", "status": "paid"}}
        self.assertEqual(self.engine.explain("refund", facts), self.engine.explain("refund", texts))
        self.assertEqual(self.engine.check("purchase", {"opened": {"ledger"}}),
                         self.engine.check("purchase", {"opened": ["ledger"]}))
        for facts, path, code in [
            ({"now": paid.replace(tzinfo=None)}, "now", "wrong_type"),
            ({"need": {"year": float("nan")}}, "need.year", "wrong_type"),
            ({"need": {"year": 10**30}}, "need.year", "out_of_range"),
            ({"need": {"year": True}}, "need.year", "wrong_type"),
            ({"need": {"ledger": "\ud800"}}, "need.ledger", "wrong_type"),
            ({"need": {"ledger": "账" * 1001}}, "need.ledger", "out_of_range"),
            ({"need": object()}, "need", "wrong_type"),
            ({1: 2}, "facts", "wrong_type"),
        ]:
            error = self.refused("purchase", facts)
            self.assertEqual((error.path, error.code), (path, code))
        circle = {}
        circle["need"] = circle
        self.assertEqual(self.refused("purchase", circle).path, "need.need")

    def test_terms_go_with_the_engine_to_another_process(self):
        engine = pickle.loads(pickle.dumps(preflight.Engine({"refundWindowDays": 15})))
        self.assertEqual((engine.terms["refundWindowDays"], self.engine.terms["refundWindowDays"]), (15, 7))


class TheTypes(unittest.TestCase):
    def test_the_stub_has_the_signatures_of_the_classes(self):
        stub = ast.parse(pathlib.Path(preflight.__file__).with_suffix(".pyi").read_text())
        classes = [entry for entry in stub.body if isinstance(entry, ast.ClassDef)]
        self.assertEqual({entry.name for entry in classes} | {"FactsError", "__version__"}, set(preflight.__all__))
        for entry in classes:
            described = {item.name: item.args for item in entry.body if isinstance(item, ast.FunctionDef)}
            public = {name for name in vars(getattr(preflight, entry.name)) if not name.startswith("_")}
            self.assertEqual(set(described) - {"__init__"}, public)
            for name in public - {"terms"}:
                arguments = described[name]
                names = [argument.arg for argument in arguments.args + arguments.kwonlyargs]
                self.assertEqual(names, list(inspect.signature(getattr(getattr(preflight, entry.name), name)).parameters))

    def test_the_types_of_facts_are_those_that_the_engine_knows(self):
        for name, of in typing.get_type_hints(types.Facts).items():
            group = typing.get_args(of)[0]
            fields = [name] if not typing.is_typeddict(group) else [f"{name}.{field}" for field in group.__annotations__]
            self.assertLessEqual(set(fields), set(typing.get_args(types.FactPath)))
        self.assertEqual(sorted(typing.get_args(types.Question)), QUESTIONS)
        engine = preflight.Engine()
        explanation = engine.explain("refund", {})
        self.assertEqual(set(explanation), set(types.Explanation.__annotations__))
        self.assertEqual(set(engine.terms), set(types.Terms.__annotations__))
        self.assertEqual(set(explanation["receipt"]), set(types.Receipt.__annotations__))

    def test_the_example_of_the_package_is_right(self):
        self.assertEqual(doctest.testmod(preflight).failed, 0)


if __name__ == "__main__":
    unittest.main()
