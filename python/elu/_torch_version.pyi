# What the build writes.
BUILT_WITH: str
