"""How the web server works and what it logs; gunicorn reads this file by itself. Where it listens is said to it."""

import os

from bodycams.checks import is_demo
from bodycams.logs import logging_for

workers = 2
threads = 4
preload_app = True  # imported once, and shared by all of them
worker_class = "bodycams.webserver.Worker"
sendfile = False  # it knows no end to its patience, and what we write does (bodycams/webserver.py)
limit_request_line = 8190  # the most that it can be told: a list is narrowed by its address
control_socket_disable = True
logconfig_dict = logging_for(people=is_demo(os.environ))
