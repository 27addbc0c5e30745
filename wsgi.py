"""What a WSGI server serves: gunicorn wsgi:app."""

from resettle.app import create_app
from resettle.settings import Settings

app = create_app(Settings.from_environment())
