"""The framed parts of the main screen: what each shows, and how it is changed there."""
