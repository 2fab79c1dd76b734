"""`python -m nlp` trains the classifier if its model is not there yet, so that nothing has to wait for it later."""

import sys

from nlp.classify import open_classifier


def _tell(done: int, total: int) -> None:
    if sys.stderr.isatty():
        sys.stderr.write(f"\r{100 * done // max(1, total)} %")


def main() -> None:
    """Open the classifier once."""
    sys.stderr.write("The classifier: trained once, about a minute …\n")
    open_classifier(progress=_tell)


if __name__ == "__main__":
    main()
