"""What a WSGI server serves: gunicorn wsgi:app."""

import sys

from resettle.app import create_app
from resettle.programmes.loader import BadDefinition
from resettle.settings import BadSettings, Settings

try:
    app = create_app(Settings.from_environment())
except (BadSettings, BadDefinition) as error:
    sys.stderr.write(f"{error}\n")
    sys.exit(78)
