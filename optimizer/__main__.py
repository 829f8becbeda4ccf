"""`python -m optimizer` is the command line."""

from optimizer.cli.main import main

main()
