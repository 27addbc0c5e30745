"""How a group applies to sponsor: its plan and budget, the questions, the scores, the decision."""
