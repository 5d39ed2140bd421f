"""`python -m corpus_search`."""

from corpus_search.cli import main

if __name__ == "__main__":
    main()
