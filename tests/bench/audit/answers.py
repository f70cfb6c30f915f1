"""Makes up orders, and compares the answers of `preflight audit` with those of SQL written by hand.

Started as `answers.py write QUESTION COUNT FILE`, `answers.py compare ANSWERS ORDERS OLD_DAYS NEW_DAYS COUNT` or
`answers.py sample ANSWERS ORDERS MOST FILE`, which writes lines of JSON for `sample.mjs`.
"""
import datetime
import json
import sys
from pathlib import Path

import orders
import others


def compare(answers, source, old, new, count):
    """Every order of the refund question by SQL and by the engine."""
    connection = others.duckdb_connection()
    bits = ' + '.join(
        f"CASE WHEN list_contains({{codes}}, '{code}') THEN {1 << index} ELSE 0 END"
        for index, (code, _, _) in enumerate(others.RULES))
    verdict = "list_position([{}], {{}}) - 1".format(', '.join(f"'{name}'" for name in others.VERDICTS))
    connection.execute(f"""CREATE TABLE ours AS SELECT id,
        {verdict.format('old_verdict')} AS old_verdict, {bits.format(codes='old_codes')} AS old_fired,
        {verdict.format('verdict')} AS verdict, {bits.format(codes='codes')} AS fired, changed
        FROM '{answers}'""")
    query = others.duckdb_query(f"read_parquet('{source}')", old, new, '')
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
    if number == 0 or total[0] != count:
        sys.exit('No order changes, or some are missing, so that nothing was compared.')


def sample(answers, source, most, path):
    """Orders and their answers as lines of JSON, each with its facts as `check` reads them."""
    connection = others.duckdb_connection()
    rows = connection.execute(f"""SELECT orders.*, verdict AS a_verdict, codes AS a_codes, missing AS a_missing
        FROM '{source}' AS orders JOIN '{answers}' AS answers USING (id) ORDER BY hash(id) LIMIT {most}""")
    names = [column[0] for column in rows.description]
    with open(path, 'w', encoding='utf-8') as lines:
        while block := rows.fetchmany(10_000):
            for row in block:
                facts, answer = {}, {}
                for name, value in zip(names, row):
                    if name.startswith('a_'):
                        answer[name.removeprefix('a_')] = value
                    elif value is not None and name != 'id':
                        if isinstance(value, datetime.datetime):
                            value = round(value.timestamp() * 1000)
                        group, _, field = name.partition('_')
                        if field:
                            facts.setdefault(group, {})[field] = value
                        else:
                            facts[name] = value
                lines.write(json.dumps({'id': row[0], 'facts': facts, 'answer': answer}, ensure_ascii=False) + '\n')


if __name__ == '__main__':
    match sys.argv[1:]:
        case ['write', question, count, path]:
            if not Path(path).exists():
                orders.write(others.duckdb_connection(), question, int(count), path)
        case ['compare', answers, source, old, new, count]:
            compare(answers, source, int(old), int(new), int(count))
        case ['sample', answers, source, most, path]:
            sample(answers, source, int(most), path)
