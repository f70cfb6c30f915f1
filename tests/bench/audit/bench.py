"""Compares `preflight audit` with DuckDB and Polars, in answers and in CPU time.

Started as `bench.py PROGRAM ORDERS`. The answers come first: counts of verdicts and of the rules that fired, and the
ids of the orders that change, are to be the same as those of SQL written by hand. Times are CPU seconds on one pinned
core, the least of several runs that take turns; only their ratios mean anything on a machine that does other work.
"""
import json
import os
import subprocess
import sys
import time
from pathlib import Path

import orders
import others

PROGRAM, COUNT = sys.argv[1], int(sys.argv[2])
FOLDER = Path('target/bench/audit')
OLD, NEW = 7, 15
ROUNDS = 3


def measure(command, core='0'):
    """CPU seconds, resident memory in MB and what was printed."""
    environment = {**os.environ, 'POLARS_MAX_THREADS': '1'}
    child = subprocess.Popen(['taskset', '-c', core, *command], stdout=subprocess.PIPE, env=environment)
    printed = child.stdout.read().decode()
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode != 0:
        sys.exit(f'{command} failed with exit status {child.returncode}.')
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, printed


def audit(question, source, *options):
    return [PROGRAM, 'audit', str(source), '--question', question, '--id', 'id', '--quiet', *options]


def compare_answers(connection, source):
    """Every order of the refund question by SQL and by the engine."""
    answers = FOLDER / 'answers.parquet'
    compared = ['--terms', str(FOLDER / 'new.json'), '--against', str(FOLDER / 'old.json')]
    measure(audit('refund', source, *compared, '--out', str(answers)), core='0,1')
    bits = ' + '.join(
        f"CASE WHEN list_contains({{codes}}, '{code}') THEN {1 << index} ELSE 0 END"
        for index, (code, _, _) in enumerate(others.RULES))
    verdict = "list_position([{}], {{}}) - 1".format(', '.join(f"'{name}'" for name in others.VERDICTS))
    connection.execute(f"""CREATE TABLE ours AS SELECT id,
        {verdict.format('old_verdict')} AS old_verdict, {bits.format(codes='old_codes')} AS old_fired,
        {verdict.format('verdict')} AS verdict, {bits.format(codes='codes')} AS fired, changed
        FROM '{answers}'""")
    query = others.duckdb_query(f"read_parquet('{source}')", OLD, NEW, '')
    connection.execute(f'CREATE TABLE theirs AS {query}')
    groups = 'SELECT old_verdict, old_fired, verdict, fired, count(*) FROM {} GROUP BY ALL ORDER BY ALL'
    ours, theirs = (connection.execute(groups.format(name)).fetchall() for name in ('ours', 'theirs'))
    if ours != theirs:
        differing = connection.execute("""SELECT * FROM ours JOIN theirs USING (id) WHERE
            ours.old_verdict <> theirs.old_verdict OR ours.old_fired <> theirs.old_fired
            OR ours.verdict <> theirs.verdict OR ours.fired <> theirs.fired LIMIT 5""").fetchall()
        sys.exit(f'The counts differ from those of the SQL, first in: {differing}')
    changed = "SELECT id FROM ours WHERE changed IN ('verdict', 'codes')"
    expected = f'SELECT id FROM theirs {others.DIFFERENT}'
    number, = connection.execute(f'SELECT count(*) FROM ({changed})').fetchone()
    for one, other in [(changed, expected), (expected, changed)]:
        if connection.execute(f'SELECT count(*) FROM ({one} EXCEPT {other})').fetchone() != (0,):
            sys.exit('The ids of the orders that change differ from those of the SQL.')
    total = connection.execute('SELECT count(*), count(*) FILTER (verdict = 5) FROM ours').fetchone()
    print(f'{total[0]:,} orders, {total[1]:,} of them invalid, {len(ours)} different pairs of answers: the counts are '
          f'those of the SQL, and so are the ids of the {number:,} orders that change.')
    if number == 0 or total[0] != COUNT:
        sys.exit('No order changes, or some are missing, so that nothing was compared.')
    connection.execute('DROP TABLE ours; DROP TABLE theirs')


def main():
    FOLDER.mkdir(parents=True, exist_ok=True)
    (FOLDER / 'old.json').write_text(json.dumps({'refundWindowDays': OLD}))
    (FOLDER / 'new.json').write_text(json.dumps({'refundWindowDays': NEW}))
    connection = others.duckdb_connection()
    sources = {question: FOLDER / f'{question}-{COUNT}.parquet' for question in orders.COLUMNS}
    for question, source in sources.items():
        if not source.exists():
            orders.write(connection, question, COUNT, source)
    compare_answers(connection, sources['refund'])

    out, compared = str(FOLDER / 'changed.parquet'), ['--terms', str(FOLDER / 'new.json'), '--against', str(FOLDER / 'old.json')]
    one = ['--threads', '1']
    runs = {}
    for question, source in sources.items():
        runs[f'{question}: reading alone'] = audit(question, source, '--dry-run', *one)
        runs[f'{question}: answers counted'] = audit(question, source, *one)
        runs[f'{question}: two terms, those that change written'] = audit(question, source, *compared, '--changed', '--out', out, *one)
        runs[f'{question}: two terms, all written'] = audit(question, source, *compared, '--out', out, *one)
    for name in ('duckdb', 'polars'):
        runs[f'refund: {name}'] = [sys.executable, others.__file__, name, str(sources['refund']), out, str(OLD), str(NEW)]
    best = {}
    for _ in range(ROUNDS):
        for name, command in runs.items():
            seconds, memory, printed = measure(command)
            # The others print their time without that of starting Python and of importing.
            if command[0] == sys.executable:
                seconds = float(printed)
            least, most = best.get(name, (seconds, memory))
            best[name] = (min(least, seconds), max(most, memory))
    print(f'\n| {COUNT:,} orders, one core | orders per CPU second | resident memory |\n| --- | ---: | ---: |')
    for name, (seconds, memory) in best.items():
        print(f'| {name} | {COUNT / seconds / 1e6:.2f} M | {memory:.0f} MB |')
    ratio = lambda one, other: best[one][0] / best[other][0]
    changed = '{}: two terms, those that change written'.format
    print('\n| CPU time | ratio | bar |\n| --- | ---: | --- |')
    for what, value, bar in [
        ('refund : its own reading', ratio(changed('refund'), 'refund: reading alone'), 'at most 2.2'),
        ('purchase : its own reading', ratio(changed('purchase'), 'purchase: reading alone'), 'at most 3'),
        ('DuckDB : refund', ratio('refund: duckdb', changed('refund')), 'at least 3'),
        ('Polars : refund', ratio('refund: polars', changed('refund')), 'at least 1.3'),
    ]:
        print(f'| {what} | {value:.2f} | {bar} |')
    elapsed = {}
    for threads in ('1', '2'):
        command = audit('refund', sources['refund'], *compared, '--changed', '--out', out, '--threads', threads)
        times = []
        for _ in range(ROUNDS):
            start = time.perf_counter()
            measure(command, core='0,1')
            times.append(time.perf_counter() - start)
        elapsed[threads] = min(times)
    print(f"| one thread : two threads, elapsed | {elapsed['1'] / elapsed['2']:.2f} | at least 1.8 |")


main()
