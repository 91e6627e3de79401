"""Widgets that know nothing of a store: what to show and what was typed."""
