"""The benchmarks: what is started, loaded, compared and told. `command` is where it begins."""
