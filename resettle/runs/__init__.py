"""Report runs: figures put together once, with what they mean, and never computed again."""
