"""What must somebody know who has one page and never saw Parley?"""
