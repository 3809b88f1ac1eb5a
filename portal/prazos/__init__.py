"""Prazos: which days count, when one ends, and what a day without the portal does to it."""
