"""《项目支出绩效自评报告》: the annual report of one project and budget year, as .docx."""

from reports.annual.document import annual_report
from reports.annual.inputs import AnnualInputs, Audience, MissingFigures
from reports.annual.text import plain_text

__all__ = ["AnnualInputs", "Audience", "MissingFigures", "annual_report", "plain_text"]
