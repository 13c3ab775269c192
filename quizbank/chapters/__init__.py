"""The questions: a folder a chapter, one file per question."""
