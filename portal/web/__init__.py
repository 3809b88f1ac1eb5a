"""What the views share: Flask on one side, a citizen's words on the other."""
