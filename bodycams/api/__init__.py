"""The API as a whole, by the NL GOV REST API Design Rules: its door, its manners, its description. What can be asked
stands in `api/` of each app, who may ask in `organisation/api.py`.

Django Ninja and what it brings along cost memory and time, so a web process loads them when the API is first asked for:
only `site.py` here knows them, and only `door.py` opens it.
"""
