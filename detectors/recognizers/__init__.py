"""One file a recogniser: pure validation functions and a Presidio class; last line `PLUGIN = …`."""
