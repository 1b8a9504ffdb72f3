"""Makes roster.xlsx, roster.xls and roster.ods: one messy roster in three formats, read by tests/suite/sheet.rs.

Run: python3 -m venv v && v/bin/pip install openpyxl xlwt odfpy && v/bin/python sheets.py
"""

import datetime

DAY = datetime.date(2024, 3, 5)
TEAM = "红山区科技志愿服务队"
ROWS = [
    ["赤峰市红山区科技志愿者花名册"],
    ["", "填报单位：红山区科协", "", "", "", "填报日期：", DAY],
    [],
    ["序号", "*姓　名", "身份证\n号码", "手机号（必填）", "所属\n服务队", "专业技能", "旗县", "注册时间", "T恤尺码"],
    ["", "", "（18位）", "（11位）", "", "", "", "（年-月-日）", ""],
    [1, "李晓东", "'11010519491231002x", 13912344471, TEAM, "农牧技术、医疗健康", "红山区", DAY, "XL"],
    [2, "娜仁•高娃\u00a0", "", " 138 1234 5679", TEAM, "科普宣讲；气象与地质", "松山区", "2024年3月5日", "L"],
    [3, "𠮷日嘎拉", "", "+86 13812345680", "松山区", "科普宣讲/讲解", "松山区", 45356, ""],
    [4, "王芳", 150102199001011234, "１３８１２３４５６８１", "红山区", "", "", 20240305, "M"],
    ["合计", "4人"],
    ["注：以上人员均已本人同意。"],
]
TITLE, MERGED = (0, 0, 0, 8), (5, 6, 4, 4)


def xlsx():
    import openpyxl

    book = openpyxl.Workbook()
    page = book.active
    page.title = "花名册"
    for at, row in enumerate(ROWS, 1):
        for column, value in enumerate(row, 1):
            if value != "" and (at, column) != (MERGED[1] + 1, MERGED[2] + 1):
                page.cell(at, column, value)
    for r1, r2, c1, c2 in (TITLE, MERGED):
        page.merge_cells(start_row=r1 + 1, end_row=r2 + 1, start_column=c1 + 1, end_column=c2 + 1)
    book.create_sheet("填表说明").cell(1, 1, "请如实填写")
    book.save("roster.xlsx")


def xls():
    import xlwt

    book = xlwt.Workbook()
    page = book.add_sheet("花名册")
    day = xlwt.easyxf(num_format_str="yyyy-mm-dd")
    page.write_merge(*TITLE, ROWS[0][0])
    page.write_merge(*MERGED, TEAM)
    for at, row in enumerate(ROWS[1:], 1):
        for column, value in enumerate(row):
            if value == "" or (column == MERGED[2] and MERGED[0] <= at <= MERGED[1]):
                continue
            if isinstance(value, datetime.date):
                page.write(at, column, value, day)
            else:
                page.write(at, column, value)
    book.add_sheet("填表说明").write(0, 0, "请如实填写")
    book.save("roster.xls")


def ods():
    from odf.opendocument import OpenDocumentSpreadsheet
    from odf.table import Table, TableCell, TableRow
    from odf.text import P

    book = OpenDocumentSpreadsheet()
    page = Table(name="花名册")
    for row in ROWS:
        line = TableRow()
        for value in row or [""]:
            if isinstance(value, datetime.date):
                cell = TableCell(valuetype="date", datevalue=value.isoformat())
            elif isinstance(value, int):
                cell = TableCell(valuetype="float", value=str(value))
            elif value == "":
                cell = TableCell()
            else:
                cell = TableCell(valuetype="string")
            if value != "":
                for text in str(value).split("\n"):
                    cell.addElement(P(text=text))
            line.addElement(cell)
        page.addElement(line)
    book.spreadsheet.addElement(page)
    other = Table(name="填表说明")
    line = TableRow()
    cell = TableCell(valuetype="string")
    cell.addElement(P(text="请如实填写"))
    line.addElement(cell)
    other.addElement(line)
    book.spreadsheet.addElement(other)
    book.save("roster.ods")


xlsx()
xls()
ods()
