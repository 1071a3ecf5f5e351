"""Faults of who is helped: numbers, case files, cards, visits."""

from data.synthetic.faults.fault import Fault
from data.synthetic.faults.people.file_missing import FileMissing
from data.synthetic.faults.people.file_too_late import FileTooLate
from data.synthetic.faults.people.no_card import NoCard
from data.synthetic.faults.people.second_file import SecondFile
from data.synthetic.faults.people.strange_holder import StrangeHolder
from data.synthetic.faults.people.visit_without_payment import VisitWithoutPayment
from data.synthetic.faults.people.wrong_birth_date import FutureBirthDate, NoBirthDate
from data.synthetic.faults.people.wrong_check_digit import WrongCheckDigit

PEOPLE: tuple[type[Fault], ...] = (
    FileTooLate,
    FileMissing,
    NoBirthDate,
    FutureBirthDate,
    VisitWithoutPayment,
    SecondFile,
    NoCard,
    WrongCheckDigit,
    StrangeHolder,
)
