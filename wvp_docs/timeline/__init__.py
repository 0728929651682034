"""When the law asks what: the steps of a case, counted, listed, drawn and put in a calendar."""
