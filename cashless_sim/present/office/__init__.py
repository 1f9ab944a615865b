"""Finished runs as files of office programs: workbook, slides with editable charts, one-page brief."""
