"""The comparison of two plans for people and for programs: as text, as plain values, as a table for a spreadsheet."""

from optimizer.report.changes.changes import Changes
from optimizer.report.changes.document import changes_document
from optimizer.report.changes.reasons import changed_inputs, reason_named
from optimizer.report.changes.table import changes_table
from optimizer.report.changes.text import changes_text

__all__ = ["Changes", "changed_inputs", "changes_document", "changes_table", "changes_text", "reason_named"]
