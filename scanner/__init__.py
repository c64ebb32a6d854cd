"""The run: config, engine, store, policy, gap and the command line."""
