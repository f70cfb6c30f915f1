"""The audit on Spark against what Spark itself needs: usage: spark.py FOLDER ORDERS

Three jobs read the same Parquet on one core: rows sent to Python and back unchanged, rows answered by `audit`, and row groups
answered by `audit_parquet`. What counts is the processor time of all processes, the least of several runs.
"""

import os
import pathlib
import sys

os.environ.update(SPARK_LOCAL_IP='127.0.0.1', PYSPARK_PYTHON=sys.executable)
from pyspark.sql import SparkSession
from pyspark.sql.functions import col

import duckdb
import orders
import preflight
from preflight import spark as preflight_spark

RUNS = 4
TERMS = {'refund': ({'refundWindowDays': 15}, {'refundWindowDays': 7}),
         'purchase': ({'voucherQuota': {'claimed': 100}}, {'voucherQuota': {'claimed': 50}})}


def processor_time():
    """The seconds that this process and all below it have taken, those that have ended included."""
    parents, times = {}, {}
    for name in filter(str.isdigit, os.listdir('/proc')):
        try:
            fields = open(f'/proc/{name}/stat').read().rsplit(')', 1)[1].split()
        except OSError:
            continue
        parents[int(name)], times[int(name)] = int(fields[1]), sum(map(int, fields[11:15]))
    total = 0
    for process, time in times.items():
        above = process
        while above in parents and above != os.getpid():
            above = parents[above]
        total += time if above == os.getpid() else 0
    return total / os.sysconf('SC_CLK_TCK')


def unchanged(df, needed):
    def same(batches):
        yield from batches
    crossing = df.select([col(name) for name in needed])
    return crossing.mapInArrow(same, crossing.schema)


def compare(path, question):
    spark = (SparkSession.builder.master('local[1]').config('spark.ui.enabled', 'false')
             .config('spark.driver.host', '127.0.0.1').config('spark.log.level', 'ERROR')
             .config('spark.sql.session.timeZone', 'UTC').getOrCreate())
    new, old = TERMS[question]
    engine, df = preflight.Engine(new), spark.read.parquet(path)
    names = df.columns
    schema = preflight_spark.arrow_schema(df.schema)
    needed = [names[index] for index in engine.auditor(question, id='id').columns(schema)]
    jobs = {
        'unchanged': lambda: unchanged(df, needed),
        'audit': lambda: preflight_spark.audit(df, question, engine=engine, id='id'),
        'audit, two terms': lambda: preflight_spark.audit(df, question, engine=engine, against=old, id='id'),
        'audit_parquet': lambda: preflight_spark.audit_parquet(spark, path, question, engine=engine, id='id'),
        'audit_parquet, two terms': lambda: preflight_spark.audit_parquet(spark, path, question, engine=engine, against=old, id='id'),
        'reading': lambda: df.select(needed),
    }
    least = {}
    for run in range(RUNS):
        for name, job in jobs.items():
            before = processor_time()
            job().write.format('noop').mode('overwrite').save()
            taken = processor_time() - before
            least[name] = min(taken, least.get(name, taken))
            print(f'{run} {name}: {taken:.2f} s', file=sys.stderr)
    spark.stop()
    print(f'\n{question}: processor time, and as a ratio to that of rows sent to Python and back unchanged')
    for name, seconds in least.items():
        print(f'{name:26} {seconds:6.2f} s  {seconds / least["unchanged"]:5.2f}')


def main(folder, count):
    for question in TERMS:
        path = pathlib.Path(folder, f'{question}-{count}.parquet')
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            orders.write(duckdb.connect(), question, int(count), path)
        compare(str(path), question)


main(*sys.argv[1:])
