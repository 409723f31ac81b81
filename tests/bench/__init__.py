"""What repmon costs and how fast it is, each figure beside something measured in the same run: `make bench`."""
