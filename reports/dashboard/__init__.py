"""The overview page: one offline HTML file, no script, nothing from the network, nobody's name in it."""

from reports.dashboard.page import dashboard
from reports.dashboard.view import DashboardInputs

__all__ = ["DashboardInputs", "dashboard"]
