"""Short surveys at fixed points: asked of each person apart, told only in numbers."""
