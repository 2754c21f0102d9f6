"""The commands in groups, one noun a module; proxy/cli.py puts them together."""
