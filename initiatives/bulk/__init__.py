"""Many made-up initiatives for measuring and testing: set-based, but through the same guards of the database as real
ones.

Believable in what they hold, not in what they tell: the stories of the demonstration are in `initiatives/demo/`.
"""
