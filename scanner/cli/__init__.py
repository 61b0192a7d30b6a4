"""The command line: flags, messages, exit codes. Nothing here knows how anything is found."""
