"""The worker for those who know Faust: ``faust -A streams.worker worker -l info``.

The one module that makes something when it is imported: the app, from the environment.
"""

from __future__ import annotations

from streams.errors import StatementsError
from streams.pipeline import allocation
from streams.pipeline.app import create_app
from streams.pipeline.settings import load
from streams.web.serving import serve

allocation.bounded()
try:
    app = serve(create_app(load()))
except StatementsError as error:
    raise SystemExit(str(error)) from None
