"""Writes the first version of a Word template, which a template editor then edits in Word."""
