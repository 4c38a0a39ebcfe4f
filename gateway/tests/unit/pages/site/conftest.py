from ..site_samples import services  # noqa: TID252  samples of these tests alone

__all__ = ["services"]
