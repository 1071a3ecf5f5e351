"""The view of the federation, rendered to one HTML file."""

from importlib.resources import files

from reports.dashboard.view import DashboardInputs, view
from reports.printing import environment


def dashboard(inputs: DashboardInputs) -> bytes:
    """《帮扶资金总览》 as one HTML file, UTF-8. The same inputs give the same bytes.

    It counts and sums nobody by name: units, sources, categories, rules. Cells of fewer than five are not shown.
    """
    page = environment("reports.dashboard", autoescape=True).get_template("page.html.j2")
    style = files("reports.dashboard").joinpath("templates/page.css").read_text("utf-8")
    return page.render(v=view(inputs), style=style).encode()
