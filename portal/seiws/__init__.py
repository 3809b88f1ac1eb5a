"""SEI's official web service: the only way in which the portal writes anything into SEI."""
