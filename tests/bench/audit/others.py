"""The refund question written by hand for DuckDB and for Polars, from the clauses and not from the engine.

Both answer each order by two sets of terms, keep the orders whose verdict or codes differ, and write them as Parquet.
The rules that fired are the bits of a number, which is less work than the lists of codes that `audit` writes; neither
says what is missing, which `audit` does. A verdict is a number too, as VERDICTS lists them.

Started as `others.py duckdb|polars INPUT OUTPUT OLD_DAYS NEW_DAYS`, it prints its CPU seconds without the imports.
"""
import datetime
import sys
import time

VERDICTS = ['allow', 'warn', 'refer', 'block', 'unknown', 'invalid']
# Each rule with its severity, an index of VERDICTS, in the order of the bits. `{days}` is the refund window.
RULES = [
    ('ORDER_NOT_PAID', 3, "order_status = 'unpaid'"),
    ('ORDER_ALREADY_REFUNDED', 3, "order_status = 'refunded'"),
    ('REFUND_UNDER_REVIEW', 0, "order_status = 'applied'"),
    ('REFUND_OVERDUE', 2, "order_status = 'applied' AND edition = 'cloud' AND today > due"),
    ('REFUND_SELF_SERVICE', 0, "order_status = 'paid' AND edition = 'free_lifetime' AND order_invoice = 'none'"),
    ('REFUND_WITHIN_WINDOW', 0, "order_status = 'paid' AND edition = 'cloud' AND order_invoice = 'none' AND today <= paid_on + {days}"),
    ('REFUND_WINDOW_PASSED', 2, "order_status = 'paid' AND edition = 'cloud' AND order_invoice = 'none' AND today > paid_on + {days}"),
    ('REFUND_INVOICED', 2, "order_status = 'paid' AND edition = 'free_lifetime' AND order_invoice <> 'none'"),
    ('REFUND_RED_LETTER_FIRST', 2, "order_status = 'paid' AND edition = 'cloud' AND order_invoice <> 'none'"),
    ('REFUND_TERMS_UNSTATED', 2, "order_status = 'paid' AND edition = 'paid'"),
    ('REFUND_REASON_UNSTATED', 1, "order_status = 'paid' AND edition = 'free_lifetime' AND order_reason = 'change_of_mind'"),
    ('PURCHASE_PHONE_NEEDED', 1, "order_status = 'paid' AND edition = 'free_lifetime' AND order_invoice <> 'none' AND trim(order_phone) = ''"),
    ('DELETE_LEDGERS_INSTEAD', 1, "order_status = 'paid' AND edition = 'cloud' AND order_reason IN ('wrong_quantity', 'unusable') AND cloud_used > cloud_bought"),
]
# What makes an order invalid.
INVALID = ("order_paidAt > now OR order_paidAt > order_appliedAt OR order_appliedAt > now "
           "OR cloud_used NOT BETWEEN 0 AND 1000000 OR cloud_bought NOT BETWEEN 0 AND 1000000")
# The working days of 2021 as the State Council announced them, for the review of a refund in three of them.
OFF = ['01-01', '02-11', '02-12', '02-15', '02-16', '02-17', '04-05', '05-03', '05-04', '05-05', '06-14', '09-20',
       '09-21', '10-01', '10-04', '10-05', '10-06', '10-07']
WORK = ['02-07', '02-20', '04-25', '05-08', '09-18', '09-26', '10-09']


def due_days():
    """For each day of most of 2021, counted from 1970, the third working day after it."""
    epoch, first = datetime.date(1970, 1, 1), datetime.date(2021, 1, 1)
    days = [first + datetime.timedelta(days=number) for number in range(365)]
    works = [(day.weekday() < 5 or day.strftime('%m-%d') in WORK) and day.strftime('%m-%d') not in OFF for day in days]
    for index, day in enumerate(days[:340]):
        worked = [later for later in range(index + 1, len(days)) if works[later]]
        yield (day - epoch).days, (days[worked[2]] - epoch).days


def condition(rule, days):
    return rule.format(days=days)


def duckdb_query(source, old, new, where):
    """A query with the columns id, old_verdict, old_fired, verdict and fired."""
    day = lambda column: f'((epoch_ms({column}) + 28800000) // 86400000)'
    facts = f"""SELECT *, {day('now')} AS today, {day('order_paidAt')} AS paid_on,
        ({INVALID}) IS TRUE AS invalid FROM {source} LEFT JOIN due ON {day('order_appliedAt')} = due.applied"""
    sides = ', '.join(
        f'({condition(rule, days)}) AS {side}{index}'
        for side, days in [('o', old), ('n', new)] for index, (_, _, rule) in enumerate(RULES))
    def answer(side):
        highest = lambda holds: 'greatest(' + ', '.join(
            f'CASE WHEN {side}{index} {holds} THEN {severity} END' for index, (_, severity, _) in enumerate(RULES)) + ')'
        fired = ' + '.join(f'CASE WHEN {side}{index} THEN {1 << index} ELSE 0 END' for index in range(len(RULES)))
        reached, possible = highest('IS TRUE'), highest('IS NULL')
        return f"""CASE WHEN invalid THEN 5 WHEN {reached} IS NULL THEN 4
            WHEN coalesce({possible}, -1) > {reached} AND {possible} >= 2 THEN 4 ELSE {reached} END""", \
            f'CASE WHEN invalid THEN 0 ELSE {fired} END'
    (old_verdict, old_fired), (verdict, fired) = answer('o'), answer('n')
    answers = f"""SELECT id, {old_verdict} AS old_verdict, {old_fired} AS old_fired, {verdict} AS verdict,
        {fired} AS fired FROM (SELECT *, {sides} FROM ({facts}))"""
    return f'SELECT * FROM ({answers}) {where}'


def duckdb_connection():
    import duckdb
    connection = duckdb.connect(config={'threads': 1, 'autoinstall_known_extensions': False})
    connection.execute('CREATE TABLE due (applied BIGINT, due BIGINT)')
    connection.executemany('INSERT INTO due VALUES (?, ?)', list(due_days()))
    return connection


DIFFERENT = 'WHERE old_verdict <> verdict OR old_fired <> fired'


def run_duckdb(source, output, old, new):
    query = duckdb_query(f"read_parquet('{source}')", old, new, DIFFERENT)
    duckdb_connection().execute(f"COPY ({query}) TO '{output}' (FORMAT parquet)")


def run_polars(source, output, old, new):
    import polars as pl
    column = pl.col
    day = lambda name: (column(name).dt.epoch('ms') + 28_800_000) // 86_400_000
    due = pl.LazyFrame(list(due_days()), schema=['applied', 'due'], orient='row')
    status, edition, invoice, reason = (column(name) for name in ('order_status', 'edition', 'order_invoice', 'order_reason'))
    paid, applied = status == 'paid', status == 'applied'
    free, cloud, none = edition == 'free_lifetime', edition == 'cloud', invoice == 'none'
    small = lambda name: (column(name) >= 0) & (column(name) <= 1_000_000)

    def rules(days):
        within = column('today') <= column('paid_on') + days
        return [
            status == 'unpaid', status == 'refunded', applied, applied & cloud & (column('today') > column('due')),
            paid & free & none, paid & cloud & none & within, paid & cloud & none & ~within, paid & free & ~none,
            paid & cloud & ~none, paid & (edition == 'paid'), paid & free & (reason == 'change_of_mind'),
            paid & free & ~none & (column('order_phone').str.strip_chars() == ''),
            paid & cloud & reason.is_in(['wrong_quantity', 'unusable']) & (column('cloud_used') > column('cloud_bought')),
        ]

    def answer(side):
        names = [column(f'{side}{index}') for index in range(len(RULES))]
        reached = pl.max_horizontal(*[pl.when(name).then(severity) for name, (_, severity, _) in zip(names, RULES)])
        possible = pl.max_horizontal(*[pl.when(name.is_null()).then(severity) for name, (_, severity, _) in zip(names, RULES)])
        fired = sum((name.fill_null(False).cast(pl.Int32) * (1 << index) for index, name in enumerate(names)), pl.lit(0))
        verdict = (pl.when(column('invalid')).then(5).when(reached.is_null()).then(4)
                   .when((possible.fill_null(-1) > reached) & (possible >= 2)).then(4).otherwise(reached))
        return verdict, pl.when(column('invalid')).then(0).otherwise(fired)

    invalid = ((column('order_paidAt') > column('now')) | (column('order_paidAt') > column('order_appliedAt'))
               | (column('order_appliedAt') > column('now')) | ~small('cloud_used') | ~small('cloud_bought'))
    (old_verdict, old_fired), (verdict, fired) = answer('o'), answer('n')
    frame = (pl.scan_parquet(source)
             .with_columns(today=day('now'), paid_on=day('order_paidAt'), applied_on=day('order_appliedAt'),
                           invalid=invalid.fill_null(False))
             .join(due, left_on='applied_on', right_on='applied', how='left')
             .with_columns(*[rule.alias(f'{side}{index}') for side, days in [('o', old), ('n', new)]
                             for index, rule in enumerate(rules(days))])
             .select('id', old_verdict=old_verdict, old_fired=old_fired, verdict=verdict, fired=fired)
             .filter((column('old_verdict') != column('verdict')) | (column('old_fired') != column('fired'))))
    frame.sink_parquet(output)


if __name__ == '__main__':
    which, source, output, old, new = sys.argv[1:]
    run = {'duckdb': run_duckdb, 'polars': run_polars}[which]
    __import__(which)
    start = time.process_time()
    run(source, output, int(old), int(new))
    print(time.process_time() - start)
