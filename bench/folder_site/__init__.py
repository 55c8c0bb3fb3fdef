"""The site that `bench.folder` measures."""
