"""What leaves: views, briefs, the whole dossier; without what is internal."""
