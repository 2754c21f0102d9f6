"""`milchglas selftest`: a visitor who types values that stand nowhere else, and a look at what would be stored."""
