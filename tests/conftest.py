"""What all tests share."""

from __future__ import annotations

from hypothesis import HealthCheck, settings

# Other work on the machine makes single examples slow by chance; slowness is measured in the benchmarks, not here.
settings.register_profile("shared-machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("shared-machine")
