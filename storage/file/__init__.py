"""The file of a dossier: made, opened, brought up to date, checked, copied, saved from damage."""
