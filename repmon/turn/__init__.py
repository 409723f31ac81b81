"""The rooms behind `repmon.pipeline`: one file for each arrow of the flow."""
