"""The connectors that come with repmon: one file, one site; they come in by the same door as anybody else's."""
