from __future__ import annotations

from . import settings_for_tests_of_billing
from .helpers_billing_export import export_all
from ..core_billing import Ledger


def run(ledger: Ledger):
    return export_all(ledger, settings_for_tests_of_billing.TARGET)
