"""Turn one case file into the complete dossier of the Wet verbetering poortwachter."""

__version__ = "0.1.0"
