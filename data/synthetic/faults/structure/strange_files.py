"""S.refused_format, S.unknown_kind, S.hidden_sheet, S.unknown_column: files and sheets that the product cannot use."""

from data.synthetic.faults.fault import Fault
from data.synthetic.paper.document import Document, Form
from data.synthetic.paper.habits import Style
from data.synthetic.paper.papers import Papers, heading, this_file, this_sheet
from data.synthetic.paper.table import Row, Table
from data.synthetic.records import Unit
from data.synthetic.scene import Scene

RAR = b"Rar!\x1a\x07\x01\x00" + bytes(range(64))
SIGN_IN = ["参会人员", "科室", "签到时间", "签名"]
DRAFT = ["测算项", "测算数"]
UNUSED = "网点联系人"


def _county(scene: Scene, name: str) -> Unit:
    return scene.chance(name).choice(scene.federation.units[1:])


class Refused(Fault):
    """A scan in an archive that nobody here can open; it is no table, so it is approved as it is."""

    rule_id = "S.refused_format"

    def write(self, scene: Scene) -> None:
        """It lies in a county's folder."""
        county = _county(scene, self.name)
        document = Document(county.name, "走访照片", "rar", raw=RAR)
        scene.first.documents.append(document)
        scene.expect(self.rule_id, county, this_file(document))
        scene.waive(self.rule_id, county, reason="影像资料，不含报送表格，由县总工会留存原件备查")


class SignInSheet(Fault):
    """A workbook that is none of the forms; it belongs to the minutes and is approved as it is."""

    rule_id = "S.unknown_kind"

    def write(self, scene: Scene) -> None:
        """Who sat in the meeting."""
        county = _county(scene, self.name)
        people = [["李主任", "权益保障部", "9:00", "（签）"], ["王会计", "财务资产部", "9:05", "（签）"]]
        document = Document(county.name, "集体研究会议签到", "xlsx", [_page("签到", SIGN_IN, people)])
        scene.first.documents.append(document)
        scene.expect(self.rule_id, county, heading(document))
        scene.waive(self.rule_id, county, reason="会议签到表，随会议记录归档，不是报送表格")


class HiddenSheet(Fault):
    """A draft that somebody hid in the workbook of units; it is told and not read."""

    rule_id = "S.hidden_sheet"

    def write(self, scene: Scene) -> None:
        """In both deliveries: nobody corrects it."""
        for papers, expect in ((scene.first, scene.expect), (scene.final, scene.expect_finally)):
            document = _city_book(papers, "units")
            page = _page("底稿", DRAFT, [["测算合计", "待核"]], is_hidden=True)
            document.pages.append(page)
            where = this_sheet(document, page)
            expect(self.rule_id, scene.federation.units[0], where)


class UnusedColumn(Fault):
    """A column of the city's own in the register of accounts."""

    rule_id = "S.unknown_column"

    def write(self, scene: Scene) -> None:
        """In both deliveries: nobody corrects it."""
        for papers, expect in ((scene.first, scene.expect), (scene.final, scene.expect_finally)):
            document = _city_book(papers, "accounts")
            place, page = next((n, page) for n, page in enumerate(document.pages) if page.kind == "accounts")
            assert isinstance(page, Form)
            page.table.columns.append(UNUSED)
            for row in page.table.rows:
                row[UNUSED] = "大堂经理"
            expect(self.rule_id, scene.federation.units[0], heading(document, place))


def _page(name: str, columns: list[str], lines: list[list[str]], is_hidden: bool = False) -> Form:
    rows = [Row(None, dict(zip(columns, line, strict=True))) for line in lines]
    return Form(Table("", name, name, columns, rows, is_hidden=is_hidden), Style())


def _city_book(papers: Papers, kind: str) -> Document:
    """The workbook of the city that holds this register, which no other fault corrects."""
    return next(spot.document for spot in papers.spots(kind))
