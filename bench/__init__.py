"""Measurements of speed, apart from the tests: ratios to baselines of the same run."""
