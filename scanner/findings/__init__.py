"""What is done with findings: suppressing, comparing with a baseline, searching."""
