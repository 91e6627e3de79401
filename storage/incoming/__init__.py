"""What comes in: a seed in the authoring form, or records in the formats that programs read."""
