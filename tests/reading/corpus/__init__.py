"""A corpus with its own answers: clean articles, and what printers, reprint sites and crawlers make of them.

Everything is drawn from ``random.Random(seed)``, so it is the same on every run. The noise is written from
what those sites and programs do, and shares no table with the repairs.
"""
