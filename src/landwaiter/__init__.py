"""Finds sanctions-busting in trade: goods routed through third countries, destination or end use concealed."""

__version__ = "0.1.0"
