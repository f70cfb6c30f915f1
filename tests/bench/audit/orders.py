"""Orders made up by DuckDB, the same for the same number: for the questions refund and purchase."""

# A number from 0 to 999,999 for each order and each purpose.
DRAW = '(hash(id * 31 + {salt}) % 1000000)'
KNOWN = 965_000


def draw(salt):
    return DRAW.format(salt=salt)


def choice(salt, names, null=True):
    """One of the names with equal chances; a name may be there several times."""
    listed = ', '.join(f"'{name}'" for name in names)
    value = f'[{listed}][1 + ({draw(salt)} % {len(names)})::INTEGER]'
    return f'CASE WHEN {draw(salt + 500)} < {KNOWN} THEN {value} END' if null else value


def time(salt, first, days):
    """A time within so many days after the time."""
    value = f'({first} + to_milliseconds((({draw(salt)} * 86.4 * {days}))::BIGINT))'
    return f'CASE WHEN {draw(salt + 500)} < {KNOWN} THEN {value} END'


def number(salt, below):
    # One in 50,000 is out of bounds.
    value = f'CASE WHEN {draw(salt + 900)} < 20 THEN 1000001 ELSE {draw(salt)} % {below} END'
    return f'CASE WHEN {draw(salt + 500)} < {KNOWN} THEN ({value})::INTEGER END'


START = "TIMESTAMP '2021-02-01 00:00:00'"
PAID = f'({START} + to_minutes(({draw(1)} % 200000)::BIGINT))'
PHONE = f"CASE WHEN {draw(2)} < 30000 THEN '' WHEN {draw(2)} < {KNOWN} THEN '138' || lpad(({draw(3)} * 97 % 100000000)::VARCHAR, 8, '0') END"
LEDGERS = ['A', 'A账套', 'B', '小明的公司', '小明的公司', '总账']
ADD_ONS = ['ledger', 'voucher_pack', 'bookkeeping', 'tax_filing', 'cloud_backup']

COLUMNS = {
    'refund': {
        'edition': choice(10, ['cloud', 'cloud', 'cloud', 'free_lifetime', 'free_lifetime', 'paid']),
        'order_status': choice(11, ['paid'] * 14 + ['applied'] * 3 + ['refunded'] * 2 + ['unpaid']),
        'order_invoice': choice(12, ['none'] * 6 + ['requested', 'issued', 'downloaded']),
        'order_reason': choice(13, ['unusable', 'wrong_ledger', 'wrong_year', 'wrong_quantity', 'change_of_mind']),
        # A few are paid after they are asked about, which is a contradiction.
        'order_paidAt': f'(CASE WHEN {draw(501)} < {KNOWN} THEN {PAID} + to_days(CASE WHEN {draw(9)} < 300 THEN 60 ELSE 0 END::INTEGER) END)',
        'order_appliedAt': time(14, PAID, 3),
        'now': time(15, f'({PAID} + to_days(3))', 25),
        'order_phone': PHONE,
        'cloud_used': number(16, 12),
        'cloud_bought': number(17, 10),
    },
    'purchase': {
        'edition': choice(20, ['cloud', 'free_lifetime', 'free_lifetime', 'free_lifetime', 'paid']),
        'product': choice(21, ADD_ONS + ['voucher_pack', 'ledger', 'cloud_ledgers', 'full_edition', 'paid_edition']),
        'entry': choice(22, ['in_app'] * 5 + ['website']),
        'payment': choice(23, ['wechat', 'wechat', 'alipay', 'alipay', 'other']),
        'goal': choice(24, ['close_books', 'add_vouchers', 'other', 'other']),
        'need_ledger': choice(25, LEDGERS),
        'need_year': f'(2019 + {draw(26)} % 3)::INTEGER',
        'selected_ledger': choice(27, LEDGERS),
        'selected_year': f'(2019 + {draw(28)} % 3)::INTEGER',
        'opened': '[name FOR name IN [' + ', '.join(f"CASE WHEN {draw(29 + index)} < 300000 THEN '{name}' END" for index, name in enumerate(ADD_ONS)) + '] IF name IS NOT NULL]',
        'cloud_used': number(36, 12),
        'cloud_bought': number(37, 10),
        'cloud_ordered': number(38, 10),
        'cloud_purpose': choice(39, ['renew', 'add']),
        'member_replacesOld': f'({draw(40)} < 100000)',
    },
}


def write(connection, question, count, path):
    columns = ', '.join(
        f'{expression}{"::TIMESTAMPTZ" if name in ("now", "order_paidAt", "order_appliedAt") else ""} AS {name}'
        for name, expression in COLUMNS[question].items())
    # Memory goes with the size of row groups, so that it is the same for files of different lengths.
    group = max(2048, min(count // 4, 250_000))
    connection.execute(
        f"COPY (SELECT id, {columns} FROM (SELECT range AS id FROM range({count}))) TO '{path}' "
        f'(FORMAT parquet, COMPRESSION snappy, ROW_GROUP_SIZE {group})')
