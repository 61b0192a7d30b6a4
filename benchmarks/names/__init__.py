"""Training and measuring the search for names and addresses; on one thread, as the workers of a scan do it."""

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
