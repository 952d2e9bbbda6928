"""Repairs: each a function from an ``AlignedText`` to the repaired one, which counts what it did."""
