"""The evaluation record: how the trial is judged, by which evidence, by whom and when."""
