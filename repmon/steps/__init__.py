"""The pure verbs of the pipeline: values in, values out; no I/O, no clock, no session."""
