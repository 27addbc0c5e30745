"""Where households live, and which sponsor group supports them."""
