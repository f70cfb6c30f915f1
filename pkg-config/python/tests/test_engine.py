"""`check` and `explain` from Python."""

import datetime
import json
import os
import pickle
import unittest

import preflight
from scenarios import QUESTIONS, ROOT, expected, scenarios


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
                        answer = self.engine.check(question, scenario["facts"])
                        self.assertEqual(answer["missing"], scenario["expect"].get("missing"))
                        found = answer["verdict"], answer["codes"]
                    except preflight.FactsError as error:
                        found = "invalid", [error.code, error.path]
                    self.assertEqual(found, expected(scenario))
                    count += 1
        self.assertGreater(count, 1000)

    @unittest.skipUnless("PREFLIGHT_EXPLAINED" in os.environ, "PREFLIGHT_EXPLAINED names no file of explanations")
    def test_explanations_are_the_same_as_those_of_the_other_hosts(self):
        for case in json.loads((ROOT / os.environ["PREFLIGHT_EXPLAINED"]).read_text()):
            explained = self.engine.explain(case["question"], case["facts"], locale=case["locale"])
            self.assertEqual(json.dumps(explained, ensure_ascii=False, separators=(",", ":")), case["explanation"])

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


if __name__ == "__main__":
    unittest.main()
