"""What people hand over: its name, whether it may be taken, where it is kept until SEI has it."""
