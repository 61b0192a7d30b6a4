"""For all tests."""

from hypothesis import settings

# How long something takes is for the benchmarks: a busy machine must not fail a test.
settings.register_profile("dowse", deadline=None)
settings.load_profile("dowse")
