"""Seeded lists of invented enterprises: a first year, and a second year with known differences.

python -m benchmarks.generate 10k    writes y1 and y2 as CSV (UTF-8 and GB18030) and XLSX

The second year against the first: 5 % vanished, 6 % new, 8 % changed in up to three fields; besides
0.5 % wrong check digits, 0.3 % impossible dates, 0.3 % unreadable numbers and 0.2 % codes that
occur twice.
"""

import csv
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from random import Random

import xlsxwriter

from core.identifiers import complete_uscc

SIZES = {"1k": 1_000, "2k": 2_000, "10k": 10_000, "30k": 30_000, "100k": 100_000, "1m": 1_000_000}
DATA = Path(__file__).parent / "data"
COUNTY = "340822"
HEADERS = (
    "统一社会信用代码",
    "企业名称",
    "法定代表人",
    "企业类型",
    "行业代码",
    "行业门类",
    "成立日期",
    "注册资本",
    "登记状态",
    "住所",
    "经营地址",
    "登记机关",
    "联系电话",
    "从业人数",
    "年营业收入(万元)",
    "经营范围",
)
CODE, NAME, PERSON, DAY, STATUS, BUSINESS_ADDRESS, STAFF = 0, 1, 2, 6, 8, 10, 13
TOWNS = [a + b for a in ("高河", "石牌", "月山", "黄墩", "洪铺", "小市", "金拱") for b in ("镇",)]
SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许"
GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰建国志文海燕"
FIRST = "华中天海金鑫宏盛瑞祥恒泰和永兴德信诚嘉美佳利源丰通达顺安康博创新智云联"
SECOND = "达源盛泰隆兴瑞丰通祥宇诚信力科美佳辉阳光峰创易邦元润泽"
TRADES = ("科技", "商贸", "电子", "机械", "建筑", "物流", "餐饮管理", "新材料", "服装", "食品")
SUFFIXES = ("有限公司",) * 7 + ("有限责任公司", "股份有限公司", "合伙企业（有限合伙）")
TYPES = ("有限责任公司(自然人投资或控股)",) * 6 + (
    "有限责任公司(自然人独资)",
    "个人独资企业",
    "有限责任公司(台港澳法人独资)",
    "有限责任公司(国有独资)",
)
INDUSTRIES = (
    ("3911", "制造业"),
    ("5199", "批发和零售业"),
    ("6513", "信息传输、软件和信息技术服务业"),
    ("4710", "建筑业"),
    ("6210", "住宿和餐饮业"),
)
STATUSES = ("存续(在营、开业、在册)",) * 6 + ("存续",) * 3 + ("注销",)
SCOPES = ("技术开发、技术咨询、技术服务", "五金产品零售", "普通货物道路运输", "服装服饰批发")
ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"

Row = list[str]


def first_year(count: int, seed: int = 7) -> Iterator[Row]:
    random = Random(seed)
    for serial in range(count):
        yield enterprise(random, serial)


def second_year(count: int, seed: int = 7) -> Iterator[Row]:
    """The same enterprises one year later; faults are dealt out in fixed shares."""
    random = Random(seed + 1)
    for row in first_year(count, seed):
        if random.random() >= 0.05:
            yield from with_faults(random, changed(random, row))
    for serial in range(count, count + count * 6 // 100):
        yield from with_faults(random, enterprise(random, serial))


def enterprise(random: Random, serial: int) -> Row:
    tail, rest = "", serial
    while rest:
        rest, digit = divmod(rest, 31)
        tail = ALPHABET[digit] + tail
    town, pick = random.choice(TOWNS), random.choice
    address = f"安徽省安庆市怀宁县{town}{pick(FIRST)}{pick(SECOND)}路{random.randint(1, 999)}号"
    industry = pick(INDUSTRIES)
    founded = date(2000, 1, 1) + timedelta(days=random.randrange(9000))
    return [
        complete_uscc(f"91{COUNTY}MA{tail.rjust(7, '0')}"),
        f"怀宁{pick(FIRST)}{pick(SECOND)}{pick(FIRST)}{pick(SECOND)}{pick(TRADES)}{pick(SUFFIXES)}",
        pick(SURNAMES) + pick(GIVEN) + pick(GIVEN),
        pick(TYPES),
        industry[0],
        industry[1],
        founded.isoformat(),
        f"{random.randint(10, 5000)}万元人民币",
        pick(STATUSES),
        address,
        address,
        "怀宁县市场监督管理局",
        f"13{random.randrange(10**9):09d}",
        str(int(min(random.paretovariate(1.1) * 6, 20_000))),
        f"{random.lognormvariate(5.5, 2):.2f}",
        ";".join(pick(SCOPES) for _ in range(3)),
    ]


def changed(random: Random, row: Row) -> Row:
    if random.random() < 0.08:
        row = row.copy()
        row[STAFF] = str(int(row[STAFF]) + 3)
        if random.random() < 0.5:
            row[PERSON] = "张新明"
        if random.random() < 0.5:
            row[BUSINESS_ADDRESS] += "2层"
    return row


def with_faults(random: Random, row: Row) -> Iterator[Row]:
    draw = random.random()
    if draw < 0.005:
        row[CODE] = row[CODE][:17] + ("0" if row[CODE][17] != "0" else "1")
    elif draw < 0.008:
        row[DAY] = "2023-02-30"
    elif draw < 0.011:
        row[STAFF] = "约十人"
    yield row
    if 0.011 <= draw < 0.013:
        yield row.copy()


def write_csv(path: Path, rows: Iterator[Row], encoding: str = "utf-8") -> None:
    with path.open("w", encoding=encoding, newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADERS)
        writer.writerows(rows)


def write_xlsx(path: Path, rows: Iterator[Row]) -> None:
    """As office programs save it: shared strings, numeric cells, true dates."""
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("名录")
        as_date = book.add_format({"num_format": "yyyy-mm-dd"})
        sheet.write_row(0, 0, HEADERS)
        for number, row in enumerate(rows, start=1):
            for column, value in enumerate(row):
                if column == DAY and value != "2023-02-30":
                    sheet.write_datetime(number, column, date.fromisoformat(value), as_date)
                elif column == STAFF and value.isdigit():
                    sheet.write_number(number, column, int(value))
                else:
                    sheet.write_string(number, column, value)


def files(size: str, *, kinds: tuple[str, ...] = ("csv", "gb.csv", "xlsx")) -> dict[str, Path]:
    """Paths of the generated files by "y1.csv" … "y2.xlsx"; written once, then reused."""
    DATA.mkdir(exist_ok=True)
    paths = {}
    for year, rows in (("y1", first_year), ("y2", second_year)):
        for kind in kinds:
            path = paths[f"{year}.{kind}"] = DATA / f"{year}_{size}.{kind}"
            if path.exists():
                continue
            part = path.with_name(path.name + ".part")
            if kind == "xlsx":
                write_xlsx(part, rows(SIZES[size]))
            else:
                write_csv(part, rows(SIZES[size]), "gb18030" if kind == "gb.csv" else "utf-8")
            part.rename(path)
    return paths


if __name__ == "__main__":
    for written in files(sys.argv[1]).values():
        print(written)
