"""S.missing_column, S.unknown_unit, S.unreadable, S.possible_correction: what goes wrong with a whole register."""

from abc import ABC, abstractmethod
from datetime import timedelta

from data.synthetic.faults.fault import Fault
from data.synthetic.faults.id_numbers import born
from data.synthetic.faults.registers import register, unregistered, visits_of
from data.synthetic.paper.document import Document, Form
from data.synthetic.paper.papers import Where, heading, this_file, this_line
from data.synthetic.paper.table import Row
from data.synthetic.records import Batch, Person
from data.synthetic.scene import FINAL, Scene

NEEDED = "慰问对象类型"
UNIT = "单位名称"


class _FaultyRegister(Fault, ABC):
    """A county registers the visits of one of its lists; the list itself says the same of person and money."""

    stem: str
    batch: Batch
    is_known = True  # whose file it is

    def write(self, scene: Scene) -> None:
        """The same workbook twice: with the fault, and as it should have been."""
        self.batch = unregistered(scene, self.name)
        found = visits_of(scene, self.batch, self.name)
        for papers in (scene.first, scene.final):
            document, rows = register(scene, self.batch.unit, found, f"{self.stem}_{self.batch.number}")
            self.prepare(document, rows)
            if papers is scene.first:
                self.err(document, rows)
                scene.expect(self.rule_id, self.batch.unit if self.is_known else None, self.where(document))
            papers.documents.append(document)

    def prepare(self, document: Document, rows: list[Row]) -> None:
        """What both versions have."""

    @abstractmethod
    def err(self, document: Document, rows: list[Row]) -> None:
        """What the first version has."""

    def where(self, document: Document) -> Where:
        """What the finding names."""
        return this_file(document)


class MissingColumn(_FaultyRegister):
    """No row can enter; the lists alone tell the visits."""

    rule_id, stem = "S.missing_column", "走访登记"

    def err(self, document: Document, rows: list[Row]) -> None:
        """The register does not say whom was visited: a person, a household, a group."""
        _columns(document).remove(NEEDED)

    def where(self, document: Document) -> Where:
        """The header row, and the column as the blank form heads it."""
        return heading(document, 0, NEEDED)


class UnknownUnit(_FaultyRegister):
    """The rows wait until somebody knows whose they are."""

    rule_id, stem = "S.unknown_unit", "走访登记表"
    is_known = False

    def prepare(self, document: Document, rows: list[Row]) -> None:
        """Every row states its unit."""
        _columns(document).insert(0, UNIT)
        for row in rows:
            row[UNIT] = self.batch.unit.name

    def err(self, document: Document, rows: list[Row]) -> None:
        """会 mistyped."""
        for row in rows:
            row[UNIT] = f"{self.batch.unit.name[:-1]}汇"


class Truncated(_FaultyRegister):
    """The upload broke off; the file of the same name in the second delivery is whole."""

    rule_id, stem = "S.unreadable", "走访慰问情况"

    def err(self, document: Document, rows: list[Row]) -> None:
        """Two thirds of the bytes."""
        document.spoilt = _first_part


def _first_part(content: bytes) -> bytes:
    return content[: len(content) * 2 // 3]


class PerhapsCorrected(Fault):
    """A visit comes a second time under another ID number, with the second delivery: nobody knows which one is right.

    Only then, because of two files of one delivery nobody could say which is the later.
    """

    rule_id = "S.possible_correction"

    def write(self, scene: Scene) -> None:
        """The register is in both deliveries; one row of it comes again in the second."""
        batch = unregistered(scene, self.name)
        found = visits_of(scene, batch, self.name)
        for papers in (scene.first, scene.final):
            papers.documents.append(register(scene, batch.unit, found, f"走访慰问名册_{batch.number}")[0])
        again, (row,) = register(scene, batch.unit, found[:1], f"走访慰问名册_{batch.number}（更正）")
        head = found[0].payment.household.head
        row["身份证号"] = _neighbour(head)
        scene.final.documents.append(again)
        scene.books[FINAL].alone(_neighbour(head))
        scene.expect_finally(self.rule_id, batch.unit, this_line(row, "身份证号"))


def _neighbour(person: Person) -> str:
    """The number of somebody born a day later, valid in itself."""
    return born(person.id_number, f"{person.born_on + timedelta(days=1):%Y%m%d}")


def _columns(document: Document) -> list[str]:
    page = document.pages[0]
    assert isinstance(page, Form)
    return page.table.columns
