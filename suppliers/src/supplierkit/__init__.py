"""Receive work orders from a Servicedesk over RabbitMQ: fill in `Supplier` and run it; see the README."""

from supplierkit.errors import DeskError, DeskUnavailable
from supplierkit.orders import Answer, Order
from supplierkit.supplier import Supplier
from supplierkit.visits import PlannedVisit

__all__ = ["Answer", "DeskError", "DeskUnavailable", "Order", "PlannedVisit", "Supplier"]
