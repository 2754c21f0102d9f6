"""The admin listener: is it alive, is it ready, its figures, and a page for people.

For this machine, not for visitors. It asks for no password, and shows no recorded value, no address and no secret.
"""
