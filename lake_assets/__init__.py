"""The DataOps backbone: sources through landing, formatted, trusted and exploitation zones to analysis."""
