"""`python -m scanner` is `dowse`."""

from scanner.cli.main import main

main()
