"""`python -m proxy` is `milchglas`."""

from proxy.cli import main

if __name__ == "__main__":
    main()
