"""Every reason to refuse a file or to question a cell, with its Chinese sentence and remedy."""

from dataclasses import dataclass
from typing import NamedTuple

UNCHANGED = "系统内数据未发生任何变化。"


@dataclass(frozen=True)
class Problem:
    """A sentence (what and where) and a remedy (how to repair), both with named blanks."""

    sentence: str
    remedy: str


SAVE_AS_XLSX = "请用 WPS 或 Excel 打开，另存为“Excel 工作簿（.xlsx）”后重新上传。"
SPLIT_FILE = "请删除多余内容或拆成几个文件后重新上传。"

FILE_PROBLEMS = {
    "E-FILE-01": Problem("文件为空（0 字节）。", "请检查文件后重新上传。"),
    "E-FILE-02": Problem("文件不完整或已损坏{where}。", "请重新另存或重新导出后上传。"),
    "E-FILE-03": Problem(
        "这不是有效的 Excel 工作簿，而是{what}。", "请上传 .xlsx、.xls 或 .csv 文件。"
    ),
    "E-FILE-04": Problem("这是{what}，系统不能直接读取。", SAVE_AS_XLSX),
    "E-FILE-05": Problem(
        "文件已加密，无法读取。", "请在 WPS 或 Excel 中取消打开密码，保存后重新上传。"
    ),
    "E-FILE-06": Problem("文件解压后过大：{what}，超过上限 {limit}。", SPLIT_FILE),
    "E-FILE-07": Problem("工作表{sheet}的表格范围异常：{what}。", SAVE_AS_XLSX),
    "E-FILE-08": Problem("文件内部结构异常：{what}。", SAVE_AS_XLSX),
    "E-FILE-09": Problem("工作表{sheet}的行数核对不符：{what}。", SAVE_AS_XLSX),
    "E-FILE-10": Problem("文件含宏，为安全起见不予读取。", SAVE_AS_XLSX),
    "E-FILE-11": Problem("工作表{sheet}超出 {limit} 行的上限。", "请拆成几个文件后分别上传。"),
    "E-FILE-12": Problem("文件大小超过上限 {limit}。", SPLIT_FILE),
    "E-FILE-13": Problem(
        "没有找到表头{where}。", "请确认表中有一行是列名（如“企业名称”“统一社会信用代码”）。"
    ),
    "E-FILE-14": Problem("工作表{sheet}有 {count} 列，超过上限 {limit} 列。", SPLIT_FILE),
    "E-FILE-15": Problem("文件解析超时，已停止。", "请另存为 .csv 或拆成几个文件后重新上传。"),
    "E-FILE-16": Problem("文件里没有工作表“{sheet}”。", "请重新选择工作表。"),
    "E-FILE-17": Problem("文件里没有任何数据。", "请确认数据已保存在工作表中。"),
    "E-CSV-01": Problem(
        "第 {line} 行附近的文字编码无法识别。", "请另存为“CSV UTF-8”或 .xlsx 后重新上传。"
    ),
    "E-CSV-03": Problem("引号不成对的行超过 {limit} 行，无法可靠分列。", SAVE_AS_XLSX),
    "E-IO-01": Problem("服务器磁盘空间不足，文件没有读完。", "请联系系统管理员清理空间后重试。"),
}

CELL_PROBLEMS = {
    "E-CELL-01": Problem("第 {row} 行“{column}”超过 32767 字。", "请缩短内容后重新上传。"),
    "E-CELL-02": Problem("第 {row} 行“{column}”含不可见控制字符，已去除。", "请核对该单元格内容。"),
    "E-CELL-03": Problem("第 {row} 行“{column}”是公式错误值。", "请改正公式，或粘贴为数值后上传。"),
    "E-CELL-04": Problem(
        "第 {row} 行“{column}”的公式没有计算结果。", "请用 WPS 或 Excel 打开，保存后重新上传。"
    ),
    "E-CELL-05": Problem(
        "第 {row} 行“{column}”取自上方的合并单元格。", "请核对；如不适用，取消合并后逐行填写。"
    ),
    "E-ROW-01": Problem("第 {row} 行在表格中被隐藏或筛选掉。", "请确认该行是否应当导入。"),
    "E-CSV-02": Problem(
        "第 {row} 行的列数与表头不一致。", "请检查该行是否多了或少了分隔符、引号。"
    ),
    "E-CSV-04": Problem("第 {row} 行的引号不成对。", "请补全或删去该行的双引号。"),
}


class FileError(Exception):
    """The whole file is refused; nothing was read into the system."""

    def __init__(self, code: str, **facts: object) -> None:
        super().__init__(code, facts)
        self.code = code
        self.facts = facts

    @property
    def sentence(self) -> str:
        blanks = {"where": "", "sheet": "", **self.facts}
        return FILE_PROBLEMS[self.code].sentence.format(**blanks)

    @property
    def remedy(self) -> str:
        return FILE_PROBLEMS[self.code].remedy

    def __str__(self) -> str:
        return f"{self.code} {self.sentence}{self.remedy}"


class CellNote(NamedTuple):
    """A remark on one cell of a row; column -1 stands for the whole row."""

    column: int
    code: str

    def sentence(self, row: int, column: str = "") -> str:
        return CELL_PROBLEMS[self.code].sentence.format(row=row, column=column)

    @property
    def remedy(self) -> str:
        return CELL_PROBLEMS[self.code].remedy
