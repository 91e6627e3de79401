"""What can be asked: views as SQL, search, and the views that are computed from rows."""
