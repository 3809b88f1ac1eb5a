"""What answers on each address: thin views, one file for each first part of an address."""
