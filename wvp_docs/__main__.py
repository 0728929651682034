"""`python -m wvp_docs` is `wvp-docs`."""

from wvp_docs.cli import main

if __name__ == "__main__":
    main()
