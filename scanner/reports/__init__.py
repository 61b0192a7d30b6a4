"""What a run says: one file a format, named in `scanner.reports.registry`."""
