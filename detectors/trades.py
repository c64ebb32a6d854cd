"""Whose orders, invoices and vehicles a table is of: a customer's or our own."""

from __future__ import annotations

from detectors.tables import Table

_BOUGHT = frozenset({"price", "product", "amount", "invoice", "payment", "delivery"})
"""What orders tell of that are no orders to work or to come."""


def is_procured(table: Table) -> bool:
    """Whether it is of what we buy, for all that sole traders sell it."""
    return "procurement" in table.called


def is_of_suppliers(table: Table) -> bool:
    """Whether its orders and invoices are those of firms that sell to us."""
    is_of_firms = bool((table.concepts | table.labelled) & {"firm", "supplier"})
    return is_procured(table) or (is_of_firms and not table.is_of_natural)


def is_of_purchases(table: Table) -> bool:
    """Whether its rows are a customer's, or tell what was bought or for how much."""
    return table.is_of_natural or bool(table.labelled & _BOUGHT)


def is_of_vehicles(table: Table) -> bool:
    """Whether its rows are of vehicles that go a distance: their meters count that."""
    is_told = bool({"distance", "vehicle"} & (table.called | table.labelled))
    return is_told and table.tied["SE_VEHICLE_REGISTRATION"] > 0


def is_fueled(table: Table) -> bool:
    """Whether it is of vehicles, and of nobody who hires one: what is bought is fuel."""
    return "vehicle" in table.called and is_of_vehicles(table) and not table.is_about_persons
