"""One text to one target: over real HTTP and SMTP on this machine."""
