"""Finds identifiers in segments and judges what speaks for each match. Raw values end here."""
