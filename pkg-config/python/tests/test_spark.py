"""`preflight.spark` with real executor processes, one of which is killed in mid-job."""

import os
import pathlib
import random
import signal
import subprocess
import tempfile
import unittest

import pyarrow as pa
import pyarrow.parquet as pq

import preflight

# Without these two Spark asks for the address of the machine by its name, which often leads elsewhere.
os.environ["SPARK_LOCAL_IP"] = "127.0.0.1"
os.environ["PYSPARK_PYTHON"] = os.sys.executable
from pyspark.sql import SparkSession

from preflight import spark as preflight_spark

ROWS = 100_000
ROW_GROUPS = 8
BEFORE = {"refundWindowDays": 7}
AFTER = {"refundWindowDays": 15}


def orders(rows, seed):
    """Orders whose facts are drawn at random, some of them not known and some invalid."""
    draw = random.Random(seed)
    column = lambda *values: [draw.choice(values) for _ in range(rows)]
    first = 1_614_556_800_000_000
    days = [draw.randrange(30) * 86_400_000_000 for _ in range(rows)]
    return pa.table({
        "number": [f"{seed}-{row}" for row in range(rows)],
        "edition": column("free_lifetime", "cloud", "cloud", "cloud", "paid", None, "cluod"),
        "order_status": column("paid", "paid", "applied", "unpaid", None),
        "order_invoice": column("none", "none", "issued", None),
        "order_certified": column(True, False, None),
        "order_reason": column("unusable", "other", None),
        "order_paidAt": pa.array([first] * rows, pa.timestamp("us", "UTC")),
        "now": pa.array([first + day for day in days], pa.timestamp("us", "UTC")),
        "remark": ["not read"] * rows,
    })


def executors(spark):
    """The processes of this application's executors."""
    name = spark.sparkContext.applicationId
    found = subprocess.run(["pgrep", "-f", f"CoarseGrainedExecutorBackend.*{name}"], capture_output=True, text=True)
    return [int(process) for process in found.stdout.split()]


class OnSpark(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder, cls.marks = tempfile.TemporaryDirectory(), tempfile.TemporaryDirectory()
        for part in range(2):
            pq.write_table(orders(ROWS // 2, part), f"{cls.folder.name}/{part}.parquet", row_group_size=ROWS // ROW_GROUPS)
        cls.spark = (
            SparkSession.builder.master("local-cluster[2,1,1024]")
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.ui.enabled", "false")
            .config("spark.log.level", "ERROR")
            .config("spark.sql.shuffle.partitions", "2")
            .config("spark.sql.files.maxPartitionBytes", "200k")
            .config("spark.sql.session.timeZone", "Asia/Shanghai")
            .getOrCreate()
        )
        auditor = preflight.Engine(AFTER).auditor("refund", BEFORE, id="number")
        wanted = [auditor.run(batch) for batch in pq.read_table(cls.folder.name).to_batches()]
        cls.wanted = sorted(pa.Table.from_batches(wanted).to_pylist(), key=lambda row: row["number"])

    @classmethod
    def tearDownClass(cls):
        cls.spark.stop()
        cls.folder.cleanup()
        cls.marks.cleanup()

    def same(self, answers):
        found = sorted((row.asDict() for row in answers), key=lambda row: row["number"])
        self.assertEqual(len(found), ROWS)
        self.assertEqual(found, self.wanted)

    def audit(self, df):
        return preflight_spark.audit(df, "refund", engine=preflight.Engine(AFTER), against=BEFORE, id="number")

    def test_a_data_frame_is_answered_as_without_spark_though_an_executor_is_killed(self):
        df = self.spark.read.parquet(self.folder.name)
        partitions = df.rdd.getNumPartitions()
        self.assertGreater(partitions, 2)
        marks = pathlib.Path(self.marks.name)

        def killing(batches):
            # The first task that gets this far kills its own executor, after the engine has answered part of its rows.
            for batch in batches:
                yield batch
                try:
                    (marks / "killed").touch(exist_ok=False)
                except FileExistsError:
                    continue
                executor = os.getppid()
                while "java" not in pathlib.Path(f"/proc/{executor}/comm").read_text():
                    executor = int(pathlib.Path(f"/proc/{executor}/stat").read_text().rsplit(")", 1)[1].split()[1])
                os.kill(executor, signal.SIGKILL)

        before = executors(self.spark)
        answered = self.audit(df)
        self.same(answered.mapInArrow(killing, answered.schema).collect())
        self.assertTrue((marks / "killed").exists())
        self.assertNotEqual(set(before) - set(executors(self.spark)), set())

    def test_row_groups_are_answered_where_they_are_read(self):
        answered = preflight_spark.audit_parquet(
            self.spark, self.folder.name, "refund", engine=preflight.Engine(AFTER), against=BEFORE, id="number")
        self.same(answered.collect())

    def test_a_misspelt_column_is_refused_before_the_job(self):
        df = self.spark.read.parquet(self.folder.name).withColumnRenamed("order_status", "order.statsu")
        with self.assertRaises(preflight.FactsError) as caught:
            self.audit(df)
        self.assertIn("order.status", caught.exception.hint)

    def test_names_with_dots_and_structures_are_facts(self):
        df = self.spark.sql("select 'a' as `my.id`, named_struct('status', 'unpaid') as `order`, 'cloud' as `edition`")
        [row] = preflight_spark.audit(df, "refund", id="my.id").collect()
        self.assertEqual((row["my.id"], row["codes"]), ("a", ["ORDER_NOT_PAID"]))


if __name__ == "__main__":
    unittest.main()
