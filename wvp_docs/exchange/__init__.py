"""Spreadsheets of others: rows become case files, and cases become an overview.

What a sheet says is copied or named, never guessed: a value that can be read in two ways, a column
that fits two fields and a cell that a person cannot see are findings with their place.
"""
