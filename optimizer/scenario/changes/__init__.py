"""Changes of a scenario that a planner asks about: what if ...?"""
