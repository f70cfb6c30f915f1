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

PROGRAM, COUNT = sys.argv[1], int(sys.argv[2])
FOLDER = Path('target/bench/audit')
HERE = Path(__file__).parent
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


def main():
    FOLDER.mkdir(parents=True, exist_ok=True)
    (FOLDER / 'old.json').write_text(json.dumps({'version': 'old', 'refundWindowDays': OLD}))
    (FOLDER / 'new.json').write_text(json.dumps({'version': 'new', 'refundWindowDays': NEW}))
    sources = {question: FOLDER / f'{question}-{COUNT}.parquet' for question in ('refund', 'purchase')}
    answers = str(FOLDER / 'answers.parquet')
    # DuckDB is kept out of this process, whose memory the kernel counts as that of what it starts.
    helper = [sys.executable, str(HERE / 'answers.py')]
    for question, source in sources.items():
        subprocess.run([*helper, 'write', question, str(COUNT), str(source)], check=True)
    measure(audit('refund', sources['refund'], '--terms', str(FOLDER / 'new.json'), '--against',
                  str(FOLDER / 'old.json'), '--out', answers), core='0,1')
    compared = subprocess.run([*helper, 'compare', answers, str(sources['refund']), str(OLD), str(NEW), str(COUNT)])
    if compared.returncode != 0:
        sys.exit('The answers differ, so that times would compare nothing.')
    sampled = str(FOLDER / 'sample.ndjson')
    subprocess.run([*helper, 'sample', answers, str(sources['refund']), '100000', sampled], check=True)
    subprocess.run(['node', str(HERE / 'sample.mjs'), sampled, str(FOLDER / 'new.json')], check=True)

    out, compared = str(FOLDER / 'changed.parquet'), ['--terms', str(FOLDER / 'new.json'), '--against', str(FOLDER / 'old.json')]
    one = ['--threads', '1']
    runs = {}
    for question, source in sources.items():
        runs[f'{question}: reading alone'] = audit(question, source, '--dry-run', *one)
        runs[f'{question}: answers counted'] = audit(question, source, *one)
        runs[f'{question}: two terms, those that change written'] = audit(question, source, *compared, '--changed', '--out', out, *one)
        runs[f'{question}: two terms, all written'] = audit(question, source, *compared, '--out', out, *one)
    for name in ('duckdb', 'polars'):
        runs[f'refund: {name}'] = [sys.executable, str(HERE / 'others.py'), name, str(sources['refund']), out, str(OLD), str(NEW)]
    best = {}
    for _ in range(ROUNDS):
        for name, command in runs.items():
            seconds, memory, printed = measure(command)
            # The others print their time without that of starting Python and of importing.
            if command[0] == sys.executable:
                seconds = float(printed)
            least, most = best.get(name, (seconds, memory))
            best[name] = (min(least, seconds), max(most, memory))
    _, most_memory, _ = measure(audit('refund', sources['refund'], *compared, '--out', out, '--threads', '2'), core='0,1')
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
    print(f'| resident memory, all written by two threads | {most_memory:.0f} MB | under 100 MB |')
    print(f"| one thread : two threads, elapsed | {elapsed['1'] / elapsed['2']:.2f} | at least 1.8 |")


main()
