"""The service as fault tests serve it: those that died are forgotten in a second."""

from datetime import timedelta

from resettle.app import create_app
from resettle.core import jobs, replay
from resettle.settings import Settings

replay.ABANDONED = timedelta(seconds=1)
jobs.LEASE = timedelta(seconds=1)
jobs.DEATHS = 1000  # here it is never the job that its worker dies of
app = create_app(Settings.from_environment())
