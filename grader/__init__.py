"""Read what students write, judge it, and report; knows nothing of how questions are made or solved."""
