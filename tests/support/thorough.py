"""How much a test does: what `make test` has time for, or all of it for `make thorough`, which sets ELU_THOROUGH=1."""
import os

THOROUGH = "ELU_THOROUGH" in os.environ
