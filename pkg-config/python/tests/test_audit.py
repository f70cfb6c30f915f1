"""`audit` of batches of Arrow."""

import datetime
import unittest

import preflight
import pyarrow as pa
from scenarios import QUESTIONS, columns, expected


def answers(batch):
    """What the batch of answers says of each order, as `scenarios.expected` has it."""
    return [
        ("invalid", [row["invalid_code"], row["invalid_path"]]) if row["verdict"] == "invalid"
        else (row["verdict"], row["codes"])
        for row in batch.to_pylist()
    ]


class AnAudit(unittest.TestCase):
    engine = preflight.Engine()

    def test_every_scenario_is_answered_as_it_is_expected(self):
        count = invalid = 0
        for question in QUESTIONS:
            rows, batch = columns(question)
            wanted = [expected(scenario) for scenario in rows]
            dictionaries = pa.RecordBatch.from_arrays(
                [array.dictionary_encode() if array.type == pa.string() else array for array in batch.columns],
                [name.replace(".", "_") for name in batch.schema.names])
            for form, of in [("plain", batch), ("dictionaries", dictionaries)]:
                auditor = self.engine.auditor(question)
                for size in [len(rows), 7]:
                    parts = [of.slice(first, size) for first in range(0, len(rows), size)]
                    found = [answer for part in parts for answer in answers(auditor.run(part))]
                    for row, answer, want in zip(rows, found, wanted):
                        self.assertEqual(answer, want, (question, form, size, row["title"]))
            missing = self.engine.audit(question, batch)["missing"].to_pylist()
            for row, names in zip(rows, missing):
                self.assertEqual(names, row["expect"].get("missing", names), row["title"])
            count += len(rows)
            invalid += sum(verdict == "invalid" for verdict, _ in wanted)
        self.assertGreater(count, 1000)
        self.assertGreater(invalid, 50)

    def test_other_terms_show_what_changes(self):
        zone = datetime.timezone(datetime.timedelta(hours=8))
        paid = datetime.datetime(2021, 3, 1, 10, tzinfo=zone)
        batch = pa.RecordBatch.from_pydict({
            "number": ["a", "b"],
            "edition": ["cloud", "cloud"],
            "order_status": ["paid", "paid"],
            "order_paidAt": pa.array([paid, paid], pa.timestamp("us", "UTC")),
            "now": pa.array([paid, paid + datetime.timedelta(days=10)], pa.timestamp("us", "Asia/Shanghai")),
            "order_invoice": ["none", "none"],
            "remark": ["x", "y"],
        })
        before = {"refundWindowDays": 7}
        for against in [before, preflight.Engine(before)]:
            found = preflight.Engine({"refundWindowDays": 15}).audit("refund", batch, against, id="number")
            self.assertEqual(found["number"].to_pylist(), ["a", "b"])
            self.assertEqual(found["changed"].to_pylist()[0], None)
            self.assertNotEqual(found["changed"].to_pylist()[1], None)
            self.assertEqual(found["old_codes"].to_pylist(), self.engine.audit("refund", batch)["codes"].to_pylist())
        self.assertEqual(self.engine.auditor("refund", id="number").unread(batch.schema), ["remark"])

    def test_one_time_for_all_orders_and_an_offset_for_times_without_one(self):
        paid = [datetime.datetime(2021, 3, 1, 10)]
        batch = pa.RecordBatch.from_pydict({"order_paidAt": paid, "order_status": ["paid"], "what": ["cloud"]})
        with self.assertRaises(preflight.FactsError) as caught:
            self.engine.audit("refund", batch)
        self.assertEqual(caught.exception.path, "order.paidAt")
        now = "2021-03-03T10:00:00+08:00"
        found = self.engine.audit("refund", batch, map={"what": "edition"}, now=now, timezone="+08:00")
        facts = {"now": now, "edition": "cloud", "order": {"status": "paid", "paidAt": "2021-03-01T10:00:00+08:00"}}
        self.assertEqual(found["missing"].to_pylist(), [self.engine.check("refund", facts)["missing"]])

    def test_a_column_that_is_misspelt_is_refused_unless_it_is_ignored(self):
        batch = pa.RecordBatch.from_pydict({"order_statsu": ["paid"], "edition": ["cloud"]})
        with self.assertRaises(preflight.FactsError) as caught:
            self.engine.audit("refund", batch)
        self.assertIn("order.status", caught.exception.hint)
        self.assertEqual(self.engine.audit("refund", batch, ignore=["order_statsu"])["verdict"].to_pylist(), ["unknown"])

    def test_structures_are_facts_too(self):
        batch = pa.RecordBatch.from_pydict({"order": [{"status": "unpaid", "statsu": 1}, None], "edition": ["cloud"] * 2})
        found = self.engine.audit("refund", batch, ignore="order.statsu")
        self.assertEqual(found["codes"].to_pylist(), [["ORDER_NOT_PAID"], []])

    def test_buffers_are_not_copied_on_the_way_in(self):
        batch = pa.RecordBatch.from_pydict({"number": ["a", "b"], "edition": ["cloud", "cloud"]})
        copied = self.engine.audit("refund", batch, id="number")["number"]
        self.assertEqual([buffer and buffer.address for buffer in copied.buffers()],
                         [buffer and buffer.address for buffer in batch["number"].buffers()])

    def test_a_dictionary_at_the_address_of_an_earlier_one_is_read_anew(self):
        auditor = self.engine.auditor("refund")
        names = ["paid", "applied", "unpaid", "refunded"]
        for turn in range(200):
            values = pa.array(names[turn % 4:] + names[:turn % 4])
            status = pa.DictionaryArray.from_arrays(pa.array([0, 1, 2, 3], pa.int8()), values)
            coded = pa.RecordBatch.from_arrays([status, pa.array(["cloud"] * 4)], ["order_status", "edition"])
            plain = pa.RecordBatch.from_arrays([status.dictionary_decode(), coded[1]], coded.schema.names)
            self.assertEqual(auditor.run(coded).to_pylist(), self.engine.audit("refund", plain).to_pylist())

    def test_a_table_is_refused_with_the_way_to_its_batches(self):
        with self.assertRaisesRegex(TypeError, "to_batches"):
            self.engine.audit("refund", pa.table({"edition": ["cloud"]}))


if __name__ == "__main__":
    unittest.main()
