"""`python -m quizbank` is the command `quizbank`."""

from quizbank.cli import main

main()
